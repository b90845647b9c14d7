import { dayNumber, localDay } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { peopleInstant } from '../core/duration.ts';
import { isoInstant, isoOrNull } from '../core/instant.ts';
import { parsePeriod } from '../core/period.ts';
import { read } from '../store/store.ts';
import { type Archived, latestVersion, type ReportState } from './report-archive.ts';
import { type ReportKind, type ReportSubject, reportId } from './report-kind.ts';
import { digestOf } from './report-submit.ts';

/** Where a report stands, and the last version that was submitted, whether or not it is this one. */
export interface Standing {
  readonly state: ReportState;
  readonly last: Archived | null;
}

/** A report is what became of its submitted bytes; with other figures than those it is a draft. */
export async function standingOf(
  context: Context,
  kind: ReportKind,
  subject: ReportSubject,
  data: Readonly<Record<string, unknown>>,
  submitted: Archived | undefined,
): Promise<Standing> {
  const id = reportId(subject);
  const last =
    submitted ?? (await read(context.storePath, (reader) => latestVersion(reader, kind, id, context.now)));
  if (last === undefined) return { state: 'draft', last: null };
  return { state: last.digest === digestOf(data) ? last.state : 'draft', last };
}

/** The same for JSON. */
export function standingData({ state, last }: Standing): Readonly<Record<string, unknown>> {
  return { state, decision: last === null ? null : archivedItem(last) };
}

/** Calendar days from the end of its period to the submission; no directive sets a day for it. */
export function daysAfterEnd({ period, submittedAt }: Archived): number {
  return localDay(submittedAt) - dayNumber(parsePeriod(period).to);
}

/** A submitted report as a JSON item. */
export function archivedItem(report: Archived): Readonly<Record<string, unknown>> {
  return {
    ...report,
    submittedAt: isoInstant(report.submittedAt),
    daysAfterEnd: daysAfterEnd(report),
    decidedAt: report.decidedAt === null ? null : isoOrNull(report.decidedAt),
  };
}

/** `Approved 5 Jan 2021 09:00 by M0013 (version 1)`. */
export function standingText({ state, last }: Standing): string {
  if (last === null) return 'Draft, not submitted';
  const told = archivedText(last);
  return state === 'draft'
    ? `Draft: its figures differ from version ${last.version}, which was ${told}`
    : capital(told);
}

function archivedText({
  state,
  version,
  submittedAt,
  submittedBy,
  decidedAt,
  decidedBy,
  reason,
}: Archived): string {
  if (decidedAt === null)
    return `submitted ${peopleInstant(submittedAt)} by ${submittedBy} (version ${version})`;
  const why = reason === null ? '' : `: ${reason}`;
  return `${state} ${peopleInstant(decidedAt)} by ${decidedBy} (version ${version})${why}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
