import { DAY } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { type Places, placesOf } from './duplicate-places.ts';
import { likeness, sharedWords, type WordSets, wordSets } from './duplicate-words.ts';

/** Why a concern cannot be put under an earlier one: its investigation is complete, or by what is under it. */
export type Stays = 'complete' | 'closed below' | 'earlier below';

/** How a concern stands to others by what was decided. */
export interface Standing {
  /** What it is associated to, a candidate too; null: to none. */
  readonly primary: string | null;
  /** What is associated to it. */
  readonly below: readonly string[];
  /** Null: it can be associated. */
  readonly stays: Stays | null;
}

/** Nothing has been decided of it. */
export const FREE: Standing = { primary: null, below: [], stays: null };

/** A concern that may be like another. */
export interface Candidate {
  readonly id: string;
  readonly submittedAt: Instant;
  readonly category: string | null;
  readonly description: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly standing: Standing;
}

/** A concern that belongs under an earlier one, and why. */
export interface Proposal {
  readonly id: string;
  /** The earliest of its group. */
  readonly primary: string;
  /** The later one of the pair that is alike: the concern itself, or what is associated to it. */
  readonly of: string;
  /** The earlier one of the pair: the primary, or what is or is proposed under it. */
  readonly like: string;
  /** 0 to 1, of the pair; at least the threshold. */
  readonly score: number;
  /** 0 to 1: how much of their words they share. */
  readonly words: number;
  /** Up to five words in common, rarest first. */
  readonly shared: () => readonly string[];
  readonly sameCategory: boolean;
  readonly metres: number;
  readonly days: number;
  /** What is associated to it: to be separated first. */
  readonly below: readonly string[];
  readonly stays: Stays | null;
}

export interface Proposed {
  readonly proposals: readonly Proposal[];
  /** Alike as well, of concerns that stay where they are. */
  readonly kept: readonly Proposal[];
  /** Concerns with neither coordinates nor an address, or without words: nothing can be said of them. */
  readonly passedOver: readonly string[];
}

/** Limits and shares of the policy file. */
export type DuplicateSettings = ConcernsPolicy['duplicates'] & { readonly metres: number };

/**
 * Proposes a primary for each concern that is like an earlier one in nature and place (CC-06), or like one that is under
 * that. The earliest of a group is the primary of all the others, so no chain can come of it. Compares with what came
 * before in the neighbouring squares of a grid, or at the same address, within the days of the policy. Two that somebody
 * has parted (`apart`) are not put together again.
 */
