import { makeConcernsCommand } from '../act-spec.ts';
import { COMMAND, EXECUTIVE, SERGEANT } from '../roles.ts';

/** `rollcall concerns close`: ends a concern that is approved, complete elsewhere, turned down or associated (CC-30). */
export const concernsClose = makeConcernsCommand({
  name: 'concerns close',
  summary: 'close a concern',
  details:
    'What district personnel investigated must be approved first (CC-30); what another unit completed need not. ' +
    'A concern that was turned down, or is associated to a primary one, can be closed as well.',
  says: 'is closed',
  roles: [...SERGEANT, ...COMMAND, ...EXECUTIVE],
  by: ['CC-30', 'close a concern'],
  asks: [{ flags: '--reason <text>', summary: 'a remark' }],
  examples: [{ line: 'rollcall concerns close CC-2020-000001 --actor M0014', says: 'ended' }],
  carries: [{ rule: 'CC-30', as: 'check' }],
  step: 'closed',
});
