import { sql } from 'kysely';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { normalAddress } from '../core/text.ts';
import { bucketNamed } from '../report/ageing.ts';
import type { ReportQuestion } from '../report/question.ts';
import type { Reader } from '../store/store.ts';
import { policeRows, reopeningsByRequest, requestsInReach } from './records.ts';
import { scopeOf, tallyWords } from './report-figures.ts';
import { planReport } from './report-plan.ts';
import { type PoliceFigures, policeFigures } from './report-police.ts';
import { openTally } from './report-tally.ts';

/** A record behind a figure, and how often it counts in it (a request can be reopened twice in a period). */
export interface FigureRow {
  readonly srNumber: string;
  readonly type: string | null;
  readonly status: string | null;
  readonly createdAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly address: string | null;
  readonly district: string | null;
  readonly beat: string | null;
  /** By measure: `opened`, `closed`, `openAtEnd` … */
  readonly counts: Readonly<Record<string, number>>;
}

export interface FigureRows {
  readonly section: string;
  readonly key: string;
  /** The figures themselves; each is the sum of its rows' counts. */
  readonly figures: Readonly<Record<string, number>>;
  readonly rows: readonly FigureRow[];
}

const HINT =
  'Write totals:openAtEnd, byType:<type>, byBeat:0511:closed, ageing:91+, byMonth:2020-11, chronic:<address>, ' +
  'onTime:closedInPeriod, police:overdue, treatments:<name>, duplicates, informationOnly …';

/**
 * The records behind one figure of a report, found by the very count that made it: a row belongs to a figure when
 * adding it moves it. Throws a usage error for a section or key that the report does not have.
 */
export async function rowsBehind(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
  asked: string,
): Promise<FigureRows> {
  const scope = scopeOf(question.place);
  const plan = planReport(question.period, question.against, question.now, policy);
  const { section, key, measure } = parseAsked(asked, policy);
  const place = section === 'chronic' ? normalAddress(key) : null;
  const words = await tallyWords(reader, policy);
  const tally = openTally(plan, policy, words, await reopeningsByRequest(reader), place);
  const police = await policeRows(reader, plan.span.end);
  const share = policeShare(section, key);
  if (share !== null) {
    const found = police.flatMap((row) => {
      const count = share(policeFigures([row], scope, plan.span, plan.reach.until).figures);
      return count === 0 ? [] : [{ number: row.srNumber, counts: { [key]: count } }];
    });
    return { section, key, ...(await described(reader, found, new Map())) };
  }
  const all = tally.reads(section, key);
  if (all === null) throw usageError(`--rows: the report has no ${asked}.`, HINT);
  const measures = Object.keys(all).filter((name) => measure === null || name === measure);
  if (measures.length === 0) throw usageError(`--rows: ${section} has no measure ${measure}.`, HINT);
  const reads = measures.map((name) => all[name] ?? (() => 0));
  const moved = (add: () => void): Readonly<Record<string, number>> | null => {
    const before = reads.map((read) => read());
    add();
    let any = false;
    const counts: Record<string, number> = {};
    for (const [i, read] of reads.entries()) {
      const change = read() - (before[i] ?? 0);
      counts[measures[i] ?? ''] = change;
      any ||= change !== 0;
    }
    return any ? counts : null;
  };
  const byId = new Map<number, Readonly<Record<string, number>>>();
  for await (const batch of requestsInReach(reader, scope, plan.reach)) {
    for (const row of batch) {
      const counts = moved(() => tally.add(row));
      if (counts !== null) byId.set(row[0], counts);
    }
  }
  const orders: Found[] = [];
  for (const row of police) {
    for (const request of policeFigures([row], scope, plan.span, plan.reach.until).requests) {
      const counts = moved(() => tally.add(request));
      if (counts !== null) orders.push({ number: row.srNumber, counts });
    }
  }
  return { section, key, ...(await described(reader, orders, byId)) };
}

interface Found {
  readonly number: string;
  readonly counts: Readonly<Record<string, number>>;
}

