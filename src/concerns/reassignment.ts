import { sameUnit } from '../casework/units.ts';
import { type ClockEffect, type Owner, running } from '../core/clock.ts';
import type { CaseEvent, CaseFacts, Objection } from '../core/workflow.ts';
import {
  type ConcernState,
  heldTasks,
  INVESTIGATE,
  newTask,
  openTask,
  type Task,
  unheldTask,
  unitOwner,
} from './state.ts';

/** What a re-assignment moves: which task goes, and to which unit. */
type Move =
  | { readonly to: 'unit'; readonly unit: string; readonly leaving: Task | undefined }
  /** The unit has it and keeps it, under another supervisor. */
  | { readonly to: 'same'; readonly task: Task }
  /** Another unit goes on with it. */
  | { readonly to: 'others'; readonly leaving: Task }
  | { readonly to: 'nobody'; readonly leaving: Task }
  | { readonly to: null; readonly why: string; readonly code: string };

function moveOf(state: ConcernState, { unit, detail }: CaseEvent): Move {
  const { from_unit: from, supervisor_id: supervisor } = detail;
  const giver = from === undefined ? undefined : openTask(state, from);
  if (from !== undefined && giver === undefined) {
    const why = `unit ${from} has no task that it could give up`;
    return { to: null, code: 'FROM_WITHOUT_TASK', why };
  }
  const held = heldTasks(state);
  if (unit === null) {
    const leaving = giver ?? held.at(-1);
    if (leaving === undefined) return { to: null, code: 'MOVES_NOTHING', why: 'no unit has it' };
    return { to: held.length > 1 ? 'others' : 'nobody', leaving };
  }
  const own = openTask(state, unit);
  if (own === undefined) return { to: 'unit', unit, leaving: giver ?? unheldTask(state) ?? held.at(-1) };
  if (giver !== undefined && giver !== own) return { to: 'others', leaving: giver };
  const holder = running(state.spans, INVESTIGATE, own.unit).at(-1)?.owner.member ?? null;
  if (supervisor !== undefined && supervisor !== holder) return { to: 'same', task: own };
  return { to: null, code: 'MOVES_NOTHING', why: `unit ${own.unit} has it already` };
}

/** A move takes a task from a unit that has one, and goes to another owner. */
export function reassignmentObjections(state: ConcernState, event: CaseEvent): readonly Objection[] {
  const move = moveOf(state, event);
  if (move.to !== null) return [];
  return [{ rule: 'CC-17', code: move.code, text: `re-assigned, though ${move.why}`, refuses: true }];
}

/** The concern after a move; one that moves nothing is not counted (CC-34). */
export function reassigned(state: ConcernState, event: CaseEvent): ConcernState {
  const move = moveOf(state, event);
  if (move.to === null) return state;
  const counted = { ...state, reassignments: state.reassignments + 1 };
  switch (move.to) {
    case 'same':
      return {
        ...counted,
        state: 'assigned',
        tasks: state.tasks.map((task) => (task === move.task ? moved(task) : task)),
      };
    case 'others':
      return { ...counted, tasks: state.tasks.filter((task) => task !== move.leaving) };
    case 'nobody': {
      const tasks = state.tasks.map((task) =>
        task === move.leaving ? { ...moved(task), held: false } : task,
      );
      return { ...counted, state: 'unassigned', tasks };
    }
    case 'unit': {
      const { unit, leaving } = move;
      const task = newTask(unit, event.at, (leaving?.moves ?? 0) + 1);
      return {
        ...counted,
        state: 'assigned',
        firstAssignedAt: state.firstAssignedAt ?? event.at,
        tasks: [...state.tasks.filter((each) => each !== leaving), task],
      };
    }
  }
}

function moved(task: Task): Task {
  return { ...task, moves: task.moves + 1, responsible: null };
}

/** A-CC-5: the sergeant's re-assignment to another unit starts 7 days for that unit; any other keeps due day and period. */
export function reassignmentClocks(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly ClockEffect[] {
  const move = moveOf(state, event);
  switch (move.to) {
    case null:
      return [];
    case 'same':
      return [handOver(move.task.unit, unitOwner(move.task.unit, event))];
    case 'others':
      return [gone(move.leaving)];
    case 'nobody':
      return [handOver(move.leaving.unit, { role: 'executive-officer', unit: state.district, member: null })];
    case 'unit': {
      const { unit, leaving } = move;
      const person = event.by === null ? null : facts.person(event.by, event.at);
      const bySergeant = person === null || person.roles.has('cp-sergeant');
      return taken(state, leaving, { unit, owner: unitOwner(unit, event), anew: bySergeant });
    }
  }
}

/** The clock of a unit that takes what another leaves; back at the same unit nothing starts anew. */
export function taken(
  state: ConcernState,
  leaving: Task | undefined,
  { unit, owner, anew }: { readonly unit: string; readonly owner: Owner; readonly anew: boolean },
): readonly ClockEffect[] {
  const start = { do: 'start', rule: 'CC-22', key: unit, owner } as const;
  if (leaving === undefined) return [start];
  const last = running(state.spans, INVESTIGATE, leaving.unit).at(-1);
  const kept = anew && !sameUnit(leaving.unit, unit) ? undefined : last;
  // CC-07: what keeps its due day keeps its period, and with it the extension that it has had.
  return [gone(leaving), { ...start, due: kept?.dueAt, period: kept?.period }];
}

function gone({ unit }: Task): ClockEffect {
  return { do: 'stop', rules: INVESTIGATE, key: unit, why: 'reassigned' };
}

function handOver(key: string, owner: Owner): ClockEffect {
  return { do: 'hand-over', rules: INVESTIGATE, key, owner };
}
