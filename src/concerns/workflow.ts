import { sameUnit } from '../casework/units.ts';
import { dueByRule, type Owner, running } from '../core/clock.ts';
import type { CaseEvent, CaseFacts, Transition, Workflow } from '../core/workflow.ts';
import { extensionObjections } from './extension.ts';
import {
  approvalObjections,
  assignObjections,
  associationObjections,
  beforeSubmission,
  closingObjections,
  commanderObjections,
  decisionObjections,
  entryObjections,
  notAcceptedObjections,
  unitObjections,
} from './objections.ts';
import { reassigned, reassignmentClocks, reassignmentObjections, taken } from './reassignment.ts';
import {
  ACTIVE,
  COMPLETED,
  type ConcernState,
  INVESTIGATE,
  INVESTIGATION_COMPLETE,
  isDistrictUnit,
  noticesOf,
  openTask,
  STATES,
  type Task,
  UNDECIDED,
  unheldTask,
  unitOwner,
  WORKING,
} from './state.ts';
import {
  completionObjections,
  extensionUnitObjections,
  memberObjections,
  supervisorObjections,
  taskObjections,
} from './task-objections.ts';

const ACCEPT = ['CC-15'];

const SERGEANT = { roles: ['cp-sergeant'], rule: 'CC-14' };
const COMMAND = {
  roles: ['watch-operations-lieutenant', 'tactical-lieutenant', 'commanding-officer'],
  rule: 'CC-25',
};
const LIEUTENANTS = { ...COMMAND, rule: 'CC-33' };
const EXECUTIVE = { roles: ['executive-officer', 'district-commander'], rule: 'CC-30' };

function sergeantOf(state: ConcernState): Owner {
  return { role: 'cp-sergeant', unit: state.district, member: null };
}

function ofUnit(state: ConcernState, unit: string | null, change: (task: Task) => Task): readonly Task[] {
  return state.tasks.map((task) => (unit === null || sameUnit(task.unit, unit) ? change(task) : task));
}

function keyOf(state: ConcernState, event: CaseEvent): string | undefined {
  const unit = event.unit;
  if (unit === null) return undefined;
  return state.tasks.findLast((task) => sameUnit(task.unit, unit))?.unit ?? unit;
}

// CC-14: only the sergeant's look is the first access; a blank or unknown member leaves it untold whose it was.
function isFirstAccess({ by, at }: CaseEvent, facts: CaseFacts): boolean {
  const person = by === null ? null : facts.person(by, at);
  return person === null || person.roles.has('cp-sergeant');
}