function parseAsked(asked: string, policy: CsrPolicy) {
  const [, section = '', rest = ''] = /^([A-Za-z]+):?(.*)$/s.exec(asked.trim()) ?? [];
  const split = /^(.*):(opened|closed|openAtEnd)$/s.exec(rest);
  const grouped = section.startsWith('by') && split !== null;
  const key = grouped ? (split[1] ?? '') : rest;
  const measure = grouped ? (split[2] ?? null) : null;
  if (section === 'trends') return { section: 'byType', key, measure: 'opened' };
  if (section !== 'ageing') return { section, key, measure };
  // As the report words it: `8 to 14`, `91 or more`.
  return { section, key: bucketNamed(policy.ageing.buckets, key) ?? key, measure };
}

type Share = (figures: PoliceFigures) => number;

/** How one police request counts in a figure of the police alone; null when the section is no such. */
function policeShare(section: string, key: string): Share | null {
  const shares: Readonly<Record<string, Share>> = {
    'onTime:closedInPeriod': ({ closedInPeriod }) => closedInPeriod?.total ?? 0,
    'onTime:closedInPeriod:late': ({ closedInPeriod: of }) => (of === null ? 0 : of.total - of.onTime),
    'onTime:dueInPeriod': ({ dueInPeriod }) => dueInPeriod?.total ?? 0,
    'onTime:dueInPeriod:late': ({ dueInPeriod: of }) => (of === null ? 0 : of.total - of.onTime),
    'police:clocksRunning': ({ running }) => running,
    'police:overdue': ({ overdue }) => overdue,
    'police:closedAfterExtension': ({ extended }) => extended,
    'police:closedWithoutClock': ({ closedWithoutClock }) => closedWithoutClock,
    'treatments:policeRequestsNotIn311': ({ onlyPolice }) => onlyPolice,
    'treatments:policeRequestsWithoutAnyDate': ({ withoutAnyDate }) => withoutAnyDate,
  };
  return shares[`${section}:${key}`] ?? null;
}

async function described(
  reader: Reader,
  orders: readonly Found[],
  byId: ReadonlyMap<number, Readonly<Record<string, number>>>,
): Promise<Pick<FigureRows, 'figures' | 'rows'>> {
  const rows: FigureRow[] = [];
  const ids = [...byId.keys()];
  const PAGE = 5000;
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = JSON.stringify(ids.slice(from, from + PAGE));
    const found = await reader.db
      .selectFrom('csr_request as r')
      .innerJoin('csr_word as t', 't.id', 'r.type_id')
      .innerJoin('csr_word as s', 's.id', 'r.status_id')
      .select(['r.id', 'r.sr_number', 'r.created_at', 'r.closed_at', 'r.address', 'r.district', 'r.beat'])
      .select(['t.word as type', 's.word as status'])
      .where('r.id', 'in', sql<number>`(select value from json_each(${page}))`)
      .execute();
    for (const row of found) {
      rows.push({
        srNumber: row.sr_number,
        type: row.type,
        status: row.status,
        createdAt: row.created_at as Instant,
        closedAt: row.closed_at === null ? null : (row.closed_at as Instant),
        address: row.address,
        district: placeText(row.district, 3),
        beat: placeText(row.beat, 4),
        counts: byId.get(row.id) ?? {},
      });
    }
  }
  const countsOf = new Map(orders.map(({ number, counts }) => [number, counts]));
  const police = await reader.db
    .selectFrom('srswo')
    .select(['sr_number', 'category', 'state', 'created_at', 'closed_at', 'address', 'district', 'beat'])
    .where(
      'sr_number',
      'in',
      sql<string>`(select value from json_each(${JSON.stringify([...countsOf.keys()])}))`,
    )
    .execute();
  for (const row of police) {
    rows.push({
      srNumber: row.sr_number,
      type: row.category,
      status: row.state,
      createdAt: row.created_at === null ? null : (row.created_at as Instant),
      closedAt: row.closed_at === null ? null : (row.closed_at as Instant),
      address: row.address,
      district: row.district,
      beat: row.beat,
      counts: countsOf.get(row.sr_number) ?? {},
    });
  }
  rows.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.srNumber < b.srNumber ? -1 : 1));
  const figures: Record<string, number> = {};
  for (const { counts } of rows)
    for (const [name, count] of Object.entries(counts)) figures[name] = (figures[name] ?? 0) + count;
  return { figures, rows };
}
