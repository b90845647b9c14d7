import type { Origin } from './models/features.ts';
import type { History } from './models/history.ts';
import { cutAt, type Interval, over, type Ranking, type Tied, wilson } from './validate-metrics.ts';

/** How well one order did within a unit. Members tied at the edge of the group count in part; bounds as for all. */
export interface UnitMethod<Id extends string> {
  readonly id: Id;
  /** Members of the unit in the top share of all. */
  readonly flagged: number;
  readonly hits: Tied;
  /** Hits of the flagged; null where none is flagged. */
  readonly precision: Tied | null;
  readonly precisionInterval: Interval | null;
  readonly recall: Tied | null;
  /** Precision over the base rate of all. */
  readonly lift: Tied | null;
  /** Events per head of the flagged over the mean of all. */
  readonly perHead: number | null;
}

/** One unit, or all that are too small to be shown alone. */
export interface UnitRow<Id extends string> {
  readonly unit: string;
  readonly members: number;
  readonly withOutcome: number;
  readonly events: number;
  readonly methods: readonly UnitMethod<Id>[];
}

/** The units at one share of all members. */
export interface UnitTable<Id extends string> {
  readonly share: number;
  readonly rows: readonly UnitRow<Id>[];
  /** Units too small to be shown alone. */
  readonly pooled: number;
}

/** Counts below this are not shown, so that no figure is about a few people. */
export const SMALL = 5;

/** One order of all members, by a name. */
export interface Order<Id extends string> {
  readonly id: Id;
  readonly ranking: Ranking;
}

// Members of a unit who are in the top group for sure, and those tied at its edge.
interface Group {
  sure: number;
  sureHits: number;
  sureEvents: number;
  tied: number;
  tiedHits: number;
  tiedEvents: number;
}

interface Tally {
  unit: string;
  members: number;
  withOutcome: number;
  events: number;
  /** One an order. */
  groups: readonly Group[];
}

// Of all members tied at the edge, how many fit in.
interface Edge {
  readonly tied: number;
  readonly room: number;
}

/**
 * The figures by unit on the day at each share, largest unit first. Units in which a figure would stand for one to four
 * members are pooled, and further ones with them until the pool itself is large enough; a pool that never is, is left
 * out. Units that are small by themselves stay together at every share, so that no difference of two tables shows one.
 */
export function unitTables<Id extends string>(
  history: History,
  origin: Origin,
  orders: readonly Order<Id>[],
  counts: ArrayLike<number>,
  shares: readonly number[],
): readonly UnitTable<Id>[] {
  return shares.map((share) => {
    const { tallies, edges } = tallied(history, origin, orders, counts, share);
    const always = pooled(tallies, [], isSmallUnit);
    const { shown, pool } = pooled(tallies, always.pool, (tally) => isSmall(tally, edges));
    const [members, hits, events] = [
      sum(tallies, 'members'),
      sum(tallies, 'withOutcome'),
      sum(tallies, 'events'),
    ];
    const all = { base: hits / (members || 1), mean: events / (members || 1) };
    const last = pool.length > 0 ? [together(pool, orders.length)] : [];
    return {
      share,
      rows: [...shown, ...last.filter((tally) => !isSmall(tally, edges))].map((tally) =>
        rowOf(tally, orders, edges, all),
      ),
      pooled: pool.length,
    };
  });
}

function tallied<Id extends string>(
  history: History,
  origin: Origin,
  orders: readonly Order<Id>[],
  counts: ArrayLike<number>,
  share: number,
): { readonly tallies: readonly Tally[]; readonly edges: readonly Edge[] } {
  const tallies = new Map<number, Tally>();
  const unitOf = (row: number): Tally => {
    const unit = origin.unit[row] ?? -1;
    const known = tallies.get(unit);
    if (known !== undefined) return known;
    const made = empty(unit < 0 ? 'unknown' : (history.units[unit] ?? 'unknown'), orders.length);
    tallies.set(unit, made);
    return made;
  };
  for (let row = 0; row < origin.members.length; row++) {
    const tally = unitOf(row);
    const count = counts[row] ?? 0;
    tally.members++;
    tally.events += count;
    tally.withOutcome += Number(count > 0);
  }
  const edges = orders.map(({ ranking }, at): Edge => {
    const { inside, edge, room } = cutAt(ranking, share);
    for (let place = 0; place < edge; place++) {
      const row = ranking.order[place] ?? 0;
      const group = unitOf(row).groups[at];
      if (group === undefined) continue;
      const count = counts[row] ?? 0;
      const sure = place < inside || edge - inside === room;
      group[sure ? 'sure' : 'tied']++;
      group[sure ? 'sureHits' : 'tiedHits'] += Number(count > 0);
      group[sure ? 'sureEvents' : 'tiedEvents'] += count;
    }
    return { tied: edge - inside, room };
  });
  const sorted = [...tallies.values()].toSorted(
    (a, b) => b.members - a.members || (a.unit < b.unit ? -1 : 1),
  );
  return { tallies: sorted, edges };
}

