import { sameUnit } from '../casework/units.ts';
import type { Owner } from '../core/clock.ts';
import type { HazardNotices } from '../core/hazard.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseState } from '../core/workflow.ts';

/** The status that ends an investigation, to the letter (CC-25). */
export const INVESTIGATION_COMPLETE = 'Investigation Complete';

/** How concerns come (CC-04, CC-12, CC-13). */
export const ORIGINS = ['webportal', 'beat-meeting', 'phone', 'email', 'in-person', 'other'] as const;

/** How residents are answered (CSR-17). */
export const REPLY_MEANS = ['phone', 'email', 'letter', 'in-person', 'beat-meeting'] as const;

/** Places in the workflow, by what is still owed: a decision, an investigation, an approval. */
export const UNDECIDED: readonly string[] = ['submitted', 'accessed'];
export const WORKING: readonly string[] = ['assigned', 'unassigned', 'returned'];
export const ACTIVE: readonly string[] = [...UNDECIDED, 'accepted', ...WORKING];
export const COMPLETED: readonly string[] = [INVESTIGATION_COMPLETE, 'approved'];
export const STATES: readonly string[] = [...ACTIVE, ...COMPLETED, 'not-accepted', 'associated', 'closed'];

/** The clock of the sergeant's decision. */
export const ACCEPT = ['CC-15'];

/** The clock of an investigation. */
export const INVESTIGATE = ['CC-22'];

/** A unit's task: one a unit that was assigned (A-CC-12). */
export interface Task {
  readonly unit: string;
  readonly assignedAt: Instant;
  readonly done: boolean;
  /** Its supervisor has documented the action and sent it up (CC-28). */
  readonly submitted: boolean;
  /** False once it was taken from its unit and given to none: the clock goes on for the executive officer (CC-34). */
  readonly held: boolean;
  /** How often it was moved before it came to stand where it does (CC-34). */
  readonly moves: number;
  /** Whose it is by the decision of a dispute; null while none named a member of its unit (CC-33). */
  readonly responsible: string | null;
}

/** What the executive officer decided of a dispute, and whom it names as the one who owns the concern (CC-33). */
export interface Decision {
  readonly at: Instant;
  readonly reason: string | null;
  readonly responsible: string | null;
}

export interface ConcernState extends CaseState, HazardNotices {
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
  /** Since when lieutenants dispute who owns it; null when they do not (CC-33). */
  readonly disputedAt: Instant | null;
  /** How the last dispute was decided; null before one was (CC-33). */
  readonly decision: Decision | null;
  readonly extensions: number;
  readonly reassignments: number;
  /** The beat meeting that it comes from (CC-12). */
  readonly meeting: string | null;
  /** When the district station supervisor was first told of a crime (CC-18). */
  readonly stationToldAt: Instant | null;
  /** It was entered by hand and looked like an immediate hazard (CSR-03). */
  readonly hazard: boolean;
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
    disputedAt: null,
    decision: null,
    extensions: 0,
    reassignments: 0,
    meeting: null,
    stationToldAt: null,
    hazard: false,
    oemc: null,
    supervisor: null,
  };
}

/** A task as a unit gets it. */
export function newTask(unit: string, assignedAt: Instant, moves: number): Task {
  return { unit, assignedAt, done: false, submitted: false, held: true, moves, responsible: null };
}

/** CC-30: only what district personnel investigated waits for the executive officer; units up to 25 are districts. */
export function isDistrictUnit(unit: string): boolean {
  return /^0*([1-9]|1\d|2[0-5])$/.test(unit.trim());
}

/** The tasks that a unit has and has not finished. */
export function heldTasks({ tasks }: ConcernState): readonly Task[] {
  return tasks.filter((task) => !task.done && task.held);
}

/** The task that a unit has and has not finished, or undefined. */
export function openTask(state: ConcernState, unit: string): Task | undefined {
  return heldTasks(state).find((task) => sameUnit(task.unit, unit));
}

/** The task that was taken from its unit and that nobody has, or undefined. */
export function unheldTask({ tasks }: ConcernState): Task | undefined {
  return tasks.find((task) => !task.done && !task.held);
}

/** Who answers for a unit's task. */
export function unitOwner(unit: string, { detail }: CaseEvent): Owner {
  return { role: 'unit-supervisor', unit, member: detail.supervisor_id ?? null };
}

/** The notices of a hazard as they stand after an event that may tell of more (CSR-03). */
export function noticesOf({ oemc, supervisor }: HazardNotices, { detail }: CaseEvent): HazardNotices {
  return { oemc: detail.oemc ?? oemc, supervisor: detail.supervisor ?? supervisor };
}
