import { addMonths } from '../core/calendar.ts';
import type { LocalDate } from '../core/instant.ts';
import { type Origin, originOf } from './models/features.ts';
import type { History } from './models/history.ts';
import { FEATURES, WIDTH } from './models/inputs.ts';
import { fitLogistic } from './models/logistic.ts';
import { type Input, type Model, scaled } from './models/model.ts';
import { countOutcome, type Outcome } from './models/outcomes.ts';

/** The part of a model that fitting makes. */
export type Fitted = Pick<Model, 'outcome' | 'horizonMonths' | 'trained' | 'intercept' | 'inputs'>;

const RIDGE = 10;
const ORIGINS = 3;

/** Days from whose end the outcome is followed: its months end by `until`, and those of different days do not overlap. */
export function trainingDays(until: LocalDate, months: number): readonly LocalDate[] {
  return Array.from({ length: ORIGINS }, (_, i) => addMonths(until, -months * (i + 1)));
}

/** The first of the training days. */
export function earliestDay(until: LocalDate, months: number): LocalDate {
  return addMonths(until, -months * ORIGINS);
}

/** Origins by day: train and validate share what they have in common. */
export type Origins = (day: LocalDate) => Origin;

/** Works out each origin once. */
export function originsOf(history: History): Origins {
  const made = new Map<LocalDate, Origin>();
  return (day) => {
    const known = made.get(day) ?? originOf(history, day);
    made.set(day, known);
    return known;
  };
}

/**
 * Fits an outcome on what was known up to the end of `until`: inputs as of each training day, outcomes in the months
 * after it. Nothing filed after `until` is looked at. No chance in it: the same history gives the same numbers.
 */
export function train(
  history: History,
  origins: Origins,
  outcome: Outcome,
  until: LocalDate,
  months: number,
): Fitted {
  const days = trainingDays(until, months);
  const parts = days.map((day) => {
    const origin = origins(day);
    return { origin, counts: countOutcome(history, origin.members, day, months, outcome) };
  });
  const rows = parts.reduce((sum, part) => sum + part.counts.length, 0);
  const y = new Uint8Array(rows);
  const x = new Float64Array(rows * WIDTH);
  const sums = new Float64Array(WIDTH);
  const squares = new Float64Array(WIDTH);
  let [row, to] = [0, 0];
  for (const { origin, counts } of parts) {
    for (const count of counts) y[row++] = Number(count > 0);
    let from = 0;
    for (let i = 0; i < counts.length; i++) {
      for (let j = 0; j < WIDTH; j++) {
        const feature = FEATURES[j];
        const value = feature === undefined ? 0 : scaled(feature, origin.values[from++] ?? 0);
        x[to++] = value;
        sums[j] = (sums[j] ?? 0) + value;
        squares[j] = (squares[j] ?? 0) + value * value;
      }
    }
  }
  const spread = FEATURES.map((_, j) => spreadOf(sums[j] ?? 0, squares[j] ?? 0, rows));
  // A column without any spread was never seen to differ: it has no weight, and is left out of the fit.
  const used = spread.flatMap(({ sd }, j) => (sd > 0 ? [j] : []));
  standardise(x, rows, spread, used);
  const signs = Int8Array.from(used, (j) => FEATURES[j]?.sign ?? 0);
  const fit = fitLogistic({ x, width: used.length, y, signs }, RIDGE);
  const inputs = FEATURES.map(({ id }, j): Input => {
    const { mean, sd } = spread[j] ?? { mean: 0, sd: 0 };
    const place = used.indexOf(j);
    return { id, mean, sd, weight: place < 0 ? 0 : rounded(fit.weights[place] ?? 0) };
  });
  return {
    outcome,
    horizonMonths: months,
    trained: {
      until,
      origins: days,
      rows,
      withOutcome: y.reduce((sum, one) => sum + one, 0),
      ridge: RIDGE,
    },
    intercept: rounded(fit.intercept),
    inputs,
  };
}

interface Spread {
  readonly mean: number;
  readonly sd: number;
}

// Leaves the used columns alone, standardised and row after row, in the front of the same room.
function standardise(
  x: Float64Array,
  rows: number,
  spread: readonly Spread[],
  used: readonly number[],
): void {
  const from = Int32Array.from(used);
  const mean = Float64Array.from(used, (j) => spread[j]?.mean ?? 0);
  const sd = Float64Array.from(used, (j) => spread[j]?.sd ?? 1);
  let to = 0;
  for (let at = 0; at < rows * WIDTH; at += WIDTH) {
    for (let place = 0; place < from.length; place++)
      x[to++] = ((x[at + (from[place] ?? 0)] ?? 0) - (mean[place] ?? 0)) / (sd[place] ?? 1);
  }
}

function spreadOf(sum: number, squares: number, rows: number): Spread {
  const mean = rows === 0 ? 0 : sum / rows;
  const variance = rows === 0 ? 0 : squares / rows - mean * mean;
  return { mean: rounded(mean), sd: variance > 1e-9 ? rounded(Math.sqrt(variance)) : 0 };
}

// Six decimals: what the file says is what is reckoned with.
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
