import { chartAsTable } from './as-table.ts';
import { cellText, columnAlign, columnDecimals, columnTitle, FOR_PEOPLE, oneLine, toneOf } from './cell.ts';
import type { Block, Cell, Column, Document, Table } from './document.ts';
import { asOfLine, newestImportLine } from './provenance.ts';

const BATCH = 1000;

/** The document as GitHub-flavoured Markdown; charts become tables. */
export function renderMarkdown(document: Document): string {
  return [...markdownChunks(document)].join('');
}

/** renderMarkdown in pieces of at most BATCH rows. */
export function* markdownChunks(document: Document): Generator<string> {
  const head = [`# ${inline(document.title)}`];
  if (document.subtitle) head.push(inline(document.subtitle));
  const banner = document.banner ?? [];
  if (banner.length > 0) head.push(banner.map((line) => `> ${inline(line)}`).join('\n>\n'));
  head.push(inline(asOfLine(document)));
  yield `${head.join('\n\n')}\n`;
  let inSection = false;
  for (const block of document.blocks) {
    const heading = block.kind === 'prose' ? block.heading : block.title;
    if (block.kind === 'prose' && heading) inSection = true;
    const level = inSection && block.kind !== 'prose' ? '###' : '##';
    yield heading ? `\n${level} ${inline(heading)}\n\n` : '\n';
    yield* blockChunks(block);
  }
  let tail = '';
  const notes = document.notes ?? [];
  if (notes.length > 0) tail += `\n## Notes\n\n${notes.map((note) => `- ${inline(note)}\n`).join('')}`;
  const footer = document.footer ?? [];
  if (footer.length > 0) {
    tail += `\n---\n\n${footer.map((entry) => `- ${inline(entry.label)}: ${inline(entry.text)}\n`).join('')}`;
  }
  yield `${tail}\n${inline(newestImportLine(document))}\n`;
}

function* blockChunks(block: Block): Generator<string> {
  switch (block.kind) {
    case 'table':
      yield* tableChunks(block);
      return;
    case 'chart':
      yield* tableChunks(chartAsTable(block));
      return;
    case 'figures':
      yield block.figures
        .map(({ label, value, note }) => {
          const shown = `- ${inline(label)}: **${inline(cellText(value, FOR_PEOPLE))}**`;
          return note ? `${shown} (${inline(note)})\n` : `${shown}\n`;
        })
        .join('');
      return;
    case 'prose':
      yield block.paragraphs.map((paragraph) => `${inline(paragraph)}\n`).join('\n');
      return;
  }
}

function* tableChunks(table: Table): Generator<string> {
  if (table.rows.length === 0 && (table.empty !== undefined || table.totals === undefined)) {
    yield `${inline(table.empty ?? 'No rows.')}\n`;
    return;
  }
  const columns = table.columns.map((column) => ({ column, decimals: columnDecimals(table, column) }));
  const rule = table.columns.map((column) => (columnAlign(table, column) === 'right' ? '---:' : '---'));
  yield row(table.columns.map((column) => inline(columnTitle(column)))) + row(rule);
  for (let start = 0; start < table.rows.length; start += BATCH) {
    let text = '';
    for (const each of table.rows.slice(start, start + BATCH)) {
      text += row(columns.map(({ column, decimals }) => cell(each[column.key], decimals)));
    }
    yield text;
  }
  const totals = table.totals;
  if (totals) yield row(columns.map(({ column, decimals }) => totalCell(totals, column, decimals)));
  if (table.caption) yield `\n${inline(table.caption)}\n`;
}

function cell(value: Cell | undefined, decimals: number): string {
  const text = inline(cellText(value, { ...FOR_PEOPLE, decimals }));
  return toneOf(value) === 'strong' ? strong(text) : text;
}

function totalCell(totals: Readonly<Record<string, Cell>>, column: Column, decimals: number): string {
  return column.key in totals
    ? strong(inline(cellText(totals[column.key], { ...FOR_PEOPLE, decimals })))
    : '';
}

function strong(text: string): string {
  return text === '' ? '' : `**${text}**`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text that stays text in Markdown: no markup, no HTML, no link, no cell end, and no list or heading at its start. */
function inline(text: string): string {
  return oneLine(text)
    .trim()
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^([#+-]|\d+[.)])(?=\s|$)/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
    .replace(/^(-{3,}|={2,})$/, '\\$1');
}
