import { normalAddress } from '../core/address.ts';
import { localDay } from '../core/calendar.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { bucketOf } from '../report/ageing.ts';
import { type ChronicPlace, placeBook } from '../report/chronic.ts';
import { PLACES_SHOWN } from '../report/findings.ts';
import { quarterNumbers } from '../report/spans.ts';
import type { WeeklyCounts } from '../report/trends.ts';
import { isBeatElsewhere } from './districts.ts';
import type { RequestRow } from './records.ts';
import { BREAKDOWNS, type BreakdownName, type BreakdownWords, openBreakdowns } from './report-breakdowns.ts';
import { counter, isMidnightOf, lifeOf, ODDITIES, TOTALS, type Totals } from './report-counter.ts';
import type { Group } from './report-groups.ts';
import type { ReportPlan } from './report-plan.ts';
import { isOpenAt, type Reopening, type Timeline } from './report-timeline.ts';

/** The key of the trend of all requests together. */
export const ALL_REQUESTS = 'All requests';

/** Requests whose dates contradict themselves, and how they were counted; only such as touch the period. */
export interface Treatments {
  /** Closed without any close date: counted as closed when they were opened. */
  readonly closedWithoutDate: number;
  /** Open by their status, with a close date: counted as open. */
  readonly openWithCloseDate: number;
  /** Closed before they were created: counted as closed when created. */
  readonly closedBeforeCreated: number;
  /** Reopenings that a later close date contradicts: left out. */
  readonly reopeningContradicted: number;
  /** No address: they cannot make a place chronic. */
  readonly withoutAddress: number;
  /** A beat of another district than the request's own: each stays where the export puts it. */
  readonly beatOfOtherDistrict: number;
}

/** What is left of all requests once they are counted. */
export interface Tallied {
  readonly totals: Totals;
  readonly againstTotals: Totals;
  readonly duplicates: number;
  readonly informationOnly: number;
  /** Seconds from creation to closing, ascending, of closings in the period that can be measured. */
  readonly secondsToClose: Float64Array;
  /** Days of age of what is open at the end, ascending. */
  readonly daysOpen: Float64Array;
  readonly groups: Readonly<Record<BreakdownName, readonly Group[]>>;
  readonly ageing: readonly { readonly bucket: string; readonly count: number; readonly seasonal: number }[];
  readonly months: readonly { readonly label: string; readonly opened: number; readonly closed: number }[];
  readonly weekly: readonly WeeklyCounts[];
  /** Openings of all types by day, in each of the three trend spans. */
  readonly daily: readonly Int32Array[];
  readonly chronic: readonly ChronicPlace[];
  /** Ids of the requests at the first of these places, by their location. */
  readonly chronicIds: ReadonlyMap<string, readonly number[]>;
  readonly treatments: Treatments;
}

/** Words, and ids of types with a part of their own. */
export interface TallyWords extends BreakdownWords {
  readonly informationOnly: ReadonlySet<number>;
  readonly seasonal: ReadonlySet<number>;
}

export interface Tally {
  add(row: RequestRow): void;
  result(): Tallied;
  /** What has been counted so far for figures, by measure; null when there is no such section or key. */
  reads(section: string, key: string): Readonly<Record<string, () => number>> | null;
}

