import { type Edge, endOfDay, localDate } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import { type CsvTime, parseCsvTime } from '../core/parse-time.ts';
import { type Beat, type District, parseBeat, parseDistrict } from '../core/place.ts';
import { type ParsedRank, parseRank } from '../core/rank.ts';
import { isKnownBeat, isKnownDistrict } from './geography.ts';
import type { ImportSession, Rejection, RowFate, RowSink } from './profile.ts';

/** The cells of one row by column name, parsed; a cell that cannot be taken rejects the row. */
export interface Row {
  /** Trimmed text, null when blank or when the file has no such column. */
  text(column: string): string | null;
  /** Text that must be there. */
  required(column: string): string;
  /** One of `words`, in any letter case, blanks and hyphens alike. */
  word<W extends string>(column: string, words: readonly W[]): W | null;
  instant(column: string, edge: Edge): Instant | null;
  requiredInstant(column: string, edge: Edge): Instant;
  beat(column: string): Beat | null;
  district(column: string): District | null;
  number(column: string): number | null;
  /** A calendar day; the time of day of a longer value is dropped, in Chicago. */
  day(column: string): LocalDate | null;
  /** The end of something: a bare date is its last second. */
  requiredEnd(column: string): Instant;
  /** true, false, yes, no, y, n, 1, 0. */
  flag(column: string): boolean | null;
  rank(column: string): ParsedRank | null;
  /** The texts between `;`, trimmed, blank ones left out. */
  list(column: string): readonly string[];
  /** True when the file has this column at all. */
  has(column: string): boolean;
  /** Refuses the row. */
  reject(column: string | null, reason: string): never;
}

class Rejected {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    this.rejection = rejection;
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'no', 'n', '0'].map((word): [string, boolean] => [word, false]),
]);

/** A sink over `take`, which gets each row's parsed cells and answers its fate. */
export function rowSink(
  session: ImportSession,
  index: (column: string) => number,
  take: (row: Row) => RowFate,
  finish: () => Promise<void>,
): RowSink {
  let fields: readonly string[] = [];
  const noted = new Set<string>();
  const reject = (column: string | null, reason: string): never => {
    throw new Rejected({ column, reason });
  };
  const text = (column: string): string | null => {
    const at = index(column);
    const value = at < 0 ? '' : (fields[at] ?? '').trim();
    return value === '' ? null : value;
  };
  const time = (column: string, edge: Edge): CsvTime | null => {
    const value = text(column);
    if (value === null) return null;
    const parsed = parseCsvTime(value, edge) ?? reject(column, `"${value}" is no date or time`);
    // A column may be read for more than one purpose; what is odd about it counts once a row.
    if (parsed.note === null || noted.has(column)) return parsed;
    noted.add(column);
    if (parsed.note === 'twice') session.note('local times that happen twice (the clock goes back)');
    if (parsed.note === 'skipped')
      session.note('local times that do not exist (the clock goes forward), moved on by the gap');
    return parsed;
  };
  const instant = (column: string, edge: Edge): Instant | null => time(column, edge)?.at ?? null;
  const row: Row = {
    text,
    required: (column) => text(column) ?? reject(column, 'is empty and must not be'),
    word(column, words) {
      const value = text(column);
      if (value === null) return null;
      const folded = value.toLowerCase().replaceAll(/[\s_]+/g, '-');
      return (
        words.find((word) => word === folded) ??
        reject(column, `"${value}" is not one of ${words.join(', ')}`)
      );
    },
    instant,
    requiredInstant: (column, edge) => instant(column, edge) ?? reject(column, 'is empty and must not be'),
    beat(column) {
      const value = text(column);
      if (value === null) return null;
      const parsed = parseBeat(value) ?? reject(column, `"${value}" is no beat: three or four digits`);
      if (parsed.padded) session.note('three-digit beats, padded');
      if (!isKnownBeat(parsed.beat)) session.note('beats that are not in the geography, kept');
      return parsed.beat;
    },
    district(column) {
      const value = text(column);
      if (value === null) return null;
      const parsed = parseDistrict(value) ?? reject(column, `"${value}" is no district: up to three digits`);
      if (!isKnownDistrict(parsed.district)) session.note('districts that are not in the geography, kept');
      return parsed.district;
    },
    number(column) {
      const value = text(column);
      if (value === null) return null;
      const number = Number(value);
      return Number.isFinite(number) ? number : reject(column, `"${value}" is no number`);
    },
    day(column) {
      const parsed = time(column, 'start');
      return parsed === null ? null : localDate(parsed.at);
    },
    requiredEnd(column) {
      const parsed = time(column, 'stop') ?? reject(column, 'is empty and must not be');
      return parsed.dateOnly ? endOfDay(localDate(parsed.at)) : parsed.at;
    },
    flag(column) {
      const value = text(column);
      if (value === null) return null;
      return FLAGS.get(value.toLowerCase()) ?? reject(column, `"${value}" is neither yes nor no`);
    },
    rank(column) {
      const value = text(column);
      if (value === null) return null;
      return (
        parseRank(value) ?? reject(column, `"${value}" is no rank; write one such as Sergeant, or Civilian`)
      );
    },
    list: (column) =>
      (text(column) ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    has: (column) => index(column) >= 0,
    reject,
  };
  return {
    add(next) {
      fields = next;
      noted.clear();
      try {
        return take(row);
      } catch (error) {
        if (error instanceof Rejected) return error.rejection;
        throw error;
      }
    },
    finish,
  };
}
