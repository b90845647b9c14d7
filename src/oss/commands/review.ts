import { makeOssCommand, OSSU_ROLES } from '../act-spec.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';

/** `rollcall oss review <id>`: whoever has it says that item and jacket were reviewed. */
export const ossReview = makeOssCommand({
  name: 'oss review',
  summary: 'record that a Work Item and the jacket were reviewed',
  details:
    'Analyst, representative, command and supervisor each review it (OSS-15, OSS-20, OSS-26, OSS-32). The jacket: ' +
    'rollcall oss jacket.',
  roles: [...OSSU_ROLES, ...SUPERVISOR_ROLES],
  by: ['OSS-58', 'review a Work Item'],
  step: 'reviewed',
  says: ({ actor }) => `is reviewed by ${actor.memberId}`,
  examples: [
    { line: 'rollcall oss review WI-0034 --actor M0026', says: 'by the supervisor, before the meeting' },
  ],
  carries: [
    { rule: 'OSS-05', as: 'check' },
    { rule: 'OSS-15', as: 'evidence' },
    { rule: 'OSS-20', as: 'evidence' },
    { rule: 'OSS-26', as: 'evidence' },
    { rule: 'OSS-32', as: 'evidence' },
  ],
});
