import { DAY } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { normalAddress } from '../core/text.ts';
import { METRES_PER_DEGREE } from './apart.ts';
import { likeness, sharedWords, type WordSets, wordSets } from './duplicate-words.ts';

/** A concern that may be like another. */
export interface Candidate {
  readonly id: string;
  readonly submittedAt: Instant;
  readonly category: string | null;
  readonly description: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Others are associated to it already: it stays a primary. */
  readonly isPrimary: boolean;
}

/** A concern that is like an earlier one, and why. */
export interface Proposal {
  readonly id: string;
  readonly primary: string;
  /** 0 to 1; at least the threshold. */
  readonly score: number;
  /** 0 to 1: how much of their words they share. */
  readonly words: number;
  /** Up to five words in common, rarest first. */
  readonly shared: () => readonly string[];
  readonly sameCategory: boolean;
  readonly metres: number;
  readonly days: number;
}

export interface Proposed {
  readonly proposals: readonly Proposal[];
  /** Concerns with neither coordinates nor an address, or without words: nothing can be said of them. */
  readonly passedOver: number;
}

/** Limits and shares of the policy file. */
export type DuplicateSettings = ConcernsPolicy['duplicates'] & { readonly metres: number };

/**
 * Proposes a primary for each concern that is like an earlier one in nature and place (CC-06). The earliest of a group
 * is the primary; what is proposed under one is no primary itself, so no chain can come of it. Compares with earlier
 * primaries in the neighbouring squares of a grid, or of the same address, within the days of the policy.
 */
export function proposeDuplicates(concerns: readonly Candidate[], settings: DuplicateSettings): Proposed {
  const order = bySubmission(concerns);
  const sets = wordSets(order.map(({ description }) => description));
  const places = placesOf(order, settings.metres);
  const facts = factsOf(order);
  const proposals: Proposal[] = [];
  let passedOver = 0;
  for (let i = 0; i < order.length; i++) {
    const own = order[i];
    if (own === undefined) continue;
    if (!places.has(i) || sets.total[i] === 0) {
      passedOver++;
      continue;
    }
    const match = own.isPrimary ? null : bestPrimary(i, facts, sets, places, settings);
    if (match === null) places.add(i);
    else proposals.push(proposalOf(i, match, order, sets));
  }
  return { proposals, passedOver };
}

/** Earliest first; of one second in the order given. Sorts numbers: time and place in one, exact up to a million. */
function bySubmission(concerns: readonly Candidate[]): readonly Candidate[] {
  const room = 2 ** 20;
  if (concerns.length >= room) return concerns.toSorted((a, b) => a.submittedAt - b.submittedAt);
  const keys = new Float64Array(concerns.length);
  for (let i = 0; i < keys.length; i++) keys[i] = (concerns[i]?.submittedAt ?? 0) * room + i;
  keys.sort();
  const order: Candidate[] = [];
  for (const key of keys) {
    const each = concerns[key % room];
    if (each !== undefined) order.push(each);
  }
  return order;
}

interface Match {
  readonly at: number;
  readonly score: number;
  readonly words: number;
  readonly metres: number;
}

/** What is asked of every pair, as numbers side by side: categories are numbered, -1 for none. */
interface Facts {
  readonly times: Float64Array;
  readonly categories: Int32Array;
}

function factsOf(order: readonly Candidate[]): Facts {
  const numbers = new Map<string, number>();
  const times = new Float64Array(order.length);
  const categories = new Int32Array(order.length).fill(-1);
  for (const [i, { submittedAt, category }] of order.entries()) {
    times[i] = submittedAt;
    if (category === null) continue;
    const number = numbers.get(category) ?? numbers.size;
    numbers.set(category, number);
    categories[i] = number;
  }
  return { times, categories };
}

