import { standingEvent } from '../casework/standing-events.ts';
import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { loadDirectory } from '../people/directory.ts';
import { nearestRank } from '../report/statistics.ts';
import type { Reader } from '../store/store.ts';
import { districtBook } from './districts.ts';
import { type OfficeLooks, officeLooks } from './looks.ts';
import { type ListedPolice, listPolice } from './police-list.ts';
import { type LeftOut, leftOutOrders } from './police-orders.ts';
import { clockSpans, type PoliceSpan } from './police-rows.ts';
import { lapsesOf, type OnTime } from './report-police.ts';

/** How one district answered its police requests over a stretch of time, and how it stood at its end. */
export interface DistrictAudit {
  readonly district: string | null;
  readonly received: number;
  readonly closedInPeriod: OnTime;
  readonly dueInPeriod: OnTime;
  /** Open at the end: nobody opened it, nobody has it, past its due day. */
  readonly neverOpened: number;
  readonly neverAssigned: number;
  readonly overdue: number;
  readonly open: number;
  /** Due days of the stretch that passed without a submission, also those extended later (A-CSR-4). */
  readonly lapses: number;
  readonly returned: number;
  readonly extensions: number;
  readonly extensionsNotCounted: number;
  /** Median days from submission to closing of those closed in the period; no limit is set for it. */
  readonly reviewDays: number | null;
}

/** An extension on record, who approved it, and whether the rules let it count. */
export interface AuditedExtension {
  readonly id: string;
  readonly district: string | null;
  readonly at: Instant;
  readonly by: string | null;
  /** Roles that the approver held then, own or lent, of those that may approve; null when the approver is unknown. */
  readonly roles: readonly string[] | null;
  readonly counted: boolean;
  readonly further: boolean;
  /** Approved after the due day: the lapse stays (A-CSR-4). */
  readonly afterDue: boolean;
  readonly reason: string | null;
}

/** A request that its unit failed to answer, or answered late. */
export interface Failure {
  readonly id: string;
  readonly district: string | null;
  readonly kind:
    | 'not opened'
    | 'no member'
    | 'overdue'
    | 'answered late'
    | 'lapsed, extended later'
    | 'closed without an SRSWO';
  readonly rule: string;
  /** At the end of the stretch. */
  readonly ageDays: number | null;
  readonly dueAt: Instant | null;
  /** When what was missing was done, as far as it is known; null while it is not. */
  readonly madeUpAt: Instant | null;
}

export interface Audited {
  readonly districts: readonly DistrictAudit[];
  readonly all: DistrictAudit;
  readonly extensions: readonly AuditedExtension[];
  readonly failures: readonly Failure[];
  readonly looks: readonly OfficeLooks[];
  /** On work orders and open in the period, but in no figure: 311 holds them as duplicates, or as information only. */
  readonly duplicates: number;
  readonly informationOnly: number;
}

/** What an audit is about: from `start` to `end`, both included, by what is known at `now`. */
export interface Audits {
  readonly start: Instant;
  readonly end: Instant;
  readonly now: Instant;
}

const EVERYWHERE = { district: null, beat: null };

/** Timeliness and failure to respond of every district side by side (CSR-50). */
export async function auditPolice(
  reader: Reader,
  { start, end, now }: Audits,
  policy: CsrPolicy,
): Promise<Audited> {
  const leftOut = await leftOutOrders(reader, policy);
  const listed = await listPolice(reader, EVERYWHERE, end, policy);
  const requests = listed.filter(({ id }) => !leftOut.has(id));
  const untold = (why: LeftOut): number =>
    listed.filter((one) => leftOut.get(one.id) === why && (one.closedAt ?? end) >= start).length;
  const later = end < now ? await listPolice(reader, EVERYWHERE, now, policy) : requests;
  const laterById = new Map(later.map((request) => [request.id, request]));
  const districtOf = new Map(requests.map(({ id, district }) => [id, district]));
  const spans = await clockSpans(reader, end);
  const lapses = new Map([...spans].map(([id, own]) => [id, lapsesOf(own, { start, end })]));
  const extensions = await extensionsOf(reader, districtOf, spans, { start, end });
  const returns = await returnsOf(reader, start, end);
  const audit = (district: string | null, own: readonly ListedPolice[]): DistrictAudit => {
    const ids = new Set(own.map(({ id }) => id));
    const granted = extensions.filter(({ id }) => ids.has(id));
    return {
      ...measured(district, own, start, end),
      lapses: own.reduce((sum, { id }) => sum + (lapses.get(id)?.length ?? 0), 0),
      returned: own.reduce((sum, { id }) => sum + (returns.get(id) ?? 0), 0),
      extensions: granted.length,
      extensionsNotCounted: granted.filter(({ counted }) => !counted).length,
    };
  };
  return {
    districts: districtsOf(requests).map((name) =>
      audit(
        name,
        requests.filter(({ district }) => district === name),
      ),
    ),
    all: audit(null, requests),
    extensions,
    failures: requests.flatMap((request) => {
      const after = laterById.get(request.id) ?? request;
      const extended = (lapses.get(request.id) ?? []).filter(({ dueAt }) => dueAt !== request.dueAt);
      return [...lapsed(request, after, extended), ...failuresOf(request, after, start, end)];
    }),
    looks: await officeLooks(reader, start, end),
    duplicates: untold('duplicate'),
    informationOnly: untold('information only'),
  };
}

