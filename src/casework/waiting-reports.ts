import type { Instant } from '../core/instant.ts';
import { parsePeriod } from '../core/period.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import { actsFor } from './report-districts.ts';
import type { ReportKind } from './report-kind.ts';
import { reportsOwed } from './reports-owed.ts';
import type { Viewer, Waiting } from './waiting.ts';

/** The last version of a report by a moment, and what had become of it then. */
interface Last {
  readonly id: string;
  readonly period: string;
  readonly district: string | null;
  readonly beat: string | null;
  readonly submittedAt: Instant;
  readonly submittedBy: string;
  readonly returnedAt: Instant | null;
}

/**
 * What of a directive's reports waits for a member: to decide on one, to submit anew what came back to them, and to
 * report the periods that are over, where a rule asks for it.
 */
export async function reportsWaiting(
  rows: Rows,
  viewer: Viewer,
  now: Instant,
  kind: ReportKind,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  for (const { id, rule, what, since, command, category } of await reportsOwed(rows, viewer, now, kind))
    found.push(waits(kind, { id, beat: null }, rule, what, { since, command, category }));
  for (const last of await lastVersions(rows, kind, now)) {
    const { id, district, submittedBy, returnedAt } = last;
    const { decide, submit } = kind.guards(district);
    const mine = submittedBy === viewer.memberId;
    if ((returnedAt !== null) !== mine) continue;
    const guard = mine ? submit : decide;
    if (!(await actsFor(rows, viewer, guard.roles, district, now))) continue;
    found.push(
      returnedAt === null
        ? waits(kind, last, decide.rule, 'approve the status report or return it', {
            since: last.submittedAt,
            command: `rollcall ${kind.system} approve-report ${id}`,
          })
        : waits(kind, last, submit.rule, 'returned: mend the status report and submit it anew', {
            since: returnedAt,
            command: submitAnew(kind, last),
          }),
    );
  }
  return found;
}

// What was submitted or returned and not approved, as of `now`.
async function lastVersions(rows: Rows, { system }: ReportKind, now: Instant): Promise<readonly Last[]> {
  const found = await rows.rows({
    sql: `select r.report_id, r.period, r.district, r.beat, r.submitted_at, r.submitted_by,
        case when r.decided_at <= ? then r.decided_at end
      from status_report r
      where r.system = ? and r.submitted_at <= ?
        and (r.decided_at is null or r.decided_at > ? or r.state = 'returned')
        and not exists (select 1 from status_report l where l.system = r.system and l.report_id = r.report_id
          and l.version > r.version and l.submitted_at <= ?)
      order by r.submitted_at, r.report_id`,
    parameters: [now, system, now, now, now],
  });
  return found.map(([id, period, district, beat, submittedAt, submittedBy, returnedAt]) => ({
    id: String(id),
    period: String(period),
    district: text(district),
    beat: text(beat),
    submittedAt: Number(submittedAt) as Instant,
    submittedBy: String(submittedBy),
    returnedAt: typeof returnedAt === 'number' ? (returnedAt as Instant) : null,
  }));
}

function submitAnew({ command }: ReportKind, { period, district, beat }: Last): string {
  const option = parsePeriod(period).kind === 'month' ? '--monthly' : '--quarterly';
  const place = [
    ...(district === null ? [] : [`--district ${district}`]),
    ...(beat === null ? [] : [`--beat ${beat}`]),
  ];
  return ['rollcall', command, option, period, ...place, '--submit'].join(' ');
}

function waits(
  { system }: ReportKind,
  { id, beat }: Pick<Last, 'id' | 'beat'>,
  rule: string,
  what: string,
  more: { readonly since: Instant; readonly command: string; readonly category?: string },
): Waiting {
  return { system, id, rule, what, dueAt: null, unit: null, beat, category: 'status report', ...more };
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
