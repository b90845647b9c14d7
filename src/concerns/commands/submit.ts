import { answer, eventOf, makeAct } from '../act-command.ts';
import { COMMAND } from '../roles.ts';
import { requireOwnUnit, taskOf } from '../task.ts';

/** `rollcall concerns submit`: the supervisor documents the action and sends it up (CC-28). */
export const concernsSubmit = makeAct({
  verb: 'submit',
  summary: 'document the action taken and send it up for approval',
  details:
    'The supervisor writes down what was done; the lieutenant or commanding officer then completes it (CC-28, CC-25). ' +
    'Submitting does not stop the 7 days: completing does (A-CC-4).',
  done: 'is submitted',
  roles: ['supervisor', 'unit-supervisor', ...COMMAND],
  rule: 'CC-28',
  what: 'submit the action taken',
  asks: [
    { flags: '--action <text>', key: 'action', summary: 'what was done', ask: 'What was done? (CC-28)' },
    { flags: '--unit <unit>', key: 'unit', summary: 'whose task; else your own unit' },
  ],
  examples: [{ line: 'rollcall concerns submit CC-2020-000001 --action "owner spoken to"', says: 'sent up' }],
  carries: [{ rule: 'CC-28', as: 'check' }],
  events(acting) {
    const task = taskOf(acting, 'CC-28');
    requireOwnUnit(acting, task, 'CC-28');
    return [eventOf(acting, 'submitted', { unit: task.unit, reason: answer(acting.answers, 'action') })];
  },
});
