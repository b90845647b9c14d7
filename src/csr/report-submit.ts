import { hash } from 'node:crypto';
import { canonical, openChain } from '../casework/log.ts';
import { localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import { requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Writer, write } from '../store/store.ts';
import { type Archived, latestVersion, recordOf, reportId } from './report-archive.ts';
import type { CsrFigures } from './report-figures.ts';
import { placeText } from './report-json.ts';

/** A report that was archived: the SHA-256 of its bytes, under which it is known. */
export interface Submitted {
  readonly recordId: string;
  readonly digest: string;
  readonly version: number;
  /** As the archive holds it, or would without a dry run. */
  readonly archived: Archived | undefined;
}

/** The bytes that are archived. The head of the chain moves with the very submission: it is no part of them. */
function archiveText(data: Readonly<Record<string, unknown>>): string {
  return canonical({ ...data, auditHead: undefined });
}

/** The SHA-256 of a report's bytes. */
export function digestOf(data: Readonly<Record<string, unknown>>): string {
  return hash('sha256', archiveText(data), 'hex');
}

/**
 * Archives a report whose period is over (CSR-22, CSR-26): its bytes, an event `submitted` in the directive's chain and a record
 * of evidence, both with the digest of its data. Refuses other roles than the community policing sergeant's.
 */
export async function submitReport(
  context: Context,
  figures: CsrFigures,
  data: Readonly<Record<string, unknown>>,
): Promise<Submitted> {
  const cite = loadPolicy(context.env).cite('CSR-22');
  const { plan, scope, tallied } = figures;
  if (plan.soFar) {
    throw refusal('CSR-22', cite, `${plan.period.label} is not over, so its report cannot be submitted.`);
  }
  const district = placeText(scope.district, 3);
  const beat = placeText(scope.beat, 4);
  const id = reportId(plan.period.label, district, beat);
  const text = archiveText(data);
  const digest = hash('sha256', text, 'hex');
  const { version, archived } = await write(
    context.storePath,
    async (writer) => {
      const guard = { rule: 'CSR-22', cite, what: 'submit the status report' };
      const actor = await requireRole(writer, context, ['cp-sergeant'], guard);
      const last = await latestVersion(writer, id, context.now);
      // The same bytes twice are one submission, unless the commander sent them back in between.
      if (last !== undefined && last.digest === digest && last.state !== 'returned') {
        return { version: last.version, archived: last };
      }
      const next = (await lastNumber(writer, id)) + 1;
      await writer.write
        .insertInto('csr_report')
        .values({
          report_id: id,
          version: next,
          period: plan.period.label,
          district,
          beat,
          state: 'submitted',
          digest,
          data: text,
          submitted_at: context.now,
          submitted_by: actor.memberId,
          decided_at: null,
          decided_by: null,
          reason: null,
        })
        .execute();
      openChain(writer, 'csr', context.clock()).append({
        recordId: recordOf(id, next),
        name: 'submitted',
        at: context.now,
        unit: district,
        actorId: actor.memberId,
        role: 'cp-sergeant',
        origin: 'local',
        content: { period: plan.period.label, district, beat, version: next, digest, totals: tallied.totals },
      });
      await writer.write
        .insertInto('evidence')
        .values({
          rule: 'CSR-22',
          on_day: localDate(context.now),
          by_member: actor.memberId,
          district: district ?? '',
          note: `status report ${plan.period.label}${beat === null ? '' : `, beat ${beat}`} submitted`,
          document: `sha256 ${digest}`,
          batch_id: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { version: next, archived: await latestVersion(writer, id, context.now) };
    },
    { dryRun: context.dryRun },
  );
  return { recordId: recordOf(id, version), digest, version, archived };
}

async function lastNumber(writer: Writer, id: string): Promise<number> {
  const row = await writer.db
    .selectFrom('csr_report')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('report_id', '=', id)
    .executeTakeFirst();
  return row?.version ?? 0;
}
