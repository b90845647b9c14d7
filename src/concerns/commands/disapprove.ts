import { makeConcernsCommand } from '../act-spec.ts';
import { EXECUTIVE } from '../roles.ts';

/** `rollcall concerns disapprove`: returns an investigation (CC-31). */
export const concernsDisapprove = makeConcernsCommand({
  name: 'concerns disapprove',
  summary: 'return an investigation for more to be done',
  details:
    'For the executive officer, or the district commander in their absence; without a delegation on record that is kept and remarked on. The concern goes back to its district ' +
    'units with the reason (CC-31). Their clock goes on from where it stood: it may be overdue at once.',
  says: 'is returned',
  roles: EXECUTIVE,
  by: ['CC-31', 'return an investigation'],
  asks: [{ flags: '--reason <text>', summary: 'what is missing', question: 'What is missing? (CC-31)' }],
  examples: [
    {
      line: 'rollcall concerns disapprove CC-2020-000001 --reason "no night visit"',
      says: 'back to its unit',
    },
  ],
  carries: [{ rule: 'CC-31', as: 'check' }],
  step: 'disapproved',
});
