import { sameUnit } from '../casework/units.ts';
import { dueByRule, type Owner, running } from '../core/clock.ts';
import type { CaseEvent, Transition } from '../core/workflow.ts';
import { extensionObjections } from './extension.ts';
import {
  approvalObjections,
  assignObjections,
  closingObjections,
  commanderObjections,
  decisionObjections,
  unitObjections,
} from './objections.ts';
import { reassigned, reassignmentClocks, reassignmentObjections, taken } from './reassignment.ts';
import { COMMAND, EXECUTIVE, EXTENDERS, SERGEANT } from './roles.ts';
import {
  ACCEPT,
  COMPLETED,
  type ConcernState,
  INVESTIGATE,
  INVESTIGATION_COMPLETE,
  isDistrictUnit,
  newTask,
  openTask,
  STATES,
  type Task,
  UNDECIDED,
  unheldTask,
  unitOwner,
  WORKING,
} from './state.ts';
import {
  commandRemarks,
  completionObjections,
  decided,
  decidedRemarks,
  decisionClocks,
  extensionUnitObjections,
  memberObjections,
  supervisorObjections,
  taskObjections,
} from './task-objections.ts';

const BY_SERGEANT = { roles: SERGEANT, rule: 'CC-14' };
const BY_COMMAND = { roles: COMMAND, rule: 'CC-25' };
const BY_EXECUTIVE = { roles: EXECUTIVE, rule: 'CC-30' };

function ofUnit(state: ConcernState, unit: string | null, change: (task: Task) => Task): readonly Task[] {
  return state.tasks.map((task) => (unit === null || sameUnit(task.unit, unit) ? change(task) : task));
}

function keyOf(state: ConcernState, event: CaseEvent): string | undefined {
  const unit = event.unit;
  if (unit === null) return undefined;
  return state.tasks.findLast((task) => sameUnit(task.unit, unit))?.unit ?? unit;
}

