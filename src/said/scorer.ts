import { addMonths, dateOfDay, dayNumber } from '../core/calendar.ts';
import { civilOf } from '../core/civil.ts';
import { ARRESTEE, CONVICTED, DAY_SHIFT, offenseBits, VICTIM } from './incident.ts';
import type { Model } from './model.ts';

/** Why a subject has no tier. Never a silent "very low" (A-SAID-6). */
export const NOT_SCORED = [
  'no arrest',
  'no birth date',
  'birth date after the latest arrest',
  'recorded as a homicide victim',
] as const;
export type NotScored = (typeof NOT_SCORED)[number];

/** Places of a scorer's result: points and values by term, in the order intercept, then ATTRIBUTES. */
export const TERM_COUNT = 7;
const SHOOTING = 1;
const AGE = 2;
const AGGRAVATED = 3;
const TREND = 4;
const UUW = 5;
const VIOLENT = 6;

const SHOT = offenseBits('shooting');
const KILLED = offenseBits('homicide');
const BATTERED = offenseBits('aggravated-battery', 'aggravated-assault');
const WEAPON = offenseBits('uuw');
/** An arrest for any of these is one for a violent offense; robbery and the like are imported as `violent`. */
const VIOLENCE = offenseBits('shooting', 'homicide', 'aggravated-battery', 'aggravated-assault', 'violent');

/** Recency in millionths: whole numbers, so that a sum does not depend on the order of its parts. */
const FULL_WEIGHT = 1_000_000;
const DAYS_A_MONTH = 30.436875;
const DAYS_A_YEAR = 365.2425;
const NO_DAY = -1_000_000;

/** What a scorer found of one subject: overwritten by the next. `values` of the trend are tenths. */
export interface Result {
  readonly points: Int32Array;
  readonly values: Int32Array;
  total: number;
  totalConvictedOnly: number;
  tier: number;
  sufficient: boolean;
  /** Incidents after the as-of day, which do not count. */
  future: number;
}

/** Scores one subject after another without allocating. Answers a place in NOT_SCORED, or -1 when `result` holds. */
export interface Scorer {
  readonly result: Result;
  run(birthDay: number | null, history: ArrayLike<number>, length: number): number;
}

/** Weight of an incident by its age in days, in millionths; its length is the look-back (SAID-12, A-SAID-4). */
function recencyWeights(model: Model, asOfDay: number): Int32Array {
  const halfLife = model.halfLifeMonths * DAYS_A_MONTH;
  const weights = new Int32Array(asOfDay - monthsBefore(asOfDay, model.lookBackMonths));
  for (let age = 0; age < weights.length; age++) {
    weights[age] = Math.round(FULL_WEIGHT * 0.5 ** (age / halfLife));
  }
  return weights;
}

/** Tenfold slope that one arrest adds, by its age in days: (2x - 5) for year x = 1 (oldest) to 4 (A-SAID-5). */
function trendSteps(asOfDay: number): Int8Array {
  const steps = new Int8Array(asOfDay - monthsBefore(asOfDay, 48));
  const ends = [12, 24, 36].map((months) => asOfDay - monthsBefore(asOfDay, months));
  for (let age = 0; age < steps.length; age++) {
    const yearsBack = ends.filter((end) => age >= end).length;
    steps[age] = 3 - 2 * yearsBack;
  }
  return steps;
}

/** Thousandths of points by exact age in days on the day of an arrest. */
function agePoints(model: Model): Int32Array {
  const knots = model.ageAtLatestArrest.knots;
  const table = new Int32Array(Math.ceil(((knots.at(-1)?.[0] ?? 0) + 1) * DAYS_A_YEAR));
  for (let age = 0; age < table.length; age++)
    table[age] = Math.round(1000 * onLine(knots, age / DAYS_A_YEAR));
  return table;
}

function onLine(knots: readonly (readonly [number, number])[], years: number): number {
  let [fromYears, fromPoints] = knots[0] ?? [0, 0];
  if (years <= fromYears) return fromPoints;
  for (const [toYears, toPoints] of knots) {
    if (years < toYears) {
      return fromPoints + ((toPoints - fromPoints) * (years - fromYears)) / (toYears - fromYears);
    }
    fromYears = toYears;
    fromPoints = toPoints;
  }
  return fromPoints;
}

function monthsBefore(day: number, months: number): number {
  return dayNumber(addMonths(dateOfDay(day), -months));
}

/** Completed years of life on a day, by the calendar. */
export function wholeYears(birthDay: number, day: number): number {
  const birth = civilOf(birthDay);
  const then = civilOf(day);
  const before = then.month < birth.month || (then.month === birth.month && then.day < birth.day);
  return then.year - birth.year - (before ? 1 : 0);
}

/**
 * A scorer of the six attributes as of a day (SAID-10 to SAID-13). A history is packed incidents in any order; those
 * after the day or before the look-back do not count. Sex, race and place have no way in (SAID-11).
 */
