import { cellText, columnAlign, columnDecimals, columnTitle, FOR_PEOPLE, toneOf, UNKNOWN } from './cell.ts';
import type { Cell, Column, Table } from './document.ts';
import { INK, PAGE, type Pages, TEXT_WIDTH } from './pdf-page.ts';
import { FONTS, type Font, pdfLine, wrapLines } from './pdf-text.ts';

const GAP = 10;
const LEADING = 1.3;
const PADDING = 2.8;
/** A table of many columns is set smaller, down to what can still be read. */
const SIZES = [8.8, 8, 7.2, 6.6] as const;
const KEPT_TOGETHER = 3;
const CAPTION = 8;
/** Longer titles break even where there is room. */
const WIDEST_TITLE = 84;
/** Rows of a long list are measured up to here; later ones wrap if they are wider. */
const MEASURED_ROWS = 400;

interface Plan {
  readonly column: Column;
  readonly title: string;
  readonly right: boolean;
  readonly decimals: number;
  readonly x: number;
  readonly width: number;
}

interface Layout {
  readonly size: number;
  readonly plans: readonly Plan[];
  readonly width: number;
}

/** A table this short stays on one page, if it is no higher than this (points). */
const WHOLE_ROWS = 14;
const WHOLE_HEIGHT = 210;

/** The least height that a table takes on the page where it begins: all of a short one, else its head and first rows. */
export function leastTableHeight(pages: Pages, table: Table, measuring: Table): number {
  const { rows, totals } = table;
  const least = Math.min(4, rows.length + 1) * 18 + 20;
  if (rows.length === 0 || rows.length > WHOLE_ROWS) return least;
  const layout = layoutOf(pages, measuring);
  const height = [...rows, ...(totals === undefined ? [] : [totals])].reduce(
    (sum, row) => sum + heightOf(rowLines(pages, layout, row, FONTS.bold), layout.size),
    headingOf(pages, layout).height + captionHeight(pages, table),
  );
  return height > WHOLE_HEIGHT ? least : height;
}

/** Draws a table, its head again at the top of every further page; the columns are as wide as `measuring` asks. */
export function drawTable(pages: Pages, table: Table, measuring: Table): void {
  if (table.rows.length === 0) {
    pages.paragraph(table.empty ?? 'Nothing to list.', PAGE.left, TEXT_WIDTH, { color: INK.soft });
    return;
  }
  const layout = layoutOf(pages, measuring);
  const heading = headingOf(pages, layout);
  pages.need(heading.height + layout.size * LEADING * 2 + 4 * PADDING);
  heading.draw();
  const end =
    captionHeight(pages, table) +
    (table.totals === undefined
      ? 0
      : heightOf(rowLines(pages, layout, table.totals, FONTS.bold), layout.size));
  for (const [at, row] of table.rows.entries()) {
    const lines = rowLines(pages, layout, row, FONTS.plain);
    const left = table.rows.length - at;
    // The last three rows, the total and the caption stay together: one of them alone on a page says nothing.
    const together = left === KEPT_TOGETHER && table.rows.length > 2 * KEPT_TOGETHER;
    const height =
      heightOf(lines, layout.size) * (together ? KEPT_TOGETHER : 1) + (together || left === 1 ? end : 0);
    if (pages.need(height)) heading.draw();
    drawRow(pages, layout, row, lines, FONTS.plain);
    pages.rule(pages.y, INK.rule, 0.5, PAGE.left, PAGE.left + layout.width);
  }
  if (table.totals !== undefined) {
    const lines = rowLines(pages, layout, table.totals, FONTS.bold);
    if (pages.need(heightOf(lines, layout.size) + captionHeight(pages, table))) heading.draw();
    pages.rule(pages.y, INK.strong, 0.9, PAGE.left, PAGE.left + layout.width);
    drawRow(pages, layout, table.totals, lines, FONTS.bold);
  }
  if (table.caption !== undefined) {
    pages.y += 4;
    pages.paragraph(table.caption, PAGE.left, TEXT_WIDTH, { size: CAPTION, color: INK.soft });
  }
}

function captionHeight(pages: Pages, { caption }: Table): number {
  if (caption === undefined) return 0;
  const lines = wrapLines(pdfLine(caption), TEXT_WIDTH, FONTS.plain, CAPTION, pages.measure);
  return 4 + lines.length * CAPTION * 1.35;
}

