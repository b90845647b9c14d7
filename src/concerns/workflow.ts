import { type ClockEffect, dueByRule, type Owner, running } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts, CaseState, Objection, Workflow } from '../core/workflow.ts';
import { extensionObjections } from './extension.ts';

/** The status that ends an investigation, to the letter (CC-25). */
const INVESTIGATION_COMPLETE = 'Investigation Complete';

/** A unit's task: one a unit that was assigned (A-CC-12). */
export interface Task {
  readonly unit: string;
  readonly assignedAt: Instant;
  readonly done: boolean;
}

export interface ConcernState extends CaseState {
  readonly controlNumber: string;
  readonly origin: string;
  readonly category: string | null;
  readonly district: string | null;
  readonly submittedAt: Instant;
  readonly tasks: readonly Task[];
  readonly primary: string | null;
  /** Where it stood when it was associated, to go back to when it is separated. */
  readonly before: string | null;
  readonly firstAccessedAt: Instant | null;
  readonly firstAssignedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly extensions: number;
  readonly reassignments: number;
}

/** What a concern is before anything happened to it. */
export type ConcernBase = Pick<
  ConcernState,
  'controlNumber' | 'origin' | 'category' | 'district' | 'submittedAt'
>;

/** A concern as it was submitted. */
export function newConcern(base: ConcernBase): ConcernState {
  return {
    ...base,
    state: 'submitted',
    spans: [],
    tasks: [],
    primary: null,
    before: null,
    firstAccessedAt: null,
    firstAssignedAt: null,
    completedAt: null,
    closedAt: null,
    extensions: 0,
    reassignments: 0,
  };
}

const ACCEPT = ['CC-15'];
const INVESTIGATE = ['CC-22'];
const UNDECIDED = ['submitted', 'accessed'];
const WORKING = ['assigned', 'unassigned', 'returned'];
const ACTIVE = [...UNDECIDED, 'accepted', ...WORKING];
const COMPLETED = [INVESTIGATION_COMPLETE, 'approved'];
const ANY = [...ACTIVE, ...COMPLETED, 'not-accepted', 'associated', 'closed'];

const SERGEANT = { roles: ['cp-sergeant'], rule: 'CC-14' };
const COMMAND = {
  roles: ['watch-operations-lieutenant', 'tactical-lieutenant', 'commanding-officer'],
  rule: 'CC-25',
};
const EXECUTIVE = { roles: ['executive-officer', 'district-commander'], rule: 'CC-30' };

function sergeantOf(state: ConcernState): Owner {
  return { role: 'cp-sergeant', unit: state.district, member: null };
}

function unitOwner(unit: string, event: CaseEvent): Owner {
  return { role: 'unit-supervisor', unit, member: event.detail.supervisor_id ?? null };
}

/** Units are compared by number: 005 and 5 are one. */
function sameUnit(a: string, b: string): boolean {
  const plain = (text: string) => text.trim().replace(/^0+(?=\d)/, '');
  return plain(a) === plain(b);
}

function isBuilding(state: ConcernState, facts: CaseFacts): { readonly unit: string } | null {
  const building = facts.policy.building as
    | { readonly unit: string; readonly words: readonly string[] }
    | undefined;
  if (building === undefined || state.category === null) return null;
  const category = state.category.toLowerCase();
  return building.words.some((word) => category.includes(word)) ? building : null;
}

function unitObjections(state: ConcernState, event: CaseEvent, facts: CaseFacts): readonly Objection[] {
  const building = isBuilding(state, facts);
  if (building === null || event.unit === null || sameUnit(event.unit, building.unit)) return [];
  const text = `a building concern went to unit ${event.unit} and not to unit ${building.unit}`;
  return [{ rule: 'CC-16', code: 'BUILDING_UNIT', text, refuses: true }];
}

