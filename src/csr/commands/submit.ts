import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr submit <number>`: the investigating member's written explanation; it stops the clock. */
export const csrSubmit: Command<Document> = {
  name: 'csr submit',
  summary: "hand in the investigating member's explanation of an SRSWO",
  details:
    'Stops the clock of CSR-38 or CSR-47. If the sergeant returns it, the submission counts as not having stopped it ' +
    '(A-CSR-6). Anyone known to the store may enter what the member wrote.',
  arguments: [{ name: 'number', summary: 'SR number', required: true }],
  options: [{ flags: '--action <text>', summary: 'what was done, as written on the SRSWO' }],
  examples: [
    { line: 'rollcall csr submit SR20-01 --action "Spoke with caller; cleared" --actor M0050', says: 'done' },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-38', as: 'check' },
    { rule: 'CSR-49', as: 'evidence' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const action = await textOrAsk(context, input, {
    name: 'action',
    flag: '--action',
    question: 'What was done?',
  });
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'submitted',
    detail: { action_taken: action },
    roles: null,
    rule: 'CSR-38',
    what: 'submit an SRSWO',
    done: 'submitted',
  });
}
