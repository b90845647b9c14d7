import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { usageError } from '../../core/errors.ts';
import { actorById } from '../../people/identity.ts';
import { SERGEANT } from '../police-rules.ts';
import { makePoliceCommand } from '../police-steps.ts';
import type { AskedStep } from '../steps.ts';

/** `rollcall csr close <number> --disposition …`: enters the disposition of a sufficient SRSWO. */
export const csrClose = makePoliceCommand({
  name: 'csr close',
  summary: 'enter the disposition of a sufficient SRSWO and close it',
  details:
    'Whether what was done suffices is for the community policing sergeant to judge; the sergeant then sees to it that ' +
    'the disposition is entered (CSR-44). An officer of the office may enter it and names the sergeant who reviewed it.',
  many: true,
  roles: [...SERGEANT, 'cp-officer'],
  by: ['CSR-44', 'close police requests'],
  asks: [
    { flags: '--disposition <text>', summary: 'as entered in 311', question: 'Which disposition?' },
    { flags: '--reviewed-by <member>', summary: 'the sergeant who reviewed it, when an officer enters it' },
  ],
  examples: [
    { line: 'rollcall csr close SR20-01 --disposition resolved --actor M0019', says: 'closed' },
    {
      line: 'rollcall csr close SR20-01 --disposition resolved --reviewed-by M0019 --actor M0020',
      says: 'entered for the sergeant',
    },
  ],
  carries: [
    { rule: 'CSR-34', as: 'check' },
    { rule: 'CSR-44', as: 'check' },
  ],
  step,
  says: 'closed',
});

async function step({ answers, actor, context, look }: AskedStep): Promise<Step> {
  const { disposition, reviewedBy } = answers;
  if (reviewedBy === undefined && !SERGEANT.some((role) => actor.roles.has(role))) {
    throw refuseBy(
      context,
      'CSR-44',
      `${actor.memberId} is no community policing sergeant, who reviews an SRSWO before it is closed.`,
      'Name the sergeant who did with --reviewed-by.',
    );
  }
  if (reviewedBy !== undefined) {
    const known = await look((reader) => actorById(reader, reviewedBy, context.now));
    if (known === null) throw usageError(`--reviewed-by: there is no member ${reviewedBy} in this store.`);
  }
  return { name: 'closed', detail: { disposition, reviewed_by: reviewedBy } };
}
