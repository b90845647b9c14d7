/** A seeded source of choices: the same seed and labels give the same run of choices on every machine. */
export interface Rng {
  /** A fraction, 0 <= x < 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
  /** A standard normal value, by the sum of twelve uniforms: bounded at six, so no tail can run away. */
  normal(): number;
}

/** A sampler over weighted items, built once and drawn from often. Throws when no item has weight. */
export type Weighted<T> = (rng: Rng) => T;

function hash(text: string): number {
  // FNV-1a, 32 bits.
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** A generator of its own for each label, so that a change in one file's rules leaves the others' bytes alone. */
export function seeded(seed: number, ...labels: readonly (string | number)[]): Rng {
  let state = hash(`${seed}/${labels.join('/')}`);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (items) => at(items, Math.floor(next() * items.length)),
    shuffled: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        const held = at(copy, i);
        copy[i] = at(copy, j);
        copy[j] = held;
      }
      return copy;
    },
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
  };
}

/** The item at a known place; throws where the list is shorter. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${items.length}`);
  return item;
}

/** Draws items by their weights (any positive numbers); throws when all weights are zero. */
export function weighted<T>(table: readonly (readonly [T, number])[]): Weighted<T> {
  const bounds: number[] = [];
  let total = 0;
  for (const [, weight] of table) {
    total += weight;
    bounds.push(total);
  }
  if (total <= 0) throw new RangeError('nothing to draw from: all weights are zero');
  return (rng) => {
    const drawn = rng.next() * total;
    const index = bounds.findIndex((bound) => drawn < bound);
    return at(table, index)[0];
  };
}
