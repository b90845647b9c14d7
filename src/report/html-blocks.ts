import { isoInstant } from '../core/instant.ts';
import { chartAsTable } from './as-table.ts';
import { cellText, columnAlign, columnDecimals, columnTitle, FOR_PEOPLE, toneOf, UNKNOWN } from './cell.ts';
import type { Cell, Chart, Column, Figures, Prose, Table } from './document.ts';
import { escapeHtml } from './html-escape.ts';
import { displayWidth } from './width.ts';

const BATCH = 500;
/** Characters of a table row that a phone shows side by side; a wider table becomes cards there. */
const PHONE_WIDTH = 50;
const WRAPPED_TEXT = 14;
const LONG_TEXT = 28;
const SHARED_TEXT = 22;
/** More columns, or signs of a row, than stand side by side in the usual size. */
const MANY_COLUMNS = 9;
const MANY_SIGNS = 100;
/** A table this short is kept on one printed page. */
const WHOLE_ROWS = 14;

/** A table with column and row headings; one wider than the page scrolls, on a phone a wide one becomes cards. */
export function* tableHtml(table: Table, label: string, measuring = table): Generator<string> {
  if (table.rows.length === 0 && (table.empty !== undefined || table.totals === undefined)) {
    yield `<p class="empty">${escapeHtml(table.empty ?? 'No rows.')}</p>\n`;
    return;
  }
  const columns = table.columns.map((column) => planOf(measuring, column));
  const width = columns.reduce((sum, each) => sum + each.width + 2, 0);
  const wrapped = columns.reduce(
    (sum, each) => sum + 2 + (each.text ? Math.min(each.width, WRAPPED_TEXT) : each.width),
    0,
  );
  const cards = wrapped > PHONE_WIDTH && columns.length > 2;
  const classes = [
    cards ? 'cards' : '',
    width < 40 ? 'short' : '',
    columns.length > MANY_COLUMNS || wrapped > MANY_SIGNS ? 'many' : '',
    table.rows.length <= WHOLE_ROWS ? 'whole' : '',
  ];
  const named = classes.filter((name) => name !== '').join(' ');
  // Cards are laid out as blocks, which would take the table's meaning from screen readers: roles give it back.
  const role = (name: string) => (cards ? ` role="${name}"` : '');
  const open = `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}">`;
  const shares = measuring === table ? '' : widthShares(columns);
  const heads = columns.map(
    (each) => `<th scope="col"${role('columnheader')}${each.right ? ' class="num"' : ''}>${each.title}</th>`,
  );
  yield `${open}\n<table${named === '' ? '' : ` class="${named}"`}${role('table')} aria-label="${escapeHtml(label)}">\n${shares}<thead${role('rowgroup')}><tr${role('row')}>${heads.join('')}</tr></thead>\n<tbody${role('rowgroup')}>\n`;
  const line = (row: Readonly<Record<string, Cell>>, blank: boolean) =>
    `<tr${role('row')}>${columns.map((each, at) => cellHtml(each, row, at === 0, cards, blank)).join('')}</tr>\n`;
  for (let start = 0; start < table.rows.length; start += BATCH) {
    let text = '';
    for (const row of table.rows.slice(start, start + BATCH)) text += line(row, false);
    yield text;
  }
  const foot = table.totals ? `<tfoot${role('rowgroup')}>\n${line(table.totals, true)}</tfoot>\n` : '';
  const caption = table.caption ? `<p class="caption">${escapeHtml(table.caption)}</p>\n` : '';
  yield `</tbody>\n${foot}</table>\n</div>\n${caption}`;
}

/** Tables that are laid out alike share the width in the same way, a long text no more than it needs to be read. */
function widthShares(columns: readonly Plan[]): string {
  const wanted = columns.map(({ width }) => Math.min(width, SHARED_TEXT) + 2);
  const all = wanted.reduce((sum, each) => sum + each, 0);
  const shares = wanted.map((each) => `<col style="width:${((100 * each) / all).toFixed(1)}%">`);
  return `<colgroup>${shares.join('')}</colgroup>\n`;
}

/** Headline figures as cards. */
export function figuresHtml(block: Figures): string {
  const cards = block.figures.map(({ label, value, note }) => {
    const text = cellText(value, FOR_PEOPLE);
    const head = shareOf(value, text)?.[0] ?? text;
    const tone = toneOf(value);
    const classes = ['value', ...(displayWidth(head) > 12 ? ['long'] : []), ...(tone === null ? [] : [tone])];
    const said = note ? `<dd class="note">${escapeHtml(note)}</dd>` : '';
    return `<div><dt class="label">${escapeHtml(label)}</dt><dd class="${classes.join(' ')}">${figureHtml(value, text)}</dd>${said}</div>\n`;
  });
  return `<dl class="figures">\n${cards.join('')}</dl>\n`;
}

