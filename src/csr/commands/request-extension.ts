import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr request-extension <number> --reason …`: the member asks for more time; nothing moves yet. */
export const csrRequestExtension: Command<Document> = {
  name: 'csr request-extension',
  summary: 'record that a member asks for more time on an SRSWO',
  details:
    'The due day does not move until the request is approved with csr extend. One asked late is flagged.',
  arguments: [{ name: 'number', summary: 'SR number', required: true }],
  options: [{ flags: '--reason <text>', summary: 'as written on the copy of the SRSWO' }],
  examples: [
    { line: 'rollcall csr request-extension SR20-01 --reason "witness away" --actor M0050', says: 'asked' },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [{ rule: 'CSR-48', as: 'check' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const question = { name: 'reason', flag: '--reason', question: 'Why is more time needed?' };
  const reason = await textOrAsk(context, input, question);
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'extension-requested',
    reason,
    roles: null,
    rule: 'CSR-48',
    what: 'ask for more time',
    done: 'waiting for more time',
  });
}
