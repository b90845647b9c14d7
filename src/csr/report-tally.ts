import { localDay } from '../core/calendar.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { normalAddress } from '../core/text.ts';
import { bucketOf } from '../report/ageing.ts';
import { type ChronicPlace, placeBook } from '../report/chronic.ts';
import { quarterNumbers } from '../report/spans.ts';
import type { WeeklyCounts } from '../report/trends.ts';
import type { RequestRow } from './records.ts';
import { counter, isMidnightOf, ODDITIES, TOTALS, type Totals } from './report-counter.ts';
import { type Group, grouping, groupReads, groupsOf, sectorReads } from './report-groups.ts';
import type { ReportPlan } from './report-plan.ts';
import { isOpenAt, type Reopening, type Timeline, timelineOf } from './report-timeline.ts';

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
}

/** What is left of all requests once they are counted. */
export interface Tallied {
  readonly totals: Totals;
  readonly againstTotals: Totals;
  readonly duplicates: number;
  readonly informationOnly: number;
  /** Seconds from creation to closing, ascending, of closings in the period that can be measured. */
  readonly secondsToClose: Float64Array;
  readonly byType: readonly Group[];
  readonly byBeat: readonly Group[];
  readonly byDistrict: readonly Group[];
  readonly byOrigin: readonly Group[];
  readonly ageing: readonly { readonly bucket: string; readonly count: number; readonly seasonal: number }[];
  readonly months: readonly { readonly label: string; readonly opened: number; readonly closed: number }[];
  readonly weekly: readonly WeeklyCounts[];
  /** Openings of all types by day, in each of the three trend spans. */
  readonly daily: readonly Int32Array[];
  readonly chronic: readonly ChronicPlace[];
  readonly treatments: Treatments;
}

