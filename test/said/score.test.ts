import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, localDateOf } from '../../src/core/calendar.ts';
import { type Incident, offenseBits, packIncident, unpackIncident } from '../../src/said/incident.ts';
import { ATTRIBUTES } from '../../src/said/model.ts';
import { loadModel } from '../../src/said/model-file.ts';
import { openPopulation } from '../../src/said/population.ts';
import { openScore, type Score, type Subject } from '../../src/said/score.ts';
import { naiveScore } from './naive.ts';

const { model } = loadModel(null, '/');
const AS_OF = dayNumber(localDateOf(2020, 12, 31));
const day = (year: number, month: number, date: number) => dayNumber(localDateOf(year, month, date));
const arrest = (on: number, offenses = offenseBits('other'), disposition = 3): Incident => ({
  day: on,
  involvement: 1,
  offenses,
  disposition,
});
const victim = (on: number, offenses = offenseBits('shooting')): Incident => ({
  day: on,
  involvement: 0,
  offenses,
  disposition: 3,
});

const score = openScore(model, AS_OF);

function scored(subject: Subject): Score {
  const result = score(subject);
  if ('reason' in result) throw new Error(`not scored: ${result.reason}`);
  return result;
}

function term(result: Score, attribute: string) {
  return result.terms.find((each) => each.attribute === attribute);
}

const anyIncident = (from: number, to: number): fc.Arbitrary<Incident> =>
  fc.record({
    day: fc.integer({ min: from, max: to }),
    involvement: fc.integer({ min: 0, max: 1 }),
    // Homicide victims are not scored at all: two bits of nine would make them most of the population.
    offenses: fc.integer({ min: 1, max: 511 }).map((bits) => bits & ~2 || 256),
    disposition: fc.integer({ min: 0, max: 3 }),
  });
const anySubject: fc.Arbitrary<Subject> = fc.record({
  birthDay: fc.option(fc.integer({ min: AS_OF - 29_000, max: AS_OF - 4_000 }), { freq: 20 }),
  incidents: fc.array(
    fc.oneof(
      { weight: 9, arbitrary: anyIncident(AS_OF - 5000, AS_OF + 40) },
      {
        weight: 1,
        arbitrary: fc.record({
          day: fc.integer({ min: AS_OF - 5000, max: AS_OF + 40 }),
          involvement: fc.integer({ min: 0, max: 1 }),
          offenses: fc.integer({ min: 1, max: 511 }),
          disposition: fc.integer({ min: 0, max: 3 }),
        }),
      },
    ),
    { maxLength: 12 },
  ),
});

