import { addMonths, dayNumber, endOfDay, localDate, localDateOf, startOfDay } from './calendar.ts';
import { civilOf, daysInMonth, FIRST_YEAR, LAST_YEAR, two } from './civil.ts';
import { usageError } from './errors.ts';
import type { Instant, LocalDate } from './instant.ts';

/** A calendar quarter or month in Chicago. */
export interface Period {
  readonly kind: 'quarter' | 'month';
  /** `2020-Q4` or `2020-11`. */
  readonly label: string;
  /** First and last day, both included. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** First and last second, both included. */
  readonly start: Instant;
  readonly end: Instant;
}

/** The quarter in which a date lies. */
export function quarterOf(date: LocalDate): Period {
  const { year, month } = civilOf(dayNumber(date));
  return quarter(year, Math.ceil(month / 3));
}

/** The month in which a date lies. */
export function monthOf(date: LocalDate): Period {
  const { year, month } = civilOf(dayNumber(date));
  return wholeMonth(year, month);
}

/** The last quarter that had ended by `now`. */
export function lastWholeQuarter(now: Instant): Period {
  return previous(quarterOf(localDate(now)));
}

/** The last month that had ended by `now`. */
export function lastWholeMonth(now: Instant): Period {
  return previous(monthOf(localDate(now)));
}

/** The quarter or month just before; throws RangeError before 1900. */
export function previous(period: Period): Period {
  return shifted(period, period.kind === 'quarter' ? -3 : -1);
}

/** The same quarter or month a year earlier; throws RangeError before 1900. */
export function sameLastYear(period: Period): Period {
  return shifted(period, -12);
}

function shifted(period: Period, months: number): Period {
  const from = addMonths(period.from, months);
  return period.kind === 'quarter' ? quarterOf(from) : monthOf(from);
}

/** A quarter from `2020-Q4`, `2020Q4`, `2020-q4` or `Q4 2020`; throws a usage error for anything else. */
export function parseQuarter(text: string): Period {
  const period = readQuarter(text);
  if (period === null) throw usageError(`"${text}" is not a quarter`, 'Write it as 2020-Q4.');
  return period;
}

/** A month from `2020-11`; throws a usage error for anything else. */
export function parseMonth(text: string): Period {
  const period = readMonth(text);
  if (period === null) throw usageError(`"${text}" is not a month`, 'Write it as 2020-11.');
  return period;
}

/** A quarter or a month, as `parseQuarter` and `parseMonth` read them; throws a usage error for anything else. */
export function parsePeriod(text: string): Period {
  const period = readQuarter(text) ?? readMonth(text);
  if (period === null) {
    throw usageError(`"${text}" is neither a quarter nor a month`, 'Write it as 2020-Q4 or 2020-11.');
  }
  return period;
}

function readQuarter(text: string): Period | null {
  const yearFirst = /^(\d{4})[- ]?q([1-4])$/i.exec(text.trim());
  if (yearFirst !== null)
    return inRange(Number(yearFirst[1]), () => quarter(Number(yearFirst[1]), Number(yearFirst[2])));
  const quarterFirst = /^q([1-4])[- ]?(\d{4})$/i.exec(text.trim());
  if (quarterFirst === null) return null;
  return inRange(Number(quarterFirst[2]), () => quarter(Number(quarterFirst[2]), Number(quarterFirst[1])));
}

function readMonth(text: string): Period | null {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text.trim());
  return parts === null
    ? null
    : inRange(Number(parts[1]), () => wholeMonth(Number(parts[1]), Number(parts[2])));
}

function inRange(year: number, make: () => Period): Period | null {
  return year >= FIRST_YEAR && year <= LAST_YEAR ? make() : null;
}

function quarter(year: number, number: number): Period {
  return period('quarter', `${year}-Q${number}`, year, number * 3 - 2, number * 3);
}

function wholeMonth(year: number, month: number): Period {
  return period('month', `${year}-${two(month)}`, year, month, month);
}

function period(kind: Period['kind'], label: string, year: number, first: number, last: number): Period {
  const from = localDateOf(year, first, 1);
  const to = localDateOf(year, last, daysInMonth(year, last));
  return { kind, label, from, to, start: startOfDay(from), end: endOfDay(to) };
}
