import { makeOssCommand } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';

/** `rollcall oss return <id> --reason …`: corrections to a submitted plan. */
export const ossReturn = makeOssCommand({
  name: 'oss return',
  summary: 'send an Action Plan back for corrections',
  details:
    'By command within 48 hours of the submission (OSS-31), by the Area Representative (OSS-23) or the OSSU ' +
    'supervisor (OSS-47); no one else. --dramatic asks for a second meeting before it is submitted again (OSS-48).',
  roles: [...COMMAND_ROLES, 'oss-area-rep', 'ossu-supervisor'],
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
  async step({ answers, context }) {
    const dramatic =
      answers.dramatic === 'yes' ||
      (context.interactive &&
        (await context.prompt.confirm('Do they change the recommendations dramatically? (OSS-48)')));
    return { name: 'returned', reason: answers.reason, detail: { dramatic: dramatic ? 'yes' : null } };
  },
  says: 'is returned for corrections',
  notes: (_, after) =>
    after.meetAgain ? ['The member is met again before the next submission (OSS-48).'] : [],
  examples: [
    {
      line: 'rollcall oss return WI-0034 --reason "add peer support" --dramatic',
      says: 'with a second meeting',
    },
  ],
  carries: [
    { rule: 'OSS-31', as: 'check' },
    { rule: 'OSS-47', as: 'block' },
    { rule: 'OSS-48', as: 'evidence' },
  ],
});
