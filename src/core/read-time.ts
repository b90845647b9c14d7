import { checkedDay, digit, NO_DAY, pair } from './civil.ts';

/** A date and time as written: not yet an instant. */
export interface Reading {
  /** Days since 1970-01-01 of the date as written. */
  day: number;
  /** Seconds since midnight as written. */
  second: number;
  /** Seconds east of UTC when a zone was written, else NaN. */
  zone: number;
  dateOnly: boolean;
}

// This runs three times for each of half a million rows: character codes, no regular expression, no allocation.
const SPACE = 32;
const PLUS = 43;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const T = 84;
const Z = 90;
/** The bit that turns an upper-case ASCII letter into a lower-case one. */
const LOWER = 32;

/** Reads a date or time of the forms of contract.md (Import, Dates) into `into`; false when it is none of them. */
export function readTime(text: string, into: Reading): boolean {
  let start = 0;
  let end = text.length;
  while (text.charCodeAt(start) === SPACE) start += 1;
  while (end > start && text.charCodeAt(end - 1) === SPACE) end -= 1;
  into.second = 0;
  into.zone = Number.NaN;
  into.dateOnly = false;
  if (text.charCodeAt(start + 4) === DASH) return readIso(text, start, end, into);
  const second = text.charCodeAt(start + 1);
  const third = text.charCodeAt(start + 2);
  if (second === SLASH || third === SLASH) return readAmerican(text, start, end, into);
  if (second === DASH || third === DASH) return readShortMonth(text, start, end, into);
  return (
    end - start === 8 &&
    setDay(into, year(text, start), pair(text, start + 4), pair(text, start + 6)) &&
    setDateOnly(into)
  );
}

// 2020-11-05, 2020-11-05T14:30, 2020-11-05 14:30:15.250-06:00
function readIso(text: string, start: number, end: number, into: Reading): boolean {
  if (text.charCodeAt(start + 7) !== DASH || start + 10 > end) return false;
  if (!setDay(into, year(text, start), pair(text, start + 5), pair(text, start + 8))) return false;
  let at = start + 10;
  if (at === end) return setDateOnly(into);
  const separator = text.charCodeAt(at);
  if ((separator !== T && separator !== SPACE) || text.charCodeAt(at + 3) !== COLON) return false;
  const hour = pair(text, at + 1);
  const minute = pair(text, at + 4);
  at += 6;
  let second = 0;
  if (text.charCodeAt(at) === COLON) {
    second = pair(text, at + 1);
    at += 3;
    if (text.charCodeAt(at) === DOT) {
      const first = at + 1;
      at = first;
      while (digit(text, at) >= 0) at += 1;
      if (at === first) return false;
    }
  }
  return at <= end && setSecond(into, hour, minute, second) && (at === end || readZone(text, at, end, into));
}

// Z, -06, -0600, -06:00
function readZone(text: string, at: number, end: number, into: Reading): boolean {
  const sign = text.charCodeAt(at);
  if (sign === Z) {
    into.zone = 0;
    return at + 1 === end;
  }
  if (sign !== PLUS && sign !== DASH) return false;
  const hours = pair(text, at + 1);
  let minutes = 0;
  let next = at + 3;
  if (next < end) {
    if (text.charCodeAt(next) === COLON) next += 1;
    minutes = pair(text, next);
    next += 2;
  }
  if (next !== end || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  into.zone = (sign === DASH ? -60 : 60) * (hours * 60 + minutes);
  return true;
}

// 3/5/2024, 03/05/2024 10:23:11 AM, 3/5/2024 14:30
function readAmerican(text: string, start: number, end: number, into: Reading): boolean {
  let at = start;
  let month = digit(text, at++);
  if (text.charCodeAt(at) !== SLASH) month = month * 10 + digit(text, at++);
  if (text.charCodeAt(at++) !== SLASH) return false;
  let day = digit(text, at++);
  if (text.charCodeAt(at) !== SLASH) day = day * 10 + digit(text, at++);
  if (text.charCodeAt(at++) !== SLASH || !setDay(into, year(text, at), month, day)) return false;
  at += 4;
  if (at === end) return setDateOnly(into);
  if (text.charCodeAt(at++) !== SPACE) return false;
  let hour = digit(text, at++);
  if (text.charCodeAt(at) !== COLON) hour = hour * 10 + digit(text, at++);
  if (text.charCodeAt(at) !== COLON) return false;
  const minute = pair(text, at + 1);
  at += 3;
  let second = 0;
  if (text.charCodeAt(at) === COLON) {
    second = pair(text, at + 1);
    at += 3;
  }
  if (at < end) {
    // Twelve-hour clock: 12 AM is midnight, 12 PM is noon.
    const half = text.charCodeAt(at + 1) | LOWER;
    if (at + 3 !== end || text.charCodeAt(at) !== SPACE || (text.charCodeAt(at + 2) | LOWER) !== 109)
      return false;
    if ((half !== 97 && half !== 112) || hour < 1 || hour > 12) return false;
    hour = (hour % 12) + (half === 112 ? 12 : 0);
    at += 3;
  }
  return at === end && setSecond(into, hour, minute, second);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// 1-Apr-12
function readShortMonth(text: string, start: number, end: number, into: Reading): boolean {
  const twoDigits = text.charCodeAt(start + 2) === DASH;
  const at = twoDigits ? start + 3 : start + 2;
  if (at + 6 !== end || text.charCodeAt(at + 3) !== DASH) return false;
  const day = twoDigits ? pair(text, start) : digit(text, start);
  const month = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase()) + 1;
  const short = pair(text, at + 4);
  return setDay(into, short < 70 ? 2000 + short : 1900 + short, month, day) && setDateOnly(into);
}

function year(text: string, at: number): number {
  return pair(text, at) * 100 + pair(text, at + 2);
}

function setDay(into: Reading, year: number, month: number, day: number): boolean {
  into.day = checkedDay(year, month, day);
  return into.day !== NO_DAY;
}

function setSecond(into: Reading, hour: number, minute: number, second: number): boolean {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  into.second = hour * 3600 + minute * 60 + second;
  return true;
}

function setDateOnly(into: Reading): boolean {
  into.dateOnly = true;
  return true;
}
