import { makeOssCommand } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';

/** `rollcall oss notify <id>`: the member is told of the Work Item, in person if possible. */
export const ossNotify = makeOssCommand({
  name: 'oss notify',
  summary: 'record that the member was notified',
  details:
    'Within 48 hours of receipt, in person if possible (OSS-29). Otherwise a reason is recorded, and then it is no ' +
    'fault (A-OSS-11). Of an invalid Work Item nobody is notified (OSS-12).',
  roles: COMMAND_ROLES,
  by: ['OSS-29', 'notify a member'],
  hiddenBy: 'OSS-12',
  asks: [
    {
      flags: '--method <method>',
      summary: 'how the member was notified',
      question: 'How?',
      choices: [
        { value: 'in-person', label: 'in person' },
        { value: 'phone', label: 'by phone, with a reason' },
        { value: 'other', label: 'otherwise, with a reason' },
      ],
    },
    {
      flags: '--reason <text>',
      summary: 'why it was not in person',
      question: 'Why not in person?',
      needed: (answers) => answers.method !== 'in-person',
    },
  ],
  step: ({ answers }) => ({
    name: 'notified',
    reason: answers.reason ?? null,
    detail: { detail: answers.method },
  }),
  says: 'is made known to the member',
  examples: [
    { line: 'rollcall oss notify WI-0034 --method in-person --actor M0015', says: 'told in person' },
  ],
  carries: [
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-29', as: 'check' },
  ],
});
