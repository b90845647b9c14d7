import { RollcallError } from '../core/errors.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { ReportPlace, ReportQuestion } from '../report/question.ts';
import { daysOf, nearestRank } from '../report/statistics.ts';
import { type Trends, trendsOf } from '../report/trends.ts';
import type { Reader } from '../store/store.ts';
import {
  policeRows,
  reopeningsByRequest,
  requestSources,
  requestsInReach,
  requestWords,
  type Scope,
  type Source,
  typeIds,
  withoutDistrict,
} from './records.ts';
import type { Totals } from './report-counter.ts';
import { planReport, type ReportPlan } from './report-plan.ts';
import { POLICE_TYPE_ID, type PoliceFigures, policeFigures } from './report-police.ts';
import { openTally, type Tallied, type TallyWords } from './report-tally.ts';

/** The key of the trend of all requests together. */
export const ALL_REQUESTS = 'All requests';

/** Days from creation to closing, to two decimals, by nearest rank; `n` closings in the period that can be measured. */
export interface DaysToClose {
  readonly median: number | null;
  readonly p90: number | null;
  readonly n: number;
}

/** Every figure of a City Service Request Status Report. */
export interface CsrFigures {
  readonly question: ReportQuestion;
  readonly plan: ReportPlan;
  readonly tallied: Tallied;
  readonly daysToClose: DaysToClose;
  readonly police: PoliceFigures;
  readonly trends: Trends;
  readonly sources: readonly Source[];
  /** Created in the period with an unknown district; null when the report is not about one district or beat. */
  readonly withoutDistrict: number | null;
}

/** Reads the store once and counts. Throws kind `bug` should the totals not add up. */
export async function csrFigures(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
): Promise<CsrFigures> {
  const scope = scopeOf(question.place);
  const plan = planReport(question.period, question.against, question.now, policy);
  const tally = openTally(plan, policy, await tallyWords(reader, policy), await reopeningsByRequest(reader));
  for await (const batch of requestsInReach(reader, scope, plan.reach)) {
    for (const row of batch) tally.add(row);
  }
  const police = policeFigures(await policeRows(reader, plan.span.end), scope, plan.span, plan.reach.until);
  for (const row of police.requests) tally.add(row);
  const tallied = tally.result();
  assertAddsUp(plan.span.label, tallied.totals);
  assertAddsUp(plan.against.label, tallied.againstTotals);
  const seconds = tallied.secondsToClose;
  const days = (share: number): number | null => {
    const found = nearestRank(seconds, share);
    return found === null ? null : daysOf(found);
  };
  const placed = scope.district !== null || scope.beat !== null;
  return {
    question,
    plan,
    tallied,
    daysToClose: { median: days(0.5), p90: days(0.9), n: seconds.length },
    police: police.figures,
    trends: trendsOf(plan.trend, tallied, {
      all: ALL_REQUESTS,
      minimumBase: policy.percentageMinimumBase,
      seasonalTypes: policy.seasonal.types,
    }),
    sources: await requestSources(reader),
    withoutDistrict: placed ? await withoutDistrict(reader, plan.span.start, plan.span.end) : null,
  };
}

/** A place as the store has it, in numbers. */
export function scopeOf({ district, beat }: ReportPlace): Scope {
  return {
    district: district === null ? null : Number(district),
    beat: beat === null ? null : Number(beat),
  };
}

/** The words of requests, and the types that have a part of their own. */
export async function tallyWords(reader: Reader, policy: CsrPolicy): Promise<TallyWords> {
  const words = new Map(await requestWords(reader));
  words.set(POLICE_TYPE_ID, policy.police.type);
  return {
    words,
    informationOnly: await typeIds(reader, policy.informationOnlyTypes),
    seasonal: await typeIds(reader, policy.seasonal.types),
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
