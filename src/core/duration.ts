import { DAY, dayNumber, localSeconds } from './calendar.ts';
import { civilOf, two } from './civil.ts';
import type { Instant, LocalDate } from './instant.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant for people, in Chicago time: `5 Nov 2020 14:30`; throws RangeError outside 1900 to 2199. */
export function peopleInstant(at: Instant): string {
  const local = localSeconds(at);
  const date = Math.floor(local / DAY);
  const { year, month, day } = civilOf(date);
  const minute = Math.floor((local - date * DAY) / 60);
  return `${dayText(year, month, day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A date for people: `5 Nov 2020`. */
export function peopleDate(date: LocalDate): string {
  const { year, month, day } = civilOf(dayNumber(date));
  return dayText(year, month, day);
}

function dayText(year: number, month: number, day: number): string {
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/**
 * A length of time for people, without its sign: `2 d 3 h`, `3 h 20 min`, `20 min`. Two units, cut and never rounded
 * up, so that 47 h 59 min is not yet 2 d; less than a minute is `under 1 min`.
 */
export function peopleAge(seconds: number): string {
  const length = Math.abs(seconds);
  const minutes = Math.floor(length / 60);
  const hours = Math.floor(length / 3600);
  const days = Math.floor(length / DAY);
  if (days > 0) return pairOfUnits(days, 'd', hours - days * 24, 'h');
  if (hours > 0) return pairOfUnits(hours, 'h', minutes - hours * 60, 'min');
  if (minutes > 0) return `${minutes} min`;
  return length > 0 ? 'under 1 min' : '0 min';
}

function pairOfUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A whole number for people, its thousands apart: `10,796`. */
export function peopleCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 request`, `2 requests`, `10,796 requests`; give the plural where it is not just an s. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${peopleCount(n)} ${n === 1 ? one : many}`;
}
