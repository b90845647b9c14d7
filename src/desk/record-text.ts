import { isoOrNull } from '../core/instant.ts';
import type { Block, Cell } from '../report/document.ts';
import type { Found } from './record-find.ts';

/** A cell as a JSON value: instants in ISO, durations in seconds, shares bare, marked texts without their mark. */
export function cellValue(cell: Cell): string | number | null {
  if (typeof cell !== 'object' || cell === null) return cell;
  switch (cell.kind) {
    case 'instant':
      return isoOrNull(cell.at);
    case 'date':
      return cell.date;
    case 'duration':
      return cell.seconds;
    case 'percent':
      return cell.share;
    case 'tone':
      return cell.text;
  }
}

/** The lines that every output about these records carries. */
export function bannersOf(founds: readonly Found[]): readonly string[] {
  return [...new Set(founds.flatMap((found) => found.directive.banner))];
}

/** Title of a document about a record, or about the several that share its id. */
export function titleOf(founds: readonly Found[], id: string): string {
  const [first] = founds;
  return founds.length === 1 && first !== undefined ? first.view.title : `Records ${id}`;
}

/** A line that opens a record's part of the page where several share it. */
export function sectionHead(found: Found, of: number, at: number): readonly Block[] {
  if (of === 1) return [];
  const state = stateText(found);
  const paragraphs = state === undefined ? [] : [`${state}.`];
  return [{ kind: 'prose', id: `record-${at}`, heading: found.view.title, paragraphs }];
}

/** `State: assigned`; undefined where it is kept back. */
export function stateText({ view: { state } }: Found): string | undefined {
  return state === null ? undefined : `State: ${state}`;
}

/** What the page says of time: facts are today's whatever the as-of. */
export function asOfNote(asOfGiven: boolean): readonly string[] {
  return asOfGiven
    ? [
        'State, clocks, events and findings are those of the as-of; what an export says without a date is the latest.',
      ]
    : [];
}