describe('a score', () => {
  test('of a known history is what its rules give by hand', () => {
    const result = scored({
      birthDay: day(2000, 6, 15),
      incidents: [
        victim(AS_OF),
        victim(day(2018, 12, 31), offenseBits('aggravated-battery')),
        arrest(AS_OF, offenseBits('uuw', 'narcotics'), 0),
        arrest(day(2019, 12, 31), offenseBits('violent'), 1),
        arrest(day(2015, 1, 5)),
      ],
    });
    expect(result).toEqual({
      // 5 + 36 + 36 + 9 + 5 + 10 + 5: the aggravated battery is two years old and counts half of 18.
      tier: 'veryHigh',
      points: 106,
      pointsConvictedOnly: 100,
      basis: 'sufficient',
      terms: [
        { attribute: 'intercept', value: 1, points: 5 },
        { attribute: 'shootingVictim', value: 1, points: 36 },
        { attribute: 'ageAtLatestArrest', value: 20, points: 36 },
        { attribute: 'aggravatedVictim', value: 1, points: 9 },
        { attribute: 'trend', value: 0.4, points: 5 },
        { attribute: 'uuwArrests', value: 1, points: 10 },
        { attribute: 'violentArrests', value: 1, points: 5 },
      ],
    });
  });

  test('has always seven terms in the directive’s order, which add up to the points exactly', () => {
    fc.assert(
      fc.property(anySubject, (subject) => {
        const result = score(subject);
        if ('reason' in result) return;
        expect(result.terms.map((each) => each.attribute)).toEqual(['intercept', ...ATTRIBUTES]);
        expect(result.terms.reduce((sum, each) => sum + each.points, 0)).toBe(result.points);
        expect(result.terms.every((each) => Number.isInteger(each.points))).toBe(true);
        for (const each of result.terms) {
          if (each.attribute === 'intercept') continue;
          expect(each.points).toBeLessThanOrEqual(model[each.attribute].maximum);
          expect(each.points).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('agrees with the rules written the long way round, on random histories', () => {
    fc.assert(
      fc.property(anySubject, (subject) => {
        expect(score(subject)).toEqual(naiveScore(subject, model, AS_OF));
      }),
      { numRuns: 1500 },
    );
  });

  test('does not depend on the order of the incidents', () => {
    fc.assert(
      fc.property(anySubject, fc.infiniteStream(fc.nat()), (subject, keys) => {
        const shuffled = subject.incidents
          .map((incident) => ({ incident, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ incident }) => incident);
        expect(score({ ...subject, incidents: shuffled })).toEqual(score(subject));
      }),
    );
  });
});

describe('recency (SAID-12)', () => {
  const others = fc.array(anyIncident(AS_OF - 1400, AS_OF), { maxLength: 6 });
  const birth = fc.integer({ min: AS_OF - 25_000, max: AS_OF - 6_000 });

  test('a newer victimization never scores less', () => {
    fc.assert(
      fc.property(
        birth,
        others,
        anyIncident(AS_OF - 3600, AS_OF),
        fc.nat(3600),
        (birthDay, rest, { offenses }, later) => {
          const incidents = [arrest(AS_OF - 30), ...rest];
          const from = AS_OF - 3600;
          const older = scored({ birthDay, incidents: [...incidents, victim(from, offenses)] });
          const newer = scored({ birthDay, incidents: [...incidents, victim(from + later, offenses)] });
          expect(newer.points).toBeGreaterThanOrEqual(older.points);
        },
      ),
    );
  });

  test('a newer arrest within the four years never scores less, although its subject was older by then', () => {
    fc.assert(
      fc.property(
        birth,
        others,
        anyIncident(AS_OF - 1400, AS_OF),
        fc.nat(1400),
        (birthDay, rest, moved, later) => {
          const to = Math.min(AS_OF, moved.day + later);
          const older = scored({ birthDay, incidents: [...rest, { ...moved, involvement: 1 }] });
          const newer = scored({ birthDay, incidents: [...rest, { ...moved, involvement: 1, day: to }] });
          expect(newer.points).toBeGreaterThanOrEqual(older.points);
          expect(newer.pointsConvictedOnly).toBeGreaterThanOrEqual(older.pointsConvictedOnly);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('an only arrest never scores less for being newer, over the whole look-back, day by day', () => {
    for (const birthDay of [AS_OF - 30_000, AS_OF - 20_000, AS_OF - 14_610, AS_OF - 10_000, AS_OF - 9_000]) {
      let before = 0;
      for (let on = AS_OF - 3650; on <= AS_OF; on++) {
        const { points } = scored({ birthDay, incidents: [arrest(on, offenseBits('violent', 'uuw'))] });
        expect(points).toBeGreaterThanOrEqual(before);
        before = points;
      }
    }
  });

  test('a further incident never scores less, but for an arrest that lowers a rising trend', () => {
    fc.assert(
      fc.property(birth, others, anyIncident(AS_OF - 3600, AS_OF), (birthDay, rest, more) => {
        const incidents = [arrest(AS_OF - 30), ...rest];
        const without = scored({ birthDay, incidents });
        const result = scored({ birthDay, incidents: [...incidents, more] });
        const trend = (term(without, 'trend')?.points ?? 0) - (term(result, 'trend')?.points ?? 0);
        expect(result.points + Math.max(0, trend)).toBeGreaterThanOrEqual(without.points);
        if (more.involvement === 0 || more.day > AS_OF - 365) expect(trend).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('weighs an incident of one half-life ago half', () => {
    const on = AS_OF - Math.round(24 * 30.436875);
    const subject = { birthDay: day(1980, 1, 1), incidents: [arrest(AS_OF), victim(on)] };
    expect(term(scored(subject), 'shootingVictim')).toMatchObject({ value: 1, points: 18 });
  });
});

describe('the trend (A-SAID-5)', () => {
  test('is the least-squares slope of the arrests in each of the past four years', () => {
    const subject = {
      birthDay: day(1980, 1, 1),
      // 1, 0, 2 and 4 arrests in the years to the as-of day: slope (-1.5 + 0 + 1 + 6) / 5.
      incidents: [
        arrest(day(2017, 12, 31)),
        arrest(day(2019, 12, 31)),
        arrest(day(2019, 1, 1)),
        ...[1, 2, 3, 4].map((month) => arrest(day(2020, month, 1))),
      ],
    };
    expect(term(scored(subject), 'trend')).toEqual({ attribute: 'trend', value: 1.1, points: 13 });
  });

  test('gives nothing and takes nothing when arrests fall off', () => {
    const subject = { birthDay: day(1980, 1, 1), incidents: [arrest(day(2017, 3, 1))] };
    expect(term(scored(subject), 'trend')).toEqual({ attribute: 'trend', value: -0.3, points: 0 });
  });
});

describe('what counts', () => {
  const birthDay = day(1995, 5, 5);
  const base = arrest(day(2020, 6, 1), offenseBits('narcotics'));

  test('an arrest for shooting, homicide or aggravated battery is a violent one, once whatever its offenses', () => {
    const many = offenseBits(
      'shooting',
      'homicide',
      'aggravated-battery',
      'aggravated-assault',
      'violent',
      'uuw',
    );
    const result = scored({ birthDay, incidents: [base, arrest(AS_OF, many)] });
    expect(term(result, 'violentArrests')).toMatchObject({ value: 1, points: 7 });
    expect(term(result, 'uuwArrests')).toMatchObject({ value: 1, points: 10 });
    expect(term(result, 'shootingVictim')).toMatchObject({ value: 0, points: 0 });
  });

  test('narcotics, domestic violence and other offenses give no points of their own', () => {
    const result = scored({
      birthDay,
      incidents: [base, victim(AS_OF, offenseBits('domestic-violence', 'uuw'))],
    });
    expect(result).toEqual(scored({ birthDay, incidents: [base] }));
  });

  test('incidents after the as-of day and before the look-back do not', () => {
    const result = scored({ birthDay, incidents: [base, victim(AS_OF + 1), victim(day(2010, 12, 31))] });
    expect(result).toEqual(scored({ birthDay, incidents: [base] }));
    expect(scored({ birthDay, incidents: [base, victim(day(2011, 1, 1))] }).points).toBeGreaterThan(
      result.points,
    );
  });

  test('an arrest before the look-back is an arrest: it is scored, weighs nothing and says its basis', () => {
    const old = scored({ birthDay, incidents: [arrest(day(2009, 1, 1), offenseBits('violent', 'uuw'))] });
    expect(old).toMatchObject({ tier: 'veryLow', points: model.intercept, basis: 'insufficient' });
    expect(term(old, 'ageAtLatestArrest')).toEqual({ attribute: 'ageAtLatestArrest', value: 13, points: 0 });
  });

  test('an insufficient basis is said, and never reaches the very high tier', () => {
    const alone = scored({ birthDay: AS_OF - 17 * 365, incidents: [arrest(AS_OF)] });
    expect(alone).toMatchObject({ basis: 'insufficient', tier: 'high' });
    expect(scored({ birthDay, incidents: [base, base] }).basis).toBe('sufficient');
    expect(scored({ birthDay, incidents: [base, victim(day(2012, 1, 1))] }).basis).toBe('sufficient');
    const { intercept, ageAtLatestArrest, trend, cutPoints } = model;
    const mostAlone = intercept + ageAtLatestArrest.maximum + Math.round(trend.pointsEach * 0.3);
    expect(mostAlone).toBeLessThan(cutPoints[3]);
  });

  test('with convictions only, the arrest terms are those of the convicted arrests, and 0 when there is none', () => {
    const convicted = arrest(day(2019, 6, 1), offenseBits('violent'), 0);
    const shot = victim(day(2020, 1, 1));
    const none = scored({ birthDay, incidents: [base, shot] });
    expect(none.pointsConvictedOnly).toBe(5 + (term(none, 'shootingVictim')?.points ?? 0));
    const some = scored({ birthDay, incidents: [base, convicted, shot] });
    expect(some.pointsConvictedOnly).toBe(scored({ birthDay, incidents: [convicted, shot] }).points);
  });
});

describe('no score', () => {
  const birthDay = day(1995, 5, 5);
  test.each<[string, Subject]>([
    ['no arrest', { birthDay, incidents: [victim(AS_OF - 5), arrest(AS_OF + 5)] }],
    ['no arrest', { birthDay: null, incidents: [] }],
    ['no birth date', { birthDay: null, incidents: [arrest(AS_OF - 5)] }],
    ['birth date after the latest arrest', { birthDay: AS_OF - 4, incidents: [arrest(AS_OF - 5)] }],
    [
      'recorded as a homicide victim',
      { birthDay, incidents: [arrest(AS_OF - 5), victim(AS_OF - 4, offenseBits('homicide', 'shooting'))] },
    ],
  ])('%s', (reason, subject) => {
    expect(score(subject)).toEqual({ reason });
  });
});

test('an incident survives packing, before 1970 as after', () => {
  fc.assert(
    fc.property(anyIncident(-25_567, 84_005), (incident) => {
      const packed = packIncident(incident);
      expect(packed).toBeLessThan(2 ** 30);
      expect(packed).toBeGreaterThanOrEqual(0);
      expect(unpackIncident(packed)).toEqual(incident);
    }),
  );
});

test('a population lists by tier and then by id, never by points (SAID-18), and keeps juveniles off the list', () => {
  const population = openPopulation(model, AS_OF, 5);
  const add = (id: string, birthDay: number, incidents: readonly Incident[], juvenile = false) =>
    population.add(id, birthDay, juvenile, incidents.map(packIncident), incidents.length);
  add('B', day(1990, 1, 1), [arrest(AS_OF), arrest(AS_OF), victim(AS_OF), victim(AS_OF)]);
  add('C', day(1950, 1, 1), [arrest(day(2014, 1, 1))]);
  add('A', day(1990, 1, 1), [arrest(AS_OF), victim(AS_OF)]);
  add('D', day(2003, 1, 1), [arrest(AS_OF), victim(AS_OF)]);
  add('E', day(1990, 1, 1), [arrest(AS_OF)], true);
  const listing = { tier: null, withJuveniles: false };
  expect(
    population
      .items(listing)
      .slice()
      .map(({ subjectId, tier }) => [subjectId, tier]),
  ).toEqual([
    ['A', 'veryHigh'],
    ['B', 'veryHigh'],
    ['C', 'veryLow'],
  ]);
  expect(population.juvenilesNotListed(listing)).toBe(2);
  expect(population.items({ ...listing, withJuveniles: true }).length).toBe(5);
  expect(population.summary()).toMatchObject({ scored: 5, juveniles: 2 });
});
