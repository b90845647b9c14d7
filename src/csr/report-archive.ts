import { openChain } from '../casework/log.ts';
import type { Context } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, write } from '../store/store.ts';

/** Where a status report stands: what was never submitted is a draft. */
export type ReportState = 'draft' | 'submitted' | 'approved' | 'returned';

/** A submitted report as it is kept. */
export interface Archived {
  readonly id: string;
  readonly version: number;
  readonly period: string;
  readonly district: string | null;
  readonly beat: string | null;
  readonly state: Exclude<ReportState, 'draft'>;
  readonly digest: string;
  readonly submittedAt: Instant;
  readonly submittedBy: string;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

const COLUMNS = [
  'report_id',
  'version',
  'period',
  'district',
  'beat',
  'state',
  'digest',
  'submitted_at',
  'submitted_by',
  'decided_at',
  'decided_by',
  'reason',
] as const;

interface Row {
  readonly report_id: string;
  readonly version: number;
  readonly period: string;
  readonly district: string | null;
  readonly beat: string | null;
  readonly state: Archived['state'];
  readonly digest: string;
  readonly submitted_at: number;
  readonly submitted_by: string;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  readonly reason: string | null;
}

/** `2020-Q4:005`: what a report is called, whatever its version. */
export function reportId(period: string, district: string | null, beat: string | null): string {
  return [period, district ?? 'all', ...(beat === null ? [] : [beat])].join(':');
}

/** The record of a version in the event chain: `report:2020-Q4:005`, of a later one `report:2020-Q4:005@2`. */
export function recordOf(id: string, version: number): string {
  return version === 1 ? `report:${id}` : `report:${id}@${version}`;
}

/** Every report submitted by `now`, newest first. A decision taken later is not known yet. */
export async function archivedReports(
  reader: Reader,
  now: Instant,
  district: string | null = null,
): Promise<readonly Archived[]> {
  let query = reader.db
    .selectFrom('csr_report')
    .select(COLUMNS)
    .where('submitted_at', '<=', now)
    .orderBy('seq', 'desc');
  if (district !== null) query = query.where('district', '=', district);
  return (await query.execute()).map((row) => archivedAt(row, now));
}

/** The last version of a report that was submitted by `now`, or undefined. */
export async function latestVersion(reader: Reader, id: string, now: Instant): Promise<Archived | undefined> {
  const row = await reader.db
    .selectFrom('csr_report')
    .select(COLUMNS)
    .where('report_id', '=', id)
    .where('submitted_at', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : archivedAt(row, now);
}

/** The bytes of a version as they were archived; the last one when `version` is null. Throws a usage error for none. */
export async function archivedData(
  reader: Reader,
  id: string,
  version: number | null,
): Promise<{ readonly digest: string; readonly data: string }> {
  let query = reader.db
    .selectFrom('csr_report')
    .select(['digest', 'data'])
    .where('report_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1);
  if (version !== null) query = query.where('version', '=', version);
  const row = await query.executeTakeFirst();
  if (row !== undefined) return row;
  throw usageError(`There is no archived report ${id}.`, 'rollcall csr report --list names them.');
}

function archivedAt(row: Row, now: Instant): Archived {
  const known = row.decided_at !== null && row.decided_at <= now;
  return {
    id: row.report_id,
    version: row.version,
    period: row.period,
    district: row.district,
    beat: row.beat,
    state: known ? row.state : 'submitted',
    digest: row.digest,
    submittedAt: row.submitted_at as Instant,
    submittedBy: row.submitted_by,
    decidedAt: known ? (row.decided_at as Instant) : null,
    decidedBy: known ? row.decided_by : null,
    reason: known ? row.reason : null,
  };
}

/** The commander's decision on the last version of a report: approved, or returned with a reason (CSR-29). */
export async function decideReport(
  context: Context,
  id: string,
  decision: { readonly state: 'approved' } | { readonly state: 'returned'; readonly reason: string },
): Promise<Archived> {
  const cite = loadPolicy(context.env).cite('CSR-29');
  return write(
    context.storePath,
    async (writer) => {
      const what = decision.state === 'approved' ? 'approve a status report' : 'return a status report';
      const guard = { rule: 'CSR-29', cite, what };
      const actor = await requireRole(writer, context, ['district-commander'], guard);
      const last = await latestVersion(writer, id, context.now);
      if (last === undefined)
        throw usageError(
          `No report ${id} was submitted.`,
          'rollcall csr report --list names those that were.',
        );
      if (last.state !== 'submitted')
        throw refusal('CSR-29', cite, `${id}, version ${last.version}, is ${last.state} already.`);
      if (last.submittedBy === actor.memberId)
        throw refusal('CSR-29', cite, `${actor.memberId} submitted ${id} and may not decide on it too.`);
      if (last.district !== null && actor.district !== null && last.district !== actor.district)
        throw refusal(
          'CSR-29',
          cite,
          `${actor.memberId} commands district ${actor.district}, not ${last.district}.`,
        );
      const reason = decision.state === 'returned' ? decision.reason : null;
      await writer.write
        .updateTable('csr_report')
        .set({ state: decision.state, decided_at: context.now, decided_by: actor.memberId, reason })
        .where('report_id', '=', id)
        .where('version', '=', last.version)
        .execute();
      openChain(writer, 'csr', context.clock()).append({
        recordId: recordOf(id, last.version),
        name: decision.state,
        at: context.now,
        unit: last.district,
        actorId: actor.memberId,
        role: 'district-commander',
        origin: 'local',
        content: { version: last.version, digest: last.digest, ...(reason === null ? {} : { reason }) },
      });
      return { ...last, state: decision.state, decidedAt: context.now, decidedBy: actor.memberId, reason };
    },
    { dryRun: context.dryRun },
  );
}
