/** Rows to fit: `x` row by row, `width` to a row; outcome 0 or 1; a weight each. */
export interface Sample {
  readonly x: Float64Array;
  readonly width: number;
  readonly y: Uint8Array;
}

/** An intercept and one weight a column. */
export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
  /** Newton steps taken. */
  readonly steps: number;
}

const STEPS = 25;
const CLOSE = 1e-9;

/**
 * Logistic regression with a ridge penalty (ridge/2 times the sum of squared weights, none on the intercept) by
 * Newton's method from zero: no chance in it, so the same rows give the same weights. Columns should be standardised.
 */
export function fitLogistic({ x, width, y }: Sample, ridge: number): Fit {
  const n = width + 1;
  const rows = y.length;
  const beta = new Float64Array(n);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  let steps = 0;
  for (; steps < STEPS; steps++) {
    gradient.fill(0);
    hessian.fill(0);
    for (let row = 0; row < rows; row++) {
      const at = row * width;
      let z = beta[width] ?? 0;
      for (let j = 0; j < width; j++) z += (beta[j] ?? 0) * (x[at + j] ?? 0);
      const p = 1 / (1 + Math.exp(-z));
      const residual = (y[row] ?? 0) - p;
      const w = p * (1 - p);
      for (let j = 0; j < width; j++) {
        const xj = x[at + j] ?? 0;
        if (xj === 0) continue;
        gradient[j] = (gradient[j] ?? 0) + residual * xj;
        const wx = w * xj;
        const line = j * n;
        for (let k = 0; k <= j; k++) hessian[line + k] = (hessian[line + k] ?? 0) + wx * (x[at + k] ?? 0);
        hessian[width * n + j] = (hessian[width * n + j] ?? 0) + wx;
      }
      gradient[width] = (gradient[width] ?? 0) + residual;
      hessian[width * n + width] = (hessian[width * n + width] ?? 0) + w;
    }
    for (let j = 0; j < width; j++) {
      gradient[j] = (gradient[j] ?? 0) - ridge * (beta[j] ?? 0);
      hessian[j * n + j] = (hessian[j * n + j] ?? 0) + ridge;
    }
    const step = solve(hessian, gradient, n);
    let largest = 0;
    for (let j = 0; j < n; j++) {
      beta[j] = (beta[j] ?? 0) + (step[j] ?? 0);
      largest = Math.max(largest, Math.abs(step[j] ?? 0));
    }
    if (largest < CLOSE) break;
  }
  return { intercept: beta[width] ?? 0, weights: [...beta.subarray(0, width)], steps };
}

// Cholesky on the lower triangle; a column without any spread has a pivot of the ridge alone.
function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const l = a.slice();
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = l[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] ?? 0) * (l[j * n + k] ?? 0);
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (l[j * n + j] ?? 1);
    }
  }
  const out = b.slice();
  for (let i = 0; i < n; i++) {
    let sum = out[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] ?? 0) * (out[k] ?? 0);
    out[i] = sum / (l[i * n + i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = out[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] ?? 0) * (out[k] ?? 0);
    out[i] = sum / (l[i * n + i] ?? 1);
  }
  return out;
}
