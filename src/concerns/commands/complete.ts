import { answer, eventOf, makeAct, refuse } from '../act-command.ts';
import { COMMAND } from '../roles.ts';
import { INVESTIGATION_COMPLETE } from '../state.ts';
import { requireOwnUnit, taskOf } from '../task.ts';

/** `rollcall concerns complete`: command ends its unit's investigation (CC-25). */
export const concernsComplete = makeAct({
  verb: 'complete',
  summary: 'end the investigation of a unit',
  details:
    "Sets the unit's task as done and stops its 7 days. When no other unit has a task left the concern becomes " +
    '"Investigation Complete" (CC-25, A-CC-12). An action must have been submitted (CC-28), or be given with --action.',
  done: 'is completed',
  roles: COMMAND,
  rule: 'CC-25',
  what: 'complete an investigation',
  asks: [
    { flags: '--action <text>', key: 'action', summary: 'what was done, when nobody has submitted it' },
    { flags: '--unit <unit>', key: 'unit', summary: 'whose task; else your own unit' },
  ],
  examples: [
    { line: 'rollcall concerns complete CC-2020-000001 --actor M0015', says: 'sets Investigation Complete' },
  ],
  carries: [{ rule: 'CC-25', as: 'check' }],
  events(acting) {
    const task = taskOf(acting, 'CC-25');
    requireOwnUnit(acting, task, 'CC-25');
    const action = answer(acting.answers, 'action');
    if (!task.submitted && action === undefined) {
      const text = `${acting.id}: nobody has submitted what unit ${task.unit} did.`;
      throw refuse('CC-28', text, 'Submit it first, or give it with --action.');
    }
    const unit = task.unit;
    const done = eventOf(acting, 'completed', { unit });
    return action === undefined ? [done] : [eventOf(acting, 'submitted', { unit, reason: action }), done];
  },
  notes: (_, { state, tasks }) =>
    state === INVESTIGATION_COMPLETE
      ? []
      : [
          `Still with unit ${tasks
            .filter(({ done }) => !done)
            .map(({ unit }) => unit)
            .join(', ')}.`,
        ],
});
