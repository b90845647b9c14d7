import type { ItemList } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { isoOrNull } from '../core/instant.ts';
import { cleanForScreen } from '../core/text.ts';
import { chartAsTable, figuresAsTable } from './as-table.ts';
import { SMALLEST_BASE } from './cell.ts';
import type { Cell, Document, Table } from './document.ts';
import type { Item } from './json.ts';

const BATCH = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
/** Nearly every text there is: nothing to guard, clean or quote. */
const SIMPLE = /^\w[\w .:()/#&'-]*(?<! )$/;
const FORMULA = /^[=+\-@\t\r\n]/;
/** What RFC 4180 quotes, outer spaces, and a formula after `;`, at which some spreadsheets split. */
const QUOTED = /[",\t\r\n]|^\s|\s$|;\s*[=+\-@]/;

export interface CsvOptions {
  /** Texts exactly as stored: no guard against formulas, no cleaning; for round trips between programs. */
  readonly raw?: boolean;
  /** The heading of a list without items, whose columns nothing else tells. */
  readonly columns?: readonly string[];
}

type Scalar = string | number | boolean | null | undefined;

/** A document's tables or a list of items as CSV: RFC 4180 quoting, LF line ends, UTF-8, ISO instants, no totals row. */
export function renderCsv(source: Document | ItemList, options: CsvOptions = {}): string {
  return [...csvChunks(source, options)].join('');
}

/**
 * renderCsv in pieces of BATCH rows. One table gives its own columns; several give a `section` column and every
 * table's and figure's columns side by side. Throws a usage error when there is nothing tabular.
 */
export function* csvChunks(source: Document | ItemList, options: CsvOptions = {}): Generator<string> {
  const raw = options.raw === true;
  if (isList(source)) yield* itemLines(source, raw, options.columns);
  else yield* documentLines(source, raw);
}

function* documentLines(document: Document, raw: boolean): Generator<string> {
  const sections = sectionsOf(document);
  if (sections.length === 0) {
    throw usageError('This output has no table, so it cannot be written as CSV.', 'Use --format json.');
  }
  const several = sections.length > 1;
  const headings = new Set<string>(several ? ['section'] : []);
  const plans = sections.map((table) => ({
    table,
    fields: table.columns.flatMap((c) => fieldsOf(table, c.key)),
  }));
  for (const { fields } of plans) for (const field of fields) headings.add(field.heading);
  const order = [...headings];
  yield csvLine(order, raw);
  for (const { table, fields } of plans) {
    const byHeading = new Map(fields.map((field) => [field.heading, field]));
    for (let start = 0; start < table.rows.length; start += BATCH) {
      let text = '';
      for (const row of table.rows.slice(start, start + BATCH)) {
        const values = order.map((heading, index) => {
          if (several && index === 0) return table.id;
          const field = byHeading.get(heading);
          return field ? field.value(row[field.key]) : null;
        });
        text += csvLine(values, raw);
      }
      if (text !== '') yield text;
    }
  }
}

/** The one table; or, of several, all tables and figures; or what else holds numbers when there is no table. */
function sectionsOf(document: Document): Table[] {
  const tables: Table[] = [];
  const all: Table[] = [];
  const charts: Table[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'table') tables.push(block);
    if (block.kind === 'table') all.push(block);
    else if (block.kind === 'figures') all.push(figuresAsTable(block));
    else if (block.kind === 'chart') charts.push(chartAsTable(block));
  }
  if (tables.length === 1) return tables;
  return all.length > 0 ? all : charts;
}

interface Field {
  readonly heading: string;
  readonly key: string;
  readonly value: (cell: Cell | undefined) => Scalar;
}

/** A column's CSV fields: durations become `<key>Seconds`; shares become `<key>` (0 to 1) and `<key>Base`. */
function fieldsOf(table: Table, key: string): Field[] {
  let duration = false;
  let percent = false;
  for (const row of table.rows) {
    const cell = row[key];
    if (typeof cell === 'object' && cell !== null) {
      duration ||= cell.kind === 'duration';
      percent ||= cell.kind === 'percent';
    }
  }
  // A list of figures mixes kinds in one column: its heading stays, the base stands beside it.
  const mixed = duration && table.rows.some((row) => kindOf(row[key]) !== 'duration' && row[key] !== null);
  const fields: Field[] = [{ heading: duration && !mixed ? `${key}Seconds` : key, key, value: machineValue }];
  if (percent) fields.push({ heading: `${key}Base`, key, value: baseOf });
  return fields;
}

function kindOf(cell: Cell | undefined): string {
  return typeof cell === 'object' && cell !== null ? cell.kind : typeof cell;
}

function baseOf(cell: Cell | undefined): Scalar {
  return typeof cell === 'object' && cell !== null && cell.kind === 'percent' ? cell.base : null;
}

/** A value for programs: ISO instants, seconds, shares from 0 to 1, bare text. */
function machineValue(cell: Cell | undefined): Scalar {
  if (typeof cell !== 'object' || cell === null) return cell;
  switch (cell.kind) {
    case 'instant':
      return isoOrNull(cell.at);
    case 'date':
      return cell.date;
    case 'duration':
      return cell.seconds;
    case 'percent':
      return cell.base < SMALLEST_BASE ? null : cell.share;
    case 'tone':
      return cell.text;
  }
}

/** Nested records become dotted columns (`owner.role`), lists of scalars one text with `;` between. */
function* itemLines(items: ItemList, raw: boolean, known?: readonly string[]): Generator<string> {
  const paths = new Map<string, string[]>();
  for (let start = 0; start < items.length; start += BATCH) {
    for (const item of items.slice(start, start + BATCH)) collectPaths(item, [], paths);
  }
  const columns = [...paths.entries()].filter(([name]) => !hasChildren(name, paths));
  if (columns.length === 0) {
    if (known !== undefined) yield csvLine(known, raw);
    return;
  }
  yield csvLine(
    columns.map(([name]) => name),
    raw,
  );
  for (let start = 0; start < items.length; start += BATCH) {
    let text = '';
    for (const item of items.slice(start, start + BATCH)) {
      text += csvLine(
        columns.map(([, path]) => scalarOf(valueAt(item, path))),
        raw,
      );
    }
    yield text;
  }
}

function collectPaths(record: Item, prefix: string[], paths: Map<string, string[]>): void {
  for (const key in record) {
    const value = record[key];
    if (value === undefined) continue;
    if (isRecord(value)) collectPaths(value, [...prefix, key], paths);
    else {
      const name = prefix.length === 0 ? key : `${prefix.join('.')}.${key}`;
      if (!paths.has(name)) paths.set(name, [...prefix, key]);
    }
  }
}

/** A column that is null in one item and a record in another is written as the record's columns only. */
function hasChildren(name: string, paths: Map<string, string[]>): boolean {
  for (const other of paths.keys()) if (other.startsWith(`${name}.`)) return true;
  return false;
}

function valueAt(item: Item, path: readonly string[]): unknown {
  let value: unknown = item;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value;
}

function scalarOf(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null)) {
    return value.map((entry) => (entry === null ? '' : String(entry))).join(';');
  }
  return JSON.stringify(value);
}

function csvLine(values: readonly Scalar[], raw: boolean): string {
  const line = values.map((value) => csvField(value, raw)).join(',');
  // A lone empty field would be an empty line, which readers skip.
  return line === '' ? '""\n' : `${line}\n`;
}

function csvField(value: Scalar, raw: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (SIMPLE.test(value)) return value;
  const text = raw ? value : guarded(value);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that no spreadsheet takes for a formula (facts g7) and no terminal for a command; line breaks are kept. */
function guarded(value: string): string {
  const clean = UNSEEN.test(value)
    ? value
        .split(/([\t\r\n]+)/)
        .map((part, index) => (index % 2 === 0 ? cleanForScreen(part) : part))
        .join('')
    : value;
  return FORMULA.test(clean) ? `'${clean}` : clean;
}

function isRecord(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(source: Document | ItemList): source is ItemList {
  return 'slice' in source;
}
