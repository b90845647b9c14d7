import type { LocalDate } from './instant.ts';

// Arithmetic of the proleptic Gregorian calendar on whole days; nothing here knows of a time zone.

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

/** Days since 1970-01-01 of the first and the last day that rollcall reckons with. */
export const FIRST_DAY = dayOf(FIRST_YEAR, 1, 1);
export const LAST_DAY = dayOf(LAST_YEAR, 12, 31);

const MONTH_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days in a month (1-12) of a year; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return MONTH_LENGTHS[month] ?? 0;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01 of a year, month (1-12) and day, which must exist (see `isDay`). */
function dayOf(year: number, month: number, day: number): number {
  // Years are counted from 1 March, so that the leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const century = Math.floor(y / 400);
  const yearOfCentury = y - century * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    century * 146_097 +
    yearOfCentury * 365 +
    Math.floor(yearOfCentury / 4) -
    Math.floor(yearOfCentury / 100) +
    dayOfYear -
    719_468
  );
}

/** What `checkedDay` answers for a day that does not exist. */
export const NO_DAY = -1_000_000_000;

// First day of every month from 1900 to January 2200, as days since 1970-01-01.
let firsts: Int32Array | null = null;

function firstDays(): Int32Array {
  if (firsts !== null) return firsts;
  firsts = new Int32Array((LAST_YEAR - FIRST_YEAR + 1) * 12 + 1);
  for (let i = 0; i < firsts.length; i += 1)
    firsts[i] = dayOf(FIRST_YEAR + Math.floor(i / 12), (i % 12) + 1, 1);
  return firsts;
}

/** Days since 1970-01-01 of a year, month and day, or NO_DAY when it does not exist or lies outside 1900 to 2199. */
export function checkedDay(year: number, month: number, day: number): number {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return NO_DAY;
  const table = firsts ?? firstDays();
  const place = (year - FIRST_YEAR) * 12 + month - 1;
  const found = (table[place] ?? 0) + day - 1;
  return found < (table[place + 1] ?? 0) ? found : NO_DAY;
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Year, month and day of a number of days since 1970-01-01. */
export function civilOf(dayNumber: number): Civil {
  const shifted = dayNumber + 719_468;
  const century = Math.floor(shifted / 146_097);
  const dayOfCentury = shifted - century * 146_097;
  const yearOfCentury = Math.floor(
    (dayOfCentury -
      Math.floor(dayOfCentury / 1460) +
      Math.floor(dayOfCentury / 36_524) -
      Math.floor(dayOfCentury / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfCentury - (365 * yearOfCentury + Math.floor(yearOfCentury / 4) - Math.floor(yearOfCentury / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  return {
    year: century * 400 + yearOfCentury + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * march + 2) / 5) + 1,
  };
}

const names = new Map<number, LocalDate>();

/** `YYYY-MM-DD` of a number of days since 1970-01-01; throws RangeError outside 1900 to 2199. */
export function dateOfDay(dayNumber: number): LocalDate {
  const known = names.get(dayNumber);
  if (known !== undefined) return known;
  if (!Number.isInteger(dayNumber) || dayNumber < FIRST_DAY || dayNumber > LAST_DAY) {
    throw new RangeError(`day ${dayNumber} lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}`);
  }
  const { year, month, day } = civilOf(dayNumber);
  const name = `${year}-${two(month)}-${two(day)}` as LocalDate;
  names.set(dayNumber, name);
  return name;
}

/** Days since 1970-01-01 of a date. */
export function dayNumber(date: LocalDate): number {
  const year = pair(date, 0) * 100 + pair(date, 2);
  return dayOf(year, pair(date, 5), pair(date, 8));
}

// A whole number, unlike NaN, so that all reckoning stays in integers; far below any sum of real digits.
const NO_DIGIT = -100_000;

/** The number written by the two characters at a place, negative when one of them is no digit. */
export function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGIT;
}

/** The digit at a place, negative when the character is none. */
export function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : NO_DIGIT;
}

/** `7` as `07`. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
