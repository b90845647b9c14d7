import { dueAfterDays, dueAfterHours, extendByDays } from './due.ts';
import { FAR_FUTURE, type Instant } from './instant.ts';
import type { ClockPolicy } from './policy.ts';

export interface Owner {
  readonly role: string | null;
  readonly unit: string | null;
  readonly member: string | null;
}

/** Why a span ended; `running` while it has not. `withdrawn`: what it waited for fell away, undone by its owner. */
export type SpanEnd =
  | 'running'
  | 'stopped'
  | 'extended'
  | 'reassigned'
  | 'associated'
  | 'handed-over'
  | 'withdrawn';

/**
 * One stretch of a clock with one due instant and one owner: it counts while openedAt <= t < stoppedAt. An extension
 * opens the next period, a return opens a further span of the same period with the same due instant.
 */
export interface Span {
  readonly rule: string;
  readonly key: string;
  readonly period: number;
  readonly startedAt: Instant;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly stoppedAt: Instant;
  readonly endedBy: SpanEnd;
  readonly owner: Owner;
}

/** What a transition does to clocks. `key` tells clocks of one rule apart (the unit, the plan's version). */
export type ClockEffect =
  | {
      readonly do: 'start';
      readonly rule: string;
      readonly key: string;
      readonly owner: Owner;
      readonly due?: Instant;
      /** 1 unless it goes on with what another clock had. */
      readonly period?: number;
    }
  | { readonly do: 'stop'; readonly rules: readonly string[]; readonly key?: string; readonly why?: SpanEnd }
  | { readonly do: 'extend'; readonly rules: readonly string[]; readonly key?: string }
  | {
      readonly do: 'resume';
      readonly rules: readonly string[];
      readonly key?: string;
      readonly after?: SpanEnd;
    }
  | {
      readonly do: 'hand-over';
      readonly rules: readonly string[];
      readonly key?: string;
      readonly owner: Owner;
    };

/** The policy of each clock by its rule. */
export type ClockBook = ReadonlyMap<string, ClockPolicy>;

/** Due instant of a clock that starts at `start`: hours elapsed, or the end of the last Chicago day. */
export function dueOf(policy: ClockPolicy, start: Instant): Instant {
  return 'hours' in policy.length
    ? dueAfterHours(start, policy.length.hours)
    : dueAfterDays(start, policy.length.days);
}

/** Due instant of a rule's clock that starts at `start`; throws (a bug of ours) when the policy has no such clock. */
export function dueByRule(book: ClockBook, rule: string, start: Instant): Instant {
  return dueOf(policyOf(book, rule), start);
}

/** The spans still running, newest last. */
export function running(spans: readonly Span[], rules: readonly string[], key?: string): readonly Span[] {
  return spans.filter(
    (span) =>
      span.endedBy === 'running' && rules.includes(span.rule) && (key === undefined || span.key === key),
  );
}

/** The spans after a transition at `at`. Instants before a span's opening stop it at its opening. */
export function applyEffects(
  spans: readonly Span[],
  effects: readonly ClockEffect[],
  at: Instant,
  book: ClockBook,
): readonly Span[] {
  let next = spans;
  for (const effect of effects) next = applyEffect(next, effect, at, book);
  return next;
}

function applyEffect(
  spans: readonly Span[],
  effect: ClockEffect,
  at: Instant,
  book: ClockBook,
): readonly Span[] {
  switch (effect.do) {
    case 'start': {
      const due = effect.due ?? dueOf(policyOf(book, effect.rule), at);
      return [...spans, openSpan(effect.rule, effect.key, effect.period ?? 1, at, at, due, effect.owner)];
    }
    case 'stop': {
      const ending = running(spans, effect.rules, effect.key);
      return spans.map((span) => (ending.includes(span) ? ended(span, at, effect.why ?? 'stopped') : span));
    }
    case 'extend': {
      const ending = running(spans, effect.rules, effect.key);
      return [
        ...spans.map((span) => (ending.includes(span) ? ended(span, at, 'extended') : span)),
        ...ending.map((span) => extended(span, at, book)),
      ];
    }
    case 'resume': {
      const last = lastEnded(spans, effect.rules, effect.key, effect.after ?? 'stopped');
      return [...spans, ...last.map((span) => ({ ...reopened(span, at) }))];
    }
    case 'hand-over': {
      const ending = running(spans, effect.rules, effect.key);
      return [
        ...spans.map((span) => (ending.includes(span) ? ended(span, at, 'handed-over') : span)),
        ...ending.map((span) => ({ ...reopened(span, at), owner: effect.owner })),
      ];
    }
  }
}

function policyOf(book: ClockBook, rule: string): ClockPolicy {
  const policy = book.get(rule);
  if (policy === undefined) throw new Error(`no clock policy for ${rule}`);
  return policy;
}

function openSpan(
  rule: string,
  key: string,
  period: number,
  startedAt: Instant,
  openedAt: Instant,
  dueAt: Instant,
  owner: Owner,
): Span {
  return { rule, key, period, startedAt, openedAt, dueAt, stoppedAt: FAR_FUTURE, endedBy: 'running', owner };
}

function ended(span: Span, at: Instant, endedBy: SpanEnd): Span {
  return { ...span, stoppedAt: at < span.openedAt ? span.openedAt : at, endedBy };
}

function reopened(span: Span, at: Instant): Span {
  const openedAt = at < span.openedAt ? span.openedAt : at;
  return { ...span, openedAt, stoppedAt: FAR_FUTURE, endedBy: 'running' };
}

function extended(span: Span, at: Instant, book: ClockBook): Span {
  const extension = policyOf(book, span.rule).extension;
  if (extension === null) throw new Error(`${span.rule} cannot be extended`);
  const opened = at < span.openedAt ? span.openedAt : at;
  // The base differs: a concern is extended from its due day, a police request from the approval (A-CC-2, A-CSR-2).
  if (extension.base === 'due') {
    return openSpan(
      span.rule,
      span.key,
      span.period + 1,
      span.startedAt,
      opened,
      extendByDays(span.dueAt, extension.days),
      span.owner,
    );
  }
  return openSpan(
    extension.rule,
    span.key,
    span.period + 1,
    at,
    opened,
    dueAfterDays(at, extension.days),
    span.owner,
  );
}

function lastEnded(
  spans: readonly Span[],
  rules: readonly string[],
  key: string | undefined,
  why: SpanEnd,
): readonly Span[] {
  const last = new Map<string, Span>();
  for (const span of spans) {
    if (rules.includes(span.rule) && (key === undefined || span.key === key)) last.set(span.key, span);
  }
  return [...last.values()].filter((span) => span.endedBy === why);
}
