import { usageError } from '../../core/errors.ts';
import { makeOssCommand, membersHolding, requireSupervisor } from '../act-spec.ts';
import { COMMAND_ROLES, SUPERVISOR_ROLES } from '../workflow-rules.ts';

/** Why another than the direct supervisor has a Work Item. */
export const BECAUSE = [
  { value: 'discomfort', label: 'the member is uncomfortable with the supervisor (OSS-30)' },
  { value: 'rank', label: 'the immediate supervisor does not outrank the member (OSS-28)' },
  { value: 'absence', label: 'the immediate supervisor is absent' },
] as const;

/** `rollcall oss reassign <id> --because … --to <member>`: another supervisor, or why none can be found. */
export const ossReassign = makeOssCommand({
  name: 'oss reassign',
  summary: 'give a Work Item to another supervisor',
  details:
    'A member who is uncomfortable with the assigned supervisor gets another whenever possible (OSS-30); where it is ' +
    'not, --not-possible records why. The other one outranks the member too (OSS-28).',
  roles: COMMAND_ROLES,
  by: ['OSS-30', 'reassign a Work Item'],
  asks: [
    {
      flags: '--because <reason>',
      summary: 'why another supervisor',
      question: 'Why?',
      choices: BECAUSE,
    },
    { flags: '--not-possible <why>', summary: 'why no other supervisor can be found' },
    {
      flags: '--to <member>',
      summary: 'the other supervisor',
      question: 'To whom?',
      needed: (answers) => answers.notPossible === undefined,
      choices: membersHolding(SUPERVISOR_ROLES),
    },
  ],
  async step(asked) {
    const { answers, before, id } = asked;
    const { because, notPossible, to } = answers;
    if (notPossible !== undefined)
      return { name: 'not-reassigned', reason: notPossible, detail: { because } };
    if (to === before.supervisorId) throw usageError(`${id} is assigned to ${to} already.`);
    await requireSupervisor(asked, to);
    return { name: 'reassigned', reason: because, detail: { supervisor_id: to } };
  },
  says: ({ answers }) =>
    answers.notPossible === undefined
      ? `is reassigned to ${answers.to}`
      : 'stays with its supervisor; why is recorded',
  examples: [
    {
      line: 'rollcall oss reassign WI-0034 --because discomfort --to M0027 --actor M0015',
      says: 'another supervisor',
    },
  ],
  carries: [
    { rule: 'OSS-28', as: 'block' },
    { rule: 'OSS-30', as: 'evidence' },
  ],
});
