import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { usageError } from '../../core/errors.ts';
import { makePoliceCommand } from '../police-steps.ts';
import type { AskedStep } from '../steps.ts';

/** `rollcall csr assign <number…> --to <member>`: hands SRSWOs to an investigating member; the 7 days begin. */
export const csrAssign = makePoliceCommand({
  name: 'csr assign',
  summary: 'assign police requests to an investigating member',
  details:
    'The member has 7 calendar days from this assignment (CSR-38). Assigning again hands the running days over and ' +
    'adds none. A police request is never forwarded to another unit (CSR-32): its help is asked for with csr idssr.',
  many: true,
  roles: ['cp-sergeant', 'executive-officer'],
  by: ['CSR-37', 'assign police requests'],
  asks: [
    {
      flags: '--to <member>',
      summary: 'the investigating member',
      question: 'Which member is to investigate?',
      needed: ({ unit }) => unit === undefined,
    },
    { flags: '--unit <unit>', summary: 'always refused: a police request is not forwarded (CSR-32)' },
  ],
  examples: [
    { line: 'rollcall csr assign SR20-01 SR20-02 --to M0050 --actor M0019', says: 'two to one member' },
  ],
  carries: [
    { rule: 'CSR-32', as: 'block' },
    { rule: 'CSR-37', as: 'check' },
    { rule: 'CSR-43', as: 'evidence' },
  ],
  step,
  says: ({ answers: { to } }) => `assigned to ${to}`,
});

async function step({ answers: { unit, to = '' }, context, look }: AskedStep): Promise<Step> {
  if (unit !== undefined) {
    throw refuseBy(
      context,
      'CSR-32',
      `A police request is not forwarded to unit ${unit}.`,
      'Ask that unit for help: rollcall csr idssr <number> --unit … --form …',
    );
  }
  const member = await look((reader) =>
    reader.db.selectFrom('member').select('member_id').where('member_id', '=', to).executeTakeFirst(),
  );
  if (member === undefined)
    throw usageError(`--to: there is no member ${to} in this store.`, 'Check the id.');
  return { name: 'assigned', detail: { assigned_to: to } };
}
