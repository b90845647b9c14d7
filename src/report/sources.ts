import { peopleCount, peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Document } from './document.ts';

/** A file behind a report's figures. */
export interface Source {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  /** Of these rows, those whose record an earlier one had told of already, and those refused; absent where none counts them. */
  readonly repeated?: number;
  readonly rejected?: number;
  readonly importedAt: Instant;
}

/** Where figures come from: the rule set's hash, the head of the directive's chain for who may have it, and the files. */
export interface Provenance {
  readonly ruleset: string;
  readonly auditHead: string | null;
  readonly sources: readonly Source[];
}

type Footer = NonNullable<Document['footer']>;

/** The foot of a report: where its figures come from, what `more` there is to say, and the command that repeats it. */
export function provenanceFooter(
  { ruleset, auditHead, sources }: Provenance,
  command: string,
  more: Footer = [],
): Footer {
  return [
    { label: 'Rule set', text: ruleset },
    ...(auditHead === null ? [] : [{ label: 'Audit head', text: auditHead }]),
    ...sources.map((source) => ({ label: 'Source', text: sourceText(source) })),
    ...more,
    { label: 'Command', text: command },
  ];
}

function sourceText({ file, sha256, rows, repeated = 0, rejected = 0, importedAt }: Source): string {
  const fates = [
    ...(repeated > 0 ? [`${peopleCount(repeated)} of a number told of before`] : []),
    ...(rejected > 0 ? [`${peopleCount(rejected)} refused`] : []),
  ].join(', ');
  const counted = `${peopleCount(rows)} rows${fates === '' ? '' : ` (${fates})`}`;
  return `${file}, ${counted}, sha256 ${sha256}, imported ${peopleInstant(importedAt)}`;
}
