import { cellText, FOR_PEOPLE, toneOf } from './cell.ts';
import type { Figures, Prose } from './document.ts';
import { INK, PAGE, type Pages, TEXT_WIDTH } from './pdf-page.ts';
import { cutToWidth, FONTS, pdfLine, wrapLines } from './pdf-text.ts';

const ACROSS = 3;
const GUTTER = 10;
const RULED = 24;

/** Headline numbers on cards, three across. */
export function drawFigures(pages: Pages, { figures }: Figures): void {
  const width = (TEXT_WIDTH - GUTTER * (ACROSS - 1)) / ACROSS;
  const inner = width - 20;
  for (let from = 0; from < figures.length; from += ACROSS) {
    const cards = figures.slice(from, from + ACROSS).map(({ label, value, note }) => ({
      label: cutToWidth(pdfLine(label), inner, FONTS.plain, 8.4, pages.measure),
      value: pdfLine(cellText(value, FOR_PEOPLE)),
      tone: toneOf(value),
      notes: note === undefined ? [] : wrapLines(pdfLine(note), inner, FONTS.plain, 7.6, pages.measure),
    }));
    const height = 44 + Math.max(0, ...cards.map(({ notes }) => notes.length)) * 10;
    pages.need(height + 8);
    for (const [i, { label, value, tone, notes }] of cards.entries()) {
      const x = PAGE.left + i * (width + GUTTER);
      pages.box(x, pages.y, width, height, INK.panel, 4);
      pages.line(label, x + 10, pages.y + 9, { size: 8.4, color: INK.soft });
      const [main = '', base] = value.split(' of ');
      const size = pages.measure(value, FONTS.bold, 17) <= inner ? 17 : 11;
      const color = tone === 'good' || tone === 'warn' || tone === 'bad' ? INK[tone] : INK.text;
      pages.line(main, x + 10, pages.y + 21 + (17 - size) / 2, { font: FONTS.bold, size, color });
      if (base !== undefined) {
        const after = x + 10 + pages.measure(main, FONTS.bold, size) + 5;
        pages.line(`of ${base}`, after, pages.y + 27, { size: 9, color: INK.soft });
      }
      for (const [at, line] of notes.entries())
        pages.line(line, x + 10, pages.y + 42 + at * 10, { size: 7.6, color: INK.soft });
    }
    pages.y += height + 7;
  }
}

/** Paragraphs, then ruled lines for a hand and lines to sign. */
export function drawProse(pages: Pages, prose: Prose): void {
  if (prose.signatures === undefined) {
    for (const paragraph of prose.paragraphs) {
      pages.need(28);
      pages.paragraph(paragraph, PAGE.left, TEXT_WIDTH, { size: 9.4 });
      pages.y += 5;
    }
  }
  for (let line = 0; line < (prose.ruledLines ?? 0); line++) {
    if (!pages.need(RULED)) pages.y += RULED;
    pages.rule(pages.y, INK.strong, 0.6);
  }
  for (const { who, what, signed } of prose.signatures ?? []) {
    pages.need(58);
    if (what !== '') pages.paragraph(what, PAGE.left, TEXT_WIDTH, { size: 9.4 });
    pages.y += 28;
    for (const [x, to, under, name] of [
      [PAGE.left, PAGE.left + 300, who, signed?.by],
      [PAGE.left + 324, PAGE.right, 'Date', signed?.on],
    ] as const) {
      if (name !== undefined)
        pages.line(pdfLine(name), x, pages.y - 13, { font: FONTS.bold, size: 9.4, color: INK.text });
      pages.rule(pages.y, INK.text, 0.7, x, to);
      pages.line(under, x, pages.y + 3, { size: 8, color: INK.soft });
    }
    pages.y += 22;
  }
}