/** A chart as two pictures (screen and paper, phone), its key, its sentence, and its numbers to be opened. */
export function chartHtml(chart: Chart, svg: { readonly wide: string; readonly narrow: string }): string {
  const key = chart.series.length > 1 ? keyHtml(chart) : '';
  const unit = chart.unit ? ` In ${escapeHtml(chart.unit)}.` : '';
  const alt = escapeHtml(chart.alt);
  const numbers = [...tableHtml(chartAsTable({ ...chart, alt: '' }), `Numbers of: ${chart.title}`)].join('');
  return `<figure>
<figcaption>${alt}${unit}</figcaption>
${key}<div class="wide" role="img" aria-label="${alt}">${svg.wide}</div>
<div class="narrow" role="img" aria-label="${alt}">${svg.narrow}</div>
<details><summary>The numbers of this chart</summary>
${numbers}</details>
</figure>
`;
}

/** Paragraphs, and ruled lines to write on; what is to be signed stands above a line for the name and one for the date. */
export function proseHtml(block: Prose): string {
  if (block.signatures !== undefined) {
    const lines = block.signatures.map(({ who, what, signed }) => {
      const said = what === '' ? '' : `<p>${escapeHtml(what)}</p>\n`;
      const line = (name: string, under: string): string =>
        `<div><p class="signed">${escapeHtml(name)}</p><span>${escapeHtml(under)}</span></div>`;
      const both = line(signed?.by ?? '', who) + line(signed?.on ?? '', 'Date');
      return `<div class="signature">\n${said}<div class="lines">${both}</div>\n</div>\n`;
    });
    return lines.join('');
  }
  const lines = '<div class="ruled"></div>\n'.repeat(block.ruledLines ?? 0);
  return block.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>\n`).join('') + lines;
}

interface Plan {
  readonly key: string;
  readonly title: string;
  readonly right: boolean;
  readonly decimals: number;
  readonly long: boolean;
  /** Short values are not broken. */
  readonly short: boolean;
  readonly text: boolean;
  readonly width: number;
}

function planOf(table: Table, column: Column): Plan {
  const decimals = columnDecimals(table, column);
  let widest = 0;
  for (const row of table.rows) {
    widest = Math.max(widest, displayWidth(cellText(row[column.key], { ...FOR_PEOPLE, decimals })));
  }
  const title = columnTitle(column);
  const right = columnAlign(table, column) === 'right';
  return {
    key: column.key,
    title: escapeHtml(title),
    right,
    decimals,
    long: widest > LONG_TEXT,
    short: widest <= WRAPPED_TEXT,
    text: !right && table.rows.some((row) => typeof row[column.key] === 'string'),
    width: Math.max(widest, ...title.split(' ').map(displayWidth)),
  };
}

function cellHtml(
  plan: Plan,
  row: Readonly<Record<string, Cell>>,
  first: boolean,
  cards: boolean,
  blankIfAbsent: boolean,
): string {
  const cell = row[plan.key];
  const absent = blankIfAbsent && !(plan.key in row);
  const text = absent ? '' : cellText(cell, { ...FOR_PEOPLE, decimals: plan.decimals });
  const kept = typeof cell === 'object' && cell !== null && cell.kind !== 'tone';
  const classes = [
    plan.right ? 'num' : '',
    (kept || plan.short) && !plan.right ? 'keep' : '',
    plan.long ? 'long-text' : '',
  ];
  if (absent) classes.push('blank');
  else if (text === UNKNOWN) classes.push('none');
  const named = classes.filter((name) => name !== '').join(' ');
  const attributes = named === '' ? '' : ` class="${named}"`;
  const tone = toneOf(cell);
  const content = tone === null ? valueHtml(cell, text) : `<span class="${tone}">${escapeHtml(text)}</span>`;
  if (first) return `<th scope="row"${cards ? ' role="rowheader"' : ''}${attributes}>${content}</th>`;
  return cards
    ? `<td role="cell" data-label="${plan.title}"${attributes}>${content}</td>`
    : `<td${attributes}>${content}</td>`;
}

function valueHtml(cell: Cell | undefined, text: string): string {
  const known = typeof cell === 'object' && cell !== null && text !== UNKNOWN;
  if (known && cell.kind === 'instant' && cell.at !== null) {
    return `<time datetime="${isoInstant(cell.at)}">${escapeHtml(text)}</time>`;
  }
  return escapeHtml(text);
}

/** A share's base is set smaller than the share. */
function figureHtml(cell: Cell, text: string): string {
  const share = shareOf(cell, text);
  if (share === null) return valueHtml(cell, text);
  return `${escapeHtml(share[0])} <span class="of">of ${escapeHtml(share[1])}</span>`;
}

function shareOf(cell: Cell, text: string): [share: string, base: string] | null {
  if (typeof cell !== 'object' || cell === null || cell.kind !== 'percent') return null;
  const [share = '', base = ''] = text.split(' of ');
  return [share, base];
}

function keyHtml(chart: Chart): string {
  const dashes = ['', ' stroke-dasharray="5 4"', ' stroke-dasharray="2 3"'];
  const entries = chart.series.map((series, index) => {
    const color = `var(--c${(index % 6) + 1})`;
    const mark =
      chart.form === 'line'
        ? `<path d="M0 6H22" fill="none" stroke="${color}" stroke-width="2"${dashes[index % 3]}/>`
        : `<rect width="22" height="12" rx="1" fill="${color}"/>`;
    return `<li><svg viewBox="0 0 22 12" aria-hidden="true">${mark}</svg>${escapeHtml(series.name)}</li>`;
  });
  return `<ul class="key">${entries.join('')}</ul>\n`;
}
