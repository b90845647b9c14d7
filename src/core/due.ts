import { endOfDayNumber, localDay } from './calendar.ts';
import type { Instant } from './instant.ts';

/** Due instant of an hours clock: elapsed hours, whatever the wall clock does (contract.md, Time). */
export function dueAfterHours(start: Instant, hours: number): Instant {
  return (start + hours * 3600) as Instant;
}

/**
 * Due instant of a days clock: Chicago calendar days, the first excluded and the last included, due at the last
 * second of the last. Weekends and holidays count.
 */
export function dueAfterDays(start: Instant, days: number): Instant {
  return endOfDayNumber(localDay(start) + days);
}

/** Due instant of an extension: the due day of the period that it extends plus `days`, at its last second. */
export function extendByDays(due: Instant, days: number): Instant {
  return endOfDayNumber(localDay(due) + days);
}

/** True when `stop` is later than `due`: exactly at the limit is on time. */
export function isLate(stop: Instant, due: Instant): boolean {
  return stop > due;
}

/** Hours from one instant to another, to one decimal, halves away from zero; negative when `to` is the earlier. */
export function hoursBetween(from: Instant, to: Instant): number {
  return tenthsOfHours(to - from);
}

/** Hours until `due`, to one decimal; negative once it is overdue. */
export function hoursLeft(now: Instant, due: Instant): number {
  return tenthsOfHours(due - now);
}

/** Hours past `due`, to one decimal; 0 when it is not overdue. */
export function overdueHours(now: Instant, due: Instant): number {
  return tenthsOfHours(Math.max(0, now - due));
}

// To the nearest tenth, so that only what is under 3 minutes shows as 0.0: whether a thing is late is never read
// off this figure but asked of isLate.
function tenthsOfHours(seconds: number): number {
  const tenths = Math.round(Math.abs(seconds) / 360);
  return tenths === 0 ? 0 : (Math.sign(seconds) * tenths) / 10;
}
