import PDFDocument from 'pdfkit';
import { peopleInstant } from '../core/duration.ts';
import type { Document } from './document.ts';
import { cutToWidth, FONTS, type Font, type Measure, pdfLine, wrapLines } from './pdf-text.ts';
import { periodText } from './provenance.ts';

/** US letter with margins, in points. */
export const PAGE = { width: 612, height: 792, left: 54, right: 558, top: 72, bottom: 728 } as const;
export const TEXT_WIDTH = PAGE.right - PAGE.left;

/** The colours of paper: the same as the printed web page's. */
export const INK = {
  text: '#1a2027',
  soft: '#5a6672',
  rule: '#dde2e8',
  strong: '#aab4bf',
  panel: '#f5f7f9',
  accent: '#1d4f7c',
  good: '#1b6b41',
  warn: '#8a5600',
  bad: '#a62a1f',
} as const;
export const SERIES = ['#1d4f7c', '#8fa3b5', '#5b93c4', '#47525e', '#b9d2e8', '#7a8794'] as const;

export interface TextStyle {
  readonly font?: Font;
  readonly size?: number;
  readonly color?: string;
}

/** A sheaf of pages with a place to go on writing. */
export interface Pages {
  /** Where the next thing goes, in points from the top of the page. */
  y: number;
  readonly measure: Measure;
  /** Begins a page unless `height` points are left on this one; answers whether it did. */
  need(height: number): boolean;
  newPage(): void;
  /** One line at a place. */
  line(text: string, x: number, y: number, style?: TextStyle): void;
  /** The same, ending at `right`. */
  lineTo(text: string, right: number, y: number, style?: TextStyle): void;
  /** Lines of a paragraph from `x`, `width` wide, at `y` and on over page ends; moves `y`. */
  paragraph(text: string, x: number, width: number, style?: TextStyle): void;
  rule(y: number, color?: string, thickness?: number, from?: number, to?: number): void;
  box(x: number, y: number, width: number, height: number, color: string, radius?: number): void;
  path(points: readonly (readonly [number, number])[], color: string, thickness: number): void;
  dot(x: number, y: number, radius: number, color: string): void;
  /** An entry of the reader's table of contents that leads to this page. */
  bookmark(title: string): void;
  /** Writes page heads and feet, and gives the file. */
  finish(): Promise<readonly Uint8Array[]>;
}

export const LINE_HEIGHT = 1.35;

/** Opens the pages of a document; a cover takes the place of the first page's head. Dates in the file come from the as-of: the same document gives the same bytes. */
export function openPages(document: Document, cover: boolean): Pages {
  const pdf = new PDFDocument({
    size: 'LETTER',
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    bufferPages: true,
    lang: 'en-US',
    displayTitle: true,
    info: {
      Title: pdfLine(
        document.subtitle === undefined ? document.title : `${document.title}, ${document.subtitle}`,
      ),
      Creator: 'rollcall',
      Producer: 'rollcall',
      CreationDate: new Date(document.asOf * 1000),
      ModDate: new Date(document.asOf * 1000),
    },
  });
  const pieces: Uint8Array[] = [];
  const done = new Promise<void>((ended, failed) => {
    pdf.on('data', (piece: Uint8Array) => pieces.push(piece));
    pdf.on('end', () => ended());
    pdf.on('error', failed);
  });
  const widths = new Map<string, number>();
  let font: Font = FONTS.plain;
  let size = 10;
  const set = (nextFont: Font, nextSize: number): void => {
    if (font !== nextFont) pdf.font(nextFont);
    if (size !== nextSize) pdf.fontSize(nextSize);
    font = nextFont;
    size = nextSize;
  };
  pdf.font(font).fontSize(size);

  const measure: Measure = (text, inFont, inSize) => {
    const key = `${inFont} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      set(inFont, 10);
      width = pdf.widthOfString(text) / 10;
      widths.set(key, width);
    }
    return width * inSize;
  };
  const put = (text: string, x: number, y: number, style: TextStyle): void => {
    set(style.font ?? FONTS.plain, style.size ?? 10);
    pdf.fillColor(style.color ?? INK.text).text(text, x, y, { lineBreak: false });
  };

  const pages: Pages = {
    y: PAGE.top,
    measure,
    need(height) {
      if (pages.y + height <= PAGE.bottom) return false;
      pages.newPage();
      return true;
    },
    newPage() {
      pdf.addPage();
      pages.y = PAGE.top;
    },
    line: (text, x, y, style = {}) => put(pdfLine(text), x, y, style),
    lineTo(text, right, y, style = {}) {
      const shown = pdfLine(text);
      put(shown, right - measure(shown, style.font ?? FONTS.plain, style.size ?? 10), y, style);
    },
    paragraph(text, x, width, style = {}) {
      const points = style.size ?? 10;
      for (const line of wrapLines(pdfLine(text), width, style.font ?? FONTS.plain, points, measure)) {
        pages.need(points * LINE_HEIGHT);
        put(line, x, pages.y, style);
        pages.y += points * LINE_HEIGHT;
      }
    },
    rule(y, color = INK.rule, thickness = 0.6, from = PAGE.left, to = PAGE.right) {
      pdf.lineWidth(thickness).strokeColor(color).moveTo(from, y).lineTo(to, y).stroke();
    },
    box(x, y, width, height, color, radius = 0) {
      if (radius > 0) pdf.roundedRect(x, y, width, height, radius).fill(color);
      else pdf.rect(x, y, width, height).fill(color);
    },
    path(points, color, thickness) {
      const [first, ...rest] = points;
      if (first === undefined) return;
      pdf.lineWidth(thickness).strokeColor(color).moveTo(first[0], first[1]);
      for (const [x, y] of rest) pdf.lineTo(x, y);
      pdf.stroke();
    },
    dot: (x, y, radius, color) => {
      pdf.circle(x, y, radius).fill(color);
    },
    bookmark(title) {
      pdf.outline.addItem(pdfLine(title));
    },
    async finish() {
      const { start, count } = pdf.bufferedPageRange();
      const when = `As of ${peopleInstant(document.asOf)}`;
      for (let at = 0; at < count; at++) {
        pdf.switchToPage(start + at);
        if (at > 0 || !cover) head();
        pages.rule(748, INK.rule);
        put(when, PAGE.left, 754, { size: 8, color: INK.soft });
        pages.lineTo(`Page ${at + 1} of ${count}`, PAGE.right, 754, { size: 8, color: INK.soft });
      }
      pdf.end();
      await done;
      return pieces;
    },
  };

  function head(): void {
    const period = periodText(document) ?? '';
    const style = { size: 8, color: INK.soft };
    const room = TEXT_WIDTH - measure(pdfLine(period), FONTS.plain, 8) - 16;
    const title =
      document.subtitle === undefined ? document.title : `${document.title} · ${document.subtitle}`;
    put(cutToWidth(pdfLine(title), room, FONTS.plain, 8, measure), PAGE.left, 40, style);
    pages.lineTo(period, PAGE.right, 40, style);
    pages.rule(54, INK.rule);
  }

  return pages;
}
