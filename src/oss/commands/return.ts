import { makeOssCommand } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';

// Who sends a plan straight to the supervisor.
const DIRECT: readonly string[] = [...COMMAND_ROLES, 'ossu-supervisor'];

/** `rollcall oss return <id> --reason …`: corrections to a submitted plan. */
export const ossReturn = makeOssCommand({
  name: 'oss return',
  summary: 'send an Action Plan back for corrections',
  details:
    'By command within 48 hours of the submission (OSS-31) or the OSSU supervisor (OSS-47). What the Area ' +
    'Representative wants modified goes to command, who returns the plan (OSS-23, A-OSS-1). --dramatic asks for a second meeting before it is submitted again (OSS-48).',
  roles: [...DIRECT, 'oss-area-rep'],
  by: ['OSS-47', 'ask for corrections'],
  area: 'oss.plan',
  asks: [
    {
      flags: '--reason <text>',
      summary: 'the corrections',
      question: 'Which corrections?',
    },
    { flags: '--dramatic', summary: 'they change the recommendations dramatically' },
  ],
  async step({ actor, answers, context }) {
    const direct = DIRECT.some((role) => actor.roles.has(role));
    const dramatic =
      answers.dramatic === 'yes' ||
      (context.interactive &&
        (await context.prompt.confirm('Do they change the recommendations dramatically? (OSS-48)')));
    const name = direct ? 'returned' : 'modifications-asked';
    return { name, reason: answers.reason, detail: { dramatic: dramatic ? 'yes' : null } };
  },
  says: (_, after) =>
    after.state === 'returned' ? 'is returned for corrections' : 'waits for command to return it, as asked',
  notes: (_, after) =>
    after.meetAgain ? ['The member is met again before the next submission (OSS-48).'] : [],
  examples: [
    {
      line: 'rollcall oss return WI-0034 --reason "add peer support" --dramatic',
      says: 'with a second meeting',
    },
  ],
  carries: [
    { rule: 'OSS-23', as: 'block' },
    { rule: 'OSS-31', as: 'check' },
    { rule: 'OSS-47', as: 'block' },
    { rule: 'OSS-48', as: 'evidence' },
  ],
});
