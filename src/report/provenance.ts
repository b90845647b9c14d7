import { peopleAge, peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { dateText, oneLine } from './cell.ts';
import type { Document } from './document.ts';

/** The last line of everything printed for people: how old the newest import behind it is. */
export function newestImportLine(document: Pick<Document, 'asOf' | 'newestImport'>): string {
  return document.newestImport === null
    ? 'No import stands behind this.'
    : `Newest import: ${newestImportText(document.newestImport, document.asOf)}`;
}

/** `20 Nov 2026 14:30, 6 h before the as-of`; how long after it an import was made tells nothing of what is told. */
export function newestImportText(newest: Instant, asOf: Instant): string {
  const when = peopleInstant(newest);
  if (newest === asOf) return `${when}, at the as-of`;
  if (newest > asOf) return `${when}, made later: what is told is of the as-of`;
  return `${when}, ${peopleAge(asOf - newest)} before the as-of`;
}

/** `2020-Q4 (1 Oct 2020 to 31 Dec 2020)`, or null when the document has no period. */
export function periodText(document: Document): string | null {
  const period = document.period;
  if (period === undefined) return null;
  return oneLine(`${period.label} (${dateText(period.from)} to ${dateText(period.to)})`);
}

/** `As of 5 Nov 2020 14:30 · 2020-Q4 (1 Oct 2020 to 31 Dec 2020)`. */
export function asOfLine(document: Document): string {
  const period = periodText(document);
  return `As of ${peopleInstant(document.asOf)}${period === null ? '' : ` · ${period}`}`;
}
