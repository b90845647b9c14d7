import { Chalk } from 'chalk';
import CliTable3 from 'cli-table3';
import { isLastAlike, measuredBy } from './alike.ts';
import { barLines } from './bars.ts';
import { cellText, columnAlign, columnDecimals, columnTitle, FOR_PEOPLE, oneLine, toneOf } from './cell.ts';
import { type Fitted, fitColumns, GAP, type Measured } from './columns.ts';
import type { Block, Cell, Column, Document, Figures, Table, Tone } from './document.ts';
import { asOfLine, newestImportLine } from './provenance.ts';
import { displayWidth, pad, truncate, wrapLines } from './width.ts';

export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const LONGEST_LINE = 100;
/** Rows written together. */
const BATCH = 200;
/** Rows laid out by cli-table3, which takes 0.1 ms a cell; the same lines of a longer list are padded here. */
const LAID_OUT = 400;

type Paint = ReturnType<typeof painter>;

/** The document for a terminal: at most `width` columns, columns left out by priority and said so. */
export function renderTable(document: Document, options: TerminalOptions): string {
  return [...tableChunks(document, options)].join('');
}

/** renderTable in pieces of at most BATCH rows, each ending with a line break; the last line is the newest import. */
export function* tableChunks(document: Document, options: TerminalOptions): Generator<string> {
  const paint = painter(options.color);
  const width = Math.max(20, options.width);
  const text = Math.min(width, LONGEST_LINE);
  const wrap = (content: string) => wrapLines(oneLine(content), text);
  const head = wrap(document.title).map(paint.title);
  if (document.subtitle) head.push(...wrap(document.subtitle));
  head.push(...wrap(asOfLine(document)).map(paint.dim));
  for (const line of document.banner ?? []) head.push(...wrap(line).map(paint.banner));
  yield lines(head);
  for (const block of document.blocks) {
    yield '\n';
    yield* blockChunks(block, document.blocks, width, text, paint);
  }
  const tail: string[] = [''];
  for (const note of document.notes ?? []) tail.push(...hanging('· ', note, text));
  const footer = document.footer ?? [];
  const label = Math.max(0, ...footer.map((entry) => displayWidth(oneLine(entry.label))));
  for (const entry of footer)
    tail.push(...hanging(`${pad(oneLine(entry.label), label, 'left')}  `, entry.text, text));
  tail.push(...wrap(newestImportLine(document)));
  yield lines(tail.map((line) => (line === '' ? line : paint.dim(line))));
}

function* blockChunks(
  block: Block,
  all: readonly Block[],
  width: number,
  text: number,
  paint: Paint,
): Generator<string> {
  const heading = block.kind === 'prose' ? block.heading : block.title;
  if (heading) yield lines(wrapLines(oneLine(heading), text).map(paint.heading));
  switch (block.kind) {
    case 'table':
      yield* tableBlock(block, all, width, text, paint);
      return;
    case 'figures':
      yield figuresBlock(block, text, paint);
      return;
    case 'chart': {
      if (block.unit) yield lines([paint.dim(`in ${oneLine(block.unit)}`)]);
      const bars = barLines(block, width).map((parts) =>
        parts
          .map((part) => (part.series === null ? part.text : paint.series(part.series, part.text)))
          .join(''),
      );
      yield lines(bars.length > 0 ? bars.map((line) => line.trimEnd()) : ['No figures.']);
      return;
    }
    case 'prose':
      yield block.paragraphs.map((paragraph) => lines(wrapLines(oneLine(paragraph), text))).join('\n');
      return;
  }
}

function* tableBlock(
  table: Table,
  all: readonly Block[],
  width: number,
  text: number,
  paint: Paint,
): Generator<string> {
  if (table.rows.length === 0 && (table.empty !== undefined || table.totals === undefined)) {
    yield lines(wrapLines(oneLine(table.empty ?? 'No rows.'), text));
    return;
  }
  const measuring = measuredBy(all, table);
  const decimals = new Map(table.columns.map((column) => [column.key, columnDecimals(measuring, column)]));
  const textOf = (column: Column, cell: Cell | undefined) =>
    cellText(cell, { ...FOR_PEOPLE, decimals: decimals.get(column.key) });
  const totals = table.totals;
  const below = table.columns.filter((column) => column.below === true);
  const measured = table.columns
    .filter((column) => column.below !== true)
    .map((column) => measure(measuring, column, textOf));
  const { columns, leftOut } = fitColumns(measured, width);
  const fittedText = (each: Fitted, cell: Cell | undefined) =>
    truncate(textOf(each.column, cell), each.cuttable ? each.width : Number.POSITIVE_INFINITY);
  const toned = (cell: Cell | undefined, content: string) => {
    const tone = toneOf(cell);
    return tone === null ? content : paint.tone(tone, content);
  };
  const painted = (each: Fitted, cell: Cell | undefined) => toned(cell, fittedText(each, cell));
  const padded = (row: Table['rows'][number]) =>
    columns.map((each) => {
      const content = fittedText(each, row[each.column.key]);
      const space = ' '.repeat(Math.max(0, each.width - displayWidth(content)));
      const shown = toned(row[each.column.key], content);
      return each.align === 'right' ? space + shown : shown + space;
    });
  const rule = columns.map((each) => paint.dim('─'.repeat(each.width)));
  const heads = columns.map((each) => ({
    content: each.heading.map((line) => paint.heading(line)).join('\n'),
    vAlign: 'bottom' as const,
  }));
  yield layout(columns, [heads, rule]);
  for (let start = 0; start < table.rows.length; start += BATCH) {
    const rows = table.rows.slice(start, start + BATCH);
    const laidOut =
      start < LAID_OUT
        ? layout(
            columns,
            rows.map((row) => columns.map((each) => painted(each, row[each.column.key]))),
          )
        : lines(rows.map((row) => padded(row).join(' '.repeat(GAP)).trimEnd()));
    yield below.length === 0 ? laidOut : withBelow(laidOut, rows, below, paint);
  }
  if (totals) {
    const cells = columns.map((each) =>
      each.column.key in totals ? paint.heading(painted(each, totals[each.column.key])) : '',
    );
    yield layout(columns, [rule, cells]);
  }
  if (table.caption) yield lines(wrapLines(oneLine(table.caption), text).map(paint.dim));
  if (leftOut.length > 0 && isLastAlike(all, table)) {
    const names = leftOut.map(columnTitle).join(', ');
    const said = `Left out to fit ${width} columns: ${names}. A wider terminal or --format plain shows all.`;
    yield lines(wrapLines(said, text).map(paint.dim));
  }
}

