import { parseLocalDate } from '../core/calendar.ts';
import { peopleAge, peopleDate, peopleInstant } from '../core/duration.ts';
import { FAR_FUTURE } from '../core/instant.ts';
import { cleanForScreen } from '../core/text.ts';
import type { Cell, Column, Table, Tone } from './document.ts';

/** Stands for a value that is not known. */
export const UNKNOWN = '–';
/** A share is printed only from this many cases up: below it one case moves it by more than ten points. */
export const SMALLEST_BASE = 10;

/** A mark for each tone, so that no meaning hangs on colour alone. */
const SYMBOL: Readonly<Record<Tone, string>> = { good: '✓ ', warn: '! ', bad: '✗ ', muted: '', strong: '' };

export interface CellStyle {
  /** Thousands separators (12,345). */
  readonly grouped: boolean;
  /** A mark before toned text. */
  readonly symbols: boolean;
  /** Digits after the point, for numbers of one column; as many as the number has (at most 2) when absent. */
  readonly decimals?: number;
}

/** How people read a value on screen or paper. */
export const FOR_PEOPLE: CellStyle = { grouped: true, symbols: true };
/** How a line-oriented tool reads it: bare numbers, bare words. */
export const FOR_TOOLS: CellStyle = { grouped: false, symbols: false };

const PLAIN = /^[\x20-\x7e]*$/;

/** Text on one line, safe for a screen: line breaks and tabs become one space, the rest goes through cleanForScreen. */
export function oneLine(text: string): string {
  if (PLAIN.test(text)) return text;
  return cleanForScreen(text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' '));
}

/** A number with at most two digits after the point, `–` when it is not finite. */
export function numberText(value: number, style: CellStyle): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const digits = style.decimals ?? decimalsOf(value);
  const fixed = Math.abs(value).toFixed(digits);
  const sign = value < 0 && Number(fixed) !== 0 ? '-' : '';
  if (!style.grouped) return sign + fixed;
  const [whole = '', rest] = fixed.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + (rest === undefined ? grouped : `${grouped}.${rest}`);
}

/** `82.5% of 40`; `– of 7` when the share is unknown or its base is under SMALLEST_BASE; never rounded to 0% or 100%. */
export function percentText(share: number | null, base: number, style: CellStyle): string {
  const of = `of ${numberText(base, { ...style, decimals: 0 })}`;
  if (share === null || !Number.isFinite(share) || base < SMALLEST_BASE) return `${UNKNOWN} ${of}`;
  if (share > 0 && share < 0.0005) return `<0.1% ${of}`;
  if (share < 1 && share >= 0.9995) return `>99.9% ${of}`;
  return `${(share * 100).toFixed(1)}% ${of}`;
}

/** One value as one line of text without colour. */
export function cellText(cell: Cell | undefined, style: CellStyle): string {
  if (cell === null || cell === undefined) return UNKNOWN;
  if (typeof cell === 'string') return oneLine(cell);
  if (typeof cell === 'number') return numberText(cell, style);
  switch (cell.kind) {
    case 'instant':
      return cell.at === null || cell.at >= FAR_FUTURE ? UNKNOWN : peopleInstant(cell.at);
    case 'date':
      return cell.date === null ? UNKNOWN : dateText(cell.date);
    case 'duration':
      return cell.seconds === null ? UNKNOWN : peopleAge(cell.seconds);
    case 'percent':
      return percentText(cell.share, cell.base, style);
    case 'tone':
      return (style.symbols ? SYMBOL[cell.tone] : '') + oneLine(cell.text);
  }
}

/** `2020-11-05` as `5 Nov 2020`; what is no date stays as it is. */
export function dateText(date: string): string {
  const parsed = parseLocalDate(date);
  return parsed === null ? oneLine(date) : peopleDate(parsed);
}

/** So many of so many, as a share of the whole; of none at all there is no share. */
export function shareCell(count: number, base: number): Cell {
  return { kind: 'percent', share: base === 0 ? null : count / base, base };
}

/** The tone of a value, null when it has none. */
export function toneOf(cell: Cell | undefined): Tone | null {
  return typeof cell === 'object' && cell !== null && cell.kind === 'tone' ? cell.tone : null;
}

/** A column's heading with its unit: `Age (h)`; a unit that only repeats the title is left out. */
export function columnTitle(column: Column): string {
  const { title, unit } = column;
  const plain = unit === undefined || unit.toLowerCase() === title.toLowerCase();
  return oneLine(plain ? title : `${title} (${unit})`);
}

/** The column's own alignment, else right when every known value is a number, a share or a duration. */
export function columnAlign(table: Table, column: Column): 'left' | 'right' {
  if (column.align !== undefined) return column.align;
  let seen = false;
  for (const row of table.rows) {
    const cell = row[column.key];
    if (cell === null || cell === undefined) continue;
    if (typeof cell !== 'number' && !isQuantity(cell)) return 'left';
    seen = true;
  }
  return seen ? 'right' : 'left';
}

/** Digits after the point that every number of a column shows (at most 2), so that points stand in one line. */
export function columnDecimals(table: Table, column: Column): number {
  let digits = 0;
  for (const row of table.rows) {
    const cell = row[column.key];
    if (typeof cell === 'number' && Number.isFinite(cell)) digits = Math.max(digits, decimalsOf(cell));
    if (digits === 2) break;
  }
  return digits;
}

function isQuantity(cell: Exclude<Cell, number | null>): boolean {
  return typeof cell === 'object' && (cell.kind === 'percent' || cell.kind === 'duration');
}

function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const rounded = Math.round(value * 100);
  return rounded % 100 === 0 ? 0 : rounded % 10 === 0 ? 1 : 2;
}