/** Counts requests for a report in one pass, in memory that grows with what happened in the period only. */
export function openTally(
  plan: ReportPlan,
  policy: CsrPolicy,
  words: TallyWords,
  reopenings: ReadonlyMap<number, readonly Reopening[]>,
  watchedPlace: string | null = null,
): Tally {
  const { span } = plan;
  const { start, end } = span;
  const { informationOnly, seasonal } = words;
  const breakdowns = openBreakdowns(words, policy);
  const daysOpen: number[] = [];
  const now = counter(span);
  const then = counter(plan.against);
  const months = plan.months.map(counter);
  const trend = plan.trend.map((each) => ({ ...each, daily: new Int32Array(each.days) }));
  const weekly: Int32Array[][] = [];
  const places = placeBook();
  const placed = { ids: [] as number[], addresses: [] as string[] };
  const endDay = localDay(end);
  const ages = policy.ageing.buckets.map(() => ({ count: 0, seasonal: 0 }));
  const odd = {
    closedWithoutDate: 0,
    openWithCloseDate: 0,
    closedBeforeCreated: 0,
    reopeningContradicted: 0,
    withoutAddress: 0,
    beatOfOtherDistrict: 0,
  };
  let duplicates = 0;
  let infoOnly = 0;
  let atPlace = 0;

  function countOpening(createdAt: number, createdDay: number, typeSlot: number): void {
    for (let which = 0; which < trend.length; which++) {
      const each = trend[which];
      if (each === undefined || createdAt < each.start || createdAt > each.end) continue;
      const day = createdDay - each.firstDay;
      each.daily[day] = (each.daily[day] ?? 0) + 1;
      let weeks = weekly[typeSlot];
      if (weeks === undefined) {
        weeks = plan.trend.map(({ days }) => new Int32Array(Math.floor(days / 7) + 1));
        weekly[typeSlot] = weeks;
      }
      const counts = weeks[which];
      const week = Math.floor(day / 7);
      if (counts) counts[week] = (counts[week] ?? 0) + 1;
    }
  }

  function countOpenAtEnd(createdDay: number, typeId: number, slots: readonly number[]): void {
    breakdowns.count('openAtEnd', slots);
    daysOpen.push(endDay - createdDay);
    const age = ages[bucketOf(policy.ageing.buckets, endDay - createdDay)];
    if (age === undefined) return;
    age.count += 1;
    if (seasonal.has(typeId)) age.seasonal += 1;
  }

  function noteOddities(row: RequestRow, closedAt: number, timeline: Timeline): void {
    const [, , , district, beat, isOpen, createdAt, , givenClose] = row;
    odd.reopeningContradicted += timeline.contradicted;
    // An old request that had ended before the period is no business of this report.
    if (createdAt > end || closedAt < start) return;
    if (isBeatElsewhere(district, beat)) odd.beatOfOtherDistrict += 1;
    if (isOpen === 1) {
      if (givenClose !== null) odd.openWithCloseDate += 1;
    } else if (givenClose === null) odd.closedWithoutDate += 1;
    else if (givenClose < createdAt && !isMidnightOf(givenClose, createdAt)) odd.closedBeforeCreated += 1;
  }

  function add(row: RequestRow): void {
    const [id, typeId, , district, beat, isOpen, createdAt, createdDay, givenClose, duplicate, address] = row;
    const elsewhere = isBeatElsewhere(district, beat);
    const openedNow = createdAt >= start && createdAt <= end;
    if (duplicate === 1) {
      if (openedNow) duplicates += 1;
      return;
    }
    if (informationOnly.has(typeId)) {
      if (openedNow) infoOnly += 1;
      return;
    }
    const history = reopenings.size === 0 ? undefined : reopenings.get(id);
    const usual =
      history === undefined &&
      (isOpen === 1 ? givenClose === null : givenClose !== null && givenClose >= createdAt);
    const slots = breakdowns.slotsOf(row);
    const typeSlot = slots[0] ?? 0;
    if (createdAt >= plan.reach.createdSince) countOpening(createdAt, createdDay, typeSlot);
    if (createdAt >= plan.chronicStart && createdAt <= end) {
      if (address !== null && address !== '') {
        places.add(address, typeSlot, createdDay);
        placed.ids.push(id);
        placed.addresses.push(address);
        if (watchedPlace !== null && normalAddress(address) === watchedPlace) atPlace += 1;
      } else odd.withoutAddress += 1;
    }
    if (openedNow) breakdowns.count('opened', slots);
    if (usual) {
      const closedAt = isOpen === 1 ? Number.POSITIVE_INFINITY : (givenClose ?? createdAt);
      now.once(createdAt, closedAt);
      then.once(createdAt, closedAt);
      for (const month of months) month.once(createdAt, closedAt);
      if (closedAt >= start && closedAt <= end) breakdowns.close(slots, closedAt - createdAt);
      if (createdAt <= end && closedAt > end) countOpenAtEnd(createdDay, typeId, slots);
      if (elsewhere && createdAt <= end && closedAt >= start) odd.beatOfOtherDistrict += 1;
      return;
    }
    const timeline = lifeOf(createdAt, isOpen === 1, givenClose, history ?? []);
    noteOddities(row, timeline.closings.at(-1) ?? Number.POSITIVE_INFINITY, timeline);
    now.life(createdAt, timeline);
    then.life(createdAt, timeline);
    for (const month of months) month.life(createdAt, timeline);
    for (const [i, closedAt] of timeline.closings.entries()) {
      if (closedAt >= start && closedAt <= end) {
        breakdowns.close(slots, timeline.measured[i] === true ? closedAt - createdAt : null);
      }
    }
    if (isOpenAt(createdAt, timeline, end)) countOpenAtEnd(createdDay, typeId, slots);
  }

  function trendReads(type: string, which: number): () => number {
    if (type === ALL_REQUESTS) return () => sumOf(trend[which]?.daily);
    return () => sumOf(weekly[breakdowns.types.keys.indexOf(type)]?.[which]);
  }

  function reads(section: string, key: string): Readonly<Record<string, () => number>> | null {
    const breakdown = BREAKDOWNS.find((name) => name === section);
    if (breakdown !== undefined) return breakdowns.reads(breakdown, key);
    const span = { totals: now, against: then }[section];
    if (span !== undefined) {
      const measure = TOTALS.find((name) => name === key);
      return measure === undefined ? null : { [measure]: () => span.totals()[measure] };
    }
    const age = policy.ageing.buckets.findIndex(({ label }) => label === key);
    const month = months[plan.months.findIndex(({ label }) => label === key)];
    const odds = ODDITIES.find((name) => name === key);
    switch (section) {
      case 'ageing':
        if (age < 0) return null;
        return {
          count: () => ages[age]?.count ?? 0,
          seasonal: () => ages[age]?.seasonal ?? 0,
          others: () => (ages[age]?.count ?? 0) - (ages[age]?.seasonal ?? 0),
        };
      case 'trends':
        return { opened: trendReads(key, 0), previous: trendReads(key, 1), lastYear: trendReads(key, 2) };
      case 'byMonth':
        if (month === undefined) return null;
        return { opened: () => month.totals().opened, closed: () => month.totals().closed };
      case 'treatments':
        return odds === undefined ? null : { count: () => odd[odds] };
      case 'duplicates':
        return { count: () => duplicates };
      case 'informationOnly':
        return { count: () => infoOnly };
      case 'daysToClose':
        return { n: () => breakdowns.seconds.length };
      case 'daysOpen':
        return { n: () => daysOpen.length };
      case 'chronic':
        return { requests: () => atPlace };
      default:
        return null;
    }
  }

  return {
    add,
    reads,
    result() {
      const quarterOfDay = quarterNumbers(plan.chronicFrom, end);
      const chronic = places.chronic(policy.chronic, breakdowns.types.keys, quarterOfDay);
      return {
        totals: now.totals(),
        againstTotals: then.totals(),
        duplicates,
        informationOnly: infoOnly,
        secondsToClose: Float64Array.from(breakdowns.seconds).sort(),
        daysOpen: Float64Array.from(daysOpen).sort(),
        groups: {
          byType: breakdowns.groups('byType', 'opened'),
          byDistrict: breakdowns.groups('byDistrict', 'opened'),
          bySector: breakdowns.groups('bySector', 'key'),
          byBeat: breakdowns.groups('byBeat', 'key'),
          byUnit: breakdowns.groups('byUnit', 'opened'),
          byInitiator: breakdowns.groups('byInitiator', 'opened'),
          byOrigin: breakdowns.groups('byOrigin', 'opened'),
        },
        ageing: policy.ageing.buckets.map(({ label }, i) => ({
          bucket: label,
          count: ages[i]?.count ?? 0,
          seasonal: ages[i]?.seasonal ?? 0,
        })),
        months: months.map((month, i) => {
          const { opened, closed } = month.totals();
          return { label: plan.months[i]?.label ?? '', opened, closed };
        }),
        weekly: breakdowns.types.keys.flatMap((key, slot) => {
          const weeks = weekly[slot];
          return weeks === undefined ? [] : [{ key, weeks }];
        }),
        daily: trend.map(({ daily }) => daily),
        chronic,
        chronicIds: idsAt(chronic.slice(0, PLACES_SHOWN), placed),
        treatments: odd,
      };
    },
  };
}

/** Which of the placed requests stand at each of some places, under whatever form its address is written. */
function idsAt(
  places: readonly ChronicPlace[],
  { ids, addresses }: { readonly ids: readonly number[]; readonly addresses: readonly string[] },
): ReadonlyMap<string, readonly number[]> {
  const found = new Map(places.map(({ location }) => [location, [] as number[]]));
  const homes = new Map<string, number[] | undefined>();
  for (const [i, address] of found.size === 0 ? [] : addresses.entries()) {
    if (!homes.has(address)) homes.set(address, found.get(normalAddress(address)));
    homes.get(address)?.push(ids[i] ?? 0);
  }
  return found;
}

function sumOf(counts: Int32Array | undefined): number {
  let sum = 0;
  for (const count of counts ?? []) sum += count;
  return sum;
}
