import { sameUnit } from '../casework/units.ts';
import { type ClockEffect, running } from '../core/clock.ts';
import type { CaseEvent, CaseFacts, Objection } from '../core/workflow.ts';
import { COMMAND } from './roles.ts';
import { type ConcernState, heldTasks, INVESTIGATE, openTask, type Task, WORKING } from './state.ts';

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

/** CC-33: once a task is decided to be one member's, what another lieutenant does about it is remarked on. */
export function decidedRemarks(
  state: ConcernState,
  { by, at, name, unit }: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const responsible = unit === null ? null : (openTask(state, unit)?.responsible ?? null);
  if (by === null || responsible === null || by === responsible) return [];
  const roles = facts.person(by, at)?.roles;
  if (roles === undefined || !COMMAND.some((role) => roles.has(role))) return [];
  const text = `"${name}" by ${by}, though it was decided to be ${responsible}'s`;
  return [{ rule: 'CC-33', code: 'NOT_RESPONSIBLE', text, refuses: false }];
}

const NAMES_SUPERVISOR = [...COMMAND, 'unit-supervisor', 'supervisor'];

/** CC-21: a unit's command names its supervisor; the office that does it is remarked on, as is another lieutenant. */
export function commandRemarks(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const { by, at, detail } = event;
  const remarks = decidedRemarks(state, event, facts);
  const roles = by === null ? undefined : facts.person(by, at)?.roles;
  if (detail.supervisor_id === undefined || roles === undefined) return remarks;
  if (NAMES_SUPERVISOR.some((role) => roles.has(role))) return remarks;
  const text = `supervisor ${detail.supervisor_id} named by ${by}, who does not command the unit`;
  return [...remarks, { rule: 'CC-21', code: 'NOT_COMMAND', text, refuses: false }];
}

/** The concern after a decision: the tasks of the unit of whom it names are that member's (CC-33). */
export function decided(state: ConcernState, event: CaseEvent, facts: CaseFacts): ConcernState {
  const { at, reason, detail } = event;
  const responsible = detail.responsible ?? null;
  const theirs = new Set(tasksOf(state, event, facts));
  return {
    ...state,
    disputedAt: null,
    // One that names nobody leaves it with whom an earlier one named.
    decision: { at, reason, responsible: responsible ?? state.decision?.responsible ?? null },
    tasks: state.tasks.map((task) => (theirs.has(task) ? { ...task, responsible } : task)),
  };
}

/** CC-33: the one whom a decision names has the tasks for which no supervisor was named yet. */
export function decisionClocks(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly ClockEffect[] {
  return tasksOf(state, event, facts).flatMap((task) => {
    const held = running(state.spans, INVESTIGATE, task.unit).at(-1)?.owner.member ?? null;
    // Nor has a supervisor whom the one named before had put on it to make room.
    if (held !== null && held !== task.responsible) return [];
    const owner = { role: 'unit-supervisor', unit: task.unit, member: event.detail.responsible ?? null };
    return [{ do: 'hand-over' as const, rules: INVESTIGATE, key: task.unit, owner }];
  });
}

// The tasks that run and are of the unit of whom a decision names.
function tasksOf(
  state: ConcernState,
  { at, detail: { responsible } }: CaseEvent,
  facts: CaseFacts,
): readonly Task[] {
  const unit = responsible === undefined ? null : (facts.person(responsible, at)?.unit ?? null);
  return unit === null ? [] : heldTasks(state).filter((task) => sameUnit(task.unit, unit));
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
