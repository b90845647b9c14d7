import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseState } from '../core/workflow.ts';

/** What a log of steps says of the supports of a submitted plan when its row names none. */
export const UNSAID = 'unsaid';

/** How far a support on an Action Plan is. */
export const SUPPORT_STATUSES = ['chosen', 'started', 'completed', 'declined'] as const;
export type SupportStatus = (typeof SUPPORT_STATUSES)[number];

/** A support on the Action Plan: a code of the catalog, or words of its own. */
export interface PlanItem {
  readonly support: string;
  readonly status: SupportStatus;
}

/** What a member says is wrong with the data (OSS-51); numbered on its Work Item from 1. */
export interface Discrepancy {
  readonly number: number;
  /** `not-reviewed`: filed without documents (OSS-54, A-OSS-7). */
  readonly state: 'open' | 'not-reviewed' | 'decided' | 'replied';
  readonly openedAt: Instant;
  readonly contacts: number;
  readonly revised: boolean | null;
}

export interface WorkItemState extends CaseState {
  readonly workItemId: string;
  readonly memberId: string;
  readonly generatedAt: Instant;
  readonly models: readonly string[];
  /** When the present state was entered; null before anything happened. */
  readonly since: Instant | null;
  /** When each step was first taken, by its name. */
  readonly first: Readonly<Record<string, Instant>>;
  readonly determination: 'valid' | 'invalid' | null;
  readonly reason: string | null;
  readonly determinedAt: Instant | null;
  readonly areaRepId: string | null;
  readonly commandId: string | null;
  readonly supervisorId: string | null;
  /** Who drew up the plan that was last submitted; null for nobody known. */
  readonly drawnUpBy: string | null;
  /** Another supervisor has it since the plan was submitted: should it come back, that one meets the member (OSS-34). */
  readonly handedOver: boolean;
  /** The Area Representative wants the plan modified and has told command so (OSS-23). */
  readonly modificationsAsked: boolean;
  /** The supports were picked together with the member (OSS-04); null where nobody said. */
  readonly withMember: boolean | null;
  /** Plans submitted so far; the clock of each is apart (OSS-31). */
  readonly plans: number;
  /** Times a plan came back for corrections. */
  readonly returns: number;
  readonly consulted: boolean;
  readonly met: boolean;
  /** The supervisor or command reviewed the item and the jacket (OSS-05 1). */
  readonly reviewed: boolean;
  readonly notified: boolean;
  /** That the plan under review has no support is found already, or cannot be told. */
  readonly bareJudged: boolean;
  readonly supports: readonly PlanItem[];
  /** Answers to the questions of the Action Plan, by their code. */
  readonly answers: Readonly<Record<string, string>>;
  /** Corrections were dramatic: the member is met again before the next submission (OSS-48). */
  readonly meetAgain: boolean;
  /** Supports changed since the plan came back, and the member was not met since. */
  readonly changed: boolean;
  /** The member was met since the plan came back. */
  readonly metAgain: boolean;
  readonly commandApproved: boolean;
  readonly areaRepApproved: boolean;
  readonly discrepancies: readonly Discrepancy[];
  /** Written responses of the member that were attached (OSS-25, OSS-55). */
  readonly responses: number;
}

export type WorkItemBase = Pick<WorkItemState, 'workItemId' | 'memberId' | 'generatedAt' | 'models'>;

/** A Work Item before anything happened to it; `generated` starts its first clock. */
export function newWorkItem(base: WorkItemBase): WorkItemState {
  return {
    ...base,
    state: 'new',
    spans: [],
    since: null,
    first: {},
    determination: null,
    reason: null,
    determinedAt: null,
    areaRepId: null,
    commandId: null,
    supervisorId: null,
    drawnUpBy: null,
    handedOver: false,
    modificationsAsked: false,
    withMember: null,
    plans: 0,
    returns: 0,
    consulted: false,
    met: false,
    reviewed: false,
    notified: false,
    bareJudged: false,
    supports: [],
    answers: {},
    meetAgain: false,
    changed: false,
    metAgain: false,
    commandApproved: false,
    areaRepApproved: false,
    discrepancies: [],
    responses: 0,
  };
}

