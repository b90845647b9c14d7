import type { Column } from './document.ts';
import { displayWidth, wrapLines } from './width.ts';

/** Spaces between columns of a terminal table. */
export const GAP = 2;
/** A text column is not made narrower than this while another column could be left out instead. */
const READABLE = 16;
const NARROWEST = 6;

export interface Measured {
  readonly column: Column;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Widest value. */
  readonly content: number;
  /** False for numbers, instants, durations and shares: a cut number would be a wrong number. */
  readonly cuttable: boolean;
}

export interface Fitted extends Measured {
  readonly width: number;
  readonly heading: readonly string[];
}

/**
 * Column widths for a terminal `width` columns wide. In this order, until they fit: break headings into lines,
 * leave out columns by priority (highest number first), shorten the longest texts. Numbers are never shortened.
 */
export function fitColumns(
  measured: readonly Measured[],
  width: number,
): { columns: Fitted[]; leftOut: Column[] } {
  const kept = [...measured];
  const leftOut: Column[] = [];
  const total = (widths: readonly number[]) =>
    widths.reduce((sum, each) => sum + each, 0) + GAP * Math.max(0, widths.length - 1);
  const full = measured.map((each) => Math.max(each.content, displayWidth(each.title)));
  if (total(full) <= width)
    return { columns: measured.map((each, at) => fitted(each, full[at] ?? 0)), leftOut };
  while (total(kept.map(readableWidth)) > width) {
    const drop = nextToDrop(kept);
    if (drop === -1) break;
    leftOut.push(...kept.splice(drop, 1).map((each) => each.column));
  }
  const widths = kept.map(broken);
  for (const floor of [READABLE, NARROWEST]) {
    while (total(widths) > width) {
      const longest = longestCuttable(kept, widths, floor);
      if (longest === -1) break;
      widths[longest] = (widths[longest] ?? 0) - 1;
    }
  }
  spread(kept, widths, width - total(widths));
  // Said in the table's own order, whatever order they went in.
  const order = measured.map((each) => each.column).filter((column) => leftOut.includes(column));
  return { columns: kept.map((each, at) => fitted(each, widths[at] ?? 0)), leftOut: order };
}

/** Room that is left goes to the tallest heading, as long as the room makes it lower. */
function spread(kept: readonly Measured[], widths: number[], room: number): void {
  const lines = kept.map((each, at) => wrapLines(each.title, widths[at] ?? 0).length);
  const stuck = new Set<number>();
  let left = room;
  while (stuck.size < kept.length) {
    let tallest = -1;
    lines.forEach((height, at) => {
      if (!stuck.has(at) && height > (tallest === -1 ? 1 : (lines[tallest] ?? 1))) tallest = at;
    });
    if (tallest === -1) return;
    const title = kept[tallest]?.title ?? '';
    const height = lines[tallest] ?? 1;
    let wider = widths[tallest] ?? 0;
    const limit = wider + left;
    while (wider < limit && wrapLines(title, wider).length >= height) wider += 1;
    const reached = wrapLines(title, wider).length;
    if (reached >= height) stuck.add(tallest);
    else {
      left = limit - wider;
      widths[tallest] = wider;
      lines[tallest] = reached;
    }
  }
}

function fitted(each: Measured, width: number): Fitted {
  return { ...each, width, heading: wrapLines(each.title, width) };
}

/** The width with its heading broken at every space that helps. */
function broken(each: Measured): number {
  return Math.max(each.content, ...each.title.split(' ').map(displayWidth));
}

function readableWidth(each: Measured): number {
  return each.cuttable ? Math.min(broken(each), READABLE) : broken(each);
}

function nextToDrop(kept: readonly Measured[]): number {
  let found = -1;
  let highest = 0;
  kept.forEach((each, at) => {
    const priority = each.column.priority ?? 0;
    if (priority > 0 && priority >= highest) {
      highest = priority;
      found = at;
    }
  });
  return found;
}

function longestCuttable(kept: readonly Measured[], widths: readonly number[], floor: number): number {
  let found = -1;
  let longest = floor;
  kept.forEach((each, at) => {
    const width = widths[at] ?? 0;
    if (each.cuttable && width > longest) {
      longest = width;
      found = at;
    }
  });
  return found;
}
