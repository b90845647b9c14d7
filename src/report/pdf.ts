import { peopleInstant, plural } from '../core/duration.ts';
import { measuredBy } from './alike.ts';
import type { Block, Document } from './document.ts';
import { drawFigures, drawProse } from './pdf-blocks.ts';
import { drawChart, leastChartHeight } from './pdf-chart.ts';
import { INK, LINE_HEIGHT, openPages, PAGE, type Pages, TEXT_WIDTH } from './pdf-page.ts';
import { drawTable, leastTableHeight } from './pdf-table.ts';
import { FONTS, foreignSigns, pdfLine, wrapLines } from './pdf-text.ts';
import { newestImportText, periodText } from './provenance.ts';

/** The document as a PDF file, in pieces: US letter, page numbers, bookmarks; the same document, the same bytes. */
export async function pdfChunks(document: Document): Promise<readonly Uint8Array[]> {
  const [first] = document.blocks;
  // A sheaf of forms has no cover: each form is a page of its own.
  const cover = !(first?.kind === 'prose' && first.startsPage === true);
  const pages = openPages(document, cover);
  if (cover) drawCover(pages, document);
  let sectionOpen = false;
  for (const [at, block] of document.blocks.entries()) {
    if (block.kind === 'prose' && block.startsPage === true && at > 0) pages.newPage();
    if (block.kind === 'prose' && block.heading !== undefined) sectionOpen = true;
    if (block.kind === 'prose' && block.lowerHalf === true) {
      pages.y = Math.max(pages.y, PAGE.height / 2);
      pages.rule(pages.y, INK.strong, 0.9);
    }
    drawBlock(pages, block, document.blocks, sectionOpen && block.kind !== 'prose');
  }
  drawNotes(pages, document);
  drawFooter(pages, document);
  return pages.finish();
}

function drawCover(pages: Pages, document: Document): void {
  pages.y = 50;
  pages.paragraph(document.title, PAGE.left, TEXT_WIDTH, { font: FONTS.bold, size: 21 });
  if (document.subtitle !== undefined) {
    pages.paragraph(document.subtitle, PAGE.left, TEXT_WIDTH, { size: 12, color: INK.soft });
  }
  pages.y += 10;
  pages.rule(pages.y, INK.text, 1.4);
  const facts = [
    { label: 'As of', text: peopleInstant(document.asOf) },
    { label: 'Period', text: periodText(document) },
    {
      label: 'Newest import',
      text:
        document.newestImport === null
          ? 'nothing has been imported'
          : newestImportText(document.newestImport, document.asOf),
    },
  ].filter((fact) => fact.text !== null);
  // The as-of is the shortest of the three.
  const shares = facts.length === 3 ? [0.24, 0.37, 0.39] : [0.4, 0.6];
  let x: number = PAGE.left;
  let deepest = 0;
  for (const [i, { label, text }] of facts.entries()) {
    const width = TEXT_WIDTH * (shares[i] ?? 0.3);
    pages.line(label, x, pages.y + 9, { size: 8, color: INK.soft });
    const lines = wrapLines(pdfLine(text ?? ''), width - 12, FONTS.plain, 9.4, pages.measure);
    for (const [at, line] of lines.entries()) pages.line(line, x, pages.y + 20 + at * 12, { size: 9.4 });
    deepest = Math.max(deepest, lines.length);
    x += width;
  }
  pages.y += 28 + deepest * 12;
  pages.rule(pages.y, INK.rule);
  for (const line of document.banner ?? []) {
    pages.y += 8;
    const from = pages.y;
    pages.paragraph(line, PAGE.left + 12, TEXT_WIDTH - 12, { size: 9.4 });
    pages.box(PAGE.left, from - 2, 3, pages.y - from + 2, INK.accent);
  }
  pages.y += 2;
}