/** Each row's line, and below it what stands whole: one line a row, however long. */
function withBelow(laidOut: string, rows: Table['rows'], below: readonly Column[], paint: Paint): string {
  const told = laidOut.split('\n');
  return lines(
    rows.flatMap((row, at) => [
      told[at] ?? '',
      ...below.flatMap(({ key }) => {
        const content = row[key] === null ? '' : cellText(row[key], FOR_PEOPLE);
        return content === '' ? [] : [`  ${paint.dim('→')} ${paint.heading(content)}`];
      }),
    ]),
  );
}

/** The number of a record, a rule, a member: one short word that ends in a digit. */
const RECORD_NUMBER = /^[A-Z]\S{0,18}\d$|^\d{1,8}$/;

function measure(
  table: Table,
  column: Column,
  textOf: (column: Column, cell: Cell | undefined) => string,
): Measured {
  let content = 0;
  let cuttable = column.whole !== true;
  let numbers = true;
  for (const row of table.rows) {
    const cell = row[column.key];
    content = Math.max(content, displayWidth(textOf(column, cell)));
    numbers &&= typeof cell !== 'string' || RECORD_NUMBER.test(cell);
    if (cuttable && typeof cell !== 'string' && cell !== null && cell !== undefined) {
      cuttable = typeof cell === 'object' && cell.kind === 'tone';
    }
  }
  if (table.totals && column.key in table.totals) {
    content = Math.max(content, displayWidth(textOf(column, table.totals[column.key])));
  }
  // A cut number of a record names another record.
  cuttable &&= !numbers;
  return { column, title: columnTitle(column), align: columnAlign(table, column), content, cuttable };
}

type LaidOut = string | { readonly content: string; readonly vAlign: 'bottom' };

function layout(columns: readonly Fitted[], rows: readonly (readonly LaidOut[])[]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', mid: '', 'mid-mid': '' };
  const bare = { left: '', 'left-mid': '', right: '', 'right-mid': '', middle: ' '.repeat(GAP) };
  const bottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
  const table = new CliTable3({
    chars: { ...none, ...bare, ...bottom },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: columns.map((each) => each.width),
    colAligns: columns.map((each) => each.align),
  });
  table.push(...rows.map((row) => [...row]));
  return lines(
    table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd()),
  );
}

/** Labels left, values right-aligned in one column, notes beside them or, on a narrow screen, below. */
function figuresBlock(block: Figures, width: number, paint: Paint): string {
  const rows = block.figures.map((figure) => ({
    label: oneLine(figure.label),
    value: cellText(figure.value, FOR_PEOPLE),
    tone: toneOf(figure.value),
    note: figure.note ? oneLine(figure.note) : '',
  }));
  const labels = Math.max(0, ...rows.map((row) => displayWidth(row.label)));
  const values = Math.max(0, ...rows.map((row) => displayWidth(row.value)));
  const beside = width - labels - values - 6;
  const out: string[] = [];
  for (const row of rows) {
    const value = pad(row.value, values, 'right');
    const shown = row.tone === null ? paint.figure(value) : paint.tone(row.tone, value);
    const start = `  ${pad(row.label, labels, 'left')}  ${shown}`;
    const indent = ' '.repeat(beside >= 24 ? labels + values + 6 : 4);
    const note = row.note === '' ? [] : wrapLines(row.note, width - indent.length).map(paint.dim);
    if (beside >= 24 && note.length > 0)
      out.push(`${start}  ${note[0]}`, ...note.slice(1).map((line) => indent + line));
    else out.push(start, ...note.map((line) => indent + line));
  }
  return lines(out);
}

function hanging(lead: string, content: string, width: number): string[] {
  const room = Math.max(20, width - displayWidth(lead));
  return wrapLines(oneLine(content), room).map(
    (line, at) => (at === 0 ? lead : ' '.repeat(displayWidth(lead))) + line,
  );
}

function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join('');
}

/** Colours by meaning; with `color` false every function gives its text back unchanged. */
function painter(color: boolean) {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const tones: Record<Tone, (text: string) => string> = {
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    muted: chalk.dim,
    strong: chalk.bold,
  };
  const series = [chalk.blue, chalk.cyan, chalk.magenta, chalk.yellow, chalk.green, chalk.white];
  return {
    title: (text: string) => chalk.bold(text),
    heading: (text: string) => chalk.bold(text),
    figure: (text: string) => chalk.bold(text),
    banner: (text: string) => chalk.italic(text),
    dim: (text: string) => chalk.dim(text),
    tone: (tone: Tone, text: string) => tones[tone](text),
    series: (index: number, text: string) => (series[index % series.length] ?? chalk.blue)(text),
  };
}
