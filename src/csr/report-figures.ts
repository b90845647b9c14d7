import { newestImport } from '../casework/newest-import.ts';
import { RollcallError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { ReportQuestion } from '../report/question.ts';
import type { Source } from '../report/sources.ts';
import { daysOf, nearestRank } from '../report/statistics.ts';
import { type Trends, trendsOf } from '../report/trends.ts';
import type { Reader } from '../store/store.ts';
import type { PoliceRow } from './police-rows.ts';
import { requestSources } from './records.ts';
import { countAll, openCount, withoutDistrict } from './report-count.ts';
import type { Totals } from './report-counter.ts';
import type { ReportPlan } from './report-plan.ts';
import { type PoliceCounts, policeCounts, sumOf } from './report-police.ts';
import { chronicRequests, type PlaceRequests } from './report-records.ts';
import { ALL_REQUESTS, type Tallied } from './report-tally.ts';

/** Days to two decimals by nearest rank, of `n` requests: from creation to closing, or of age. */
export interface Days {
  readonly median: number | null;
  readonly p90: number | null;
  readonly n: number;
}

/** Every figure of a City Service Request Status Report. */
export interface CsrFigures {
  readonly question: ReportQuestion;
  readonly plan: ReportPlan;
  readonly tallied: Tallied;
  /** Of the closings in the period that can be measured. */
  readonly daysToClose: Days;
  /** Of what is open at the end. */
  readonly daysOpen: Days;
  readonly police: PoliceCounts;
  readonly policeByDistrict: readonly DistrictPolice[];
  /** The requests at the first of the chronic places. */
  readonly chronicRequests: readonly PlaceRequests[];
  readonly trends: Trends;
  readonly sources: readonly Required<Source>[];
  readonly newestImport: Instant | null;
  /** Created in the period with an unknown district, anywhere in the city. */
  readonly withoutDistrict: number;
}

/** The police requests of one district; `district` is null where it is not told. */
export interface DistrictPolice {
  readonly district: string | null;
  readonly counts: PoliceCounts;
}

/** Reads the store once and counts. Throws kind `bug` should the totals not add up. */
export async function csrFigures(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
): Promise<CsrFigures> {
  const count = await openCount(reader, question, policy);
  const { plan, tally } = count;
  const rows: PoliceRow[] = [];
  await countAll(reader, count, (request, row) => {
    if (request !== null) tally.add(request);
    if (row !== null) rows.push(row);
  });
  const tallied = tally.result();
  assertAddsUp(plan.span.label, tallied.totals);
  const unplaced = await withoutDistrict(reader, count);
  assertAddsUp(plan.against.label, tallied.againstTotals);
  return {
    question,
    plan,
    tallied,
    daysToClose: daysAt(tallied.secondsToClose, daysOf),
    daysOpen: daysAt(tallied.daysOpen, (days) => days),
    police: sumOf(rows.map((row) => policeCounts(row, plan.span))),
    policeByDistrict: byDistrict(rows, plan),
    chronicRequests: await chronicRequests(reader, tallied, count),
    trends: trendsOf(plan.trend, tallied, {
      all: ALL_REQUESTS,
      minimumBase: policy.percentageMinimumBase,
      seasonalTypes: policy.seasonal.types,
    }),
    sources: await requestSources(reader),
    newestImport: await newestImport(reader, 'csr'),
    withoutDistrict: unplaced.ids.length + unplaced.orders.length,
  };
}

function byDistrict(rows: readonly PoliceRow[], plan: ReportPlan): readonly DistrictPolice[] {
  const districts = [...new Set(rows.map(({ district }) => district))];
  districts.sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  return districts.map((district) => ({
    district: district === null ? null : String(district).padStart(3, '0'),
    counts: sumOf(rows.filter((row) => row.district === district).map((row) => policeCounts(row, plan.span))),
  }));
}

function daysAt(sorted: Float64Array, days: (value: number) => number): Days {
  const at = (share: number): number | null => {
    const found = nearestRank(sorted, share);
    return found === null ? null : days(found);
  };
  return { median: at(0.5), p90: at(0.9), n: sorted.length };
}

function assertAddsUp(label: string, totals: Totals): void {
  const { openAtStart, opened, reopened, closed, openAtEnd } = totals;
  if (openAtStart + opened + reopened - closed === openAtEnd) return;
  throw new RollcallError(
    'bug',
    `The totals of ${label} do not add up: ${openAtStart} + ${opened} + ${reopened} - ${closed} is not ${openAtEnd}.`,
    'Report it with the output of: rollcall db info',
  );
}
