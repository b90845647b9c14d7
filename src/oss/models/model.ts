import { dataError } from '../../core/errors.ts';
import type { Origin } from './features.ts';
import { FEATURES, type Feature, type FeatureId, featureAt, WIDTH } from './inputs.ts';
import { OUTCOMES, type Outcome } from './outcomes.ts';

/** One input of a fitted model: how it was spread where it was fitted, and its weight in log-odds a standard deviation. */
export interface Input {
  readonly id: FeatureId;
  readonly mean: number;
  readonly sd: number;
  readonly weight: number;
}

/** What a reader has to know of a model before trusting it. */
export interface Card {
  readonly purpose: readonly string[];
  readonly origin: readonly string[];
  readonly inputs: readonly string[];
  readonly outcome: readonly string[];
  readonly training: readonly string[];
  readonly validation: readonly string[];
  readonly limits: readonly string[];
}

/** A data model: a logistic regression as plain numbers. */
export interface Model {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly horizonMonths: number;
  readonly owner: string;
  readonly issuedOn: string;
  readonly expiresOn: string;
  readonly trained: {
    readonly until: string;
    readonly origins: readonly string[];
    readonly rows: number;
    readonly withOutcome: number;
    readonly ridge: number;
  };
  readonly intercept: number;
  readonly inputs: readonly Input[];
  readonly card: Card;
}

/** What of a model makes its scores. */
export type Weights = Pick<Model, 'intercept' | 'inputs'>;

/** One term of a score: the value as counted, and thousandths of log-odds against the average member. */
export interface Term {
  readonly input: FeatureId | 'average member';
  readonly label: string;
  readonly value: number | null;
  readonly points: number;
}

/** How a value enters the sum. */
export function scaled(feature: Feature, value: number): number {
  // Most inputs of most members are 0, whose logarithm is 0.
  return feature.scale === 'log' && value !== 0 ? Math.log1p(value) : value;
}

const POINT = 1000;

/** Points of one input: whole thousandths of log-odds, so that terms add up to the score exactly. */
function pointsOf({ mean, sd, weight }: Input, feature: Feature, value: number): number {
  // -0 would be printed as such.
  return sd > 0 ? Math.round((POINT * weight * (scaled(feature, value) - mean)) / sd) + 0 : 0;
}

interface Placed {
  readonly input: Input;
  readonly feature: Feature;
  readonly at: number;
}

function placed(model: Weights): readonly Placed[] {
  return model.inputs.flatMap((input) => {
    const at = featureAt(input.id);
    const feature = FEATURES[at];
    return feature === undefined ? [] : [{ input, feature, at }];
  });
}

/** The score of every member of an origin, in points: thousandths of log-odds. */
export function scoreAll(model: Weights, { members, values }: Origin): Int32Array {
  const inputs = placed(model);
  const base = Math.round(POINT * model.intercept);
  const scores = new Int32Array(members.length);
  for (let row = 0; row < scores.length; row++) {
    let points = base;
    for (const { input, feature, at } of inputs)
      points += pointsOf(input, feature, values[row * WIDTH + at] ?? 0);
    scores[row] = points;
  }
  return scores;
}

/** Every term of one member's score, the largest first; they add up to it exactly. The intercept is the last. */
export function termsOf(model: Weights, { values }: Origin, row: number): readonly Term[] {
  const terms = placed(model).map(({ input, feature, at }): Term => {
    const value = values[row * WIDTH + at] ?? 0;
    return {
      input: input.id,
      label: feature.label,
      value: Math.round(value * 100) / 100,
      points: pointsOf(input, feature, value),
    };
  });
  // Stable: inputs of one size keep the order of FEATURES.
  const sorted = terms.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const points = Math.round(POINT * model.intercept);
  return [...sorted, { input: 'average member', label: 'the average member', value: null, points }];
}

/** Chance of the outcome that a score stands for, 0 to 1. */
export function chanceOf(points: number): number {
  return 1 / (1 + Math.exp(-points / POINT));
}

const CARD = ['purpose', 'origin', 'inputs', 'outcome', 'training', 'validation', 'limits'] as const;

// Counts, most of them as logarithms, lie far below these; beyond them a score would not fit into 32 bits.
const LARGEST = { intercept: 50, mean: 20, sd: 100, weight: 50, weightOverSd: 500 } as const;

function wrongWith(input: unknown): string | null {
  if (!isRecord(input)) return 'an input is no object';
  const { id, mean, sd, weight } = input;
  // An input that is not of the list, such as sex, race or age, is refused and never read.
  if (!FEATURES.some((feature) => feature.id === id)) return `"${String(id)}" is no input of a data model`;
  if (![mean, sd, weight].every(Number.isFinite) || Number(sd) < 0)
    return `"${String(id)}" has a mean, sd or weight that is no number`;
  const steep = Number(sd) > 0 && Math.abs(Number(weight)) > LARGEST.weightOverSd * Number(sd);
  const fits = within(mean, LARGEST.mean) && within(sd, LARGEST.sd) && within(weight, LARGEST.weight);
  return fits && !steep ? null : `"${String(id)}" has a mean, sd or weight that is far too large`;
}

function within(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A model from the text of its file; throws a data error that names the file and what is wrong. */
export function parseModel(text: string, file: string): Model {
  const fail = (what: string): never => {
    throw dataError(`${file}: ${what}.`, 'Make a model file with: rollcall oss train -o model.json');
  };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail('is no JSON');
  }
  if (!isRecord(raw)) return fail('holds no model');
  for (const field of ['id', 'version', 'title', 'owner', 'issuedOn', 'expiresOn'] as const)
    if (typeof raw[field] !== 'string') fail(`${field} is missing`);
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(String(raw.id)))
    fail('id is no name of small letters, digits and hyphens');
  if (!OUTCOMES.some((outcome) => outcome === raw.outcome))
    fail(`outcome is not one of ${OUTCOMES.join(', ')}`);
  if (!Number.isInteger(raw.horizonMonths) || Number(raw.horizonMonths) < 1)
    fail('horizonMonths is no whole number');
  if (!within(raw.intercept, LARGEST.intercept)) fail('intercept is no number, or far too large');
  if (!isRecord(raw.trained) || typeof raw.trained.until !== 'string') fail('trained.until is missing');
  if (!Array.isArray(raw.inputs) || raw.inputs.length === 0) return fail('inputs is no list');
  for (const part of CARD)
    if (!isRecord(raw.card) || !isTexts(raw.card[part]))
      fail(`card is missing, or its ${part} is no list of texts`);
  for (const input of raw.inputs) {
    const wrong = wrongWith(input);
    if (wrong !== null) fail(wrong);
  }
  const model = raw as unknown as Model;
  if (new Set(model.inputs.map((input) => input.id)).size !== model.inputs.length)
    fail('an input stands twice');
  return model;
}
