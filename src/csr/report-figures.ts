import { newestImport } from '../casework/newest-import.ts';
import { RollcallError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { ReportPlace, ReportQuestion } from '../report/question.ts';
import type { Source } from '../report/sources.ts';
import { daysOf, nearestRank } from '../report/statistics.ts';
import { type Trends, trendsOf } from '../report/trends.ts';
import type { Reader } from '../store/store.ts';
import { type PoliceRow, policeRows } from './police-rows.ts';
import {
  reopeningsByRequest,
  requestSources,
  requestsInReach,
  requestsOnForms,
  requestWords,
  type Scope,
  typeIds,
  withoutDistrict,
} from './records.ts';
import type { Totals } from './report-counter.ts';
import { planReport, type ReportPlan } from './report-plan.ts';
import {
  asRequest,
  isIn,
  POLICE_TYPE_ID,
  type PoliceCounts,
  type PoliceEntry,
  policeCounts,
  sumOf,
} from './report-police.ts';
import { chronicRequests, type PlaceRequests } from './report-records.ts';
import { ALL_REQUESTS, openTally, type Tallied, type TallyWords } from './report-tally.ts';

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
  const { scope, plan, words, police, tally } = await openCount(reader, question, policy);
  for await (const batch of requestsInReach(reader, scope, plan.reach)) {
    for (const row of batch) tally.add(row);
  }
  for (const { request } of police) if (request !== null) tally.add(request);
  const tallied = tally.result();
  assertAddsUp(plan.span.label, tallied.totals);
  assertAddsUp(plan.against.label, tallied.againstTotals);
  const rows = police.map(({ row }) => row);
  return {
    question,
    plan,
    tallied,
    daysToClose: daysAt(tallied.secondsToClose, daysOf),
    daysOpen: daysAt(tallied.daysOpen, (days) => days),
    police: sumOf(rows.map((row) => policeCounts(row, plan.span))),
    policeByDistrict: byDistrict(rows, plan),
    chronicRequests: await chronicRequests(reader, tallied, police, policy.police.type),
    trends: trendsOf(plan.trend, tallied, {
      all: ALL_REQUESTS,
      minimumBase: policy.percentageMinimumBase,
      seasonalTypes: policy.seasonal.types,
    }),
    sources: await requestSources(reader),
    newestImport: await newestImport(reader, 'csr'),
    withoutDistrict: (await withoutDistrict(reader, plan.span.start, plan.span.end, words.informationOnly))
      .length,
  };
}

/** What a count needs: the place, the plan, the police requests of the place, and an empty tally. */
export async function openCount(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
  watchedPlace: string | null = null,
) {
  const scope = scopeOf(question.place);
  const plan = planReport(question.period, question.against, question.now, policy);
  const rows = (await policeRows(reader, plan.span.end)).filter((row) => isIn(row, scope));
  // Below the ids of the mirror: each police request has one of its own.
  const police = rows.map(
    (row, i): PoliceEntry => ({
      row,
      request: row.duplicate ? null : asRequest(row, plan.reach.until, -i - 1),
    }),
  );
  const words = { ...(await tallyWords(reader, policy)), ...unitsOf(police) };
  const tally = openTally(plan, policy, words, await reopeningsByRequest(reader), watchedPlace);
  return { scope, plan, words, police, tally };
}

/** Who works on each police request: the unit of the member who has it. */
function unitsOf(police: readonly PoliceEntry[]): Pick<TallyWords, 'unitOf' | 'units'> {
  const units: string[] = [];
  const unitOf = new Map<number, number>();
  for (const { row, request } of police) {
    const id = row.requestId ?? request?.[0];
    if (id === undefined) continue;
    const member =
      row.unit === null ? 'member of an unknown unit' : `unit ${bareUnit(row.unit).padStart(3, '0')}`;
    const name = `Police, ${row.assigned ? member : 'no member yet'}`;
    if (!units.includes(name)) units.push(name);
    unitOf.set(id, units.indexOf(name));
  }
  return { units, unitOf };
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

/** A place as the store has it, in numbers. */
function scopeOf({ district, beat }: ReportPlace): Scope {
  return {
    district: district === null ? null : Number(district),
    beat: beat === null ? null : Number(beat),
  };
}

/** The words of requests, the types that have a part of their own, and who asked. */
async function tallyWords(reader: Reader, policy: CsrPolicy): Promise<Omit<TallyWords, 'unitOf' | 'units'>> {
  const words = new Map(await requestWords(reader));
  words.set(POLICE_TYPE_ID, policy.police.type);
  return {
    words,
    informationOnly: await typeIds(reader, policy.informationOnlyTypes),
    seasonal: await typeIds(reader, policy.seasonal.types),
    onForms: await requestsOnForms(reader),
  };
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