/** What a supervisor who takes over has still to do: review, confer and meet (OSS-05, OSS-33, OSS-34). */
export const NOT_BEGUN = { reviewed: false, consulted: false, met: false, handedOver: false } as const;

/** The parts of a text with `;` between, without blanks. */
export function listIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The plan after a `planned` event: supports added and taken out, questions answered. */
export function planned(state: WorkItemState, event: CaseEvent): WorkItemState {
  const add = listIn(event.detail.add);
  const remove = listIn(event.detail.remove);
  const kept = state.supports.filter((item) => !remove.includes(item.support));
  const known = kept.map((item) => item.support);
  const fresh = [...new Set(add)].filter((support) => !known.includes(support));
  const answers: Record<string, string> = { ...state.answers };
  for (const [key, value] of Object.entries(event.detail))
    if (key.startsWith('answer_')) answers[key.slice('answer_'.length)] = value;
  // Of a plan whose supports an export left out nobody can tell whether it is another one now.
  const told = state.supports.length > 0 || event.enteredAt !== undefined;
  return {
    ...state,
    supports: [...kept, ...fresh.map((support) => ({ support, status: 'chosen' as const }))],
    answers,
    withMember: withMember(state, event, fresh.length),
    changed:
      state.changed ||
      (told &&
        state.returns > 0 &&
        !state.metAgain &&
        (fresh.length > 0 || kept.length < state.supports.length)),
  };
}

/**
 * Whether a plan that came back is submitted with other supports and the member was not met since (OSS-48): by what was
 * entered, or by the supports that a row of the submission names.
 */
export function isChanged(state: WorkItemState, event: CaseEvent): boolean {
  if (state.changed || state.returns === 0 || state.metAgain || state.supports.length === 0)
    return state.changed;
  const named = event.detail.supports ?? '';
  if (['', 'none', UNSAID].includes(named)) return false;
  const known = state.supports.map((item) => item.support);
  const told = listIn(named);
  return told.length !== known.length || told.some((support) => !known.includes(support));
}

// Only who enters a plan here is asked; a log of steps says nothing of it.
function withMember(state: WorkItemState, event: CaseEvent, added: number): boolean | null {
  if (event.detail.with_member === 'yes') return true;
  return event.detail.with_member === 'no' && added > 0 ? (state.withMember ?? false) : state.withMember;
}

/** The plan after a `progressed` event on one support. */
export function progressed(state: WorkItemState, event: CaseEvent): WorkItemState {
  const status = SUPPORT_STATUSES.find((word) => word === event.detail.status);
  if (status === undefined) return state;
  return {
    ...state,
    supports: state.supports.map((item) =>
      item.support === event.detail.support ? { ...item, status } : item,
    ),
  };
}

/** Whether the member may know of it: notified, met or planned with, and not found invalid since (OSS-12). */
export function isTold({ determination, notified, first, plans }: WorkItemState): boolean {
  return determination !== 'invalid' && (notified || first.met !== undefined || plans > 0);
}

/** The discrepancy that an event speaks of: by its number, else the newest one not replied to yet. */
export function discrepancyOf(state: WorkItemState, event: CaseEvent): Discrepancy | null {
  const number = Number(event.detail.number);
  if (Number.isInteger(number)) return state.discrepancies.find((each) => each.number === number) ?? null;
  return state.discrepancies.findLast((each) => each.state !== 'replied') ?? null;
}

/** The state with one discrepancy changed by an event. */
export function withDiscrepancy(
  state: WorkItemState,
  event: CaseEvent,
  change: (known: Discrepancy) => Partial<Discrepancy>,
): WorkItemState {
  const known = discrepancyOf(state, event);
  return {
    ...state,
    discrepancies: state.discrepancies.map((each) => (each === known ? { ...each, ...change(each) } : each)),
  };
}

/** The evidence triad of OSS-05: reviewed, conversed, connected to a support. */
export function triad(state: WorkItemState): {
  readonly reviewed: boolean;
  readonly conversed: boolean;
  readonly connected: boolean;
} {
  return {
    reviewed: state.reviewed,
    conversed: state.met,
    connected: state.supports.some((item) => item.status !== 'declined'),
  };
}
