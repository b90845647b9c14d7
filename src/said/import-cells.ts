import { localDay } from '../core/calendar.ts';
import type { Row } from '../import/row-reader.ts';
import { OFFENSES } from './incident.ts';

// A population repeats few days and few sets of offenses; a file of junk must not fill the memory with them.
const MOST_KEPT = 50_000;

/** The cells of SAID exports that repeat: each text is read once. */
export interface Cells {
  /** A date as days since 1970-01-01, null when blank. */
  day(row: Row, column: string): number | null;
  /** `shooting;uuw` as bits; an unknown word rejects the row. */
  offenses(row: Row, column: string): number;
  /** A district as a number, null when blank. */
  district(row: Row, column: string): number | null;
  /** true, false, yes, no, y, n, 1, 0 as 1 or 0, null when blank. */
  flag(row: Row, column: string): number | null;
}

/** Readers of cells for one file. */
export function openCells(): Cells {
  const days = new Map<string, number>();
  const sets = new Map<string, number>();
  const keep = (map: Map<string, number>, text: string, value: number): number => {
    if (map.size >= MOST_KEPT) map.clear();
    // A copy: a cell is a slice of its block, which the map would keep alive.
    map.set(Buffer.from(text).toString(), value);
    return value;
  };
  return {
    day(row, column) {
      const text = row.text(column);
      if (text === null) return null;
      const known = days.get(text);
      if (known !== undefined) return known;
      const at = row.requiredInstant(column, 'start');
      return keep(days, text, localDay(at));
    },
    offenses(row, column) {
      const text = row.required(column);
      const known = sets.get(text);
      return known ?? keep(sets, text, readOffenses(row, column, text));
    },
    district(row, column) {
      const district = row.district(column);
      return district === null ? null : Number(district);
    },
    flag(row, column) {
      const text = row.text(column);
      if (text === null) return null;
      const value = FLAGS[text.toLowerCase()];
      return value ?? row.reject(column, `"${text}" is neither yes nor no`);
    },
  };
}

const FLAGS: Readonly<Record<string, number>> = {
  true: 1,
  yes: 1,
  y: 1,
  '1': 1,
  false: 0,
  no: 0,
  n: 0,
  '0': 0,
};

const OFFENSE_BITS: ReadonlyMap<string, number> = new Map(OFFENSES.map((word, place) => [word, 1 << place]));

function readOffenses(row: Row, column: string, text: string): number {
  let bits = 0;
  for (const part of text.split(';')) {
    const word = part.trim();
    if (word === '') continue;
    const folded = word.toLowerCase().replaceAll(/[\s_]+/g, '-');
    bits |= OFFENSE_BITS.get(folded) ?? row.reject(column, `"${word}" is not one of ${OFFENSES.join(', ')}`);
  }
  return bits === 0 ? row.reject(column, 'is empty and must not be') : bits;
}
