import type { Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { lastWholeMonth, lastWholeQuarter, type Period, parseMonth, parseQuarter } from '../core/period.ts';
import type { Stretch } from './figures.ts';

/** A period that has begun, what of it is counted, and whether it goes on. */
export interface Asked {
  readonly period: Period;
  readonly stretch: Stretch;
  readonly soFar: boolean;
}

/** The period of --monthly or --quarterly as of `now`; without one the last whole month. Throws usage errors. */
export function askedPeriod(now: Instant, { options }: Input): Asked {
  const { monthly, quarterly } = options;
  if (monthly !== undefined && quarterly !== undefined) {
    throw usageError('--quarterly and --monthly cannot go together.', 'Use one of them.');
  }
  const period =
    typeof quarterly === 'string'
      ? parseQuarter(quarterly)
      : quarterly === true
        ? lastWholeQuarter(now)
        : typeof monthly === 'string'
          ? parseMonth(monthly)
          : lastWholeMonth(now);
  if (period.start > now)
    throw usageError(`${period.label} has not begun at the as-of.`, 'Name an earlier one.');
  return { period, stretch: stretchOf(period, now), soFar: period.end > now };
}

/** A period up to `now`. */
export function stretchOf(period: Period, now: Instant): Stretch {
  return { start: period.start, end: (period.end > now ? now : period.end) as Instant };
}
