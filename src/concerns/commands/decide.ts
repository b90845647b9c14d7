import { answer, eventOf, makeAct } from '../act-command.ts';
import { EXECUTIVE } from '../roles.ts';

/** `rollcall concerns decide`: settles a dispute (CC-33). */
export const concernsDecide = makeAct({
  verb: 'decide',
  summary: 'decide a dispute on who owns a concern',
  details: 'For the executive officer, or the district commander in their absence (CC-33, CC-36).',
  done: 'is decided',
  roles: EXECUTIVE,
  rule: 'CC-33',
  what: 'decide a dispute',
  asks: [
    { flags: '--reason <text>', key: 'reason', summary: 'the decision', ask: 'The decision' },
    { flags: '--responsible <member>', key: 'responsible', summary: 'the lieutenant who owns it' },
  ],
  examples: [
    { line: 'rollcall concerns decide CC-2020-000001 --reason "stays with the watch"', says: 'settled' },
  ],
  carries: [{ rule: 'CC-33', as: 'check' }],
  events: (acting) => [
    eventOf(acting, 'decided', {
      reason: answer(acting.answers, 'reason'),
      detail: { responsible: answer(acting.answers, 'responsible') },
    }),
  ],
});
