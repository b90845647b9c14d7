import { answer, eventOf, makeAct } from '../act-command.ts';
import { EXECUTIVE } from '../roles.ts';

/** `rollcall concerns disapprove`: returns an investigation (CC-31). */
export const concernsDisapprove = makeAct({
  verb: 'disapprove',
  summary: 'return an investigation for more to be done',
  details:
    'For the executive officer, or the district commander in their absence. The concern goes back to its district ' +
    'units with the reason (CC-31). Their clock goes on from where it stood: it may be overdue at once.',
  done: 'is returned',
  roles: EXECUTIVE,
  rule: 'CC-31',
  what: 'return an investigation',
  asks: [
    { flags: '--reason <text>', key: 'reason', summary: 'what is missing', ask: 'What is missing? (CC-31)' },
  ],
  examples: [
    {
      line: 'rollcall concerns disapprove CC-2020-000001 --reason "no night visit"',
      says: 'back to its unit',
    },
  ],
  carries: [{ rule: 'CC-31', as: 'check' }],
  events: (acting) => [eventOf(acting, 'disapproved', { reason: answer(acting.answers, 'reason') })],
});
