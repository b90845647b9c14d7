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

/**
 * The moments by the end at which a clock came to run past its due instant: one a period. It is the due instant or, of
 * a clock that only then went on, moved or was returned, the moment at which it did; so each lies in one month alone.
 */
function lapsesOf(run: ClockRun, { end, asOf }: Pick<Stretch, 'end' | 'asOf'>): readonly Instant[] {
  const lapses = new Map<number, Instant>();
  for (const { period, openedAt, dueAt, stoppedAt } of run.spans) {
    const at = Math.max(dueAt, openedAt) as Instant;
    const passed = dueAt < Math.min(stoppedAt, asOf);
    if (passed && at <= end && !lapses.has(period)) lapses.set(period, at);
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
  const lapses = lapsesOf(run, stretch);
  const withdrawn = last.stoppedAt <= end && (last.endedBy === 'reassigned' || last.endedBy === 'associated');
  const due = within(stretch, last.dueAt) && !withdrawn;
  return {
    spans,
    ended: spans
      .filter(({ endedBy, stoppedAt }) => endedBy === 'stopped' && within(stretch, stoppedAt))
      .map(({ stoppedAt }) => ({ at: stoppedAt, late: lapses.some((at) => at <= stoppedAt) })),
    lapses: lapses.filter((at) => within(stretch, at)).length,
    overdueAtEnd: isOverdue(last, stretch),
    due,
    dueLate: due && lapses.length > 0,
  };
}
