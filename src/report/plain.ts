import { chartAsTable } from './as-table.ts';
import { cellText, columnTitle, FOR_TOOLS, oneLine } from './cell.ts';
import type { Document, Table } from './document.ts';
import { asOfLine, newestImportLine } from './provenance.ts';

const BATCH = 1000;

/** The document as tab-separated lines without colour or truncation; the last line says the newest import. */
export function renderPlain(document: Document): string {
  return [...plainChunks(document)].join('');
}

/** renderPlain in pieces of at most BATCH rows, each ending with a line break. */
export function* plainChunks(document: Document): Generator<string> {
  let head = `${oneLine(document.title)}\n`;
  if (document.subtitle) head += `${oneLine(document.subtitle)}\n`;
  for (const line of document.banner ?? []) head += `${oneLine(line)}\n`;
  yield `${head}${asOfLine(document)}\n`;
  for (const block of document.blocks) {
    switch (block.kind) {
      case 'table':
        yield* tableLines(block);
        break;
      case 'chart':
        yield* tableLines(chartAsTable(block));
        break;
      case 'figures':
        yield `\n${titleLine(block.title)}${block.figures
          .map(({ label, value, note }) =>
            line([oneLine(label), cellText(value, FOR_TOOLS), ...(note ? [oneLine(note)] : [])]),
          )
          .join('')}`;
        break;
      case 'prose':
        yield `\n${titleLine(block.heading)}${block.paragraphs.map((text) => `${oneLine(text)}\n`).join('')}`;
        break;
    }
  }
  let tail = '\n';
  for (const note of document.notes ?? []) tail += `${oneLine(note)}\n`;
  for (const entry of document.footer ?? []) tail += line([oneLine(entry.label), oneLine(entry.text)]);
  yield `${tail}${newestImportLine(document)}\n`;
}

function* tableLines(table: Table): Generator<string> {
  const title = `\n${titleLine(table.title)}`;
  const caption = table.caption ? `${oneLine(table.caption)}\n` : '';
  if (table.rows.length === 0 && table.empty !== undefined) {
    yield `${title}${oneLine(table.empty)}\n`;
    return;
  }
  const keys = table.columns.map((column) => column.key);
  yield title + line(table.columns.map(columnTitle));
  for (let start = 0; start < table.rows.length; start += BATCH) {
    let text = '';
    for (const row of table.rows.slice(start, start + BATCH)) {
      text += line(keys.map((key) => cellText(row[key], FOR_TOOLS)));
    }
    yield text;
  }
  const totals = table.totals;
  const last = totals ? line(keys.map((key) => (key in totals ? cellText(totals[key], FOR_TOOLS) : ''))) : '';
  if (last || caption) yield last + caption;
}

function titleLine(title: string | undefined): string {
  return title ? `${oneLine(title)}\n` : '';
}

function line(values: readonly string[]): string {
  return `${values.join('\t')}\n`;
}
