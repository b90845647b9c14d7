import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import { districtsActedFor } from '../people/acting-districts.ts';
import { type Actor, requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, write } from '../store/store.ts';
import { openChain } from './log.ts';
import { type ReportGuard, type ReportKind, recordOf } from './report-kind.ts';

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
  /** The role in which it was submitted, and decided on. */
  readonly submittedAs: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  readonly decidedAs: string | null;
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
  readonly submitted_as: string | null;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  readonly decided_as: string | null;
  readonly reason: string | null;
}

/** Every report submitted by `now`, newest first. A decision taken later is not known yet. */
export async function archivedReports(
  reader: Reader,
  kind: ReportKind,
  now: Instant,
  district: string | null = null,
): Promise<readonly Archived[]> {
  let query = submitted(reader, kind, now).orderBy('seq', 'desc');
  if (district !== null) query = query.where('district', '=', district);
  return (await query.execute()).map((row) => archivedAt(row, now));
}

// Every version that a directive's reports had by `now`.
function submitted(reader: Reader, { system }: ReportKind, now: Instant) {
  return reader.db
    .selectFrom('status_report')
    .select(COLUMNS)
    .select([roleIn(sql`'submitted'`).as('submitted_as'), roleIn(sql`state`).as('decided_as')])
    .where('system', '=', system)
    .where('submitted_at', '<=', now);
}

// As the chain of events tells it; what the record of a version is called there: recordOf.
function roleIn(step: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(select e.role from event e where e.chain = status_report.system and e.name = ${step}
    and e.record_id = 'report:' || report_id || case version when 1 then '' else '@' || version end)`;
}

/** The last version of a report that was submitted by `now`, or undefined. */
export async function latestVersion(
  reader: Reader,
  kind: ReportKind,
  id: string,
  now: Instant,
): Promise<Archived | undefined> {
  const row = await submitted(reader, kind, now)
    .where('report_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : archivedAt(row, now);
}

/** A version with what was archived of it: the bytes of its data, and the document that was read, where it was kept. */
export interface Kept extends Archived {
  readonly data: string;
  readonly document: string | null;
}

/** A version as it was archived by `now`; the last one when `version` is null, undefined for none. */
export async function keptReport(
  reader: Reader,
  kind: ReportKind,
  id: string,
  version: number | null,
  now: Instant,
): Promise<Kept | undefined> {
  let query = submitted(reader, kind, now)
    .select(['data', 'document'])
    .where('report_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1);
  if (version !== null) query = query.where('version', '=', version);
  const row = await query.executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...archivedAt(row, now), data: row.data, document: row.document };
}

/** The versions, of any report of a directive, whose archived bytes have this SHA-256, newest first. */
export async function reportsWith(
  reader: Reader,
  kind: ReportKind,
  digest: string,
  now: Instant,
): Promise<readonly Archived[]> {
  const rows = await submitted(reader, kind, now)
    .where('digest', '=', digest)
    .orderBy('seq', 'desc')
    .execute();
  return rows.map((row) => archivedAt(row, now));
}

/** Says that a report is not in the archive, or not for who may see only `part` of it. */
export function noReport({ command }: ReportKind, id: string, part: boolean): Error {
  return usageError(
    `There is no archived report ${id}${part ? ' that you may see' : ''}.`,
    `rollcall ${command} --list names them.`,
  );
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
    submittedAs: row.submitted_as,
    decidedAt: known ? (row.decided_at as Instant) : null,
    decidedBy: known ? row.decided_by : null,
    decidedAs: known ? row.decided_as : null,
    reason: known ? row.reason : null,
  };
}

/** A decision on what was submitted. */
export type Decision =
  | { readonly state: 'approved' }
  | { readonly state: 'returned'; readonly reason: string };

/**
 * Decides on the last version of a report: approved, or returned with a reason. Refuses who may not, who submitted it,
 * who serves in another district, and a second decision.
 */
export async function decideReport(
  context: Context,
  kind: ReportKind,
  id: string,
  decision: Decision,
): Promise<Archived> {
  return write(
    context.storePath,
    async (writer) => {
      const last = await latestVersion(writer, kind, id, context.now);
      const guard = kind.guards(last === undefined ? districtIn(id) : last.district).decide;
      const what = decision.state === 'approved' ? 'approve a status report' : 'return a status report';
      const cite = loadPolicy(context.env).cite(guard.rule);
      const actor = await requireRole(writer, context, guard.roles, { rule: guard.rule, cite, what });
      if (last === undefined)
        throw usageError(
          `No report ${id} was submitted.`,
          `rollcall ${kind.command} --list names those that were.`,
        );
      const refuse = (text: string): Error => refusal(guard.rule, cite, text);
      if (last.state !== 'submitted')
        throw refuse(`${id}, version ${last.version}, is ${last.state} already.`);
      if (last.submittedBy === actor.memberId)
        throw refuse(`${actor.memberId} submitted ${id} and may not decide on it too.`);
      const other = await otherDistrict(writer, context, actor, guard, last.district);
      if (other !== null) throw refuse(`${actor.memberId} acts for ${other}, not ${last.district}.`);
      const newest = await latestVersion(writer, kind, id, FAR_FUTURE);
      if (newest !== undefined && newest.version !== last.version)
        throw refuse(`${id}, version ${newest.version}, was submitted after the as-of.`);
      const reason = decision.state === 'returned' ? decision.reason : null;
      await writer.write
        .updateTable('status_report')
        .set({ state: decision.state, decided_at: context.now, decided_by: actor.memberId, reason })
        .where('system', '=', kind.system)
        .where('report_id', '=', id)
        .where('version', '=', last.version)
        .execute();
      openChain(writer, kind.system, context.clock()).append({
        recordId: recordOf(id, last.version),
        name: decision.state,
        at: context.now,
        unit: last.district,
        actorId: actor.memberId,
        role: roleOf(actor, guard),
        origin: 'local',
        content: { version: last.version, digest: last.digest, ...(reason === null ? {} : { reason }) },
      });
      return {
        ...last,
        state: decision.state,
        decidedAt: context.now,
        decidedBy: actor.memberId,
        decidedAs: roleOf(actor, guard),
        reason,
      };
    },
    { dryRun: context.dryRun },
  );
}

/** The role by which a member does what a guard lets pass. */
export function roleOf({ roles }: Actor, guard: ReportGuard): string | null {
  return guard.roles.find((role) => roles.has(role)) ?? null;
}

/** What a member acts for, in words, when that is not the district of a report: own or of who lends the role; else null. */
export async function otherDistrict(
  reader: Reader,
  { now }: Pick<Context, 'now'>,
  { memberId }: Actor,
  { roles }: ReportGuard,
  district: string | null,
): Promise<string | null> {
  if (district === null) return null;
  const theirs = await districtsActedFor(reader, memberId, roles, now);
  if (theirs === null) return 'no known district';
  return theirs.has(district) ? null : `district ${[...theirs].join(' and ')}`;
}

/** The district in a report's name, `005` of `2020-Q4:005`. */
function districtIn(id: string): string | null {
  return id.split(':')[1]?.match(/^\d{3}$/)?.[0] ?? null;
}
