import type { Asked } from '../../casework/act-command.ts';
import { usageError } from '../../core/errors.ts';
import { makeOssCommand } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';
import type { WorkItemState } from '../workflow-state.ts';

const SIDES = [
  { value: 'command', label: 'for command (OSS-31)' },
  { value: 'area-rep', label: 'as Area Representative (OSS-23)' },
] as const;

/** `rollcall oss approve <id>`: command and the Area Representative, both needed, in either order. */
export const ossApprove = makeOssCommand({
  name: 'oss approve',
  summary: 'approve a submitted Action Plan',
  details:
    'Two approvals are needed: of command (OSS-31) and of the Area Representative (OSS-23), in either order ' +
    '(A-OSS-1). Neither the affected member nor the supervisor who drew it up approves (A-OSS-5), and nobody ' +
    'a plan without a support on record (OSS-43).',
  roles: [...COMMAND_ROLES, 'oss-area-rep'],
  by: ['OSS-31', 'approve an Action Plan'],
  area: 'oss.plan',
  asks: [{ flags: '--side <side>', summary: 'for whom, when both roles are held', choices: SIDES }],
  async step(asked) {
    const side = await sideOf(asked);
    const done = side === 'command' ? asked.before.commandApproved : asked.before.areaRepApproved;
    if (done) throw usageError(`${asked.id} has that approval already.`);
    return { name: side === 'command' ? 'command-approved' : 'area-rep-approved' };
  },
  says: (_, after) =>
    after.state === 'plan-active'
      ? 'has both approvals; its plan is active'
      : `is approved ${after.commandApproved ? 'by command' : 'by the Area Representative'}; the other approval is still needed`,
  examples: [{ line: 'rollcall oss approve WI-0034 --actor M0015', says: 'for command' }],
  carries: [
    { rule: 'OSS-23', as: 'block' },
    { rule: 'OSS-31', as: 'block' },
    { rule: 'OSS-43', as: 'block' },
  ],
});

async function sideOf({ actor, answers, context }: Asked<WorkItemState>): Promise<string> {
  const command = COMMAND_ROLES.some((role) => actor.roles.has(role));
  const rep = actor.roles.has('oss-area-rep');
  if (answers.side !== undefined) return answers.side;
  if (!command || !rep) return command ? 'command' : 'area-rep';
  if (context.interactive) return context.prompt.select('For whom?', SIDES);
  throw usageError(`${actor.memberId} holds both roles.`, 'Add --side command or --side area-rep.');
}
