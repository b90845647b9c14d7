import { addDays, addMonths, endOfDay, localDate } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { parsePeriod } from '../core/period.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import type { ReportKind } from './report-kind.ts';
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
 * report the month that is over, where a rule asks for it.
 */
export async function reportsWaiting(
  rows: Rows,
  viewer: Viewer,
  now: Instant,
  kind: ReportKind,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = [...(await monthOwed(rows, viewer, now, kind))];
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

// As the report's guard judges it: in a role of their own for their own district, in a lent one for the lender's.
async function actsFor(
  rows: Rows,
  { memberId, roles }: Viewer,
  needed: readonly string[],
  district: string | null,
  now: Instant,
): Promise<boolean> {
  if (!needed.some((role) => roles.has(role))) return false;
  if (district === null) return true;
  const inRoles = 'r.role in (select value from json_each(?))';
  const [found] = await rows.rows({
    sql: `select count(*) from (
      select m.district from member m join member_role r on r.member_id = m.member_id
        where m.member_id = ? and ${inRoles}
      union all
      select m.district from delegation d join member_role r on r.member_id = d.from_member and r.role = d.role
        join member m on m.member_id = d.from_member
        where d.to_member = ? and d.starts <= ? and d.ends >= ? and ${inRoles}
    ) where district = ?`,
    parameters: [memberId, JSON.stringify(needed), memberId, now, now, JSON.stringify(needed), district],
  });
  return Number(found?.[0] ?? 0) > 0;
}

function submitAnew({ command }: ReportKind, { period, district, beat }: Last): string {
  const option = parsePeriod(period).kind === 'month' ? '--monthly' : '--quarterly';
  const place = [
    ...(district === null ? [] : [`--district ${district}`]),
    ...(beat === null ? [] : [`--beat ${beat}`]),
  ];
  return ['rollcall', command, option, period, ...place, '--submit'].join(' ');
}

// The month that is over, until it is on record that it was reported.
async function monthOwed(
  rows: Rows,
  { roles }: Viewer,
  now: Instant,
  kind: ReportKind,
): Promise<readonly Waiting[]> {
  const today = localDate(now);
  const first = addDays(today, 1 - Number(today.slice(8)));
  const month = addMonths(first, -1).slice(0, 7);
  const rule = kind.evidence(month, null);
  if (rule === null || !kind.guards(null).submit.roles.some((role) => roles.has(role))) return [];
  const [row] = await rows.rows({
    sql: 'select count(*) from evidence where rule = ? and on_day between ? and ?',
    parameters: [rule, first, today],
  });
  if (Number(row?.[0] ?? 0) > 0) return [];
  const report = { id: `month ${month}`, beat: null };
  return [
    waits(kind, report, rule, `report the month; then evidence add ${rule}`, {
      since: endOfDay(addDays(first, -1)),
      command: `rollcall ${kind.command} --monthly ${month}`,
      category: 'monthly report',
    }),
  ];
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
