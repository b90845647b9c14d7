import { oneLine } from './cell.ts';

/** The fonts of a page: standard ones, which every reader of PDF brings along. */
export const FONTS = {
  plain: 'Helvetica',
  bold: 'Helvetica-Bold',
  slanted: 'Helvetica-Oblique',
  fixed: 'Courier',
} as const;
export type Font = (typeof FONTS)[keyof typeof FONTS];

/** Characters past Latin-1 that the standard fonts hold. */
const BEYOND_LATIN = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
const STANDS_FOR: Readonly<Record<string, string>> = {
  // Letters that no accent makes of another one.
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
  '✓': '+',
  '✗': 'x',
  '−': '-',
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  '‐': '-',
  '‑': '-',
  '\u202f': ' ',
};

/**
 * One line in the characters that the fonts have: accents they lack are dropped, and any other sign is told by its code
 * point, `[U+6F22]`, so that none is lost. No font of a size to embed has the signs of every script.
 */
export function pdfLine(text: string): string {
  const line = oneLine(text);
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  let out = '';
  for (const sign of line.normalize('NFC')) {
    if (isHeld(sign)) out += sign;
    else out += STANDS_FOR[sign] ?? bare(sign);
  }
  return out;
}

function isHeld(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN.has(sign);
}

function bare(sign: string): string {
  const plain = sign.normalize('NFD').replace(/\p{M}/gu, '');
  return plain !== '' && [...plain].every(isHeld) ? plain : codePoint(sign);
}

function codePoint(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** How many signs of a document's texts stand in its PDF by their code points alone. */
export function foreignSigns(document: object): number {
  const text = JSON.stringify(document);
  let count = 0;
  for (const [beyond] of text.matchAll(/[^\x20-\xff]+/gu))
    for (const sign of oneLine(beyond).normalize('NFC'))
      if (!isHeld(sign) && STANDS_FOR[sign] === undefined && bare(sign).startsWith('[U+')) count += 1;
  return count;
}

/** Width of a text in points. */
export type Measure = (text: string, font: Font, size: number) => number;

/** A text in lines of at most `width` points, broken at spaces and, where one word is too long, inside it. */
export function wrapLines(
  text: string,
  width: number,
  font: Font,
  size: number,
  measure: Measure,
): readonly string[] {
  if (measure(text, font, size) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer, font, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (measure(line, font, size) > width && line.length > 1) {
      const fits = fitting(line, width, font, size, measure);
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function fitting(word: string, width: number, font: Font, size: number, measure: Measure): number {
  let from = 1;
  let to = word.length;
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (measure(word.slice(0, middle), font, size) <= width) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** A text cut to `width` points, with `…` where something is missing. */
export function cutToWidth(text: string, width: number, font: Font, size: number, measure: Measure): string {
  if (measure(text, font, size) <= width) return text;
  return `${text.slice(0, fitting(text, width - measure('…', font, size), font, size, measure)).trimEnd()}…`;
}