function assignObjections(state: ConcernState, event: CaseEvent, facts: CaseFacts): readonly Objection[] {
  const list = [...unitObjections(state, event, facts)];
  const open = event.unit === null ? undefined : openTask(state, event.unit);
  if (open) {
    list.push({
      rule: 'CC-22',
      code: 'ASSIGNED_TWICE',
      text: `unit ${open.unit} has it already; its 7 days go on`,
      refuses: false,
    });
  }
  return list;
}

function openTask(state: ConcernState, unit: string): Task | undefined {
  return state.tasks.find((task) => !task.done && sameUnit(task.unit, unit));
}

function lastOpenTask(state: ConcernState): Task | undefined {
  return state.tasks.findLast((task) => !task.done);
}

function associationObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const primary = event.detail.primary_control_number ?? null;
  const objection = (code: string, text: string): readonly Objection[] => [
    { rule: 'CC-06', code, text, refuses: true },
  ];
  if (primary === null) return objection('PRIMARY_MISSING', 'associated without naming a primary concern');
  if (primary === state.controlNumber) return objection('PRIMARY_ITSELF', 'associated to itself');
  if (facts.other(state.controlNumber, event.at)?.hasAssociates) {
    return objection('PRIMARY_OF_OTHERS', 'associated, though other concerns are associated to it');
  }
  const other = facts.other(primary, event.at);
  if (other === null)
    return objection('PRIMARY_UNKNOWN', `associated to ${primary}, which is not in the store`);
  if (other.primary !== null)
    return objection('PRIMARY_ASSOCIATED', `associated to ${primary}, which is associated itself`);
  return [];
}

function completedUnits(state: ConcernState, event: CaseEvent): readonly Task[] {
  const unit = event.unit;
  return state.tasks.map((task) =>
    unit === null || sameUnit(task.unit, unit) ? { ...task, done: true } : task,
  );
}

function keyOf(state: ConcernState, event: CaseEvent): string | undefined {
  const unit = event.unit;
  if (unit === null) return undefined;
  return state.tasks.findLast((task) => sameUnit(task.unit, unit))?.unit ?? unit;
}

/** CC-30: only what district personnel investigated waits for the executive officer; units up to 25 are districts. */
function isDistrictUnit(unit: string): boolean {
  return /^0*([1-9]|1\d|2[0-5])$/.test(unit.trim());
}