const TRANSITIONS: readonly Transition<ConcernState>[] = [
  {
    name: 'entered',
    rule: 'CC-13',
    from: ['submitted'],
    objects: entryObjections,
    to: (state, event) => ({
      ...state,
      ...noticesOf(state, event),
      meeting: event.detail.meeting ?? null,
      hazard: event.detail.hazard === 'yes',
    }),
  },
  {
    name: 'accessed',
    rule: 'CC-14',
    from: STATES,
    to: (state, event, facts) =>
      isFirstAccess(event, facts)
        ? {
            ...state,
            state: state.state === 'submitted' ? 'accessed' : state.state,
            firstAccessedAt: state.firstAccessedAt ?? event.at,
          }
        : state,
    // CC-15: 36 hours from the first access, for webportal concerns alone (A-CC-8)
    clocks: (state, event, facts) =>
      state.origin === 'webportal' &&
      state.firstAccessedAt === null &&
      state.state === 'submitted' &&
      isFirstAccess(event, facts)
        ? [{ do: 'start', rule: 'CC-15', key: '', owner: sergeantOf(state) }]
        : [],
  },
  {
    name: 'accepted',
    rule: 'CC-15',
    from: UNDECIDED,
    who: SERGEANT,
    to: (state) => ({ ...state, state: 'accepted' }),
    clocks: () => [{ do: 'stop', rules: ACCEPT }],
  },
  {
    name: 'not-accepted',
    rule: 'CC-15',
    from: [...UNDECIDED, 'accepted'],
    who: SERGEANT,
    needs: [{ field: 'reason', rule: 'CC-05', what: 'a reason' }],
    objects: notAcceptedObjections,
    to: (state) => ({ ...state, state: 'not-accepted' }),
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE] }],
  },
  {
    name: 'assigned',
    rule: 'CC-17',
    from: [...UNDECIDED, 'accepted', ...WORKING],
    who: SERGEANT,
    needs: [{ field: 'unit', rule: 'CC-17', what: 'a unit' }],
    objects: assignObjections,
    to: (state, event) => {
      const unit = event.unit ?? '';
      if (openTask(state, unit)) return { ...state, state: 'assigned' };
      const untaken = unheldTask(state);
      const task = { unit, assignedAt: event.at, done: false, submitted: false, held: true };
      return {
        ...state,
        state: 'assigned',
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
    who: { roles: [...COMMAND.roles, 'unit-supervisor', 'supervisor', ...SERGEANT.roles], rule: 'CC-21' },
    needs: [{ field: 'unit', rule: 'CC-21', what: 'the unit' }],
    objects: (state, event, facts) => [
      ...taskObjections(state, event, 'CC-21'),
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
      roles: ['unit-supervisor', 'commanding-officer', 'watch-operations-lieutenant', 'tactical-lieutenant'],
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
    who: COMMAND,
    objects: completionObjections,
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
    who: EXECUTIVE,
    objects: (...asked) => [...commanderObjections(...asked), ...approvalObjections(asked[0])],
    to: (state) => ({ ...state, state: 'approved' }),
  },
  {
    name: 'disapproved',
    rule: 'CC-31',
    from: [INVESTIGATION_COMPLETE],
    who: EXECUTIVE,
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
    name: 'associated',
    rule: 'CC-06',
    from: ACTIVE,
    who: SERGEANT,
    withheldWhenRefused: true,
    objects: associationObjections,
    to: (state, event) => ({
      ...state,
      state: 'associated',
      before: state.state,
      primary: event.detail.primary_control_number ?? null,
    }),
    // A-CC-7: the clock runs on the primary only
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE], why: 'associated' }],
  },
  {
    name: 'separated',
    rule: 'CC-06',
    from: ['associated'],
    who: SERGEANT,
    to: (state) => ({ ...state, state: state.before ?? 'submitted', before: null, primary: null }),
    clocks: () => [{ do: 'resume', rules: [...ACCEPT, ...INVESTIGATE], after: 'associated' }],
  },
  {
    name: 'criminal',
    rule: 'CC-18',
    from: STATES,
    who: SERGEANT,
    to: (state, event) => ({ ...state, stationToldAt: state.stationToldAt ?? event.at }),
  },
  {
    name: 'hazard-told',
    rule: 'CSR-03',
    from: STATES,
    to: (state, event) => ({ ...state, ...noticesOf(state, event) }),
  },
  {
    name: 'disputed',
    rule: 'CC-33',
    from: WORKING,
    who: LIEUTENANTS,
    to: (state, event) => ({ ...state, disputedAt: state.disputedAt ?? event.at }),
  },
  {
    name: 'decided',
    rule: 'CC-33',
    // The work goes on while it is disputed, and may be done before it is decided.
    from: STATES,
    who: { ...EXECUTIVE, rule: 'CC-33' },
    objects: (...asked) => [...commanderObjections(...asked), ...decisionObjections(...asked)],
    to: (state) => ({ ...state, disputedAt: null }),
  },
  { name: 'replied', rule: 'CSR-17', from: STATES, to: (state) => state },
  {
    name: 'closed',
    rule: 'CC-30',
    from: [...COMPLETED, 'not-accepted', 'associated'],
    objects: closingObjections,
    to: (state, event) => ({ ...state, state: 'closed', closedAt: event.at }),
    clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE] }],
  },
];

/** Community Concerns, S02-03-03 VI and VII. */
export const concernWorkflow: Workflow<ConcernState> = {
  system: 'concerns',
  record: 'Community Concern',
  clockRules: ['CC-15', 'CC-22'],
  transitions: TRANSITIONS.map((transition) => ({
    ...transition,
    objects: (state, event, facts) => [
      ...beforeSubmission(state, event),
      ...(transition.objects?.(state, event, facts) ?? []),
    ],
  })),
};