/** The investigation by units, from its assignment to its end. */
export const UNIT_STEPS: readonly Transition<ConcernState>[] = [
  {
    name: 'assigned',
    rule: 'CC-17',
    from: [...UNDECIDED, 'accepted', ...WORKING],
    who: BY_SERGEANT,
    needs: [{ field: 'unit', rule: 'CC-17', what: 'a unit' }],
    objects: assignObjections,
    to: (state, event) => {
      const unit = event.unit ?? '';
      if (openTask(state, unit)) return { ...state, state: 'assigned', completedAt: null };
      const untaken = unheldTask(state);
      const task = newTask(unit, event.at, untaken?.moves ?? 0);
      return {
        ...state,
        state: 'assigned',
        // An export may date a completion before the assignment that it is of.
        completedAt: null,
        firstAssignedAt: state.firstAssignedAt ?? event.at,
        tasks: [...state.tasks.filter((each) => each !== untaken), task],
      };
    },
    clocks: (state, event) => {
      const unit = event.unit ?? '';
      const stop = { do: 'stop', rules: ACCEPT } as const;
      if (openTask(state, unit)) return [stop];
      return [stop, ...taken(state, unheldTask(state), { unit, owner: unitOwner(unit, event), anew: true })];
    },
  },
  {
    name: 'designated',
    rule: 'CC-21',
    from: WORKING,
    who: { roles: [...COMMAND, 'unit-supervisor', 'supervisor', ...SERGEANT], rule: 'CC-21' },
    needs: [{ field: 'unit', rule: 'CC-21', what: 'the unit' }],
    objects: (state, event, facts) => [
      ...taskObjections(state, event, 'CC-21'),
      ...commandRemarks(state, event, facts),
      ...supervisorObjections(state, event, facts),
      ...memberObjections(event, facts),
    ],
    to: (state) => state,
    // CC-21, CC-27: the same 7 days (A-CC-10)
    clocks: (state, event) => {
      const key = keyOf(state, event);
      const held = running(state.spans, INVESTIGATE, key).at(-1)?.owner.member ?? null;
      const member = event.detail.supervisor_id ?? held;
      const owner: Owner = { role: 'unit-supervisor', unit: event.unit, member };
      return member === held ? [] : [{ do: 'hand-over', rules: INVESTIGATE, key, owner }];
    },
  },
  {
    name: 'reassigned',
    rule: 'CC-17',
    from: WORKING,
    objects: (state, event, facts) => [
      ...reassignmentObjections(state, event),
      ...unitObjections(state, event, facts),
      ...supervisorObjections(state, event, facts),
    ],
    to: reassigned,
    clocks: reassignmentClocks,
  },
  {
    name: 'extended',
    rule: 'CC-23',
    from: WORKING,
    who: {
      roles: EXTENDERS,
      rule: 'CC-23',
    },
    needs: [{ field: 'justification', rule: 'CC-09', what: 'a justification' }],
    withheldWhenRefused: true,
    objects: (state, event, facts) => [
      ...extensionUnitObjections(state, event),
      ...extensionObjections(running(state.spans, INVESTIGATE, keyOf(state, event)), event.at, (start) =>
        dueByRule(facts.book, 'CC-22', start),
      ),
    ],
    to: (state) => ({ ...state, extensions: state.extensions + 1 }),
    clocks: (state, event) => [{ do: 'extend', rules: INVESTIGATE, key: keyOf(state, event) }],
  },
  {
    name: 'submitted',
    rule: 'CC-28',
    from: WORKING,
    needs: [{ field: 'reason', rule: 'CC-28', what: 'the action that was taken' }],
    objects: (state, event) => taskObjections(state, event, 'CC-28'),
    to: (state, event) => ({
      ...state,
      tasks: ofUnit(state, event.unit, (task) => ({ ...task, submitted: true })),
    }),
  },
  {
    name: 'completed',
    rule: 'CC-25',
    from: WORKING,
    who: BY_COMMAND,
    objects: (...asked) => [...completionObjections(asked[0], asked[1]), ...decidedRemarks(...asked)],
    to: (state, event) => {
      const tasks = ofUnit(state, event.unit, (task) => ({ ...task, done: true }));
      const all = tasks.every((task) => task.done);
      return {
        ...state,
        tasks,
        state: all ? INVESTIGATION_COMPLETE : state.state,
        completedAt: all ? event.at : state.completedAt,
      };
    },
    clocks: (state, event) => [{ do: 'stop', rules: INVESTIGATE, key: keyOf(state, event) }],
  },
  {
    name: 'approved',
    rule: 'CC-30',
    from: [INVESTIGATION_COMPLETE],
    who: BY_EXECUTIVE,
    objects: (...asked) => [...commanderObjections(...asked), ...approvalObjections(asked[0])],
    to: (state) => ({ ...state, state: 'approved' }),
  },
  {
    name: 'disapproved',
    rule: 'CC-31',
    from: [INVESTIGATION_COMPLETE],
    who: BY_EXECUTIVE,
    needs: [{ field: 'reason', rule: 'CC-31', what: 'a reason' }],
    objects: (...asked) => [...commanderObjections(...asked), ...approvalObjections(asked[0])],
    to: (state) => ({
      ...state,
      state: 'returned',
      completedAt: null,
      tasks: state.tasks.map((task) =>
        isDistrictUnit(task.unit) ? { ...task, done: false, submitted: false, held: true } : task,
      ),
    }),
    // CC-31: the clock is not reset; the due instant stands
    clocks: (state) =>
      state.tasks
        .filter((task) => isDistrictUnit(task.unit))
        .map((task) => ({ do: 'resume' as const, rules: INVESTIGATE, key: task.unit })),
  },
  {
    name: 'disputed',
    rule: 'CC-33',
    from: WORKING,
    who: { ...BY_COMMAND, rule: 'CC-33' },
    to: (state, event) => ({ ...state, disputedAt: state.disputedAt ?? event.at }),
  },
  {
    name: 'decided',
    rule: 'CC-33',
    // The work goes on while it is disputed, and may be done before it is decided.
    from: STATES,
    who: { ...BY_EXECUTIVE, rule: 'CC-33' },
    objects: (...asked) => [...commanderObjections(...asked), ...decisionObjections(...asked)],
    to: decided,
    clocks: decisionClocks,
  },
  {
    name: 'closed',
    rule: 'CC-30',
    from: [...COMPLETED, 'not-accepted', 'associated'],
    objects: closingObjections,
    to: (state, event) => ({ ...state, state: 'closed', closedAt: event.at }),
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE] }],
  },
];