export function proposeDuplicates(
  concerns: readonly Candidate[],
  settings: DuplicateSettings,
  apart: readonly Parted[] = [],
): Proposed {
  const order = bySubmission(concerns);
  const sets = wordSets(order.map(({ description }) => description));
  const places = placesOf(order, settings.metres);
  const groups = groupsOf(order);
  const parted = apart.length === 0 ? null : pairsOf(order, apart);
  const compared = { ...factsOf(order), sets, places, groups, settings, parted };
  const joins: Join[] = [];
  const kept = new Map<number, Join>();
  const passedOver: string[] = [];
  for (let i = 0; i < order.length; i++) {
    if (!places.has(i) || sets.total[i] === 0) {
      passedOver.push(order[i]?.id ?? '');
      continue;
    }
    const match = bestMatch(i, compared);
    places.add(i);
    if (match === null) continue;
    const own = groups.first(i);
    const other = groups.first(match.at);
    const join = { id: Math.max(own, other), under: Math.min(own, other), of: i, match };
    if (order[join.id]?.standing.stays === null) {
      groups.put(join.id, join.under);
      joins.push(join);
    } else if (!kept.has(join.id)) kept.set(join.id, join);
  }
  const told = (join: Join) => proposalOf(join, groups.first(join.under), order, sets);
  return { proposals: joins.map(told), kept: [...kept.values()].map(told), passedOver };
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

/** Who belongs together, by positions in the order of submission. */
interface Groups {
  /** The earliest of a group: its primary. */
  first(i: number): number;
  /** Puts the first of one group, and all under it, under the first of an earlier one. */
  put(first: number, under: number): void;
}

function groupsOf(order: readonly Candidate[]): Groups {
  const above = new Int32Array(order.length);
  const at = new Map<string, number>();
  for (let i = 0; i < above.length; i++) {
    above[i] = i;
    const own = order[i];
    if (own !== undefined && own.standing.below.length > 0) at.set(own.id, i);
  }
  for (let i = 0; at.size > 0 && i < above.length; i++)
    above[i] = at.get(order[i]?.standing.primary ?? '') ?? i;
  return {
    first(i) {
      let first = i;
      while (above[first] !== first) first = above[first] ?? first;
      return first;
    },
    put(first, under) {
      above[first] = under;
    },
  };
}

interface Match {
  readonly at: number;
  readonly score: number;
  readonly words: number;
  readonly metres: number;
}

/** A concern that was separated from a primary. */
export interface Parted {
  readonly id: string;
  readonly from: string;
}

/** Pairs of positions as single numbers. */
function pairsOf(order: readonly Candidate[], apart: readonly Parted[]): ReadonlySet<number> {
  const at = new Map(order.map(({ id }, i) => [id, i]));
  return new Set(
    apart.flatMap(({ id, from }) => {
      const [a, b] = [at.get(id), at.get(from)];
      return a === undefined || b === undefined ? [] : [a * order.length + b, b * order.length + a];
    }),
  );
}

/** The concern `id` belongs under another, because `of` is like what it matches. */
interface Join {
  readonly id: number;
  readonly under: number;
  readonly of: number;
  readonly match: Match;
}

/** What is asked of every pair, as numbers side by side: categories are numbered, -1 for none. */
interface Facts {
  readonly times: Float64Array;
  readonly categories: Int32Array;
  /** 1: associated, or others are associated to it. */
  readonly tied: Uint8Array;
}

function factsOf(order: readonly Candidate[]): Facts {
  const numbers = new Map<string, number>();
  const times = new Float64Array(order.length);
  const categories = new Int32Array(order.length).fill(-1);
  const tied = new Uint8Array(order.length);
  for (const [i, { submittedAt, category, standing }] of order.entries()) {
    times[i] = submittedAt;
    if (standing.primary !== null || standing.below.length > 0) tied[i] = 1;
    if (category === null) continue;
    const number = numbers.get(category) ?? numbers.size;
    numbers.set(category, number);
    categories[i] = number;
  }
  return { times, categories, tied };
}

interface Compared extends Facts {
  readonly sets: WordSets;
  readonly places: Places;
  readonly groups: Groups;
  readonly settings: DuplicateSettings;
  readonly parted: ReadonlySet<number> | null;
}

/**
 * The best match among the primaries of other groups that were added before, or else among what is under them; of
 * equals the earliest.
 * What a person associated is touched, and what is only proposed leads on, from a higher score.
 */
function bestMatch(i: number, compared: Compared): Match | null {
  const { times, tied, groups, settings, parted } = compared;
  const row = i * times.length;
  const { threshold, thresholdTied, thresholdProposed } = settings;
  const oldest = (times[i] ?? 0) - settings.days * DAY;
  const own = groups.first(i);
  const least = tied[i] ? thresholdTied : threshold;
  let best: Match | undefined;
  let under: Match | undefined;
  for (const near of compared.places.near(i)) {
    // Newest first, until they are too old: of equals the earlier one comes later.
    for (let n = near.length - 1; n >= 0; n--) {
      const at = near[n] ?? 0;
      if ((times[at] ?? 0) < oldest) break;
      const first = groups.first(at);
      if (first === own) continue;
      if (parted?.has(row + at) || parted?.has(row + first)) continue;
      if (first === at) best = alike(i, at, compared, best?.score ?? least) ?? best;
      else if (best === undefined) {
        const from = tied[at] ? thresholdTied : thresholdProposed;
        under = alike(i, at, compared, Math.max(from, under?.score ?? 0)) ?? under;
      }
    }
  }
  return best ?? under ?? null;
}

/** How one is like an earlier one, from a score of `least`; null: too little, or too far apart. */
function alike(
  i: number,
  at: number,
  { times, categories, sets, places, settings }: Compared,
  least: number,
): Match | null {
  const { shares, days, metres: reach } = settings;
  const metres = places.metres(i, at);
  if (metres > reach) return null;
  const age = (times[i] ?? 0) - (times[at] ?? 0);
  const category = categories[i] ?? -1;
  const rest =
    (category >= 0 && category === categories[at] ? shares.category : 0) +
    shares.distance * (1 - metres / reach) +
    shares.time * (1 - age / (days * DAY));
  const own = sets.total[i] ?? 0;
  const other = sets.total[at] ?? 0;
  const most = (2 * Math.min(own, other)) / (own + other);
  if (rest + shares.words * most < least) return null;
  const words = likeness(sets, i, at);
  // Place and time alone do not make two concerns one.
  if (words === 0) return null;
  const score = rest + shares.words * words;
  return score >= least ? { at, score, words, metres } : null;
}

function proposalOf(
  { id, of, match }: Join,
  first: number,
  order: readonly Candidate[],
  sets: WordSets,
): Proposal {
  const [under, primary, later, earlier] = [order[id], order[first], order[of], order[match.at]];
  if (!under || !primary || !later || !earlier) throw new Error('a match of nothing');
  return {
    id: under.id,
    primary: primary.id,
    of: later.id,
    like: earlier.id,
    score: round(match.score),
    words: round(match.words),
    shared: () => sharedWords(sets, of, match.at).slice(0, 5),
    sameCategory: later.category !== null && later.category === earlier.category,
    metres: Math.round(match.metres),
    days: Math.floor((later.submittedAt - earlier.submittedAt) / DAY),
    below: under.standing.below,
    stays: under.standing.stays,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
