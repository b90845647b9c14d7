import type { Asked } from '../../casework/act-command.ts';
import { refuseBy } from '../../casework/act-verb.ts';
import { usageError } from '../../core/errors.ts';
import { makeOssCommand, membersHolding } from '../act-spec.ts';
import { COMMAND_ROLES, SUPERVISOR_ROLES } from '../workflow-rules.ts';
import type { WorkItemState } from '../workflow-state.ts';
import { BECAUSE } from './reassign.ts';

/** `rollcall oss assign <id> --to <member>`: by the Area Representative to command, by command to the supervisor. */
export const ossAssign = makeOssCommand({
  name: 'oss assign',
  summary: 'pass a Work Item on: to command, then to the supervisor',
  details:
    'An Area Representative assigns it to a watch operations lieutenant, commanding officer or designated unit ' +
    'supervisor (OSS-21), which starts the 48 hours to notify the member (OSS-29). Who has it there assigns it to ' +
    "the member's immediate supervisor, who outranks the member (OSS-27, OSS-28); another one takes a reason " +
    '(OSS-11).',
  roles: ['oss-area-rep', ...COMMAND_ROLES],
  by: ['OSS-21', 'assign a Work Item'],
  asks: [
    {
      flags: '--to <member>',
      summary: 'the member it is assigned to',
      question: 'To whom?',
      choices: membersHolding(SUPERVISOR_ROLES),
    },
    {
      flags: '--because <reason>',
      summary: 'why to another than the direct supervisor',
      choices: BECAUSE,
    },
  ],
  async step(asked) {
    const { actor, answers, before, context } = asked;
    if (before.state === 'with-area-rep') {
      if (!actor.roles.has('oss-area-rep'))
        throw refuseBy(context, 'OSS-21', `${asked.id} is still with the Area Representative.`);
      return { name: 'assigned-command', detail: { command_id: answers.to } };
    }
    return { name: 'assigned', reason: await reasonFor(asked), detail: { supervisor_id: answers.to } };
  },
  says: ({ answers }, after) =>
    after.state === 'with-command'
      ? `is assigned to ${answers.to}, for command`
      : `is assigned to supervisor ${answers.to}`,
  examples: [
    {
      line: 'rollcall oss assign WI-0034 --to M0015 --actor M0003',
      says: 'by the representative, to command',
    },
    { line: 'rollcall oss assign WI-0034 --to M0026 --actor M0015', says: 'by command, to the supervisor' },
  ],
  carries: [
    { rule: 'OSS-11', as: 'block' },
    { rule: 'OSS-21', as: 'block' },
    { rule: 'OSS-27', as: 'block' },
    { rule: 'OSS-28', as: 'block' },
  ],
});

// OSS-11: direct supervisors take part; whoever outranks the member may stand in, with a reason.
async function reasonFor({ answers, before, context, look }: Asked<WorkItemState>): Promise<string | null> {
  if (answers.because !== undefined) return answers.because;
  const rows = await look((reader) =>
    reader.db
      .selectFrom('member')
      .select(['member_id', 'rank_level', 'supervisor_id'])
      .where('member_id', 'in', [before.memberId, answers.to ?? ''])
      .execute(),
  );
  const member = rows.find((row) => row.member_id === before.memberId);
  const chosen = rows.find((row) => row.member_id === answers.to);
  if (!member || !chosen || member.supervisor_id === null) return null;
  if (member.supervisor_id === answers.to || chosen.rank_level <= member.rank_level) return null;
  if (context.interactive) {
    return context.prompt.select(
      `${answers.to} is not the direct supervisor of ${before.memberId}: why?`,
      BECAUSE,
    );
  }
  throw usageError(
    `${answers.to} is not the direct supervisor of ${before.memberId}; another one takes a reason (OSS-11).`,
    'Add --because discomfort, rank or absence.',
  );
}
