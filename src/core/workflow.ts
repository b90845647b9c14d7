import { applyEffects, type ClockBook, type ClockEffect, running, type Span } from './clock.ts';
import type { Instant } from './instant.ts';

/** Something that happened to a record, or that someone wants to do to it. Texts are null when nothing was said. */
export interface CaseEvent {
  readonly name: string;
  readonly at: Instant;
  readonly unit: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  /** Further facts of the event: justification, detail, supervisor_id, primary_control_number … */
  readonly detail: Readonly<Record<string, string>>;
  /** When it was entered, by the system clock, where it was entered by hand; absent for what an export tells. */
  readonly enteredAt?: Instant;
}

/** What is known of a member at a time; roles include those lent by a delegation that runs then. */
export interface Person {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  readonly rankLevel: number;
  readonly sworn: boolean | null;
  readonly unit: string | null;
  readonly district: string | null;
  readonly supervisorId: string | null;
  /** Area that the member serves, as the members file names it. */
  readonly area?: string | null;
  /** Roles lent by a delegation that runs then, each with the member who lends it; absent for none. */
  readonly lent?: readonly Loan[];
  /** Roles that are the member's own, where some are lent; absent where all are. */
  readonly own?: ReadonlySet<string>;
}

/** A role that one member lends another. */
export interface Loan {
  readonly role: string;
  readonly from: string;
}

/** What is known of another record: whom it is associated to, and whether others are associated to it. */
export interface OtherRecord {
  readonly primary: string | null;
  readonly hasAssociates: boolean;
  /** Its own beginning, by which the earliest of several is known; null where records have none. */
  readonly began: Instant | null;
  /** No other can be tied to it any more. */
  readonly ended: boolean;
}

/** What a decision may look up besides the record. */
export interface CaseFacts {
  readonly book: ClockBook;
  person(memberId: string, at: Instant): Person | null;
  /** Another record of the same directive as it stood at `at`; null when the store has none. */
  other(recordId: string, at: Instant): OtherRecord | null;
  /** Words and thresholds of the directive's policy file. */
  readonly policy: Readonly<Record<string, unknown>>;
}

/** Why a rule would refuse, or (`refuses: false`) what it remarks on. */
export interface Objection {
  readonly rule: string;
  readonly code: string;
  readonly text: string;
  readonly refuses: boolean;
  /** What whom it refuses can do instead. */
  readonly remedy?: string;
}

/** Every record's state is at least its place in the workflow and its clocks. */
export interface CaseState {
  readonly state: string;
  readonly spans: readonly Span[];
}

/** One row of a workflow's table. */
export interface Transition<S extends CaseState> {
  readonly name: string;
  /** The rule that asks for this step. */
  readonly rule: string;
  /** States it may start from; every other one is an objection OUT_OF_ORDER. */
  readonly from: readonly string[];
  /** Who may do it; absent when the directive names nobody. */
  readonly who?: { readonly roles: readonly string[]; readonly rule: string };
  /** Texts it must carry: field, rule that asks for it, and what it is for people. */
  readonly needs?: readonly {
    readonly field: 'reason' | 'unit' | 'justification';
    readonly rule: string;
    readonly what: string;
  }[];
  /** Further rules, each pure. */
  readonly objects?: (state: S, event: CaseEvent, facts: CaseFacts) => readonly Objection[];
  /** The record after it, without its clocks. */
  readonly to: (state: S, event: CaseEvent, facts: CaseFacts) => S;
  readonly clocks?: (state: S, event: CaseEvent, facts: CaseFacts) => readonly ClockEffect[];
  /** Notices that are owed because of it, for people. */
  readonly notices?: readonly { readonly rule: string; readonly to: string; readonly what: string }[];
  /** An imported one that a rule would have refused is recorded but changes nothing (extensions, contract.md). */
  readonly withheldWhenRefused?: boolean;
}

export interface Workflow<S extends CaseState> {
  readonly system: string;
  /** What one record is called: `Work Item`. */
  readonly record: string;
  readonly transitions: readonly Transition<S>[];
  /** Every clock rule that it starts. */
  readonly clockRules: readonly string[];
}

