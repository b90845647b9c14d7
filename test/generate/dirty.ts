import { PROFILES, type ProfileColumns, type ProfileName, type Row } from './columns.ts';
import { cell, line } from './csv.ts';
import type { Rng } from './random.ts';

/** What can be wrong with a soiled record. The last two are legal text that must never act on a screen or a sheet. */
export const FAULTS = [
  'bad-date',
  'missing-field',
  'extra-field',
  'unknown-code',
  'nul',
  'broken-quote',
  'formula',
  'ansi',
] as const;
export type Fault = (typeof FAULTS)[number];

const BAD_DATES = ['2020-02-30', '13/45/2020', 'yesterday', '2020-11-31T10:00:00', '00/00/0000'];
const ESCAPES = ['\u001b[31mred\u001b[0m', '\u001b]0;title\u0007', 'left\u202eright', '\u001b[2J'];
const FORMULAS = ['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\tcell'];

/** The record with one fault of the given kind, as text with its line feed; a fault without its column becomes a missing field. */
export function soiled(name: ProfileName, row: Row, fault: Fault, rng: Rng): string {
  const { columns, dates, codes }: ProfileColumns = PROFILES[name];
  const cells = [...row];
  const change = (among: readonly string[], value: string): string => {
    if (among.length === 0) return line(cells.slice(0, -1));
    cells[columns.indexOf(rng.pick(among))] = value;
    return line(cells);
  };
  const texts = columns.filter((column) => !dates.includes(column) && !codes.includes(column));
  switch (fault) {
    case 'bad-date':
      return change(dates, rng.pick(BAD_DATES));
    case 'missing-field':
      return line(cells.slice(0, -1));
    case 'extra-field':
      return line([...cells, 'one too many']);
    case 'unknown-code':
      return change(codes, 'no-such-code');
    case 'nul':
      return change(texts, 'before\u0000after');
    case 'broken-quote':
      return `${cells.map((value, i) => (i === 1 ? `"half${value.replaceAll('"', '')}"x` : cell(value))).join(',')}\n`;
    case 'formula':
      return change(texts.slice(1), rng.pick(FORMULAS));
    case 'ansi':
      return change(texts.slice(1), rng.pick(ESCAPES));
  }
}
