import { type Incident, packIncident } from './incident.ts';
import { ATTRIBUTES, type Attribute, type Model, TIERS, type Tier } from './model.ts';
import { NOT_SCORED, type NotScored, openScorer, type Result, TERM_COUNT } from './scorer.ts';

/**
 * All that the scorer may know of a person: no sex, no race, no place (SAID-11). Days since 1970-01-01; a null birth
 * day is unknown.
 */
export interface Subject {
  readonly birthDay: number | null;
  readonly incidents: readonly Incident[];
}

/**
 * One part of a score. `value` is 1 for the intercept, a number of incidents, whole years of age, or arrests a year by
 * which yearly arrests grow; `points` are whole and add up to the score.
 */
export interface Term {
  readonly attribute: 'intercept' | Attribute;
  readonly value: number;
  readonly points: number;
}

export type Score = {
  readonly tier: Tier;
  readonly points: number;
  /** The points that remain when only arrests that ended in a conviction count (A-SAID-7). */
  readonly pointsConvictedOnly: number;
  readonly basis: 'sufficient' | 'insufficient';
  /** Always seven: the intercept and the six attributes. */
  readonly terms: readonly Term[];
};

/** What `openScore` answers: the tier of one subject with its terms, or the reason why there is none. */
export type ScoreSubject = (subject: Subject) => Score | { readonly reason: NotScored };

/** Scores single subjects by a model as of a day, with all terms (SAID-10 to SAID-13). */
export function openScore(model: Model, asOfDay: number): ScoreSubject {
  const scorer = openScorer(model, asOfDay);
  return ({ birthDay, incidents }) => {
    const history = incidents.map(packIncident);
    const reason = NOT_SCORED[scorer.run(birthDay, history, history.length)];
    return reason === undefined ? scoreOf(scorer.result) : { reason };
  };
}

function scoreOf({ points, values, tier, total, totalConvictedOnly, sufficient }: Result): Score {
  return {
    tier: tierWord(tier),
    points: total,
    pointsConvictedOnly: totalConvictedOnly,
    basis: sufficient ? 'sufficient' : 'insufficient',
    terms: termsOf(values, points, 0),
  };
}

/** The word of a tier by its place in TIERS. */
export function tierWord(place: number): Tier {
  return TIERS[place] ?? 'veryLow';
}

/** The seven terms that begin at a place of two parallel lists; equal terms are one shared object. */
export function termsOf(
  values: ArrayLike<number>,
  points: ArrayLike<number>,
  start: number,
): readonly Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < TERM_COUNT; at++)
    terms.push(term(at, values[start + at] ?? 0, points[start + at] ?? 0));
  return terms;
}

const TERM_NAMES: readonly Term['attribute'][] = ['intercept', ...ATTRIBUTES];
const TREND_PLACE = TERM_NAMES.indexOf('trend');
const known: Map<number, Term>[] = TERM_NAMES.map(() => new Map());

function term(place: number, value: number, points: number): Term {
  const shelf = known[place];
  const key = value * 4096 + points;
  const found = shelf?.get(key);
  if (found !== undefined) return found;
  const made: Term = {
    attribute: TERM_NAMES[place] ?? 'intercept',
    // The scorer keeps the slope in tenths, so that it stays a whole number.
    value: place === TREND_PLACE ? value / 10 : value,
    points,
  };
  shelf?.set(key, made);
  return made;
}
