import { localDate } from '../core/calendar.ts';
import { FAR_FUTURE, type Instant, type LocalDate } from '../core/instant.ts';
import {
  lastWholeMonth,
  lastWholeQuarter,
  monthOf,
  type Period,
  previous,
  quarterOf,
} from '../core/period.ts';
import type { Rows } from '../store/open.ts';
import { actedFor } from './report-districts.ts';
import type { ReportKind } from './report-kind.ts';
import type { Viewer } from './waiting.ts';

/** A report that was not made of a period that is over. */
interface OwedReport {
  readonly id: string;
  readonly rule: string;
  readonly what: string;
  /** The end of its period: no directive sets a day for it. */
  readonly since: Instant;
  readonly command: string;
  readonly category: string;
}

/** Reports of districts are alike in who submits them and by which rule. */
const ANY_DISTRICT = '';

/** So many of the missed periods are named, the oldest first; the others are counted. */
const MISSED_NAMED = 2;

/**
 * The reports that a member owes: each month's of all districts, each quarter's of the own district, where a rule asks
 * for it. The last period, and what was missed of those before it since the first record. A period is reported by a
 * submission of its report, or by evidence of the rule that names it or was recorded in the period after it.
 */
export async function reportsOwed(
  rows: Rows,
  viewer: Viewer,
  now: Instant,
  kind: ReportKind,
): Promise<readonly OwedReport[]> {
  const found: OwedReport[] = [];
  const month = lastWholeMonth(now);
  const owes = (roles: readonly string[]) => roles.some((role) => viewer.roles.has(role));
  if (kind.evidence(month.label, null) !== null && owes(kind.guards(null).submit.roles))
    found.push(...(await owedOf(rows, kind, month, null, now)));
  const quarter = lastWholeQuarter(now);
  const { roles } = kind.guards(ANY_DISTRICT).submit;
  if (kind.evidence(quarter.label, ANY_DISTRICT) === null || !owes(roles)) return found;
  for (const district of await actedFor(rows, viewer, roles, now))
    found.push(...(await owedOf(rows, kind, quarter, district, now)));
  return found;
}

async function owedOf(
  rows: Rows,
  kind: ReportKind,
  last: Period,
  district: string | null,
  now: Instant,
): Promise<readonly OwedReport[]> {
  const rule = kind.evidence(last.label, district);
  const [row] = await rows.rows(kind.firstRecord(district));
  if (rule === null) return [];
  // Of all districts a month without a record is reported too; a district without one has nothing to report.
  const first = typeof row?.[0] === 'number' ? row[0] : FAR_FUTURE;
  const since = district === null ? Math.min(first, last.end) : first;
  const reported = await reportedPeriods(rows, kind, rule, last.kind, district, now);
  const owed: Period[] = [];
  for (let period = last; period.end >= since; period = previous(period))
    if (!reported.has(period.label)) owed.unshift(period);
  const current = owed.filter(({ label }) => label === last.label);
  const missed = owed.filter(({ label }) => label !== last.label);
  const named = missed.slice(0, MISSED_NAMED);
  const more = missed.length - named.length;
  return [
    ...named.map((period, index) =>
      owedReport(kind, rule, period, district, {
        missed: true,
        more: index === named.length - 1 && more > 0 ? ` (+${more} more)` : '',
      }),
    ),
    ...current.map((period) => owedReport(kind, rule, period, district, { missed: false, more: '' })),
  ];
}

function owedReport(
  { command }: ReportKind,
  rule: string,
  { kind, label, end }: Period,
  district: string | null,
  { missed, more }: { readonly missed: boolean; readonly more: string },
): OwedReport {
  const monthly = kind === 'month';
  const what = monthly ? `report, then evidence add ${rule}` : 'submit the report';
  const place = district === null ? '' : ` --district ${district} --submit`;
  return {
    id: `${kind} ${label}`,
    rule,
    what: `${missed ? 'missed: ' : ''}${what}${more}`,
    since: end,
    command: `rollcall ${command} ${monthly ? '--monthly' : '--quarterly'} ${label}${place}`,
    category: monthly ? 'monthly report' : 'quarterly report',
  };
}

/** Months (`2020-11`) and quarters (`2020-Q4`) that a text names; days are none. */
const LABELS = /\b\d{4}-(?:Q[1-4]|\d{2})(?![-\w])/g;

async function reportedPeriods(
  rows: Rows,
  { system }: ReportKind,
  rule: string,
  kind: Period['kind'],
  district: string | null,
  now: Instant,
): Promise<ReadonlySet<string>> {
  const submitted = await rows.rows({
    sql: `select period from status_report
      where system = ? and district is ? and beat is null and submitted_at <= ?`,
    parameters: [system, district, now],
  });
  // What a submission records of itself names its report: it is counted by that.
  const proofs = await rows.rows({
    sql: `select on_day, note from evidence where rule = ? and on_day <= ? and document not glob 'sha256 *'
      and (? is null or district in ('', ?))`,
    parameters: [rule, localDate(now), district, district],
  });
  const told = proofs.flatMap(([on, note]) => {
    const labels = String(note).match(LABELS);
    if (labels !== null) return labels;
    const day = String(on) as LocalDate;
    return [previous(kind === 'month' ? monthOf(day) : quarterOf(day)).label];
  });
  return new Set([...submitted.map(([period]) => String(period)), ...told]);
}
