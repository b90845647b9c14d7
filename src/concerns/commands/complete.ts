import { refuseBy } from '../../casework/act-verb.ts';
import { makeConcernsCommand } from '../act-spec.ts';
import { COMMAND } from '../roles.ts';
import { INVESTIGATION_COMPLETE } from '../state.ts';
import { ownTaskOf } from '../task.ts';

/** `rollcall concerns complete`: command ends its unit's investigation (CC-25). */
export const concernsComplete = makeConcernsCommand({
  name: 'concerns complete',
  summary: 'end the investigation of a unit',
  details:
    "Sets the unit's task as done and stops its 7 days. When no other unit has a task left the concern becomes " +
    '"Investigation Complete" (CC-25, A-CC-12). An action must have been submitted (CC-28), or be given with --action.',
  says: 'is completed',
  roles: COMMAND,
  by: ['CC-25', 'complete an investigation'],
  asks: [
    { flags: '--action <text>', summary: 'what was done, when nobody has submitted it' },
    { flags: '--unit <unit>', summary: 'whose task; else your own unit' },
  ],
  examples: [
    { line: 'rollcall concerns complete CC-2020-000001 --actor M0015', says: 'sets Investigation Complete' },
  ],
  carries: [{ rule: 'CC-25', as: 'check' }],
  step(acting) {
    const { unit, submitted } = ownTaskOf(acting, 'CC-25');
    const { action } = acting.answers;
    if (!submitted && action === undefined) {
      const text = `${acting.id}: nobody has submitted what unit ${unit} did.`;
      throw refuseBy(acting.context, 'CC-28', text, 'Submit it first, or give it with --action.');
    }
    const done = { name: 'completed', unit };
    return action === undefined ? done : [{ name: 'submitted', unit, reason: action }, done];
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