/** Words, and ids of types with a part of their own. */
export interface TallyWords {
  readonly words: ReadonlyMap<number, string>;
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
  { words, informationOnly, seasonal }: TallyWords,
  reopenings: ReadonlyMap<number, readonly Reopening[]>,
  watchedPlace: string | null = null,
): Tally {
  const { span } = plan;
  const { start, end } = span;
  const word = (id: number): string => words.get(id) ?? '';
  const types = grouping(word);
  const origins = grouping(word);
  const beats = grouping((beat) => String(beat).padStart(4, '0'));
  const districts = grouping((district) => String(district).padStart(3, '0'));
  const groupings = [types, beats, districts, origins] as const;
  const closings = { seconds: [] as number[], slots: groupings.map(() => [] as number[]) };
  const now = counter(span);
  const then = counter(plan.against);
  const months = plan.months.map(counter);
  const trend = plan.trend.map((each) => ({ ...each, daily: new Int32Array(each.days) }));
  const weekly: Int32Array[][] = [];
  const places = placeBook();
  const endDay = localDay(end);
  const ages = policy.ageing.buckets.map(() => ({ count: 0, seasonal: 0 }));
  const odd = {
    closedWithoutDate: 0,
    openWithCloseDate: 0,
    closedBeforeCreated: 0,
    reopeningContradicted: 0,
    withoutAddress: 0,
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

  function countClosing(
    createdAt: number,
    closedAt: number,
    measured: boolean,
    slots: readonly number[],
  ): void {
    for (const [i, grouped] of groupings.entries()) {
      const slot = slots[i] ?? 0;
      grouped.closed[slot] = (grouped.closed[slot] ?? 0) + 1;
      if (measured) closings.slots[i]?.push(slot);
    }
    if (measured) closings.seconds.push(closedAt - createdAt);
  }

  function countOpenAtEnd(createdDay: number, typeId: number, slots: readonly number[]): void {
    for (const [i, grouped] of groupings.entries()) {
      const slot = slots[i] ?? 0;
      grouped.openAtEnd[slot] = (grouped.openAtEnd[slot] ?? 0) + 1;
    }
    const age = ages[bucketOf(policy.ageing.buckets, endDay - createdDay)];
    if (age === undefined) return;
    age.count += 1;
    if (seasonal.has(typeId)) age.seasonal += 1;
  }

  function noteOddities(row: RequestRow, closedAt: number, timeline: Timeline): void {
    const [, , , , , isOpen, createdAt, , givenClose] = row;
    odd.reopeningContradicted += timeline.contradicted;
    // An old request that had ended before the period is no business of this report.
    if (createdAt > end || closedAt < start) return;
    if (isOpen === 1) {
      if (givenClose !== null) odd.openWithCloseDate += 1;
    } else if (givenClose === null) odd.closedWithoutDate += 1;
    else if (givenClose < createdAt && !isMidnightOf(givenClose, createdAt)) odd.closedBeforeCreated += 1;
  }

  function add(row: RequestRow): void {
    const [
      id,
      typeId,
      originId,
      district,
      beat,
      isOpen,
      createdAt,
      createdDay,
      givenClose,
      duplicate,
      address,
    ] = row;
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
    const slots = [types.slot(typeId), beats.slot(beat), districts.slot(district), origins.slot(originId)];
    const typeSlot = slots[0] ?? 0;
    if (createdAt >= plan.reach.createdSince) countOpening(createdAt, createdDay, typeSlot);
    if (createdAt >= plan.chronicStart && createdAt <= end) {
      if (address !== null && address !== '') {
        places.add(address, typeSlot, createdDay);
        if (watchedPlace !== null && normalAddress(address) === watchedPlace) atPlace += 1;
      } else odd.withoutAddress += 1;
    }
    if (openedNow) {
      for (let i = 0; i < groupings.length; i++) {
        const { opened } = groupings[i] ?? types;
        opened[slots[i] ?? 0] = (opened[slots[i] ?? 0] ?? 0) + 1;
      }
    }
    if (usual) {
      const closedAt = isOpen === 1 ? Number.POSITIVE_INFINITY : (givenClose ?? createdAt);
      now.once(createdAt, closedAt);
      then.once(createdAt, closedAt);
      for (const month of months) month.once(createdAt, closedAt);
      if (closedAt >= start && closedAt <= end) countClosing(createdAt, closedAt, true, slots);
      if (createdAt <= end && closedAt > end) countOpenAtEnd(createdDay, typeId, slots);
      return;
    }
    const midnight = givenClose !== null && isOpen === 0 && isMidnightOf(givenClose, createdAt);
    const timeline = timelineOf(createdAt, isOpen === 1, midnight ? createdAt : givenClose, history ?? []);
    noteOddities(row, timeline.closings.at(-1) ?? Number.POSITIVE_INFINITY, timeline);
    now.life(createdAt, timeline);
    then.life(createdAt, timeline);
    for (const month of months) month.life(createdAt, timeline);
    for (const [i, closedAt] of timeline.closings.entries()) {
      if (closedAt >= start && closedAt <= end) {
        countClosing(createdAt, closedAt, timeline.measured[i] ?? false, slots);
      }
    }
    if (isOpenAt(createdAt, timeline, end)) countOpenAtEnd(createdDay, typeId, slots);
  }

  function reads(section: string, key: string): Readonly<Record<string, () => number>> | null {
    const grouped = { byType: types, byBeat: beats, byDistrict: districts, byOrigin: origins }[section];
    if (grouped !== undefined) return groupReads(grouped, key);
    if (section === 'bySector') return sectorReads(beats, key);
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
        return age < 0 ? null : { count: () => ages[age]?.count ?? 0 };
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
        return { n: () => closings.seconds.length };
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
      const groups = (which: 0 | 1 | 2 | 3, order: 'opened' | 'key') =>
        groupsOf(groupings[which], { seconds: closings.seconds, slots: closings.slots[which] ?? [] }, order);
      const quarterOfDay = quarterNumbers(plan.chronicFrom, end);
      return {
        totals: now.totals(),
        againstTotals: then.totals(),
        duplicates,
        informationOnly: infoOnly,
        secondsToClose: Float64Array.from(closings.seconds).sort(),
        byType: groups(0, 'opened'),
        byBeat: groups(1, 'key'),
        byDistrict: groups(2, 'opened'),
        byOrigin: groups(3, 'opened'),
        ageing: policy.ageing.buckets.map(({ label }, i) => ({
          bucket: label,
          count: ages[i]?.count ?? 0,
          seasonal: ages[i]?.seasonal ?? 0,
        })),
        months: months.map((month, i) => {
          const { opened, closed } = month.totals();
          return { label: plan.months[i]?.label ?? '', opened, closed };
        }),
        weekly: types.keys.flatMap((key, slot) => {
          const weeks = weekly[slot];
          return weeks === undefined ? [] : [{ key, weeks }];
        }),
        daily: trend.map(({ daily }) => daily),
        chronic: places.chronic(policy.chronic, types.keys, quarterOfDay),
        treatments: odd,
      };
    },
  };
}
