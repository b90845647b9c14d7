import { makeConcernsCommand } from '../act-spec.ts';
import { EXECUTIVE } from '../roles.ts';

/** `rollcall concerns approve`: passes an investigation (CC-30). */
export const concernsApprove = makeConcernsCommand({
  name: 'concerns approve',
  summary: 'approve what district personnel have finished',
  details:
    'For the executive officer, or the district commander in their absence; without a delegation on record that is kept and remarked on (CC-30, CC-36). Only investigations of ' +
    'district units wait for it; those of other units are closed without (CC-30). It has no limit of time (A-CC-4).',
  says: 'is approved',
  roles: EXECUTIVE,
  by: ['CC-30', 'approve an investigation'],
  asks: [{ flags: '--reason <text>', summary: 'a remark' }],
  examples: [{ line: 'rollcall concerns approve CC-2020-000001 --actor M0014', says: 'it may be closed' }],
  carries: [
    { rule: 'CC-30', as: 'check' },
    { rule: 'CC-36', as: 'check' },
  ],
  step: 'approved',
});