export function openScorer(model: Model, asOfDay: number): Scorer {
  const weights = recencyWeights(model, asOfDay);
  const steps = trendSteps(asOfDay);
  const ages = agePoints(model);
  const oldestAge = ages[ages.length - 1] ?? 0;
  const [low, medium, high, veryHigh] = model.cutPoints;
  const { shootingVictim, aggravatedVictim, trend, uuwArrests, violentArrests } = model;
  const points = new Int32Array(TERM_COUNT);
  const values = new Int32Array(TERM_COUNT);
  points[0] = model.intercept;
  values[0] = 1;
  const result: Result = {
    points,
    values,
    total: 0,
    totalConvictedOnly: 0,
    tier: 0,
    sufficient: false,
    future: 0,
  };

  function counted(weight: number, each: number, maximum: number): number {
    return Math.min(maximum, Math.floor((each * weight + FULL_WEIGHT / 2) / FULL_WEIGHT));
  }
  function ofAge(birthDay: number, arrestDay: number): number {
    const milli = ages[arrestDay - birthDay] ?? oldestAge;
    const weight = weights[asOfDay - arrestDay] ?? 0;
    return Math.floor(((milli * weight) / FULL_WEIGHT + 500) / 1000);
  }
  function ofTrend(tenths: number): number {
    return Math.max(trend.minimum, Math.min(trend.maximum, Math.floor((trend.pointsEach * tenths + 5) / 10)));
  }

  function run(birthDay: number | null, history: ArrayLike<number>, length: number): number {
    let shootings = 0;
    let shootingWeight = 0;
    let batteries = 0;
    let batteryWeight = 0;
    let arrests = 0;
    let latest = NO_DAY;
    let slope = 0;
    let weapons = 0;
    let weaponWeight = 0;
    let violent = 0;
    let violentWeight = 0;
    let latestConvicted = NO_DAY;
    let slopeConvicted = 0;
    let weaponConvicted = 0;
    let violentConvicted = 0;
    let killed = false;
    let future = 0;

    for (let at = 0; at < length; at++) {
      const packed = history[at] ?? 0;
      const age = asOfDay - ((packed >> 12) - DAY_SHIFT);
      if (age < 0) {
        future++;
        continue;
      }
      const offenses = (packed >> 2) & 511;
      const involvement = (packed >> 11) & 1;
      if (involvement === VICTIM && (offenses & KILLED) !== 0) killed = true;
      const day = asOfDay - age;
      // The latest arrest gives its age however old it is; beyond the look-back that age weighs nothing.
      if (involvement === ARRESTEE && day > latest) latest = day;
      if (age >= weights.length) continue;
      const weight = weights[age] ?? 0;
      if (involvement === VICTIM) {
        if ((offenses & SHOT) !== 0) {
          shootings++;
          shootingWeight += weight;
        }
        if ((offenses & BATTERED) !== 0) {
          batteries++;
          batteryWeight += weight;
        }
        continue;
      }
      const convicted = (packed & 3) === CONVICTED;
      const step = age < steps.length ? (steps[age] ?? 0) : 0;
      arrests++;
      slope += step;
      if (convicted) {
        slopeConvicted += step;
        if (day > latestConvicted) latestConvicted = day;
      }
      if ((offenses & WEAPON) !== 0) {
        weapons++;
        weaponWeight += weight;
        if (convicted) weaponConvicted += weight;
      }
      if ((offenses & VIOLENCE) !== 0) {
        violent++;
        violentWeight += weight;
        if (convicted) violentConvicted += weight;
      }
    }

    result.future = future;
    if (killed) return NOT_SCORED.indexOf('recorded as a homicide victim');
    if (latest === NO_DAY) return NOT_SCORED.indexOf('no arrest');
    if (birthDay === null) return NOT_SCORED.indexOf('no birth date');
    if (birthDay > latest) return NOT_SCORED.indexOf('birth date after the latest arrest');

    points[SHOOTING] = counted(shootingWeight, shootingVictim.pointsEach, shootingVictim.maximum);
    points[AGGRAVATED] = counted(batteryWeight, aggravatedVictim.pointsEach, aggravatedVictim.maximum);
    const apart = model.intercept + points[SHOOTING] + points[AGGRAVATED];
    points[AGE] = ofAge(birthDay, latest);
    points[TREND] = ofTrend(slope);
    points[UUW] = counted(weaponWeight, uuwArrests.pointsEach, uuwArrests.maximum);
    points[VIOLENT] = counted(violentWeight, violentArrests.pointsEach, violentArrests.maximum);
    const total = apart + points[AGE] + points[TREND] + points[UUW] + points[VIOLENT];
    values[SHOOTING] = shootings;
    values[AGE] = wholeYears(birthDay, latest);
    values[AGGRAVATED] = batteries;
    values[TREND] = slope;
    values[UUW] = weapons;
    values[VIOLENT] = violent;
    result.total = total;
    // Without any convicted arrest the four arrest terms are 0, as they would be for someone never arrested.
    result.totalConvictedOnly =
      latestConvicted < birthDay
        ? apart
        : apart +
          ofAge(birthDay, latestConvicted) +
          ofTrend(slopeConvicted) +
          counted(weaponConvicted, uuwArrests.pointsEach, uuwArrests.maximum) +
          counted(violentConvicted, violentArrests.pointsEach, violentArrests.maximum);
    result.tier = tierOf(total);
    result.sufficient = shootings + batteries + weapons + violent > 0 || arrests >= model.sufficientArrests;
    return -1;
  }

  function tierOf(total: number): number {
    if (total < medium) return total < low ? 0 : 1;
    return total < high ? 2 : total < veryHigh ? 3 : 4;
  }

  return { result, run };
}
