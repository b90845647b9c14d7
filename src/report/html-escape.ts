import { oneLine } from './cell.ts';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text safe inside an element or a quoted attribute; controls, ANSI codes and bidi marks do not get through. */
export function escapeHtml(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (char) => ENTITY[char] ?? char);
}

/** Text safe inside a quoted string of a style sheet. */
export function escapeCssString(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N} .,:–-]/gu, (char) => {
    return `\\${(char.codePointAt(0) ?? 0x20).toString(16)} `;
  });
}

/** An element id made of a block's own id and its place, so that two blocks of one id stay apart. */
export function elementId(id: string, at: number): string {
  return `s${at + 1}-${id.replace(/[^A-Za-z0-9_-]+/g, '-')}`;
}
