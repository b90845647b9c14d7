import type { Instant } from '../core/instant.ts';
import type { ClockRun, ClockSpan } from './history-rows.ts';

/** First and last second that are counted, and the moment from which one looks back on them. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
  /** Whether a due instant has passed is judged by now: one at the very end passes a second later. */
  readonly asOf: Instant;
}

/** Whether an instant lies in a stretch, both ends included. */
export function within({ start, end }: Stretch, at: Instant): boolean {
  return at >= start && at <= end;
}

/** The stretches of a clock that had begun by the end. */
export function spansBy(run: ClockRun, { end }: Pick<Stretch, 'end'>): readonly ClockSpan[] {
  return run.spans.filter(({ openedAt }) => openedAt <= end);
}

/** One delay of a clock: from the first due instant that passed without an extension in force until it ended. */
export interface ClockLapse<S> {
  /** The period whose due instant passed first, and that instant. */
  readonly period: number;
  readonly dueAt: Instant;
  /**
   * The moment at which it counts: the due instant or, of a clock that only then went on, moved or was returned, the
   * moment at which it did; so each lies in one month alone.
   */
  readonly at: Instant;
  /** Since when it is late: the due instant, or its separation from a primary that had it until then (A-CC-7). */
  readonly lateFrom: Instant;
  /** The stretch in which it runs or ended. */
  readonly last: S;
}

/**
 * The lapses of a clock by the end, in order. What goes on in the same period goes on with its lapse; so does what is
 * extended to a due instant that is past when the extension is granted (A-CC-3).
 */
export function lapsesOf<S extends Omit<ClockSpan, 'role'>>(
  spans: readonly S[],
  { end, asOf }: Pick<Stretch, 'end' | 'asOf'>,
): readonly ClockLapse<S>[] {
  const lapses = new Map<number, ClockLapse<S>>();
  let before: S | null = null;
  let first = 0;
  let inTime = false;
  for (const span of spans) {
    const { period, openedAt, dueAt, stoppedAt, endedBy } = span;
    if (openedAt > end) break;
    if (before?.period !== period && !(before?.endedBy === 'extended' && openedAt > dueAt)) {
      first = period;
      inTime = false;
    }
    before = span;
    const at = Math.max(dueAt, openedAt) as Instant;
    const known = lapses.get(first);
    if (dueAt >= Math.min(stoppedAt, asOf)) inTime ||= endedBy === 'associated';
    else if (known !== undefined) lapses.set(first, { ...known, last: span });
    else if (at <= end) lapses.set(first, { period, dueAt, at, lateFrom: inTime ? at : dueAt, last: span });
  }
  return [...lapses.values()];
}

/** Whether a stretch of a clock runs at the end with its due instant passed. */
export function isOverdue({ dueAt, stoppedAt }: ClockSpan, { end, asOf }: Omit<Stretch, 'start'>): boolean {
  return stoppedAt > end && dueAt <= end && dueAt < asOf;
}

/** What became of a clock in a stretch. */
export interface ClockOutcome {
  readonly spans: readonly ClockSpan[];
  /** Each time that it was met, and whether it had lapsed by then. */
  readonly ended: readonly { readonly at: Instant; readonly late: boolean }[];
  /** How many of its lapses lie in the stretch. */
  readonly lapses: number;
  /** Past due and running at the end. */
  readonly overdueAtEnd: boolean;
  /** Its last due instant lies in the stretch; one moved to another unit or put under a primary was due for nobody. */
  readonly due: boolean;
  readonly dueLate: boolean;
}

/** What became of a clock in a stretch, or null when it had not begun. */
export function clockOutcome(run: ClockRun, stretch: Stretch): ClockOutcome | null {
  const spans = spansBy(run, stretch);
  const last = spans.at(-1);
  if (last === undefined) return null;
  const { end } = stretch;
  const lapses = lapsesOf(run.spans, stretch);
  const withdrawn = last.stoppedAt <= end && (last.endedBy === 'reassigned' || last.endedBy === 'associated');
  const due = within(stretch, last.dueAt) && !withdrawn;
  return {
    spans,
    ended: spans
      .filter(({ endedBy, stoppedAt }) => endedBy === 'stopped' && within(stretch, stoppedAt))
      .map(({ stoppedAt }) => ({ at: stoppedAt, late: lapses.some(({ at }) => at <= stoppedAt) })),
    lapses: lapses.filter(({ at }) => within(stretch, at)).length,
    overdueAtEnd: isOverdue(last, stretch),
    due,
    dueLate: due && lapses.length > 0,
  };
}
