import { makeOssCommand } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';

/** `rollcall oss receive <id>`: command confirms what was assigned to it. */
export const ossReceive = makeOssCommand({
  name: 'oss receive',
  summary: 'confirm that a Work Item reached command',
  details:
    'The 48 hours to notify the member run from the moment it was assigned to command, not from this (A-OSS-2); ' +
    'where an export holds no such moment, they run from this, and rollcall why says so.',
  roles: COMMAND_ROLES,
  by: ['OSS-26', 'receive a Work Item'],
  step: ({ before, actor }) => ({
    name: 'received',
    detail: {
      command_id: before.commandId ?? actor.memberId,
      ...(before.state === 'with-area-rep' ? { receipt: 'inferred' } : {}),
    },
  }),
  says: ({ actor }) => `is received by ${actor.memberId}`,
  examples: [{ line: 'rollcall oss receive WI-0034 --actor M0015', says: 'it has reached the lieutenant' }],
  carries: [
    { rule: 'OSS-26', as: 'evidence' },
    { rule: 'OSS-29', as: 'check' },
  ],
});
