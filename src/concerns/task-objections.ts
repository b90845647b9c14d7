import { sameUnit } from '../casework/units.ts';
import type { CaseEvent, CaseFacts, Objection } from '../core/workflow.ts';
import { type ConcernState, heldTasks, openTask, WORKING } from './state.ts';

/** A step on a unit's task needs one that the unit has: what was taken from it is not its own any more. */
export function taskObjections(state: ConcernState, event: CaseEvent, rule: string): readonly Objection[] {
  const { unit, name } = event;
  if (!WORKING.includes(state.state)) return [];
  const held = unit === null ? heldTasks(state).length > 0 : openTask(state, unit) !== undefined;
  if (held) return [];
  const who = unit === null ? 'while no unit has it' : `by unit ${unit}, which has no task that runs`;
  return [{ rule, code: 'NO_TASK', text: `"${name}" ${who}`, refuses: true }];
}

/** CC-23, A-CC-12: each unit's clock is extended for itself, and by the unit that has the task. */
export function extensionUnitObjections(state: ConcernState, event: CaseEvent): readonly Objection[] {
  const held = heldTasks(state);
  if (event.unit === null && held.length > 1) {
    const units = held.map(({ unit }) => unit).join(', ');
    const text = `extended without naming which of the units ${units} it is for`;
    return [{ rule: 'CC-23', code: 'UNIT_MISSING', text, refuses: true }];
  }
  // Where nothing runs the clock says so itself.
  return state.tasks.some(({ done }) => !done) ? taskObjections(state, event, 'CC-23') : [];
}

/** CC-25, CC-28: what is completed was submitted before; a date column of an export has no place to say so. */
export function completionObjections(state: ConcernState, event: CaseEvent): readonly Objection[] {
  const list = [...taskObjections(state, event, 'CC-25')];
  const open = heldTasks(state).filter(({ unit }) => event.unit === null || sameUnit(unit, event.unit));
  const silent = open.filter(({ submitted }) => !submitted);
  if (event.detail.column === undefined && silent.length > 0) {
    const units = silent.map(({ unit }) => unit).join(', ');
    const text = `completed, though nobody had submitted what unit ${units} did`;
    list.push({ rule: 'CC-28', code: 'NOT_SUBMITTED', text, refuses: true });
  }
  return list;
}

const SUPERVISORS = ['supervisor', 'unit-supervisor'];

/** CC-21: the supervisor of a task is a supervisor of its unit; of an unknown member or unit nothing is said. */
export function supervisorObjections(
  _state: ConcernState,
  { unit, at, detail: { supervisor_id: id } }: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const person = id === undefined ? null : facts.person(id, at);
  if (person === null || unit === null) return [];
  const against = (code: string, text: string, refuses: boolean) => [{ rule: 'CC-21', code, text, refuses }];
  if (!SUPERVISORS.some((role) => person.roles.has(role)))
    return against('NOT_SUPERVISOR', `given to ${id}, who is no supervisor`, true);
  if (person.unit === null)
    return against('SUPERVISOR_UNIT_UNKNOWN', `given to ${id}, whose unit is not known`, false);
  if (sameUnit(person.unit, unit)) return [];
  return against(
    'SUPERVISOR_OF_OTHER_UNIT',
    `given to ${id} of unit ${person.unit}, and not to a supervisor of unit ${unit}`,
    true,
  );
}

/** CC-27: who is put on a task is a member of its unit; of an unknown member or unit nothing is said. */
export function memberObjections(
  { unit, at, detail: { assigned_to: id } }: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const person = id === undefined ? null : facts.person(id, at);
  if (person === null || unit === null) return [];
  if (person.unit === null) {
    const text = `given to ${id}, whose unit is not known`;
    return [{ rule: 'CC-27', code: 'MEMBER_UNIT_UNKNOWN', text, refuses: false }];
  }
  if (sameUnit(person.unit, unit)) return [];
  const text = `given to ${id} of unit ${person.unit}, and not to a member of unit ${unit}`;
  return [{ rule: 'CC-27', code: 'MEMBER_OF_OTHER_UNIT', text, refuses: true }];
}
