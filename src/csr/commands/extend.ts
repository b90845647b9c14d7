import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr extend <number> --reason …`: 15 days from this approval; a further one takes the commander. */
export const csrExtend: Command<Document> = {
  name: 'csr extend',
  summary: 'approve more time for an SRSWO: 15 days from the approval',
  details:
    'The sergeant approves the first (CSR-45); any further one takes the district commander (CSR-47). The 15 days run ' +
    'from the approval, not from the due day, so an early approval gives fewer days: both are printed. A lapse before ' +
    'the approval stays on record.',
  arguments: [{ name: 'number', summary: 'SR number', required: true }],
  options: [{ flags: '--reason <text>', summary: 'as entered in 311' }],
  examples: [
    { line: 'rollcall csr extend SR20-01 --reason "witness away" --actor M0019', says: 'the first' },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-39', as: 'check' },
    { rule: 'CSR-45', as: 'check' },
    { rule: 'CSR-46', as: 'check' },
    { rule: 'CSR-47', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const question = { name: 'reason', flag: '--reason', question: 'Which reason is entered in 311?' };
  const reason = await textOrAsk(context, input, question);
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'extended',
    reason,
    roles: ['cp-sergeant', 'district-commander'],
    rule: 'CSR-45',
    what: 'approve more time',
    done: 'extended',
    notes: ['The 15 days run from the approval (A-CSR-2).'],
  });
}
