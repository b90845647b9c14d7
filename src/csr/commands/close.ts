import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr close <number> --disposition …`: enters the disposition of a sufficient SRSWO. */
export const csrClose: Command<Document> = {
  name: 'csr close',
  summary: 'enter the disposition of a sufficient SRSWO and close it',
  arguments: [{ name: 'number', summary: 'SR number', required: true, variadic: true }],
  options: [{ flags: '--disposition <text>', summary: 'as entered in 311' }],
  examples: [{ line: 'rollcall csr close SR20-01 --disposition resolved --actor M0019', says: 'closed' }],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-34', as: 'check' },
    { rule: 'CSR-44', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const question = { name: 'disposition', flag: '--disposition', question: 'Which disposition?' };
  const disposition = await textOrAsk(context, input, question);
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'closed',
    detail: { disposition },
    roles: ['cp-sergeant', 'cp-officer'],
    rule: 'CSR-44',
    what: 'close police requests',
    done: 'closed',
  });
}