/** Every district that works today, those that have a request, and the unknown one where a request has none. */
function districtsOf(requests: readonly ListedPolice[]): readonly (string | null)[] {
  if (requests.length === 0) return [];
  const working = [...districtBook()].filter(([, { closed }]) => closed === null).map(([name]) => name);
  return [...new Set([...working, ...requests.map(({ district }) => district)])].sort(byDistrict);
}

function measured(district: string | null, own: readonly ListedPolice[], start: Instant, end: Instant) {
  const within = (at: Instant | null): boolean => at !== null && at >= start && at <= end;
  const closed = own.filter(({ closedAt, late }) => within(closedAt) && late !== null);
  const due = own.filter(({ dueAt }) => within(dueAt));
  const open = own.filter(({ state }) => state !== 'closed');
  const reviews = own.flatMap(({ closedAt, submittedAt }) =>
    within(closedAt) && closedAt !== null && submittedAt !== null && submittedAt <= closedAt
      ? [closedAt - submittedAt]
      : [],
  );
  const review = nearestRank(Float64Array.from(reviews).sort(), 0.5);
  return {
    district,
    received: own.filter(({ createdAt }) => within(createdAt)).length,
    closedInPeriod: { onTime: closed.filter(({ late }) => late === false).length, total: closed.length },
    dueInPeriod: { onTime: due.filter(({ late }) => late === false).length, total: due.length },
    neverOpened: open.filter(({ state }) => state === 'new').length,
    neverAssigned: open.filter(({ assignedAt }) => assignedAt === null).length,
    overdue: open.filter(({ overdue }) => overdue).length,
    open: open.length,
    reviewDays: review === null ? null : Math.round(review / 864) / 100,
  };
}

// A due day that passed stays a failure when more time was given afterwards (A-CSR-4).
function lapsed(
  { id, district, ageDays }: ListedPolice,
  later: ListedPolice,
  extended: readonly PoliceSpan[],
): readonly Failure[] {
  return extended.map(({ rule, dueAt }) => ({
    id,
    district,
    kind: 'lapsed, extended later',
    rule,
    ageDays,
    dueAt: dueAt as Instant,
    madeUpAt: later.stoppedAt,
  }));
}

function failuresOf(
  request: ListedPolice,
  later: ListedPolice,
  start: Instant,
  end: Instant,
): readonly Failure[] {
  const { id, district, ageDays, dueAt, state } = request;
  const failure = (kind: Failure['kind'], rule: string, madeUpAt: Instant | null): readonly Failure[] => [
    { id, district, kind, rule, ageDays, dueAt, madeUpAt },
  ];
  const { closedAt, stoppedAt } = request;
  if (state === 'closed' && !request.onOrder)
    return closedAt !== null && closedAt >= start ? failure('closed without an SRSWO', 'CSR-40', null) : [];
  const rule = request.dueBy ?? 'CSR-38';
  if (request.overdue) return failure('overdue', rule, later.stoppedAt ?? later.closedAt);
  if (request.late === true && stoppedAt !== null && stoppedAt >= start && stoppedAt <= end)
    return failure('answered late', rule, stoppedAt);
  // What came on the last day may be taken up in the very next tour (CSR-36): no failure to respond yet.
  if (state === 'closed' || ageDays === 0) return [];
  if (state === 'new') return failure('not opened', 'CSR-36', later.openedAt);
  return request.assignedAt === null ? failure('no member', 'CSR-37', later.assignedAt) : [];
}

const APPROVERS = ['cp-sergeant', 'district-commander'];

async function extensionsOf(
  reader: Reader,
  districtOf: ReadonlyMap<string, string | null>,
  spans: ReadonlyMap<string, readonly PoliceSpan[]>,
  { start, end }: Pick<Audits, 'start' | 'end'>,
): Promise<readonly AuditedExtension[]> {
  const directory = await loadDirectory(reader);
  const rows = await reader.rows({
    sql: `select e.record_id, e.at, e.actor_id, e.content ->> '$.reason',
        (select max(c.period) from clock c where c.system = 'csr' and c.record_id = e.record_id
          and c.period > 1 and c.opened_at = e.at)
      from event e where e.chain = 'csr' and e.name = 'extended' and e.at between ? and ?
        and ${standingEvent('e')}
      order by e.at, e.record_id`,
    parameters: [start, end],
  });
  return rows
    .filter(([id]) => districtOf.has(String(id)))
    .map(([id, at, by, reason, period]) => {
      const instant = Number(at) as Instant;
      const person = typeof by === 'string' ? directory.person(by, instant) : null;
      return {
        id: String(id),
        district: districtOf.get(String(id)) ?? null,
        at: instant,
        by: typeof by === 'string' ? by : null,
        roles: person === null ? null : APPROVERS.filter((role) => person.roles.has(role)),
        counted: period !== null,
        further: typeof period === 'number' && period > 2,
        afterDue: (spans.get(String(id)) ?? []).some(
          (span) => span.openedAt < instant && span.dueAt < instant && span.stoppedAt >= instant,
        ),
        reason: typeof reason === 'string' ? reason : null,
      };
    });
}

async function returnsOf(reader: Reader, start: Instant, end: Instant): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.rows({
    sql: `select e.record_id, count(*) from event e where e.chain = 'csr' and e.name = 'returned'
        and e.at between ? and ?
        and ${standingEvent('e')}
      group by e.record_id`,
    parameters: [start, end],
  });
  return new Map(rows.map(([id, count]) => [String(id), Number(count)]));
}

function byDistrict(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
