import { answer, eventOf, makeAct } from '../act-command.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns separate`: takes an association back (CC-06). */
export const concernsSeparate = makeAct({
  verb: 'separate',
  summary: 'take a concern away from its primary',
  details: 'It stands again where it stood when it was associated, and its clocks go on (CC-06).',
  done: 'is separated',
  roles: SERGEANT,
  rule: 'CC-06',
  what: 'separate a concern',
  asks: [
    {
      flags: '--reason <text>',
      key: 'reason',
      summary: 'why it is another matter',
      ask: 'Why is it another matter?',
    },
  ],
  examples: [
    {
      line: 'rollcall concerns separate CC-2020-000002 --reason "another entrance"',
      says: 'on its own again',
    },
  ],
  carries: [{ rule: 'CC-06', as: 'check' }],
  events: (acting) => [eventOf(acting, 'separated', { reason: answer(acting.answers, 'reason') })],
});