function drawBlock(pages: Pages, block: Block, all: readonly Block[], inside: boolean): void {
  const title = block.kind === 'prose' ? block.heading : block.title;
  if (title !== undefined) {
    const size = inside ? 11 : 13.5;
    pages.y += inside ? 12 : 16;
    // A heading never stands alone at the foot of a page.
    pages.need(size + 14 + leastHeight(pages, block, all));
    if (!inside) pages.bookmark(title);
    pages.paragraph(title, PAGE.left, TEXT_WIDTH, { font: FONTS.bold, size });
    pages.y += 4;
  } else pages.y += 10;
  switch (block.kind) {
    case 'figures':
      drawFigures(pages, block);
      return;
    case 'table':
      drawTable(pages, block, measuredBy(all, block));
      return;
    case 'chart':
      drawChart(pages, block);
      return;
    case 'prose':
      drawProse(pages, block);
      return;
  }
}

function leastHeight(pages: Pages, block: Block, all: readonly Block[]): number {
  switch (block.kind) {
    case 'chart':
      return leastChartHeight(block);
    case 'figures':
      return 76;
    case 'table':
      return leastTableHeight(pages, block, measuredBy(all, block));
    case 'prose':
      return block.signatures === undefined ? 36 : block.signatures.length * 70;
  }
}

const NOTE = { size: 9, indent: 14, gap: 3 } as const;
const SOURCE = { size: 7.6, indent: 84, gap: 2 } as const;

function drawNotes(pages: Pages, document: Document): void {
  const foreign = foreignSigns(document);
  const told = `${plural(foreign, 'sign')} that the fonts of this file lack stand as code points: [U+6F22].`;
  const notes = [...(document.notes ?? []), ...(foreign === 0 ? [] : [told])];
  if (notes.length === 0) return;
  const heading = 24;
  const footer = document.footer ?? [];
  const whole = heading + heightOf(pages, notes, NOTE) + footerHeight(pages, document);
  pages.y += 20;
  // With the footer where that fits on a page: it would else stand alone on the last one.
  pages.need(footer.length > 0 && whole <= PAGE.bottom - PAGE.top ? whole : 60);
  pages.bookmark('Notes');
  pages.paragraph('Notes', PAGE.left, TEXT_WIDTH, { font: FONTS.bold, size: 13.5 });
  pages.y += 4;
  for (const note of notes) {
    pages.need(26);
    pages.line('•', PAGE.left + 2, pages.y, { size: NOTE.size, color: INK.soft });
    pages.paragraph(note, PAGE.left + NOTE.indent, TEXT_WIDTH - NOTE.indent, { size: NOTE.size });
    pages.y += NOTE.gap;
  }
}

function drawFooter(pages: Pages, document: Document): void {
  const { footer = [] } = document;
  if (footer.length === 0) return;
  pages.y += 14;
  // Together where it fits on a page: two lines of it alone say nothing.
  pages.need(Math.min(PAGE.bottom - PAGE.top, footerHeight(pages, document) - 14));
  pages.rule(pages.y, INK.rule);
  pages.y += 8;
  for (const { label, text } of footer) {
    pages.need(heightOf(pages, [text], SOURCE) - SOURCE.gap);
    pages.line(label, PAGE.left, pages.y, { size: SOURCE.size, color: INK.soft });
    pages.paragraph(text, PAGE.left + SOURCE.indent, TEXT_WIDTH - SOURCE.indent, { size: SOURCE.size });
    pages.y += SOURCE.gap;
  }
}

/** The footer with the space before it. */
function footerHeight(pages: Pages, { footer = [] }: Document): number {
  const texts = footer.map(({ text }) => text);
  return 14 + 8 + heightOf(pages, texts, SOURCE);
}

function heightOf(
  pages: Pages,
  texts: readonly string[],
  { size, indent, gap }: { readonly size: number; readonly indent: number; readonly gap: number },
): number {
  const lines = (text: string) =>
    wrapLines(pdfLine(text), TEXT_WIDTH - indent, FONTS.plain, size, pages.measure).length;
  return texts.reduce((sum, text) => sum + lines(text) * size * LINE_HEIGHT + gap, 0);
}
