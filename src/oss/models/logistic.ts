/** Rows to fit: `x` row by row, `width` to a row; outcome 0 or 1. */
export interface Sample {
  readonly x: Float64Array;
  readonly width: number;
  readonly y: Uint8Array;
  /** Which way a column may work: 1 only up, -1 only down, 0 either. */
  readonly signs: Int8Array;
}

/** An intercept and one weight a column. */
export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
  /** Newton steps taken. */
  readonly steps: number;
}

const STEPS = 60;
const SWEEPS = 2000;
// Far below the six decimals that are kept.
const CLOSE = 1e-9;
// After a step smaller than this the curvature hardly changes, and is not worked out anew: the slope alone decides.
const SETTLED = 0.1;

/**
 * Logistic regression with a ridge penalty (ridge/2 times the sum of squared weights, none on the intercept) and signs
 * given beforehand, by Newton steps from zero, each solved by going round the columns. Both are convex, so there is one
 * answer, and no chance in it: the same rows give the same weights. Columns should be standardised.
 */
export function fitLogistic(sample: Sample, ridge: number): Fit {
  const { width, signs } = sample;
  const n = width + 1;
  const beta = new Float64Array(n);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const next = new Float64Array(n);
  let steps = 0;
  let largest = Number.POSITIVE_INFINITY;
  while (steps < STEPS && largest >= CLOSE) {
    const anew = largest >= SETTLED;
    slopes(sample, beta, gradient, anew ? hessian : null);
    for (let j = 0; j < width; j++) {
      gradient[j] = (gradient[j] ?? 0) - ridge * (beta[j] ?? 0);
      if (anew) hessian[j * n + j] = (hessian[j * n + j] ?? 0) + ridge;
    }
    next.set(beta);
    goRound(hessian, gradient, next, signs);
    largest = 0;
    for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs((next[j] ?? 0) - (beta[j] ?? 0)));
    beta.set(next);
    steps++;
  }
  return { intercept: beta[width] ?? 0, weights: [...beta.subarray(0, width)], steps };
}

// First and second derivatives of the log-likelihood at beta; the second whole and with its sign turned. Four rows are
// taken at once, so that each cell of the square is fetched a quarter as often.
function slopes(
  { x, width, y }: Sample,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array | null,
): void {
  const n = width + 1;
  const four = new Float64Array(4 * n);
  const weighted = new Float64Array(4 * n);
  gradient.fill(0);
  hessian?.fill(0);
  for (let start = 0; start < y.length; start += 4) {
    for (let r = 0; r < 4; r++) {
      const row = start + r;
      const to = r * n;
      if (row >= y.length) {
        four.fill(0, to, to + n);
        weighted.fill(0, to, to + n);
        continue;
      }
      const at = row * width;
      let z = beta[width] ?? 0;
      for (let j = 0; j < width; j++) {
        const xj = x[at + j] ?? 0;
        four[to + j] = xj;
        z += (beta[j] ?? 0) * xj;
      }
      four[to + width] = 1;
      const p = 1 / (1 + Math.exp(-z));
      const residual = (y[row] ?? 0) - p;
      const w = p * (1 - p);
      for (let j = 0; j < n; j++) {
        const xj = four[to + j] ?? 0;
        weighted[to + j] = w * xj;
        gradient[j] = (gradient[j] ?? 0) + residual * xj;
      }
    }
    if (hessian !== null) addSquares(hessian, weighted, four, n);
  }
  if (hessian === null) return;
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) hessian[k * n + j] = hessian[j * n + k] ?? 0;
}

// Adds four rows, each weighted, to the lower half of the square.
function addSquares(hessian: Float64Array, weighted: Float64Array, four: Float64Array, n: number): void {
  const [second, third, fourth] = [n, 2 * n, 3 * n];
  for (let j = 0; j < n; j++) {
    const a = weighted[j] ?? 0;
    const b = weighted[second + j] ?? 0;
    const c = weighted[third + j] ?? 0;
    const d = weighted[fourth + j] ?? 0;
    const line = j * n;
    for (let k = 0; k <= j; k++) {
      hessian[line + k] =
        (hessian[line + k] ?? 0) +
        a * (four[k] ?? 0) +
        b * (four[second + k] ?? 0) +
        c * (four[third + k] ?? 0) +
        d * (four[fourth + k] ?? 0);
    }
  }
}

// Lowers the quadratic one column at a time, each held to its side of zero, until nothing moves.
function goRound(hessian: Float64Array, gradient: Float64Array, next: Float64Array, signs: Int8Array): void {
  const n = next.length;
  const pull = gradient.slice();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let largest = 0;
    for (let j = 0; j < n; j++) {
      const curve = hessian[j * n + j] ?? 0;
      if (curve <= 0) continue;
      const old = next[j] ?? 0;
      const sign = signs[j] ?? 0;
      let value = old + (pull[j] ?? 0) / curve;
      if (sign * value < 0) value = 0;
      const moved = value - old;
      if (moved === 0) continue;
      next[j] = value;
      for (let k = 0; k < n; k++) pull[k] = (pull[k] ?? 0) - moved * (hessian[j * n + k] ?? 0);
      largest = Math.max(largest, Math.abs(moved));
    }
    if (largest < 1e-11) break;
  }
}
