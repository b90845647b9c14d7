/** What a count of a top group may be: with the worst and the best order of those tied at its edge, and on average. */
export interface Tied {
  readonly worst: number;
  readonly best: number;
  readonly expected: number;
}

/** An interval of 95 per cent. */
export type Interval = readonly [low: number, high: number];

/** How well the members placed highest were those who had the outcome. */
export interface Top {
  readonly share: number;
  /** Members in the group: the share of all, rounded up. */
  readonly size: number;
  /** Members tied at its edge, of whom only some fit in; 0 when none are. */
  readonly tied: number;
  readonly hits: Tied;
  readonly precision: Tied;
  readonly precisionInterval: Interval;
  readonly recall: Tied;
  /** Precision over the base rate; null where nobody had the outcome. */
  readonly lift: Tied | null;
  readonly liftInterval: Interval | null;
  readonly events: Tied;
  /** Events per head of the group over the mean of all. */
  readonly perHead: Tied | null;
  readonly perHeadInterval: Interval | null;
}

const Z = 1.959963984540054;

/** Wilson's interval for `hits` of `n`; [0, 1] when n is 0. */
export function wilson(hits: number, n: number): Interval {
  if (n === 0) return [0, 1];
  const p = hits / n;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Each of the three by a number. */
export function over({ worst, best, expected }: Tied, by: number): Tied {
  return { worst: worst / by, best: best / by, expected: expected / by };
}

/** Places by score, highest first, as groups of equal scores: `ends[g]` is where group g ends in `order`. */
export interface Ranking {
  readonly order: Int32Array;
  readonly ends: readonly number[];
}

/** Ranks scores, highest first; equal scores are one group. */
export function rank(scores: ArrayLike<number>): Ranking {
  const order = Int32Array.from(scores, (_, i) => i).sort(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
  const ends: number[] = [];
  for (let i = 1; i <= order.length; i++)
    if (i === order.length || scores[order[i] ?? 0] !== scores[order[i - 1] ?? 0]) ends.push(i);
  return { order, ends };
}

/** Members of the top `share` and the tie at its edge: all of `inside` and `room` of those between `inside` and `edge`. */
export function cutAt(
  ranking: Ranking,
  share: number,
): { size: number; inside: number; edge: number; room: number } {
  // Before rounding up, what binary fractions add is taken off: 1 % of 12,300 are 123, not 124.
  const size = Math.min(ranking.order.length, Math.ceil(share * ranking.order.length - 1e-9));
  let inside = 0;
  for (const end of ranking.ends) {
    if (end >= size) return { size, inside, edge: end, room: size - inside };
    inside = end;
  }
  return { size, inside, edge: inside, room: 0 };
}

/**
 * Precision, recall, lift and events per head of the top `share` by score. Ties at the edge are reckoned exactly: the
 * worst, the best and the mean over every order of the tied. Intervals: Wilson for precision; for the two ratios the
 * delta method on their logarithm, the group being a part of the whole.
 */
export function topOf(ranking: Ranking, counts: ArrayLike<number>, share: number): Top {
  const { order } = ranking;
  const { size, inside, edge, room } = cutAt(ranking, share);
  const n = order.length;
  let [allHits, allEvents, allSquares] = [0, 0, 0];
  let [sureHits, sureEvents, sureSquares] = [0, 0, 0];
  const edgeCounts: number[] = [];
  let edgeSquares = 0;
  for (let i = 0; i < n; i++) {
    const count = counts[order[i] ?? 0] ?? 0;
    const hit = Number(count > 0);
    allHits += hit;
    allEvents += count;
    allSquares += count * count;
    if (i < inside) {
      sureHits += hit;
      sureEvents += count;
      sureSquares += count * count;
    } else if (i < edge) {
      edgeCounts.push(count);
      edgeSquares += count * count;
    }
  }
  const part = edgeCounts.length === 0 ? 0 : room / edgeCounts.length;
  const edgeHits = edgeCounts.filter((count) => count > 0).length;
  const hits: Tied = {
    worst: sureHits + Math.max(0, room - (edgeCounts.length - edgeHits)),
    best: sureHits + Math.min(room, edgeHits),
    expected: sureHits + part * edgeHits,
  };
  const rising = edgeCounts.toSorted((a, b) => a - b);
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  const events: Tied = {
    worst: sureEvents + sum(rising.slice(0, room)),
    best: sureEvents + sum(room === 0 ? [] : rising.slice(-room)),
    expected: sureEvents + part * sum(rising),
  };
  const precision = over(hits, size || 1);
  const lift = allHits === 0 ? null : over(precision, allHits / n);
  const perHead = allEvents === 0 ? null : over(over(events, size || 1), allEvents / n);
  return {
    share,
    size,
    tied: edgeCounts.length > room ? edgeCounts.length : 0,
    hits,
    precision,
    precisionInterval: wilson(hits.expected, size),
    recall: over(hits, allHits || 1),
    lift,
    liftInterval: ratioInterval(lift?.expected, size, n, [hits.expected, hits.expected], [allHits, allHits]),
    events,
    perHead,
    perHeadInterval: ratioInterval(
      perHead?.expected,
      size,
      n,
      [events.expected, sureSquares + part * edgeSquares],
      [allEvents, allSquares],
    ),
  };
}

/**
 * Interval of (part / size) / (all / n) where the part lies within the whole: with sums s1 of the part and s2 of the
 * rest, ln ratio moves by ds1 (1/s1 - 1/s) - ds2 / s. Sums come with their sums of squares.
 */
function ratioInterval(
  ratio: number | undefined,
  size: number,
  n: number,
  [part, partSquares]: readonly [number, number],
  [all, allSquares]: readonly [number, number],
): Interval | null {
  if (ratio === undefined || part <= 0 || size === 0) return null;
  const spread = (sum: number, squares: number, of: number): number =>
    of === 0 ? 0 : Math.max(0, squares - (sum * sum) / of);
  const inside = spread(part, partSquares, size) * (1 / part - 1 / all) ** 2;
  const rest = spread(all - part, allSquares - partSquares, n - size) / all ** 2;
  const factor = Math.exp(Z * Math.sqrt(inside + rest));
  return [ratio / factor, ratio * factor];
}

/** Area under the ROC curve, ties worth a half; null unless some had the outcome and some had not. */
export function areaUnderCurve({ order, ends }: Ranking, counts: ArrayLike<number>): number | null {
  let [pairs, above, hitsBefore, missesBefore] = [0, 0, 0, 0];
  let from = 0;
  for (const end of ends) {
    let hits = 0;
    for (let i = from; i < end; i++) hits += Number((counts[order[i] ?? 0] ?? 0) > 0);
    const misses = end - from - hits;
    above += misses * hitsBefore + (hits * misses) / 2;
    hitsBefore += hits;
    missesBefore += misses;
    from = end;
  }
  pairs = hitsBefore * missesBefore;
  return pairs === 0 ? null : above / pairs;
}

/**
 * The share of all events that the `size` members with most of them would hold on average if every one of `n` members
 * had the same Poisson rate: how much concentration chance alone makes. Null where there are no events.
 */
export function poissonTopShare(mean: number, n: number, size: number): number | null {
  if (mean <= 0 || n === 0) return null;
  // From the highest count downwards the tail of the distribution fills the group.
  const chances: number[] = [];
  let chance = Math.exp(-mean);
  for (let k = 0; k < 1000; k++) {
    chances.push(chance);
    chance *= mean / (k + 1);
    if (k > mean && chance < 1e-18) break;
  }
  let room = size / n;
  let held = 0;
  for (let k = chances.length - 1; k > 0 && room > 0; k--) {
    const taken = Math.min(room, chances[k] ?? 0);
    held += taken * k;
    room -= taken;
  }
  return held / mean;
}
