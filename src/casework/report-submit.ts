import { hash } from 'node:crypto';
import { localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { peopleInstant } from '../core/duration.ts';
import { refusal } from '../core/errors.ts';
import { FAR_FUTURE } from '../core/instant.ts';
import { requireRole } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { write } from '../store/store.ts';
import { addEvidence } from './evidence.ts';
import { canonical, openChain } from './log.ts';
import { type Archived, keptReport, latestVersion, otherDistrict, roleOf } from './report-archive.ts';
import { archiveText, sameFigures } from './report-bytes.ts';
import { type ReportKind, type ReportSubject, recordOf, reportId } from './report-kind.ts';

/** A report that was archived: the SHA-256 of its bytes, under which it is known. */
export interface Submitted {
  readonly id: string;
  readonly recordId: string;
  readonly digest: string;
  readonly version: number;
  /** The archive holds these figures already, and nothing was written. */
  readonly already: boolean;
  /** As the archive holds it, or would without a dry run. */
  readonly archived: Archived | undefined;
}

/** What is said of a submission to who made it. */
export function submittedText({ dryRun }: Context, submitted: Submitted): string {
  const { id, version, digest, already, archived } = submitted;
  // As --archived takes it.
  const name = `${id}@${version}`;
  if (already) return `${name} is ${archived?.state ?? 'submitted'} with these figures: nothing was written`;
  const done = dryRun ? 'Would submit' : 'Submitted';
  return `${done} ${name}, sha256 ${digest}. Keep the file (-o) in the office`;
}

/** The same for JSON; nothing without a submission. */
export function submittedData(submitted: Submitted | null): Readonly<Record<string, unknown>> {
  if (submitted === null) return {};
  const { recordId, digest, version, already } = submitted;
  return { submitted: { recordId, digest, version, already } };
}

/** A report to be archived: what it is about, whether its period goes on, its data, and what of these the event tells. */
export interface Draft extends ReportSubject {
  readonly soFar: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly totals: Readonly<Record<string, unknown>>;
  readonly document: Document;
}

/**
 * Archives a report whose period is over: its bytes, an event `submitted` in the directive's chain and, where a rule asks
 * for it, a record of evidence, all with the digest of its data. Refuses roles that do not submit it, other districts
 * than the member's own, and an as-of before what was done with it already.
 */
export async function submitReport(context: Context, kind: ReportKind, draft: Draft): Promise<Submitted> {
  const { period, district, beat } = draft;
  const guard = kind.guards(district).submit;
  const cite = loadPolicy(context.env).cite(guard.rule);
  const refuse = (text: string): Error => refusal(guard.rule, cite, text);
  if (draft.soFar) throw refuse(`${period} is not over, so its report cannot be submitted.`);
  const id = reportId(draft);
  const text = archiveText(draft.data);
  const digest = hash('sha256', text, 'hex');
  const done = await write(
    context.storePath,
    async (writer) => {
      const what = { rule: guard.rule, cite, what: 'submit the status report' };
      const actor = await requireRole(writer, context, guard.roles, what);
      const other = await otherDistrict(writer, context, actor, guard, district);
      if (other !== null) throw refuse(`${actor.memberId} acts for ${other}, not ${district}.`);
      const last = await keptReport(writer, kind, id, null, FAR_FUTURE);
      const since = last?.decidedAt ?? last?.submittedAt ?? context.now;
      if (last !== undefined && since > context.now)
        throw refuse(
          `${id}, version ${last.version}, was ${last.state} ${peopleInstant(since)}, after the as-of.`,
        );
      // The same figures twice are one submission, unless they were sent back in between.
      if (last !== undefined && last.state !== 'returned' && sameFigures(last.data, draft.data)) {
        return { version: last.version, archived: last, already: true, digest: last.digest };
      }
      const next = (last?.version ?? 0) + 1;
      await writer.write
        .insertInto('status_report')
        .values({
          system: kind.system,
          report_id: id,
          version: next,
          period,
          district,
          beat,
          state: 'submitted',
          digest,
          data: text,
          document: canonical(draft.document),
          submitted_at: context.now,
          submitted_by: actor.memberId,
          decided_at: null,
          decided_by: null,
          reason: null,
        })
        .execute();
      openChain(writer, kind.system, context.clock()).append({
        recordId: recordOf(id, next),
        name: 'submitted',
        at: context.now,
        unit: district,
        actorId: actor.memberId,
        role: roleOf(actor, guard),
        origin: 'local',
        content: { period, district, beat, version: next, digest, totals: draft.totals },
      });
      const rule = kind.evidence(period, district);
      if (rule !== null) {
        const evidence = {
          rule,
          on: localDate(context.now),
          by: actor.memberId,
          district: district ?? '',
          note: `status report ${period}${beat === null ? '' : `, beat ${beat}`} submitted`,
          document: `sha256 ${digest}`,
        };
        addEvidence(writer, { id: rule, system: kind.system }, evidence, actor.memberId, context.clock());
      }
      const archived = await latestVersion(writer, kind, id, context.now);
      return { version: next, archived, already: false, digest };
    },
    { dryRun: context.dryRun },
  );
  return { id, recordId: recordOf(id, done.version), ...done };
}
