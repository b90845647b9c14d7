import type { Origin } from './models/features.ts';
import type { History } from './models/history.ts';
import { cutAt, type Interval, rank, wilson } from './validate-metrics.ts';

/** One unit, or all that are too small to be shown alone. Members tied at the edge of the group count in part. */
export interface UnitRow {
  readonly unit: string;
  readonly members: number;
  readonly withOutcome: number;
  readonly events: number;
  /** Members of the unit in the top tenth of all. */
  readonly flagged: number;
  readonly hits: number;
  /** Hits of the flagged; null where none is flagged. */
  readonly precision: number | null;
  readonly precisionInterval: Interval | null;
  readonly recall: number | null;
  readonly lift: number | null;
}

/** The share of all members that is looked at by unit. */
export const UNIT_SHARE = 0.1;

/** Counts below this are not shown, so that no figure is about a few people. */
export const SMALL = 5;

interface Tally {
  unit: string;
  members: number;
  withOutcome: number;
  events: number;
  flagged: number;
  hits: number;
}

/**
 * The figures by unit on the day, largest first. Units in which a figure would stand for one to four members are
 * pooled, and further ones with them until the pool itself is large enough; a pool that never is, is left out.
 */
export function unitRows(
  history: History,
  origin: Origin,
  scores: ArrayLike<number>,
  counts: ArrayLike<number>,
): { readonly rows: readonly UnitRow[]; readonly pooled: number } {
  const tallies = new Map<number, Tally>();
  const ranking = rank(scores);
  const { inside, edge, room } = cutAt(ranking, UNIT_SHARE);
  ranking.order.forEach((row, place) => {
    const unit = origin.unit[row] ?? -1;
    const tally = tallies.get(unit) ?? empty(unit < 0 ? 'unknown' : (history.units[unit] ?? 'unknown'));
    tallies.set(unit, tally);
    const count = counts[row] ?? 0;
    const flagged = place < inside ? 1 : place < edge ? room / (edge - inside) : 0;
    tally.members++;
    tally.events += count;
    tally.withOutcome += Number(count > 0);
    tally.flagged += flagged;
    tally.hits += count > 0 ? flagged : 0;
  });
  const sorted = [...tallies.values()].toSorted(
    (a, b) => b.members - a.members || (a.unit < b.unit ? -1 : 1),
  );
  const shown = sorted.filter((tally) => !isSmall(tally));
  const small = sorted.filter(isSmall);
  const pool = empty('all others');
  for (const tally of small) addTo(pool, tally);
  let pooled = small.length;
  while (pooled > 0 && (isSmall(pool) || pooled === 1) && shown.length > 0) {
    const next = shown.pop();
    if (next === undefined) break;
    addTo(pool, next);
    pooled++;
  }
  const last = pooled > 0 && !isSmall(pool) ? [pool] : [];
  const [members, hits] = [origin.members.length, sum(sorted, 'withOutcome')];
  return { rows: [...shown, ...last].map((tally) => rowOf(tally, hits / (members || 1))), pooled };
}

function empty(unit: string): Tally {
  return { unit, members: 0, withOutcome: 0, events: 0, flagged: 0, hits: 0 };
}

function addTo(pool: Tally, tally: Tally): void {
  pool.members += tally.members;
  pool.withOutcome += tally.withOutcome;
  pool.events += tally.events;
  pool.flagged += tally.flagged;
  pool.hits += tally.hits;
}

// A figure and what remains of its whole: 1 to 4 of either would tell of a few people.
function isSmall({ members, withOutcome, flagged, hits }: Tally): boolean {
  const few = (n: number): boolean => n > 1e-9 && n < SMALL;
  return [members, withOutcome, members - withOutcome, flagged, members - flagged, hits, flagged - hits].some(
    few,
  );
}

function rowOf({ unit, members, withOutcome, events, flagged, hits }: Tally, base: number): UnitRow {
  const none = flagged < 1e-9;
  return {
    unit,
    members,
    withOutcome,
    events,
    flagged,
    hits,
    precision: none ? null : hits / flagged,
    precisionInterval: none ? null : wilson(hits, flagged),
    recall: withOutcome === 0 ? null : hits / withOutcome,
    lift: none || base === 0 ? null : hits / flagged / base,
  };
}

function sum(tallies: readonly Tally[], of: 'withOutcome'): number {
  return tallies.reduce((total, tally) => total + tally[of], 0);
}
