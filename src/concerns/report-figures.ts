import { normalAddress } from '../core/address.ts';
import { localDay, startOfDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { type Period, sameLastYear } from '../core/period.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { bucketOf } from '../report/ageing.ts';
import { type ChronicPlace, placeBook } from '../report/chronic.ts';
import { sectorKey } from '../report/keys.ts';
import type { ReportPlace, ReportQuestion } from '../report/question.ts';
import { monthsBack, monthsUpTo, quarterNumbers, type TrendSpans, trendSpans } from '../report/spans.ts';
import { type TrendCounts, type Trends, trendsOf } from '../report/trends.ts';
import type { Stretch } from './clock-outcome.ts';
import { type Counted, countAll, type Figures, figuresBy, figuresOf } from './figures.ts';
import type { ConcernHistory } from './history-rows.ts';
import { type Matter, mattersOf } from './matters.ts';
import { type Open, standingAt } from './standing.ts';
import { type CountedTask, countTasks, figuresByUnit, type UnitFigures } from './unit-figures.ts';

/** The key of the trend of all concerns together. */
export const ALL_CONCERNS = 'All concerns';

/** A place with many concerns, and their numbers. */
export type ConcernPlace = ChronicPlace & { readonly ids: readonly string[] };

/** Every figure of a status report on Community Concerns. */
export interface ConcernFigures {
  readonly question: ReportQuestion;
  readonly soFar: boolean;
  readonly stretch: Stretch;
  /** How each concern and each unit's task counts in the period: what the figures are the sums of. */
  readonly counted: readonly Counted[];
  readonly tasks: readonly CountedTask[];
  readonly totals: Figures;
  readonly againstCounted: readonly Counted[];
  readonly againstTotals: Figures;
  /** The same period a year earlier. */
  readonly lastYear: { readonly label: string; readonly totals: Figures };
  readonly lastYearCounted: readonly Counted[];
  readonly groups: Groups;
  readonly byUnit: ReadonlyMap<string, UnitFigures>;
  /** The same of the period compared with. */
  readonly againstGroups: Groups;
  readonly againstByUnit: ReadonlyMap<string, UnitFigures>;
  readonly againstTasks: readonly CountedTask[];
  readonly months: readonly { readonly label: string; readonly counted: readonly Counted[] }[];
  readonly open: readonly Open[];
  readonly ageing: readonly { readonly bucket: string; readonly count: number }[];
  readonly trendSpans: TrendSpans;
  readonly trends: Trends;
  readonly chronic: readonly ConcernPlace[];
  /** What the executive officer takes up. */
  readonly matters: readonly Matter[];
}

/** By what the figures are told, and how each key is found. */
export const GROUP_KEYS = {
  byDistrict: ({ district }) => district,
  bySector: ({ beat }) => (beat === null ? null : sectorKey(beat)),
  byBeat: ({ beat }) => beat,
  byCategory: ({ category }) => category,
  byOrigin: ({ origin }) => origin,
} satisfies Readonly<Record<string, (history: ConcernHistory) => string | null>>;

export type Groups = Readonly<Record<keyof typeof GROUP_KEYS, ReadonlyMap<string, Figures>>>;

/** A period as it is counted, looked back on from `now`. */
export function stretchOf(period: Period, now: Instant): Stretch {
  return { start: period.start, end: Math.min(period.end, now) as Instant, asOf: now };
}

/** The last second that a report looks at: of its period, or of the other one. */
export function reachOf({ period, against, now }: ReportQuestion): Instant {
  return Math.min(Math.max(period.end, against.end), now) as Instant;
}

/** The concerns of a place. */
function ofPlace(
  histories: readonly ConcernHistory[],
  { district, beat }: ReportPlace,
): readonly ConcernHistory[] {
  return histories.filter(
    (each) => (district === null || each.district === district) && (beat === null || each.beat === beat),
  );
}

/** Counts the concerns of a report. Pure. */
export function concernFigures(
  histories: readonly ConcernHistory[],
  question: ReportQuestion,
  policy: ConcernsPolicy,
): ConcernFigures {
  const { period, against, now } = question;
  const stretch = stretchOf(period, now);
  const own = ofPlace(histories, question.place);
  const counted = countAll(own, stretch);
  const againstCounted = countAll(own, stretchOf(against, now));
  const tasks = countTasks(own, stretch);
  const againstTasks = countTasks(own, stretchOf(against, now));
  const open = openOnes(counted, earliest(own, stretch.end), stretch);
  const spans = trendSpans(period, now);
  const yearBefore = sameLastYear(period);
  const lastYearCounted = countAll(own, stretchOf(yearBefore, now));
  return {
    question,
    soFar: now < period.end,
    stretch,
    counted,
    tasks,
    totals: figuresOf(counted),
    againstCounted,
    againstTotals: figuresOf(againstCounted),
    lastYear: { label: yearBefore.label, totals: figuresOf(lastYearCounted) },
    lastYearCounted,
    groups: groupsBy(counted),
    againstGroups: groupsBy(againstCounted),
    byUnit: figuresByUnit(tasks),
    againstByUnit: figuresByUnit(againstTasks),
    againstTasks,
    months: monthsUpTo(period, now).map(({ label, start, end }) => ({
      label,
      counted: countAll(own, { start, end, asOf: now }),
    })),
    open,
    ageing: policy.ageing.buckets.map(({ label }, at) => ({
      bucket: label,
      count: open.filter(({ ageDays }) => bucketOf(policy.ageing.buckets, ageDays) === at).length,
    })),
    trendSpans: spans,
    trends: trendsOf(spans, openings(own, spans), {
      all: ALL_CONCERNS,
      minimumBase: policy.percentageMinimumBase,
      seasonalTypes: [],
    }),
    chronic: chronicPlaces(own, period, stretch, policy),
    matters: mattersOf(open, policy.reassignment.moreThan),
  };
}

function groupsBy(counted: readonly Counted[]): Groups {
  return {
    byDistrict: figuresBy(counted, GROUP_KEYS.byDistrict),
    bySector: figuresBy(counted, GROUP_KEYS.bySector),
    byBeat: figuresBy(counted, GROUP_KEYS.byBeat),
    byCategory: figuresBy(counted, GROUP_KEYS.byCategory),
    byOrigin: figuresBy(counted, GROUP_KEYS.byOrigin),
  };
}

function openOnes(
  counted: readonly Counted[],
  since: ReadonlyMap<string, Instant>,
  stretch: Stretch,
): readonly Open[] {
  const endDay = localDay(stretch.end);
  return counted
    .filter(({ counts }) => counts.openAtEnd > 0)
    .map(({ history }) => {
      const first = Math.min(history.submittedAt, since.get(history.id) ?? history.submittedAt) as Instant;
      return { standing: standingAt(history, stretch), ageDays: endDay - localDay(first) };
    })
    .sort((a, b) => b.ageDays - a.ageDays || (a.standing.history.id < b.standing.history.id ? -1 : 1));
}

/** A-CC-7: of each primary the earliest submission among those associated to it at the end. */
function earliest(histories: readonly ConcernHistory[], end: Instant): ReadonlyMap<string, Instant> {
  const since = new Map<string, Instant>();
  for (const { steps, submittedAt } of histories) {
    let primary: string | null = null;
    for (const step of steps) {
      if (step.at > end) break;
      if (step.name === 'associated') primary = step.primary;
      else if (step.name === 'separated') primary = null;
    }
    if (primary !== null && submittedAt < (since.get(primary) ?? end)) since.set(primary, submittedAt);
  }
  return since;
}

/** Submissions by category and week, and by day, in the spans of the trend test. */
function openings(histories: readonly ConcernHistory[], spans: TrendSpans): TrendCounts {
  const daily = spans.map(({ days }) => new Int32Array(days));
  const weekly = new Map<string, Int32Array[]>();
  for (const { category, submittedAt } of histories) {
    for (const [which, span] of spans.entries()) {
      if (submittedAt < span.start || submittedAt > span.end) continue;
      const day = localDay(submittedAt) - span.firstDay;
      const key = category ?? 'Unknown';
      const weeks = weekly.get(key) ?? spans.map(({ days }) => new Int32Array(Math.floor(days / 7) + 1));
      weekly.set(key, weeks);
      add(daily[which], day);
      add(weeks[which], Math.floor(day / 7));
    }
  }
  return { daily, weekly: [...weekly].map(([key, weeks]) => ({ key, weeks })) };
}

function add(counts: Int32Array | undefined, at: number): void {
  if (counts !== undefined) counts[at] = (counts[at] ?? 0) + 1;
}

function chronicPlaces(
  histories: readonly ConcernHistory[],
  period: Period,
  { end }: Stretch,
  { chronic }: ConcernsPolicy,
): readonly ConcernPlace[] {
  const from = monthsBack(period, chronic.months);
  const book = placeBook();
  const kinds = [...new Set(histories.map(({ category }) => category ?? 'Unknown'))];
  const slots = new Map(kinds.map((kind, slot) => [kind, slot]));
  const ids = new Map<string, string[]>();
  for (const { id, address, category, submittedAt } of histories) {
    if (address === null || submittedAt < startOfDay(from) || submittedAt > end) continue;
    book.add(address, slots.get(category ?? 'Unknown') ?? 0, localDay(submittedAt));
    const place = normalAddress(address);
    const known = ids.get(place);
    if (known) known.push(id);
    else ids.set(place, [id]);
  }
  return book
    .chronic(chronic, kinds, quarterNumbers(from, end))
    .map((place) => ({ ...place, ids: (ids.get(place.location) ?? []).sort() }));
}