export interface Decision<S extends CaseState> {
  readonly next: S;
  readonly objections: readonly Objection[];
  readonly notices: readonly { readonly rule: string; readonly to: string; readonly what: string }[];
}

/** True when a rule refuses the event; remarks alone do not. */
export function isRefused<S extends CaseState>(decision: Decision<S>): boolean {
  return decision.objections.some((objection) => objection.refuses);
}

/** What an event does to a record and what the rules say to it. Pure; the caller refuses or records the objections. */
export function decide<S extends CaseState>(
  workflow: Workflow<S>,
  state: S,
  event: CaseEvent,
  facts: CaseFacts,
): Decision<S> {
  const transition = transitionOf(workflow, event.name);
  if (transition === undefined) {
    const text = `${workflow.record}: there is no step "${event.name}"`;
    return {
      next: state,
      objections: [{ rule: '', code: 'UNKNOWN_STEP', text, refuses: true }],
      notices: [],
    };
  }
  const objections: Objection[] = [
    ...orderObjection(transition, state, event),
    ...roleObjection(transition, event, facts),
    ...needObjections(transition, event),
    ...(transition.objects?.(state, event, facts) ?? []),
  ];
  if (transition.withheldWhenRefused && objections.some((objection) => objection.refuses)) {
    return { next: state, objections, notices: [] };
  }
  const effects = transition.clocks?.(state, event, facts) ?? [];
  objections.push(...enteredPastDue(state.spans, effects, event));
  const moved = transition.to(state, event, facts);
  const next =
    effects.length === 0
      ? moved
      : { ...moved, spans: applyEffects(moved.spans, effects, event.at, facts.book) };
  return { next, objections, notices: transition.notices ?? [] };
}

/**
 * A clock that a step ends in time though it is entered only after the due instant: until then it was seen to have
 * lapsed, and no later date takes that out of sight. A remark, since someone may well enter today what happened before.
 */
function enteredPastDue(
  spans: readonly Span[],
  effects: readonly ClockEffect[],
  { name, at, enteredAt = at }: CaseEvent,
): readonly Objection[] {
  const ending = effects.flatMap((effect) =>
    effect.do === 'stop' || effect.do === 'extend' ? running(spans, effect.rules, effect.key) : [],
  );
  return ending
    .filter(({ dueAt }) => at <= dueAt && enteredAt > dueAt)
    .map(({ rule }) => {
      const text = `"${name}" is dated in time and was entered only when the clock was past due`;
      return { rule, code: 'ENTERED_AFTER_DUE', text, refuses: false };
    });
}

/** The table row of a step, or undefined. */
function transitionOf<S extends CaseState>(workflow: Workflow<S>, name: string): Transition<S> | undefined {
  return workflow.transitions.find((transition) => transition.name === name);
}

function orderObjection<S extends CaseState>(
  transition: Transition<S>,
  state: S,
  event: CaseEvent,
): readonly Objection[] {
  if (transition.from.includes(state.state)) return [];
  const text = `"${event.name}" does not follow "${state.state}"`;
  return [{ rule: transition.rule, code: 'OUT_OF_ORDER', text, refuses: true }];
}

function roleObjection<S extends CaseState>(
  transition: Transition<S>,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  // A blank "by" leaves the role unjudged: cannot tell.
  if (transition.who === undefined || event.by === null) return [];
  const person = facts.person(event.by, event.at);
  if (person === null) return [];
  const { roles, rule } = transition.who;
  if (roles.some((role) => person.roles.has(role))) return [];
  const text = `"${event.name}" by ${event.by}, who was not ${roles.join(' or ')} then`;
  return [{ rule, code: 'WRONG_ROLE', text, refuses: true }];
}

function needObjections<S extends CaseState>(
  transition: Transition<S>,
  event: CaseEvent,
): readonly Objection[] {
  const missing: Objection[] = [];
  for (const need of transition.needs ?? []) {
    const value =
      need.field === 'unit'
        ? event.unit
        : need.field === 'justification'
          ? (event.detail.justification ?? event.reason)
          : event.reason;
    if (value === null || value.trim() === '') {
      missing.push({
        rule: need.rule,
        code: 'MISSING_FACT',
        text: `"${event.name}" without ${need.what}`,
        refuses: true,
      });
    }
  }
  return missing;
}
