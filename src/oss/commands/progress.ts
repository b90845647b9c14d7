import type { Choice } from '../../core/command.ts';
import { makeOssCommand } from '../act-spec.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';
import { SUPPORT_STATUSES } from '../workflow-state.ts';

const STATUSES: readonly Choice[] = SUPPORT_STATUSES.filter((word) => word !== 'chosen').map((value) => ({
  value,
  label: value === 'declined' ? 'declined, with a reason' : value,
}));

/** `rollcall oss progress <id>`: how far a support of the active plan is. */
export const ossProgress = makeOssCommand({
  name: 'oss progress',
  summary: 'record how far a support of the plan is',
  details:
    'The supervisor follows up (OSS-49), the Area Representative helps supports along (OSS-24). A declined support has ' +
    'a reason (A-OSS-10).',
  roles: [...SUPERVISOR_ROLES, 'oss-area-rep'],
  by: ['OSS-49', 'record progress'],
  area: 'oss.plan',
  asks: [
    {
      flags: '--support <support>',
      summary: 'the support, as on the plan',
      question: 'Which support?',
    },
    {
      flags: '--status <status>',
      summary: 'how far it is',
      question: 'How far?',
      choices: STATUSES,
    },
    {
      flags: '--reason <text>',
      summary: 'why it was declined, or what was done for it',
      question: 'Why was it declined?',
      needed: (answers) => answers.status === 'declined',
    },
  ],
  step: ({ answers }) => ({
    name: 'progressed',
    reason: answers.reason ?? null,
    detail: { support: answers.support, status: answers.status },
  }),
  says: ({ answers }) => `has ${answers.support} ${answers.status}`,
  examples: [
    {
      line: 'rollcall oss progress WI-0034 --support peer-support --status completed',
      says: 'one support is done',
    },
  ],
  carries: [
    { rule: 'OSS-24', as: 'evidence' },
    { rule: 'OSS-49', as: 'check' },
  ],
});
