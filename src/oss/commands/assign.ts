import type { Asked } from '../../casework/act-command.ts';
import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { usageError } from '../../core/errors.ts';
import { makeOssCommand, membersHolding, requireMember, requireSupervisor } from '../act-spec.ts';
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
    '(OSS-11). A command that draws up the plan cannot approve it: the representative passes the item to another with ' +
    '--because.',
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
    const rep = actor.roles.has('oss-area-rep');
    if (before.state === 'with-area-rep') {
      if (!rep) throw refuseBy(context, 'OSS-21', `${asked.id} is still with the Area Representative.`);
      await requireMember(asked, answers.to);
      return { name: 'assigned-command', detail: { command_id: answers.to } };
    }
    if (rep && !COMMAND_ROLES.some((role) => actor.roles.has(role))) return toOtherCommand(asked);
    return { name: 'assigned', reason: await reasonFor(asked), detail: { supervisor_id: answers.to } };
  },
  says: ({ answers }, after) =>
    after.commandId === answers.to && after.supervisorId !== answers.to
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

// Who has it in command is absent, or drew up the plan: another approves.
async function toOtherCommand(asked: Asked<WorkItemState>): Promise<Step> {
  const { answers, before, context, id } = asked;
  if (answers.to === before.commandId) throw usageError(`${id} is with ${answers.to} already.`);
  await requireMember(asked, answers.to);
  const reason =
    answers.because ?? (context.interactive ? await context.prompt.select('Why to another?', BECAUSE) : null);
  if (reason === null)
    throw usageError(
      `${id} is with ${before.commandId} already.`,
      'To pass it to another, add --because absence.',
    );
  return { name: 'reassigned-command', reason, detail: { command_id: answers.to } };
}

// OSS-11: direct supervisors take part; whoever outranks the member may stand in, with a reason.
async function reasonFor(asked: Asked<WorkItemState>): Promise<string | null> {
  const { answers, before, context, look } = asked;
  const chosen = await requireSupervisor(asked, answers.to);
  if (answers.because !== undefined) return answers.because;
  const member = await look((reader) =>
    reader.db
      .selectFrom('member')
      .select(['rank_level', 'supervisor_id'])
      .where('member_id', '=', before.memberId)
      .executeTakeFirst(),
  );
  if (!member || member.supervisor_id === null) return null;
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
