import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep, SERGEANT } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr return <number> --reason …`: an insufficient SRSWO goes back; the due day stands. */
export const csrReturn: Command<Document> = {
  name: 'csr return',
  summary: 'return an insufficient SRSWO to its member with an explanation',
  details:
    'The clock goes on as if nothing had been submitted: the due day stands (A-CSR-5, A-CSR-6). The explanation is ' +
    'what the member reinvestigates by (CSR-49).',
  arguments: [{ name: 'number', summary: 'SR number', required: true }],
  options: [{ flags: '--reason <text>', summary: 'what is missing' }],
  examples: [
    { line: 'rollcall csr return SR20-01 --reason "Caller not reached"', says: 'back to the member' },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-44', as: 'check' },
    { rule: 'CSR-49', as: 'evidence' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const question = { name: 'reason', flag: '--reason', question: 'What is missing?' };
  const reason = await textOrAsk(context, input, question);
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'returned',
    reason,
    roles: SERGEANT,
    rule: 'CSR-44',
    what: 'return an SRSWO',
    done: 'returned',
  });
}
