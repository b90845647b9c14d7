import { startOfDay } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { monthsBack, monthsUpTo, type Span, spanOf, type TrendSpans, trendSpans } from '../report/spans.ts';
import type { Reach } from './records.ts';

/** What a report counts, settled before a row is read. */
export interface ReportPlan {
  readonly period: Period;
  /** True while the period had not ended at the as-of: its figures are so far. */
  readonly soFar: boolean;
  readonly span: Span;
  readonly against: Span;
  /** The six months up to the period's last, oldest first. */
  readonly months: readonly Span[];
  /** This period, the one before, and the same one a year earlier. */
  readonly trend: TrendSpans;
  readonly chronicFrom: LocalDate;
  readonly chronicStart: Instant;
  readonly reach: Reach;
}

/** The plan for a period, seen as of `now`, beside another. Neither may begin after `now`. */
export function planReport(period: Period, against: Period, now: Instant, policy: CsrPolicy): ReportPlan {
  const span = spanOf(period, now);
  const other = spanOf(against, now);
  const trend = trendSpans(period, now);
  const [, before, yearBefore] = trend;
  const months = monthsUpTo(period, now);
  // A place is chronic over the months that end with the period.
  const chronicFrom = monthsBack(period, policy.chronic.months);
  const chronicStart = startOfDay(chronicFrom);
  const first = months[0]?.start ?? span.start;
  const openSince = Math.min(span.start, other.start, first) as Instant;
  return {
    period,
    soFar: now < period.end,
    span,
    against: other,
    months,
    trend,
    chronicFrom,
    chronicStart,
    reach: {
      until: Math.max(span.end, other.end) as Instant,
      openSince,
      createdSince: Math.min(openSince, chronicStart, before.start, yearBefore.start) as Instant,
      addressSince: chronicStart,
    },
  };
}
