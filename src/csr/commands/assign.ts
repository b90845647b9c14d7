import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { refusal } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { idsOf, optionText, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr assign <number…> --to <member>`: hands SRSWOs to an investigating member; the 7 days begin. */
export const csrAssign: Command<Document> = {
  name: 'csr assign',
  summary: 'assign police requests to an investigating member',
  details:
    'The member has 7 calendar days from this assignment (CSR-38). Assigning again hands the running days over and ' +
    'adds none. A police request is never forwarded to another unit (CSR-32): its help is asked for with csr idssr.',
  arguments: [{ name: 'number', summary: 'SR number', required: true, variadic: true }],
  options: [
    { flags: '--to <member>', summary: 'the investigating member' },
    { flags: '--unit <unit>', summary: 'always refused: a police request is not forwarded (CSR-32)' },
  ],
  examples: [
    { line: 'rollcall csr assign SR20-01 SR20-02 --to M0050 --actor M0019', says: 'two to one member' },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-32', as: 'block' },
    { rule: 'CSR-37', as: 'check' },
    { rule: 'CSR-43', as: 'evidence' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const unit = optionText(input, 'unit');
  if (unit !== null) {
    throw refusal(
      'CSR-32',
      loadPolicy(context.env).cite('CSR-32'),
      `A police request is not forwarded to unit ${unit}.`,
      'Ask that unit for help: rollcall csr idssr <number> --unit … --form …',
    );
  }
  const to = await textOrAsk(context, input, {
    name: 'to',
    flag: '--to',
    question: 'Which member is to investigate?',
  });
  await read(context.storePath, async (reader) => {
    const member = await reader.db
      .selectFrom('member')
      .select('member_id')
      .where('member_id', '=', to)
      .executeTakeFirst();
    if (member === undefined)
      context.warn(`${to} is in no members file; the assignment is kept all the same`);
  });
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'assigned',
    detail: { assigned_to: to },
    roles: ['cp-sergeant', 'executive-officer'],
    rule: 'CSR-37',
    what: 'assign police requests',
    done: `assigned to ${to}`,
  });
}
