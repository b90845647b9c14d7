const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7: about 15 digits). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = 0.99999999999980993;
  for (const [i, term] of LANCZOS.entries()) sum += term / (x + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularized incomplete beta function I_x(a, b), by Lentz's continued fraction. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

// It takes about the square root of the larger parameter in steps, far fewer than this for any count of requests.
const MOST_STEPS = 100_000;
const TINY = 1e-300;

function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return result;
}

/** Two-sided p of `count` successes in `n` tries of chance `share`: twice the smaller tail, at most 1. */
export function binomialP(count: number, n: number, share: number): number {
  if (n === 0) return 1;
  const below = count >= n ? 1 : betaShare(1 - share, n - count, count + 1);
  const above = count <= 0 ? 1 : betaShare(share, count, n - count + 1);
  return Math.min(1, 2 * Math.min(below, above));
}

/** Two-sided p of Student's t with `freedom` degrees of freedom. */
export function studentP(t: number, freedom: number): number {
  return betaShare(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** P-values adjusted for being many (Holm): each at most the chance of one false alarm among all of them. */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 1) - (values[b] ?? 1) || a - b);
  const adjusted = new Array<number>(values.length).fill(1);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (values[index] ?? 1) * (values.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

/** The value at a share of a sorted list by nearest rank (0.5: the median); null for an empty list. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  // 0.9 x 10 is 9.000000000000002 in places: without the small step back the tenth of ten would be taken.
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? null;
}

/** Seconds as days to two decimals. */
export function daysOf(seconds: number): number {
  return Math.round(seconds / 864) / 100;
}
