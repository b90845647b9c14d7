import { answer, eventOf, makeAct } from '../act-command.ts';
import { COMMAND } from '../roles.ts';

/** `rollcall concerns dispute`: asks who owns a concern (CC-33). */
export const concernsDispute = makeAct({
  verb: 'dispute',
  summary: 'dispute which lieutenant owns a concern',
  details:
    'For lieutenants and commanding officers. The executive officer decides it (CC-33); the clock runs on.',
  done: 'is disputed',
  roles: COMMAND,
  rule: 'CC-33',
  what: 'dispute who owns a concern',
  asks: [
    {
      flags: '--reason <text>',
      key: 'reason',
      summary: 'whose it is, and why',
      ask: 'Whose is it, and why?',
    },
  ],
  examples: [
    { line: 'rollcall concerns dispute CC-2020-000001 --reason "for the tactical team"', says: 'to the XO' },
  ],
  carries: [{ rule: 'CC-33', as: 'check' }],
  events: (acting) => [eventOf(acting, 'disputed', { reason: answer(acting.answers, 'reason') })],
});
