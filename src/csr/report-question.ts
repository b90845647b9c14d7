import type { Input } from '../core/command.ts';
import { RollcallError, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import {
  lastWholeMonth,
  lastWholeQuarter,
  type Period,
  parseMonth,
  parsePeriod,
  parseQuarter,
  previous,
} from '../core/period.ts';
import { districtOfBeat, parseBeat, parseDistrict } from '../core/place.ts';
import type { Scope } from './records.ts';

/** What is asked of a report. */
export interface ReportQuestion {
  readonly period: Period;
  readonly against: Period;
  readonly now: Instant;
  readonly scope: Scope;
}

/**
 * The question that options ask as of `now`: without a period the last whole quarter, without another to compare with
 * the one before. Throws usage errors that show how each is written.
 */
export function questionOf(now: Instant, input: Input): ReportQuestion {
  const period = periodOf(now, input);
  return { period, against: againstOf(now, period, input), now, scope: scopeOf(input) };
}

function periodOf(now: Instant, { options }: Input): Period {
  const { quarterly, monthly } = options;
  if (quarterly !== undefined && monthly !== undefined) {
    throw usageError('--quarterly and --monthly cannot go together.', 'Use one of them.');
  }
  const last = monthly === undefined ? lastWholeQuarter(now) : lastWholeMonth(now);
  const chosen =
    typeof monthly === 'string'
      ? named('--monthly', monthly, parseMonth)
      : typeof quarterly === 'string'
        ? named('--quarterly', quarterly, parseQuarter)
        : last;
  if (chosen.start <= now) return chosen;
  throw usageError(
    `${chosen.label} has not begun at the as-of.`,
    `The last whole one is ${last.label}; --as-of sets another day.`,
  );
}

function againstOf(now: Instant, period: Period, { options }: Input): Period {
  if (typeof options.against !== 'string') return previous(period);
  const against = named('--against', options.against, parsePeriod);
  const example = previous(period).label;
  if (against.kind !== period.kind) {
    throw usageError(`--against: ${against.label} is no ${period.kind}.`, `Write it as ${example}.`);
  }
  if (against.start > now) {
    throw usageError(
      `--against: ${against.label} has not begun at the as-of.`,
      `Write an earlier one: ${example}.`,
    );
  }
  return against;
}

/** The period of an option; a usage error names the option and shows how it is written. */
function named(option: string, text: string, parse: (text: string) => Period): Period {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
    throw usageError(`${option}: ${error.message}.`, error.remedy ?? undefined);
  }
}

function scopeOf({ options }: Input): Scope {
  const district = typeof options.district === 'string' ? parseDistrict(options.district) : undefined;
  if (district === null) {
    throw usageError(`--district: "${options.district}" is no district.`, 'Write it as 005.');
  }
  const beat = typeof options.beat === 'string' ? parseBeat(options.beat) : undefined;
  if (beat === null) throw usageError(`--beat: "${options.beat}" is no beat.`, 'Write it as 0511.');
  if (beat && district && districtOfBeat(beat.beat) !== district.district) {
    throw usageError(
      `--beat: ${beat.beat} lies in district ${districtOfBeat(beat.beat)}, not in ${district.district}.`,
      'Name one of the two, or both of one place.',
    );
  }
  return {
    district: district ? Number(district.district) : null,
    beat: beat ? Number(beat.beat) : null,
  };
}
