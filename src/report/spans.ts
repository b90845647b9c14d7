import { addMonths, dayNumber, localDay } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import { monthOf, type Period, previous, sameLastYear } from '../core/period.ts';

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

/** The spans of a trend test: a period, the one before, and the same one a year earlier. */
export type TrendSpans = readonly [now: TrendSpan, before: TrendSpan, yearBefore: TrendSpan];

const MONTHS_SHOWN = 6;

/** A period up to `now`. */
export function spanOf(period: Period, now: Instant): Span {
  return { label: period.label, start: period.start, end: Math.min(period.end, now) as Instant };
}

/** The spans in which a period's trends are looked for, seen as of `now`. */
export function trendSpans(period: Period, now: Instant): TrendSpans {
  return [trendSpan(period, now), trendSpan(previous(period), now), trendSpan(sameLastYear(period), now)];
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

/** The six months up to a period's last, oldest first; none that begins after `now`. */
export function monthsUpTo(period: Period, now: Instant): readonly Span[] {
  const months: Span[] = [];
  for (let month = monthOf(period.to); months.length < MONTHS_SHOWN; month = previous(month)) {
    if (month.start <= now) months.unshift(spanOf(month, now));
    else if (month.label === monthOf(period.from).label) break;
  }
  return months;
}

/** The first day of the `months` months that end with a period. */
export function monthsBack(period: Period, months: number): LocalDate {
  return addMonths(addMonths(period.from, period.kind === 'quarter' ? 3 : 1), -months);
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
