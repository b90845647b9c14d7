import { dayNumber, localDay } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import { parsePeriod } from '../core/period.ts';
import type { Block, Document, Signature } from '../report/document.ts';
import { signatureBlock } from '../report/signing.ts';
import { read } from '../store/store.ts';
import { titleOf } from './act-outcome.ts';
import { type Archived, keptReport, type ReportState } from './report-archive.ts';
import { sameFigures } from './report-bytes.ts';
import { type ReportKind, type ReportSubject, reportId } from './report-kind.ts';
import type { Submitted } from './report-submit.ts';

/** Where a report stands, and the last version that was submitted, whether or not it is this one. */
export interface Standing {
  readonly state: ReportState;
  readonly last: Archived | null;
}

/**
 * A report is what became of its submitted figures; with others than those it is a draft. One that is being submitted
 * stands as its submission leaves it, on a dry run too.
 */
export async function standingOf(
  context: Context,
  kind: ReportKind,
  subject: ReportSubject,
  data: Readonly<Record<string, unknown>>,
  submitted: Submitted | null,
): Promise<Standing> {
  if (submitted?.archived !== undefined && !submitted.already)
    return { state: submitted.archived.state, last: submitted.archived };
  const id = reportId(subject);
  const last = await read(context.storePath, (reader) => keptReport(reader, kind, id, null, context.now));
  if (last === undefined) return { state: 'draft', last: null };
  const { data: kept, document: _, ...archived } = last;
  return { state: sameFigures(kept, data) ? last.state : 'draft', last: archived };
}

/**
 * A report with its state on the cover and at its foot, with the hash of what was archived, and with who submitted and who
 * approved it where they sign. A dry run says in its title that nothing was submitted.
 */
export function withStanding(
  document: Document,
  standing: Standing,
  trial: Pick<Context, 'dryRun'> = { dryRun: false },
): Document {
  const { state, last } = standing;
  const told = standingText(standing);
  const foot = [{ label: 'State', text: told }];
  if (last !== null && state !== 'draft')
    foot.push({ label: 'Archived', text: `${last.id}, version ${last.version}, sha256 ${last.digest}` });
  return {
    ...document,
    title: titleOf(trial, document.title),
    banner: [...(document.banner ?? []), `${told}.`],
    blocks: document.blocks.map((block) => signed(block, standing)),
    footer: [...foot, ...(document.footer ?? [])],
  };
}

/** The first who signs is who submits, the last who decides. */
function signed(block: Block, { state, last }: Standing): Block {
  if (block.kind !== 'prose' || block.signatures === undefined || last === null || state === 'draft')
    return block;
  const { submittedAt, submittedBy, submittedAs, decidedAt, decidedBy, decidedAs, reason } = last;
  const end = block.signatures.length - 1;
  return signatureBlock(
    block,
    block.signatures.map(({ who, what }, i) => {
      if (i === 0) return { who, what, signed: signedBy(submittedBy, submittedAs, submittedAt) };
      if (i < end || decidedAt === null) return { who, what };
      const decided = state === 'returned' ? `Returned: ${reason ?? ''}` : what;
      return { who, what: decided, signed: signedBy(decidedBy ?? '', decidedAs, decidedAt) };
    }),
  );
}

function signedBy(member: string, role: string | null, at: Instant): Signature['signed'] {
  return { by: role === null ? member : `${member}, ${role}`, on: peopleInstant(at) };
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
