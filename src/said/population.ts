import { addMonths, dateOfDay, dayNumber } from '../core/calendar.ts';
import type { ItemList } from '../core/command.ts';
import { type Model, TIERS, type Tier } from './model.ts';
import { type Score, termsOf, tierWord } from './score.ts';
import { NOT_SCORED, type NotScored, openScorer, TERM_COUNT } from './scorer.ts';

/** A scored subject as it is put out. */
export type Item = { readonly subjectId: string } & Score & { readonly juvenile: boolean };

export type TierCounts = Readonly<Record<Tier, number>>;

/** What is known of a whole population once every subject was added. */
export interface Summary {
  readonly scored: number;
  readonly tiers: TierCounts;
  readonly notScored: readonly { readonly subjectId: string; readonly reason: NotScored }[];
  readonly insufficient: number;
  /** Scored with no counted victimization, no UUW and no violent arrest. */
  readonly noViolence: number;
  /** Whose tier would be lower if only arrests that ended in a conviction counted. */
  readonly restsOnUnconvicted: number;
  /** Incidents after the as-of day, which do not count. */
  readonly futureIncidents: number;
  readonly juveniles: number;
}

export interface Listing {
  /** Only this tier; null for all. */
  readonly tier: Tier | null;
  readonly withJuveniles: boolean;
}

/** Scores subjects as they are added and keeps the results as plain numbers; items are made when they are asked for. */
export interface Population {
  add(
    subjectId: string,
    birthDay: number | null,
    juvenile: boolean,
    history: ArrayLike<number>,
    length: number,
  ): void;
  summary(): Summary;
  /** Highest tier first, then by subject id: the points never order anyone (SAID-18). */
  items(listing: Listing): ItemList<Item>;
  /** Juveniles whom `items` leaves out (A-SAID-11). */
  juvenilesNotListed(listing: Listing): number;
}

/** An empty population with room for `capacity` subjects (RangeError beyond it). `nameOf` gives the id under which a subject is put out. */
export function openPopulation(
  model: Model,
  asOfDay: number,
  capacity: number,
  nameOf: (subjectId: string) => string = (id) => id,
): Population {
  const scorer = openScorer(model, asOfDay);
  const { result } = scorer;
  const ids: string[] = [];
  const tiers = new Uint8Array(capacity);
  const totals = new Int32Array(capacity);
  const convicted = new Int32Array(capacity);
  const flags = new Uint8Array(capacity);
  const values = new Int32Array(capacity * TERM_COUNT);
  const points = new Int32Array(capacity * TERM_COUNT);
  const notScored: { subjectId: string; reason: NotScored }[] = [];
  const counts = TIERS.map(() => 0);
  let futureIncidents = 0;
  let noViolence = 0;
  let restsOnUnconvicted = 0;
  let insufficient = 0;
  let juveniles = 0;
  // Under 18 on the as-of day, whatever the export says.
  const adultIfBornBy = dayNumber(addMonths(dateOfDay(asOfDay), -18 * 12));
  const [low, medium, high, veryHigh] = model.cutPoints;
  const tierFloor = [Number.NEGATIVE_INFINITY, low, medium, high, veryHigh];

  function add(
    subjectId: string,
    birthDay: number | null,
    juvenile: boolean,
    history: ArrayLike<number>,
    length: number,
  ): void {
    const outcome = scorer.run(birthDay, history, length);
    futureIncidents += result.future;
    const reason = NOT_SCORED[outcome];
    if (reason !== undefined) {
      notScored.push({ subjectId: nameOf(subjectId), reason });
      return;
    }
    const at = ids.length;
    if (at >= capacity) throw new RangeError(`there is room for ${capacity} subjects only`);
    ids.push(nameOf(subjectId));
    const young = juvenile || (birthDay !== null && birthDay > adultIfBornBy);
    tiers[at] = result.tier;
    totals[at] = result.total;
    convicted[at] = result.totalConvictedOnly;
    flags[at] = (result.sufficient ? SUFFICIENT : 0) | (young ? JUVENILE : 0);
    const start = at * TERM_COUNT;
    for (let term = 0; term < TERM_COUNT; term++) {
      values[start + term] = result.values[term] ?? 0;
      points[start + term] = result.points[term] ?? 0;
    }
    counts[result.tier] = (counts[result.tier] ?? 0) + 1;
    if (!result.sufficient) insufficient++;
    if (young) juveniles++;
    if (result.totalConvictedOnly < (tierFloor[result.tier] ?? 0)) restsOnUnconvicted++;
    const touched =
      (result.values[1] ?? 0) + (result.values[3] ?? 0) + (result.values[5] ?? 0) + (result.values[6] ?? 0);
    if (touched === 0) noViolence++;
  }

  function item(at: number): Item {
    const flag = flags[at] ?? 0;
    return {
      subjectId: ids[at] ?? '',
      tier: tierWord(tiers[at] ?? 0),
      points: totals[at] ?? 0,
      pointsConvictedOnly: convicted[at] ?? 0,
      basis: (flag & SUFFICIENT) !== 0 ? 'sufficient' : 'insufficient',
      juvenile: (flag & JUVENILE) !== 0,
      terms: termsOf(values, points, at * TERM_COUNT),
    };
  }

  function isListed(at: number, { tier, withJuveniles }: Listing): boolean {
    return (
      (tier === null || TIERS[tiers[at] ?? 0] === tier) &&
      (withJuveniles || ((flags[at] ?? 0) & JUVENILE) === 0)
    );
  }

  return {
    add,
    summary: () => ({
      scored: ids.length,
      tiers: {
        veryLow: counts[0] ?? 0,
        low: counts[1] ?? 0,
        medium: counts[2] ?? 0,
        high: counts[3] ?? 0,
        veryHigh: counts[4] ?? 0,
      },
      notScored: notScored.sort((a, b) => byText(a.subjectId, b.subjectId)),
      insufficient,
      noViolence,
      restsOnUnconvicted,
      futureIncidents,
      juveniles,
    }),
    items(listing) {
      const byTier: number[][] = TIERS.map(() => []);
      for (let at = 0; at < ids.length; at++) if (isListed(at, listing)) byTier[tiers[at] ?? 0]?.push(at);
      for (const places of byTier) places.sort((a, b) => byText(ids[a] ?? '', ids[b] ?? ''));
      const order = Int32Array.from(byTier.reverse().flat());
      // Seven terms a subject: 400,000 items at once would be three million objects.
      return {
        length: order.length,
        slice: (start, end) => Array.from(order.subarray(start, end), item),
      };
    },
    juvenilesNotListed(listing) {
      if (listing.withJuveniles) return 0;
      let left = 0;
      for (let at = 0; at < ids.length; at++) {
        if (isListed(at, { ...listing, withJuveniles: true }) && !isListed(at, listing)) left++;
      }
      return left;
    },
  };
}

const SUFFICIENT = 1;
const JUVENILE = 2;

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