function bestPrimary(
  i: number,
  { times, categories }: Facts,
  sets: WordSets,
  places: Places,
  settings: DuplicateSettings,
): Match | null {
  const { shares, threshold, days, metres: reach } = settings;
  const time = times[i] ?? 0;
  const category = categories[i] ?? -1;
  const weight = sets.total[i] ?? 0;
  let best: Match | null = null;
  for (const near of places.near(i)) {
    // Newest first, until they are too old.
    for (let n = near.length - 1; n >= 0; n--) {
      const at = near[n] ?? 0;
      const age = time - (times[at] ?? 0);
      if (age > days * DAY) break;
      const metres = places.metres(i, at);
      if (metres > reach) continue;
      const rest =
        (category >= 0 && category === categories[at] ? shares.category : 0) +
        shares.distance * (1 - metres / reach) +
        shares.time * (1 - age / (days * DAY));
      const least = best === null ? threshold : best.score;
      const other = sets.total[at] ?? 0;
      const most = (2 * Math.min(weight, other)) / (weight + other);
      if (rest + shares.words * most < least) continue;
      const words = likeness(sets, i, at);
      // Place and time alone do not make two concerns one.
      if (words === 0) continue;
      const score = rest + shares.words * words;
      // Of equals the earlier one: it comes later in this loop.
      if (score >= least) best = { at, score, words, metres };
    }
  }
  return best;
}

function proposalOf(i: number, match: Match, order: readonly Candidate[], sets: WordSets): Proposal {
  const own = order[i];
  const primary = order[match.at];
  if (own === undefined || primary === undefined) throw new Error('a match of nothing');
  return {
    id: own.id,
    primary: primary.id,
    score: round(match.score),
    words: round(match.words),
    shared: () => sharedWords(sets, i, match.at).slice(0, 5),
    sameCategory: own.category !== null && own.category === primary.category,
    metres: Math.round(match.metres),
    days: Math.floor((own.submittedAt - primary.submittedAt) / DAY),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Where concerns are, and which primaries are near one. */
interface Places {
  has(i: number): boolean;
  /** Makes a concern a primary that later ones are compared with. */
  add(i: number): void;
  near(i: number): readonly (readonly number[])[];
  metres(i: number, j: number): number;
}

// A flat map: within a city the error is under a metre on the distances that count.
function placesOf(order: readonly Candidate[], reach: number): Places {
  const x = new Float64Array(order.length).fill(Number.NaN);
  const y = new Float64Array(order.length).fill(Number.NaN);
  const middle = order.find(({ latitude }) => latitude !== null)?.latitude ?? 0;
  const shrink = Math.cos((middle * Math.PI) / 180);
  const addresses: string[] = new Array(order.length).fill('');
  order.forEach(({ latitude, longitude, address }, i) => {
    if (latitude !== null && longitude !== null) {
      x[i] = longitude * METRES_PER_DEGREE * shrink;
      y[i] = latitude * METRES_PER_DEGREE;
    } else if (address !== null) addresses[i] = normalAddress(address);
  });
  const squares = new Map<number, number[]>();
  const doors = new Map<string, number[]>();
  const located = (i: number) => !Number.isNaN(x[i] ?? Number.NaN);
  // Small whole numbers, counted from the corner: those are what maps are quick with.
  const corner = [least(x), least(y)] as const;
  const column = (i: number) => Math.floor(((x[i] ?? 0) - corner[0]) / reach) + 1;
  const line = (i: number) => Math.floor(((y[i] ?? 0) - corner[1]) / reach) + 1;
  const key = (across: number, up: number) => across * 32_768 + up;
  const doorOf = (i: number) => addresses[i] || normalAddress(order[i]?.address ?? '');
  const put = <K>(map: Map<K, number[]>, at: K, i: number) => {
    const known = map.get(at);
    if (known) known.push(i);
    else map.set(at, [i]);
  };
  // Addresses of located concerns are needed only where some other is known by its address alone.
  const byDoor = order.some((_, i) => !located(i) && addresses[i] !== '');
  // One list for all questions: it is read before the next is asked.
  const found: (readonly number[])[] = [];
  return {
    has: (i) => located(i) || addresses[i] !== '',
    add(i) {
      if (located(i)) put(squares, key(column(i), line(i)), i);
      if (byDoor && doorOf(i) !== '') put(doors, doorOf(i), i);
    },
    near(i) {
      found.length = 0;
      if (located(i)) {
        const here = key(column(i), line(i));
        for (let across = -1; across <= 1; across++) {
          for (let up = -1; up <= 1; up++) {
            const square = squares.get(here + key(across, up));
            if (square) found.push(square);
          }
        }
      }
      const door = byDoor && doorOf(i) !== '' ? doors.get(doorOf(i)) : undefined;
      // Two located ones have met in their squares.
      if (door) found.push(located(i) ? door.filter((j) => !located(j)) : door);
      return found;
    },
    metres: (i, j) =>
      located(i) && located(j) ? Math.hypot((x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)) : 0,
  };
}

function least(values: Float64Array): number {
  let found = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < found) found = value;
  return found;
}
