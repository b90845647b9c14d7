import { addMonths, dayNumber, localDay, startOfDay } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import { monthOf, type Period, previous, sameLastYear } from '../core/period.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reach } from './records.ts';

/** A stretch of time, both ends included; `end` is never after the as-of. */
export interface Span {
  readonly label: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** A stretch whose openings are counted by week for the trend test; `whole` when it had ended by the as-of. */
export interface TrendSpan extends Span {
  readonly firstDay: number;
  readonly days: number;
  readonly whole: boolean;
}

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
  readonly trend: readonly [now: TrendSpan, before: TrendSpan, yearBefore: TrendSpan];
  readonly chronicFrom: LocalDate;
  readonly chronicStart: Instant;
  readonly reach: Reach;
}

const MONTHS_SHOWN = 6;

/** The plan for a period, seen as of `now`, beside another. Neither may begin after `now`. */
export function planReport(period: Period, against: Period, now: Instant, policy: CsrPolicy): ReportPlan {
  const span = spanOf(period, now);
  const other = spanOf(against, now);
  const before = previous(period);
  const yearBefore = sameLastYear(period);
  const months = monthsUpTo(period, now);
  // A place is chronic over the months that end with the period.
  const chronicFrom = addMonths(dayAfterLast(period), -policy.chronic.months);
  const chronicStart = startOfDay(chronicFrom);
  const first = months[0]?.start ?? span.start;
  const openSince = Math.min(span.start, other.start, first) as Instant;
  return {
    period,
    soFar: now < period.end,
    span,
    against: other,
    months,
    trend: [trendSpan(period, now), trendSpan(before, now), trendSpan(yearBefore, now)],
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

function spanOf(period: Period, now: Instant): Span {
  return { label: period.label, start: period.start, end: Math.min(period.end, now) as Instant };
}

function trendSpan(period: Period, now: Instant): TrendSpan {
  const firstDay = dayNumber(period.from);
  return {
    ...spanOf(period, now),
    firstDay,
    days: dayNumber(period.to) - firstDay + 1,
    whole: period.end <= now,
  };
}

function monthsUpTo(period: Period, now: Instant): readonly Span[] {
  const months: Span[] = [];
  for (let month = monthOf(period.to); months.length < MONTHS_SHOWN; month = previous(month)) {
    if (month.start <= now) months.unshift(spanOf(month, now));
    else if (month.label === monthOf(period.from).label) break;
  }
  return months;
}

function dayAfterLast(period: Period): LocalDate {
  return addMonths(period.from, period.kind === 'quarter' ? 3 : 1);
}

/** Numbers the calendar quarter of a day (days since 1970-01-01), for days from `first` to `last`: one look-up a row. */
export function quarterNumbers(first: LocalDate, last: Instant): (day: number) => number {
  const begin = dayNumber(first);
  const end = Math.max(begin, localDay(last));
  const numbers = new Int32Array(end - begin + 1);
  let month = monthOf(first);
  let quarter = 0;
  for (let day = begin; day <= end; day++) {
    if (day > dayNumber(month.to)) {
      const next = addMonths(month.from, 1);
      if (['01', '04', '07', '10'].includes(next.slice(5, 7))) quarter += 1;
      month = monthOf(next);
    }
    numbers[day - begin] = quarter;
  }
  return (day) => numbers[day - begin] ?? quarter;
}
