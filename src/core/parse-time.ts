import { DAY, type Edge, instantOfDay, noteOfDay, type TimeNote } from './calendar.ts';
import { usageError } from './errors.ts';
import type { Instant } from './instant.ts';
import { type Reading, readTime } from './read-time.ts';

/** How often imported local times happened twice, were skipped, or had no time of day. Counted up in place. */
export interface TimeTally {
  twice: number;
  skipped: number;
  dateOnly: number;
}

export interface CsvTime {
  readonly at: Instant;
  /** No time of day was given: `at` is the first second of the Chicago day, for a start as for a stop. */
  readonly dateOnly: boolean;
  readonly note: TimeNote | null;
}

/**
 * A time of an imported file: ISO 8601 with or without zone, `M/D/YYYY[ h:mm[:ss][ AM|PM]]`, `1-Apr-12`, `YYYYMMDD`;
 * without zone it is Chicago's. Null for anything else and for what no calendar or clock shows (contract.md, Import).
 * Fractions of a second are dropped; two-digit years are 1970 to 2069; years outside 1900 to 2199 are refused.
 */
export function parseCsvTime(text: string, edge: Edge): CsvTime | null {
  const reading: Reading = { day: 0, second: 0, zone: Number.NaN, dateOnly: false };
  if (!readTime(text, reading)) return null;
  return { at: resolved(reading, edge), dateOnly: reading.dateOnly, note: noteOf(reading) };
}

// Used over and over so that a million values allocate nothing; never read after its call has returned.
const scratch: Reading = { day: 0, second: 0, zone: Number.NaN, dateOnly: false };

/** `parseCsvTime` for bulk work: seconds, or NaN where that answers null. What is notable is counted in `tally`. */
export function parseCsvInstant(text: string, edge: Edge, tally?: TimeTally): number {
  if (!readTime(text, scratch)) return Number.NaN;
  if (tally !== undefined) {
    if (scratch.dateOnly) tally.dateOnly += 1;
    const note = noteOf(scratch);
    if (note !== null) tally[note] += 1;
  }
  return resolved(scratch, edge);
}

function resolved(reading: Reading, edge: Edge): Instant {
  if (Number.isNaN(reading.zone)) return instantOfDay(reading.day, reading.second, edge);
  return (reading.day * DAY + reading.second - reading.zone) as Instant;
}

function noteOf(reading: Reading): TimeNote | null {
  return Number.isNaN(reading.zone) ? noteOfDay(reading.day, reading.second) : null;
}

/**
 * The instant meant by `--as-of` (or by what `source` names): a bare date is its last second in Chicago, a time
 * without zone is Chicago's, and the later one where it happens twice. Throws a usage error for anything else.
 */
export function parseAsOf(text: string, source = '--as-of'): Instant {
  const reading: Reading = { day: 0, second: 0, zone: Number.NaN, dateOnly: false };
  if (!/^\s*\d{4}-/.test(text) || !readTime(text, reading)) {
    throw usageError(
      `${source}: "${text}" is not a date or time`,
      'Write 2020-11-05, 2020-11-05T14:30 (Chicago time), 2020-11-05T20:30Z or 2020-11-05T14:30-06:00.',
    );
  }
  return reading.dateOnly ? instantOfDay(reading.day, DAY - 1, 'stop') : resolved(reading, 'stop');
}

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: DAY, w: 7 * DAY };

/** Seconds of `90m`, `36h`, `2d` (of 24 hours each) or `1w`; throws a usage error for anything else. */
export function parseDuration(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s?([mhdw])$/i.exec(text.trim());
  const unit = UNITS[parts?.[2]?.toLowerCase() ?? ''];
  if (parts === null || unit === undefined) {
    throw usageError(`"${text}" is not a duration`, 'Write 90m, 36h, 2d or 1w.');
  }
  return Math.round(Number(parts[1]) * unit);
}
