import {
  checkedDay,
  civilOf,
  dateOfDay,
  dayNumber,
  daysInMonth,
  FIRST_DAY,
  LAST_DAY,
  NO_DAY,
} from './civil.ts';
import type { Instant, LocalDate } from './instant.ts';
import { offsetAt } from './zone.ts';

/** Whether a local time opens or ends something: which of two instants is meant when the clocks go back. */
export type Edge = 'start' | 'stop';

/** A local time that happens twice, or one that the clocks skip; a data-quality note (contract.md, Time). */
export type TimeNote = 'twice' | 'skipped';

export interface LocalParts {
  readonly date: LocalDate;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Seconds to add to UTC for this local time. */
  readonly offset: number;
}

export const DAY = 86_400;

/** The Chicago day on which an instant falls; throws RangeError outside 1900 to 2199. */
export function localDate(at: Instant): LocalDate {
  return dateOfDay(localDay(at));
}

/** The Chicago day on which an instant falls, as days since 1970-01-01: for reckoning on without a date's text. */
export function localDay(at: Instant): number {
  return Math.floor((at + offsetAt(at)) / DAY);
}

/** Seconds since 1970-01-01 00:00 on Chicago's clocks: the day number times DAY plus the second of the day shown. */
export function localSeconds(at: Instant): number {
  return at + offsetAt(at);
}

/** Date, time of day and weekday in Chicago at an instant; throws RangeError outside 1900 to 2199. */
export function localParts(at: Instant): LocalParts {
  const offset = offsetAt(at);
  const local = at + offset;
  const day = Math.floor(local / DAY);
  const second = local - day * DAY;
  return {
    date: dateOfDay(day),
    ...civilOf(day),
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
    weekday: weekdayOf(day),
    offset,
  };
}

/** The instant of a Chicago time (seconds since local midnight), and whether that time happens twice or never. */
export function instantOf(
  date: LocalDate,
  secondOfDay: number,
  edge: Edge,
): { readonly at: Instant; readonly note: TimeNote | null } {
  const day = dayNumber(date);
  return { at: instantOfDay(day, secondOfDay, edge), note: noteOfDay(day, secondOfDay) };
}

// Offset of each local day since 1900 in quarter hours west of UTC; 0 is not asked yet.
const NEAR_CHANGE = -1;
let wholeDays: Int8Array | null = null;

function wholeDayOffset(day: number): number {
  wholeDays ??= new Int8Array(LAST_DAY - FIRST_DAY + 1);
  const place = day - FIRST_DAY;
  const known = wholeDays[place];
  if (known !== undefined && known !== 0) return known;
  // Chicago lies less than twelve hours west of UTC: these two instants enclose the local day.
  const opening = offsetAt(day * DAY);
  const quarters = offsetAt(day * DAY + DAY + DAY / 2) === opening ? -opening / 900 : NEAR_CHANGE;
  if (known !== undefined) wholeDays[place] = quarters;
  return quarters;
}

/** `instantOf` by day number and without a note, for bulk work: allocates nothing. */
export function instantOfDay(day: number, secondOfDay: number, edge: Edge): Instant {
  const local = day * DAY + secondOfDay;
  const quarters = wholeDayOffset(day);
  if (quarters !== NEAR_CHANGE) return (local + quarters * 900) as Instant;
  const { before, after, note } = candidates(local);
  // Twice: the first falls under the earlier offset. Skipped: the offset before the gap moves it forward by the gap.
  return (note === 'twice' && edge === 'stop' ? after : before) as Instant;
}

/** Whether a Chicago time (day number, seconds since local midnight) happens twice, or is skipped, or neither. */
export function noteOfDay(day: number, secondOfDay: number): TimeNote | null {
  return wholeDayOffset(day) === NEAR_CHANGE ? candidates(day * DAY + secondOfDay).note : null;
}

// The instants of a local second under the offsets in force a day earlier and a day later.
function candidates(local: number): { before: number; after: number; note: TimeNote | null } {
  const early = offsetAt(local - DAY);
  const late = offsetAt(local + DAY);
  const before = local - early;
  const after = local - late;
  if (early === late) return { before, after, note: null };
  const earlyHolds = offsetAt(before) === early;
  const lateHolds = offsetAt(after) === late;
  if (earlyHolds && lateHolds) return { before, after, note: 'twice' };
  if (!earlyHolds && !lateHolds) return { before, after, note: 'skipped' };
  return earlyHolds ? { before, after: before, note: null } : { before: after, after, note: null };
}

/** The first second of a Chicago day. */
export function startOfDay(date: LocalDate): Instant {
  return instantOfDay(dayNumber(date), 0, 'start');
}

/** The last second of a Chicago day, by day number. */
export function endOfDayNumber(day: number): Instant {
  return instantOfDay(day, DAY - 1, 'stop');
}

/** The last second of a Chicago day. */
export function endOfDay(date: LocalDate): Instant {
  return endOfDayNumber(dayNumber(date));
}

/** The date `n` days later (earlier when negative); throws RangeError outside 1900 to 2199. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dateOfDay(dayNumber(date) + n);
}

/** Calendar days from one date to another; negative when `to` is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The date `n` months later; a day that the month lacks becomes its last: 31 Aug plus 18 months is 28 or 29 Feb. */
export function addMonths(date: LocalDate, n: number): LocalDate {
  const { year, month, day } = civilOf(dayNumber(date));
  const months = year * 12 + month - 1 + n;
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12 + 1;
  return localDateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(date: LocalDate): number {
  return weekdayOf(dayNumber(date));
}

function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The date of a year, month (1-12) and day; throws RangeError when it does not exist or lies outside 1900 to 2199. */
export function localDateOf(year: number, month: number, day: number): LocalDate {
  const found = checkedDay(year, month, day);
  if (found === NO_DAY)
    throw new RangeError(`${year}-${month}-${day} is not a day of the years 1900 to 2199`);
  return dateOfDay(found);
}

/** A date from `YYYY-MM-DD`; null for anything else, for days that do not exist and for years outside 1900 to 2199. */
export function parseLocalDate(text: string): LocalDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return null;
  const day = checkedDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return day === NO_DAY ? null : dateOfDay(day);
}

export { dateOfDay, dayNumber };