function layoutOf(pages: Pages, table: Table): Layout {
  const columns = table.columns;
  const decimals = columns.map((column) => columnDecimals(table, column));
  const texts = columns.map((column, i) =>
    [...table.rows.slice(0, MEASURED_ROWS), ...(table.totals === undefined ? [] : [table.totals])].map(
      (row) => shown(row[column.key], decimals[i] ?? 0),
    ),
  );
  const room = TEXT_WIDTH - GAP * (columns.length - 1);
  let size: number = SIZES[0];
  let widths: readonly number[] = [];
  for (size of SIZES) {
    const natural = texts.map((list, i) => {
      const title = pdfLine(columnTitle(columns[i] ?? { key: '', title: '' }));
      const whole = Math.min(WIDEST_TITLE, pages.measure(title, FONTS.bold, size - 0.8));
      return Math.max(whole, ...list.map((text) => pages.measure(text, FONTS.bold, size)));
    });
    const least = texts.map((list, i) => {
      const title = titleWidth(pages, columnTitle(columns[i] ?? { key: '', title: '' }), size);
      return Math.max(title, ...list.map((text) => longestWord(pages, text, size)));
    });
    widths = fitted(natural, least, room);
    if (sum(least) <= room) break;
  }
  let x: number = PAGE.left;
  const plans = columns.map((column, i) => {
    const width = widths[i] ?? 0;
    const plan = {
      column,
      title: columnTitle(column),
      right: columnAlign(table, column) === 'right',
      decimals: decimals[i] ?? 0,
      x,
      width,
    };
    x += width + GAP;
    return plan;
  });
  return { size, plans, width: x - GAP - PAGE.left };
}

/** Natural widths where they fit; else each column keeps its least and shares what is left by what it wants. */
function fitted(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const wanted = sum(natural);
  if (wanted <= room) {
    // Few narrow columns across the whole page would be hard to follow from one end to the other.
    const air = Math.min(26, (room - wanted) / natural.length);
    return natural.map((width) => width + air);
  }
  const kept = sum(least);
  if (kept >= room) return least.map((width) => (width * room) / kept);
  const greed = sum(natural.map((width, i) => width - (least[i] ?? 0)));
  return natural.map((width, i) => {
    const floor = least[i] ?? 0;
    return floor + ((width - floor) * (room - kept)) / greed;
  });
}

function titleWidth(pages: Pages, title: string, size: number): number {
  const words = pdfLine(title).split(' ');
  return Math.max(...words.map((word) => pages.measure(word, FONTS.bold, size - 0.8)));
}

/** Short values stay whole; a longer text may break at its spaces. */
function longestWord(pages: Pages, text: string, size: number): number {
  const parts = text.length <= 18 ? [text] : text.split(' ');
  return Math.min(150, Math.max(...parts.map((part) => pages.measure(part, FONTS.bold, size))));
}

function headingOf(pages: Pages, { plans, size, width }: Layout) {
  const small = size - 0.8;
  const lines = plans.map((plan) =>
    wrapLines(pdfLine(plan.title), plan.width, FONTS.bold, small, pages.measure),
  );
  const most = Math.max(...lines.map((each) => each.length));
  const height = most * small * LEADING + 2 * PADDING;
  const draw = (): void => {
    for (const [i, plan] of plans.entries()) {
      const own = lines[i] ?? [];
      let y = pages.y + PADDING + (most - own.length) * small * LEADING;
      for (const line of own) {
        put(pages, plan, line, y, { font: FONTS.bold, size: small, color: INK.soft });
        y += small * LEADING;
      }
    }
    pages.y += height;
    pages.rule(pages.y, INK.strong, 0.9, PAGE.left, PAGE.left + width);
  };
  return { height, draw };
}

type Row = Readonly<Record<string, Cell>>;

function rowLines(
  pages: Pages,
  { plans, size }: Layout,
  row: Row,
  font: Font,
): readonly (readonly string[])[] {
  return plans.map(({ column, decimals, width }) =>
    column.key in row
      ? wrapLines(shown(row[column.key], decimals), width + 0.5, font, size, pages.measure)
      : [],
  );
}

function heightOf(lines: readonly (readonly string[])[], size: number): number {
  return Math.max(1, ...lines.map((each) => each.length)) * size * LEADING + 2 * PADDING;
}

function drawRow(
  pages: Pages,
  { plans, size }: Layout,
  row: Row,
  lines: readonly (readonly string[])[],
  font: Font,
): void {
  for (const [i, plan] of plans.entries()) {
    const cell = row[plan.column.key];
    const tone = toneOf(cell);
    const color =
      tone === 'good' || tone === 'warn' || tone === 'bad'
        ? INK[tone]
        : tone === 'muted' || lines[i]?.[0] === UNKNOWN
          ? INK.soft
          : INK.text;
    let y = pages.y + PADDING + 0.9;
    for (const line of lines[i] ?? []) {
      put(pages, plan, line, y, { font: tone === 'strong' ? FONTS.bold : font, size, color });
      y += size * LEADING;
    }
  }
  pages.y += heightOf(lines, size);
}

function put(
  pages: Pages,
  plan: Plan,
  text: string,
  y: number,
  style: { font: Font; size: number; color: string },
): void {
  if (plan.right) pages.lineTo(text, plan.x + plan.width, y, style);
  else pages.line(text, plan.x, y, style);
}

function shown(cell: Cell | undefined, decimals: number): string {
  return pdfLine(cellText(cell, { ...FOR_PEOPLE, decimals }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
