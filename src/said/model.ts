import { parseLocalDate } from '../core/calendar.ts';
import { dataError } from '../core/errors.ts';

/** The six attributes in the directive's order of importance (SAID-10). */
export const ATTRIBUTES = [
  'shootingVictim',
  'ageAtLatestArrest',
  'aggravatedVictim',
  'trend',
  'uuwArrests',
  'violentArrests',
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** Risk tiers from lowest to highest (SAID-13, A-SAID-3). */
export const TIERS = ['veryLow', 'low', 'medium', 'high', 'veryHigh'] as const;
export type Tier = (typeof TIERS)[number];

/** The tiers as people read them. */
export const TIER_LABELS: Readonly<Record<Tier, string>> = {
  veryLow: 'very low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  veryHigh: 'very high',
};

/** Incidents of one kind: points of one that happened on the as-of day, and the most that any number can give. */
export interface CountAttribute {
  readonly kind: 'count';
  readonly pointsEach: number;
  readonly maximum: number;
}

/** Points by exact age on the day of the latest arrest, on straight lines between knots [years, points]. */
export interface AgeAttribute {
  readonly kind: 'age';
  readonly knots: readonly (readonly [number, number])[];
  readonly maximum: number;
}

/** Points for each arrest a year by which yearly arrests grow (A-SAID-5). */
export interface TrendAttribute {
  readonly kind: 'trend';
  readonly pointsEach: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A scorecard of whole points. Nothing in it is the Department's: none of its weights are public. */
export interface Model {
  readonly id: string;
  readonly version: string;
  readonly issuedOn: string;
  /** Day of the newest retrospective validation, or null (SAID-14). */
  readonly validatedAt: string | null;
  readonly expiresOn: string;
  readonly owner: string;
  /** SAID-08: what the tier speaks of. */
  readonly horizonMonths: number;
  /** SAID-12, A-SAID-4: an incident counts half for every so many months of age. */
  readonly halfLifeMonths: number;
  /** Incidents older than this do not count. */
  readonly lookBackMonths: number;
  readonly intercept: number;
  readonly shootingVictim: CountAttribute;
  readonly ageAtLatestArrest: AgeAttribute;
  readonly aggravatedVictim: CountAttribute;
  readonly trend: TrendAttribute;
  readonly uuwArrests: CountAttribute;
  readonly violentArrests: CountAttribute;
  /** Fewest points of low, medium, high and very high; below the first is very low. */
  readonly cutPoints: readonly [number, number, number, number];
  /** Share of the reference population that each tier was set for, very low first. */
  readonly tierShares: readonly number[];
  /** A counted victimization, a UUW or violent arrest, or this many arrests: less is an insufficient basis. */
  readonly sufficientArrests: number;
  readonly card: Readonly<Record<string, readonly string[]>>;
}

const KINDS: Readonly<Record<Attribute, 'count' | 'age' | 'trend'>> = {
  shootingVictim: 'count',
  ageAtLatestArrest: 'age',
  aggravatedVictim: 'count',
  trend: 'trend',
  uuwArrests: 'count',
  violentArrests: 'count',
};

type Fields = Readonly<Record<string, unknown>>;

/** A scorecard from the text of its file. Throws a data error that names `where` and what is wrong (SAID-10, SAID-13). */
export function parseModel(text: string, where: string): Model {
  const fail = (what: string): never => {
    throw dataError(
      `${where}: ${what}.`,
      'Mend the model file, or leave --model out to use the shipped one.',
    );
  };
  const fields = (value: unknown, name: string): Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : fail(`"${name}" is no object`);
  const word = (from: Fields, name: string): string => {
    const value = from[name];
    return typeof value === 'string' && value.trim() !== '' ? value : fail(`"${name}" is missing or no text`);
  };
  const whole = (from: Fields, name: string, least: number, most: number): number => {
    const value = from[name];
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : fail(`"${name}" is no whole number from ${least} to ${most}`);
  };
  const date = (from: Fields, name: string): string => {
    const value = word(from, name);
    return parseLocalDate(value) === null ? fail(`"${name}" is no date YYYY-MM-DD`) : value;
  };
  const list = (value: unknown, name: string): readonly unknown[] =>
    Array.isArray(value) ? value : fail(`"${name}" is no list`);

  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    fail('it is no JSON');
  }
  const file = fields(parsed, 'the file');
  const attributes = list(file.attributes, 'attributes').map((each) => fields(each, 'attributes'));
  const names = attributes.map((each) => String(each.attribute));
  // SAID-10: exactly these six, in the directive's order. SAID-11: so no place, race or gender can slip in.
  if (names.join() !== ATTRIBUTES.join()) {
    fail(
      `"attributes" must be exactly ${ATTRIBUTES.join(', ')}, in this order (SAID-10); it has ${names.join(', ')}`,
    );
  }
  const halfLifeMonths = whole(file, 'halfLifeMonths', 1, 240);

  const one = (name: Attribute): Fields => {
    const found = attributes[ATTRIBUTES.indexOf(name)] ?? {};
    const allowed = { count: 'pointsEach', age: 'knots', trend: 'pointsEach,minimum' }[KINDS[name]].split(
      ',',
    );
    const extra = Object.keys(found).filter(
      (key) => !['attribute', 'maximum', 'meaning', ...allowed].includes(key),
    );
    if (extra.length > 0) fail(`${name} has an unknown field "${extra[0]}"`);
    return found;
  };
  const count = (name: Attribute): CountAttribute => ({
    kind: 'count',
    pointsEach: whole(one(name), 'pointsEach', 0, 1000),
    maximum: whole(one(name), 'maximum', 0, 1000),
  });
  const age = (name: Attribute): AgeAttribute => {
    const knots = list(one(name).knots, 'knots').map((each): readonly [number, number] => {
      const [years, points] = list(each, 'knots');
      return typeof years === 'number' && typeof points === 'number' && Number.isInteger(points)
        ? [years, points]
        : fail('a knot is [years, whole points]');
    });
    const maximum = whole(one(name), 'maximum', 0, 1000);
    checkKnots(knots, maximum, halfLifeMonths, fail);
    return { kind: 'age', knots, maximum };
  };
  const trend = (name: Attribute): TrendAttribute => ({
    kind: 'trend',
    pointsEach: whole(one(name), 'pointsEach', 0, 1000),
    minimum: whole(one(name), 'minimum', -1000, 0),
    maximum: whole(one(name), 'maximum', 0, 1000),
  });

  const tiers = list(file.tiers, 'tiers').map((each) => fields(each, 'tiers'));
  if (tiers.map((each) => String(each.tier)).join() !== TIERS.join()) {
    fail(`"tiers" must be ${TIERS.join(', ')}, in this order (SAID-13)`);
  }
  const cut = (place: number): number => whole(tiers[place] ?? {}, 'from', -10_000, 10_000);
  const card = Object.entries(fields(file.card, 'card')).map(
    ([key, value]) => [key, list(value, `card.${key}`).map(String)] as const,
  );
  const model: Model = {
    id: word(file, 'id'),
    version: word(file, 'version'),
    issuedOn: date(file, 'issuedOn'),
    validatedAt: file.validatedAt === null ? null : date(file, 'validatedAt'),
    expiresOn: date(file, 'expiresOn'),
    owner: word(file, 'owner'),
    horizonMonths: whole(file, 'horizonMonths', 1, 120),
    halfLifeMonths,
    lookBackMonths: whole(file, 'lookBackMonths', 48, 600),
    intercept: whole(file, 'intercept', -1000, 1000),
    shootingVictim: count('shootingVictim'),
    ageAtLatestArrest: age('ageAtLatestArrest'),
    aggravatedVictim: count('aggravatedVictim'),
    trend: trend('trend'),
    uuwArrests: count('uuwArrests'),
    violentArrests: count('violentArrests'),
    cutPoints: [cut(1), cut(2), cut(3), cut(4)],
    tierShares: tiers.map((each) => Number(each.populationShare)),
    sufficientArrests: whole(file, 'sufficientArrests', 1, 100),
    card: Object.fromEntries(card),
  };
  checkOrder(model, fail);
  return model;
}

/** The most points that each attribute can give, in the directive's order. */
export function maxima(model: Model): readonly number[] {
  return ATTRIBUTES.map((name) => model[name].maximum);
}

function checkOrder(model: Model, fail: (what: string) => never): void {
  const most = maxima(model);
  most.forEach((points, place) => {
    const next = most[place + 1];
    // A-SAID-2: order of importance is order of the greatest possible contribution.
    if (next !== undefined && points <= next) {
      fail(
        `${ATTRIBUTES[place]} (at most ${points}) must outweigh ${ATTRIBUTES[place + 1]} (at most ${next}) (SAID-10)`,
      );
    }
  });
  model.cutPoints.forEach((from, place) => {
    const next = model.cutPoints[place + 1];
    if (next !== undefined && from >= next)
      fail(`the cut-points of the tiers do not rise: ${from}, then ${next}`);
  });
  const total = model.tierShares.reduce((sum, share) => sum + share, 0);
  if (!(Math.abs(total - 1) < 1e-9) || model.tierShares.some((share) => !(share >= 0))) {
    fail('"populationShare" of the tiers must be shares that add up to 1');
  }
}

/**
 * Knots must fall with age, and slowly: while an arrest grows newer its subject grows older, and SAID-12 wants the
 * newer arrest never to score less. Its recency grows by ln 2 a half-life, so points may fall by no more than that.
 */
function checkKnots(
  knots: AgeAttribute['knots'],
  maximum: number,
  halfLifeMonths: number,
  fail: (what: string) => never,
): void {
  const first = knots[0];
  if (first === undefined || first[1] !== maximum) fail('the first knot of age must give the maximum');
  const mayFall = (0.9 * Math.LN2 * 12) / halfLifeMonths;
  knots.forEach(([years, points], place) => {
    if (points < 1) fail('a knot of age gives at least 1 point');
    const next = knots[place + 1];
    if (next === undefined) return;
    const perYear = (points - next[1]) / (next[0] - years);
    if (!(next[0] > years) || perYear < 0) fail('the knots of age must rise in years and fall in points');
    if (perYear > mayFall * next[1]) {
      fail(
        `age points fall too fast from ${years} to ${next[0]} years: a newer arrest would score less (SAID-12)`,
      );
    }
  });
}
