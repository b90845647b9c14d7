import { makeOssCommand } from '../act-spec.ts';
import { missingOf, SUPERVISOR_ROLES } from '../workflow-rules.ts';

/** `rollcall oss complete <id>`: every support is completed or declined, and the supervisor closes the Work Item. */
export const ossComplete = makeOssCommand({
  name: 'oss complete',
  summary: 'complete a Work Item whose supports are all settled',
  details:
    'Every support of the plan is completed, or declined with a reason (A-OSS-10), and there is proof of review, ' +
    'conversation and a support (OSS-05).',
  roles: SUPERVISOR_ROLES,
  by: ['OSS-49', 'complete a Work Item'],
  step: ({ before }) => ({ name: 'completed', detail: { triad: missingOf(before).join(', ') } }),
  says: 'is completed',
  examples: [{ line: 'rollcall oss complete WI-0034 --actor M0026', says: 'nothing is left open' }],
  carries: [
    { rule: 'OSS-05', as: 'block' },
    { rule: 'OSS-49', as: 'block' },
  ],
});
