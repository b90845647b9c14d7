import { isLate } from './due.ts';
import { FAR_FUTURE, type Instant } from './instant.ts';

/** The four answers to "was it in time": a step without a limit and one whose dates are missing are neither. */
export type Timeliness = 'onTime' | 'late' | 'noDeadline' | 'cannotTell';

/** What the question needs. `undefined` says that the directive sets no due instant, `null` that a date is not recorded. */
export interface TimelinessFacts {
  readonly startedAt: Instant | null;
  readonly dueAt: Instant | null | undefined;
  /** FAR_FUTURE, or any instant after the as-of, while it is running. */
  readonly stoppedAt: Instant | null;
}

/**
 * Whether a clock was kept as of `now`: exactly at the limit is on time, and so is one still running within it.
 * Without a due instant in the directive `noDeadline`; with a date missing `cannotTell`.
 */
export function timelinessOf(facts: TimelinessFacts, now: Instant): Timeliness {
  if (facts.dueAt === undefined) return 'noDeadline';
  if (facts.startedAt === null || facts.dueAt === null || facts.stoppedAt === null) return 'cannotTell';
  return isLate(endAsOf(facts.stoppedAt, now), facts.dueAt) ? 'late' : 'onTime';
}

/** Seconds by which it is late as of `now`; 0 when it is not, null when it has no due instant or a date is missing. */
export function lateBy(facts: TimelinessFacts, now: Instant): number | null {
  if (facts.startedAt === null || facts.dueAt == null || facts.stoppedAt === null) return null;
  return Math.max(0, endAsOf(facts.stoppedAt, now) - facts.dueAt);
}

/** True when something that stopped at `stoppedAt` was still running at `now`. */
export function isRunningAt(stoppedAt: Instant, now: Instant): boolean {
  return stoppedAt > now || stoppedAt >= FAR_FUTURE;
}

function endAsOf(stoppedAt: Instant, now: Instant): Instant {
  return isRunningAt(stoppedAt, now) ? now : stoppedAt;
}
