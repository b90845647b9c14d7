import type { Edge } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { parseCsvTime } from '../core/parse-time.ts';
import { type Beat, type District, parseBeat, parseDistrict } from '../core/place.ts';
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
  /** Refuses the row. */
  reject(column: string | null, reason: string): never;
}

class Rejected {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    this.rejection = rejection;
  }
}

/** A sink over `take`, which gets each row's parsed cells and answers its fate. */
export function rowSink(
  session: ImportSession,
  index: (column: string) => number,
  take: (row: Row) => RowFate,
  finish: () => Promise<void>,
): RowSink {
  let fields: readonly string[] = [];
  const reject = (column: string | null, reason: string): never => {
    throw new Rejected({ column, reason });
  };
  const text = (column: string): string | null => {
    const at = index(column);
    const value = at < 0 ? '' : (fields[at] ?? '').trim();
    return value === '' ? null : value;
  };
  const instant = (column: string, edge: Edge): Instant | null => {
    const value = text(column);
    if (value === null) return null;
    const parsed = parseCsvTime(value, edge) ?? reject(column, `"${value}" is no date or time`);
    if (parsed.note === 'twice') session.note('local times that happen twice (the clock goes back)');
    if (parsed.note === 'skipped')
      session.note('local times that do not exist (the clock goes forward), moved on by the gap');
    return parsed.at;
  };
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
      return parsed.beat;
    },
    district(column) {
      const value = text(column);
      if (value === null) return null;
      return (parseDistrict(value) ?? reject(column, `"${value}" is no district: up to three digits`))
        .district;
    },
    number(column) {
      const value = text(column);
      if (value === null) return null;
      const number = Number(value);
      return Number.isFinite(number) ? number : reject(column, `"${value}" is no number`);
    },
    reject,
  };
  return {
    add(next) {
      fields = next;
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