/** Those to be pooled: `always`, the small ones, and further ones from the end until the pool is not small itself. */
function pooled(
  tallies: readonly Tally[],
  always: readonly Tally[],
  small: (tally: Tally) => boolean,
): { readonly shown: readonly Tally[]; readonly pool: readonly Tally[] } {
  const pool = tallies.filter((tally) => always.includes(tally) || small(tally));
  const shown = tallies.filter((tally) => !pool.includes(tally));
  while (pool.length > 0 && (pool.length === 1 || small(together(pool, pool[0]?.groups.length ?? 0)))) {
    const next = shown.pop();
    if (next === undefined) break;
    pool.push(next);
  }
  return { shown, pool };
}

function empty(unit: string, orders: number): Tally {
  const groups = Array.from({ length: orders }, () => ({
    sure: 0,
    sureHits: 0,
    sureEvents: 0,
    tied: 0,
    tiedHits: 0,
    tiedEvents: 0,
  }));
  return { unit, members: 0, withOutcome: 0, events: 0, groups };
}

function together(tallies: readonly Tally[], orders: number): Tally {
  const pool = empty('all others', orders);
  for (const tally of tallies) {
    pool.members += tally.members;
    pool.withOutcome += tally.withOutcome;
    pool.events += tally.events;
    pool.groups.forEach((group, at) => {
      const theirs = tally.groups[at];
      if (theirs === undefined) return;
      for (const name of ['sure', 'sureHits', 'sureEvents', 'tied', 'tiedHits', 'tiedEvents'] as const)
        group[name] += theirs[name];
    });
  }
  return pool;
}

const few = (n: number): boolean => n > 1e-9 && n < SMALL;

function isSmallUnit({ members, withOutcome }: Tally): boolean {
  return [members, withOutcome, members - withOutcome].some(few);
}

// A figure and what remains of its whole: 1 to 4 of either would tell of a few people.
function isSmall(tally: Tally, edges: readonly Edge[]): boolean {
  return (
    isSmallUnit(tally) ||
    tally.groups.some((group, at) => {
      const { flagged, hits } = countsOf(group, edges[at]);
      return [flagged, tally.members - flagged, hits.expected, flagged - hits.expected].some(few);
    })
  );
}

// Of the tied of all units, `room` get in: on average the same part of each, at worst and best few or many of these.
function countsOf(group: Group, edge: Edge | undefined) {
  const { tied, room } = edge ?? { tied: 0, room: 0 };
  const part = tied === 0 || group.tied === 0 ? 0 : room / tied;
  const least = Math.max(0, room - (tied - group.tied));
  const misses = group.tied - group.tiedHits;
  // Best: as many with the outcome as fit, and of the others only those whom nobody else leaves room for.
  const bestHits = Math.min(room, group.tiedHits);
  const bestMisses = Math.max(0, Math.min(misses, least - bestHits));
  const worstMisses = Math.min(room, misses);
  const worstHits = Math.max(0, Math.min(group.tiedHits, least - worstMisses));
  return {
    flagged: group.sure + part * group.tied,
    hits: {
      worst: group.sureHits + Math.max(0, room - (tied - group.tiedHits)),
      best: group.sureHits + bestHits,
      expected: group.sureHits + part * group.tiedHits,
    },
    precise: {
      worst: [group.sureHits + worstHits, group.sure + worstHits + worstMisses],
      best: [group.sureHits + bestHits, group.sure + bestHits + bestMisses],
    },
    events: group.sureEvents + part * group.tiedEvents,
  } as const;
}

function rowOf<Id extends string>(
  { unit, members, withOutcome, events, groups }: Tally,
  orders: readonly Order<Id>[],
  edges: readonly Edge[],
  { base, mean }: { readonly base: number; readonly mean: number },
): UnitRow<Id> {
  const methods = orders.flatMap(({ id }, at): UnitMethod<Id>[] => {
    const group = groups[at];
    if (group === undefined) return [];
    const { flagged, hits, precise, events: theirs } = countsOf(group, edges[at]);
    const none = flagged < 1e-9;
    const ratio = ([of, n]: readonly [number, number]): number => (n === 0 ? 0 : of / n);
    const precision = none
      ? null
      : { worst: ratio(precise.worst), best: ratio(precise.best), expected: hits.expected / flagged };
    return [
      {
        id,
        flagged,
        hits,
        precision,
        precisionInterval: none ? null : wilson(hits.expected, flagged),
        recall: withOutcome === 0 ? null : over(hits, withOutcome),
        lift: precision === null || base === 0 ? null : over(precision, base),
        perHead: none || mean === 0 ? null : theirs / flagged / mean,
      },
    ];
  });
  return { unit, members, withOutcome, events, methods };
}

function sum(tallies: readonly Tally[], of: 'members' | 'withOutcome' | 'events'): number {
  return tallies.reduce((total, tally) => total + tally[of], 0);
}