/** Community Concerns, S02-03-03 VI and VII. */
export const concernWorkflow: Workflow<ConcernState> = {
  system: 'concerns',
  record: 'Community Concern',
  clockRules: ['CC-15', 'CC-22'],
  transitions: [
    {
      name: 'accessed',
      rule: 'CC-14',
      from: ANY,
      to: (state, event) => ({
        ...state,
        state: state.state === 'submitted' ? 'accessed' : state.state,
        firstAccessedAt: state.firstAccessedAt ?? event.at,
      }),
      // CC-15: 36 hours from the first access, for webportal concerns alone (A-CC-8)
      clocks: (state) =>
        state.origin === 'webportal' && state.firstAccessedAt === null && state.state === 'submitted'
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
        return {
          ...state,
          state: 'assigned',
          firstAssignedAt: state.firstAssignedAt ?? event.at,
          tasks: [...state.tasks, { unit, assignedAt: event.at, done: false }],
        };
      },
      clocks: (state, event) => {
        const unit = event.unit ?? '';
        const stop: ClockEffect = { do: 'stop', rules: ACCEPT };
        if (openTask(state, unit)) return [stop];
        return [stop, { do: 'start', rule: 'CC-22', key: unit, owner: unitOwner(unit, event) }];
      },
    },
    {
      name: 'reassigned',
      rule: 'CC-17',
      from: WORKING,
      objects: unitObjections,
      to: (state, event) => {
        const counted = { ...state, reassignments: state.reassignments + 1 };
        const unit = event.unit;
        if (unit === null) return { ...counted, state: 'unassigned' };
        if (openTask(state, unit)) return { ...counted, state: 'assigned' };
        const leaving = lastOpenTask(state);
        return {
          ...counted,
          state: 'assigned',
          firstAssignedAt: state.firstAssignedAt ?? event.at,
          tasks: [
            ...state.tasks.filter((task) => task !== leaving),
            { unit, assignedAt: event.at, done: false },
          ],
        };
      },
      clocks: reassignmentClocks,
    },
    {
      name: 'extended',
      rule: 'CC-23',
      from: WORKING,
      who: {
        roles: [
          'unit-supervisor',
          'commanding-officer',
          'watch-operations-lieutenant',
          'tactical-lieutenant',
        ],
        rule: 'CC-23',
      },
      needs: [{ field: 'justification', rule: 'CC-09', what: 'a justification' }],
      withheldWhenRefused: true,
      objects: (state, event, facts) =>
        extensionObjections(running(state.spans, INVESTIGATE, keyOf(state, event)), event.at, (start) =>
          dueByRule(facts.book, 'CC-22', start),
        ),
      to: (state) => ({ ...state, extensions: state.extensions + 1 }),
      clocks: (state, event) => [{ do: 'extend', rules: INVESTIGATE, key: keyOf(state, event) }],
    },
    { name: 'submitted', rule: 'CC-28', from: WORKING, to: (state) => state },
    {
      name: 'completed',
      rule: 'CC-25',
      from: WORKING,
      who: COMMAND,
      to: (state, event) => {
        const tasks = completedUnits(state, event);
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
      to: (state) => ({ ...state, state: 'approved' }),
    },
    {
      name: 'disapproved',
      rule: 'CC-31',
      from: [INVESTIGATION_COMPLETE],
      who: EXECUTIVE,
      needs: [{ field: 'reason', rule: 'CC-31', what: 'a reason' }],
      to: (state) => ({
        ...state,
        state: 'returned',
        completedAt: null,
        tasks: state.tasks.map((task) => (isDistrictUnit(task.unit) ? { ...task, done: false } : task)),
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
    { name: 'criminal', rule: 'CC-18', from: ANY, who: SERGEANT, to: (state) => state },
    { name: 'disputed', rule: 'CC-33', from: WORKING, to: (state) => state },
    { name: 'decided', rule: 'CC-33', from: WORKING, who: EXECUTIVE, to: (state) => state },
    { name: 'replied', rule: 'CSR-17', from: ANY, to: (state) => state },
    {
      name: 'closed',
      rule: 'CC-30',
      from: [...COMPLETED, 'not-accepted', 'associated'],
      to: (state, event) => ({ ...state, state: 'closed', closedAt: event.at }),
      clocks: () => [{ do: 'stop', rules: [...ACCEPT, ...INVESTIGATE] }],
    },
  ],
};

/** A-CC-5: the sergeant's re-assignment to another unit starts 7 days for that unit; any other keeps the due instant. */
function reassignmentClocks(state: ConcernState, event: CaseEvent, facts: CaseFacts): readonly ClockEffect[] {
  const unit = event.unit;
  const leaving = lastOpenTask(state);
  const key = leaving?.unit;
  if (unit === null) {
    const owner: Owner = { role: 'executive-officer', unit: key ?? null, member: null };
    return [{ do: 'hand-over', rules: INVESTIGATE, key, owner }];
  }
  const owner = unitOwner(unit, event);
  if (openTask(state, unit))
    return [{ do: 'hand-over', rules: INVESTIGATE, key: keyOf(state, event), owner }];
  const stop: ClockEffect = { do: 'stop', rules: INVESTIGATE, key, why: 'reassigned' };
  const person = event.by === null ? null : facts.person(event.by, event.at);
  const bySergeant = person === null || person.roles.has('cp-sergeant');
  const due = bySergeant ? undefined : running(state.spans, INVESTIGATE, key).at(-1)?.dueAt;
  return [stop, { do: 'start', rule: 'CC-22', key: unit, owner, due }];
}
