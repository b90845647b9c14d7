import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../src/core/calendar.ts';
import { modelOf } from '../../src/oss/model-card.ts';
import { fitId, shippedModels } from '../../src/oss/model-file.ts';
import { sortCategory } from '../../src/oss/models/categories.ts';
import { type Origin, originOf } from '../../src/oss/models/features.ts';
import { openHistory } from '../../src/oss/models/history.ts';
import { FEATURES, type FeatureId, featureAt, WIDTH } from '../../src/oss/models/inputs.ts';
import { parseModel, scoreAll, termsOf } from '../../src/oss/models/model.ts';
import { countOutcome, countPast } from '../../src/oss/models/outcomes.ts';
import { originsOf, train, trainingDays } from '../../src/oss/train.ts';
import { day, historyOf, population } from './history-of.ts';

const SPLIT = day('2012-12-31');

function value(origin: Origin, row: number, id: FeatureId): number {
  return origin.values[row * WIDTH + featureAt(id)] ?? Number.NaN;
}

describe('complaint categories', () => {
  test.for([
    ['05A ARRESTEE - DURING ARREST', 'force', true],
    ['05P EXCESSIVE FORCE - OFF DUTY', 'conduct', false],
    ['05P UNNECESSARY DISPLAY OF WEAPON / ON DUTY', 'force', true],
    ['09J MISCELLANEOUS', 'conduct', false],
    ['05F DOMESTIC', 'force', null],
    ['08F THEFT', 'integrity', null],
    ['10U INADEQUATE SERVICE', 'operations', true],
    ['Verbal abuse', 'verbal', true],
    ['something else', 'other', null],
    [null, 'other', null],
  ] as const)('%s is sorted as %s', ([category, group, onDuty]) => {
    expect(sortCategory(category)).toEqual({ group, onDuty });
  });
});

describe('the population', () => {
  test('is sworn members appointed on or before the day and not resigned by it', () => {
    const history = historyOf(
      [
        { id: 'appointed-that-day', appointed: '2012-12-31' },
        { id: 'appointed-later', appointed: '2013-01-01' },
        { id: 'resigned-that-day', resigned: '2012-12-31' },
        { id: 'resigns-later', resigned: '2013-01-01' },
        { id: 'not-sworn', sworn: false },
        { id: 'no-appointment', appointed: null },
      ],
      [],
    );
    const ids = [...originOf(history, SPLIT).members].map((m) => history.ids[m]);
    expect(ids).toEqual(['appointed-that-day', 'resigns-later']);
  });
});

describe('inputs', () => {
  test('are counted by when the Department knew, in windows that do not overlap', () => {
    const events = [
      { member: 'M1', on: '2012-12-31', category: '05A FORCE', caseId: 'C1' },
      { member: 'M1', on: '2011-12-31', category: '10U SERVICE' },
      { member: 'M1', on: '2007-12-31' },
      { member: 'M1', on: '2010-12-31', filed: '2012-06-01', category: '09J CONDUCT' },
      { member: 'M2', on: '2012-12-30', category: '05A FORCE', caseId: 'C1' },
      { member: 'M1', on: '2012-01-01', kind: 'use-of-force' as const, category: 'firearm', onDuty: false },
    ];
    const origin = originOf(
      historyOf(
        [
          { id: 'M1', unit: '5' },
          { id: 'M2', unit: '5' },
        ],
        events,
      ),
      SPLIT,
    );
    const of = (id: FeatureId) => value(origin, 0, id);
    expect([of('complaints-1y'), of('complaints-2y'), of('complaints-5y')]).toEqual([2, 1, 0]);
    expect([of('force-complaints'), of('operations-complaints'), of('conduct-complaints')]).toEqual([
      1, 1, 1,
    ]);
    expect([of('kinds'), of('shared'), of('company')]).toEqual([3, 1, 1]);
    expect([of('force-1y'), of('firearm'), of('force-off-duty')]).toEqual([1, 1, 1]);
    // The unit without the member: the one complaint of M2.
    expect(of('unit-complaints')).toBe(1);
    expect(of('since-complaint')).toBe(0);
    expect(value(origin, 1, 'since-force')).toBe(10);
  });

  test('know of a finding only once its complaint was closed', () => {
    const history = historyOf(
      [{ id: 'M1' }],
      [
        { member: 'M1', on: '2010-01-01', closed: '2012-06-01', sustained: true },
        { member: 'M1', on: '2011-01-01', closed: '2013-06-01', sustained: true },
      ],
    );
    const origin = originOf(history, SPLIT);
    expect([value(origin, 0, 'sustained'), value(origin, 0, 'open')]).toEqual([1, 1]);
  });

  test('take a finding without a closing day, and the unit of the roster, only for the roster of today', () => {
    const inputs = (roster: boolean) => {
      const members = ['M1', 'M2'].map((id) => ({
        id,
        appointed: '2000-01-01',
        resigned: null,
        sworn: true,
        events: 1,
        unit: '5',
      }));
      const builder = openHistory(members, roster);
      const filed = endOfDay(day('2012-06-01'));
      builder.activity('M1', filed, filed, 0, 0, '05A FORCE', 1, null, null);
      const origin = originOf(builder.done(), SPLIT, roster);
      const of = (id: FeatureId) => value(origin, 0, id);
      return [of('sustained'), of('open'), value(origin, 1, 'unit-complaints')];
    };
    expect(inputs(true)).toEqual([1, 0, 1]);
    expect(inputs(false)).toEqual([0, 0, 0]);
  });

  test('do not change by anything that is filed after the day', () => {
    const { officers, events } = population(200, 2005, 2016, 3);
    const known = events.filter((event) => event.on <= '2012-12-31');
    const all = originOf(historyOf(officers, events), SPLIT);
    expect(originOf(historyOf(officers, known), SPLIT).values).toEqual(all.values);
  });

  test('name neither sex, race, age nor length of service', () => {
    const words = FEATURES.map((feature) => `${feature.id} ${feature.label}`).join(' ');
    expect(words).not.toMatch(/\b(sex|gender|race|ethnic|age|born|birth|tenure|seniority|appoint)/i);
  });
});

describe('outcomes', () => {
  test('happened after the day and were filed by the end of the months', () => {
    const history = historyOf(
      [{ id: 'M1' }],
      [
        { member: 'M1', on: '2012-12-31', filed: '2013-01-05', category: '05A FORCE' },
        { member: 'M1', on: '2013-01-01', filed: '2013-01-05', category: '05A FORCE' },
        { member: 'M1', on: '2014-12-31', category: '09J CONDUCT' },
        { member: 'M1', on: '2014-12-01', filed: '2015-01-01', category: '09J CONDUCT' },
      ],
    );
    const members = Int32Array.of(0);
    const count = (outcome: Parameters<typeof countOutcome>[4]) =>
      countOutcome(history, members, SPLIT, 24, outcome)[0];
    expect([count('complaints'), count('on-duty'), count('off-duty'), count('force')]).toEqual([2, 1, 1, 0]);
    expect(countPast(history, members, day('2015-12-31'), 5, 'complaints')[0]).toBe(4);
    expect(countPast(history, members, day('2018-06-30'), 5, 'off-duty')[0]).toBe(2);
  });
});

describe('training', () => {
  const { officers, events } = population(400, 2000, 2014, 11);
  const history = historyOf(officers, events);
  const fitted = train(history, originsOf(history), 'complaints', SPLIT, 24);

  test('follows each day for whole months that end by the last day and do not overlap', () => {
    expect(trainingDays(SPLIT, 24)).toEqual(['2010-12-31', '2008-12-31', '2006-12-31']);
    expect(fitted.trained).toMatchObject({ until: '2012-12-31', rows: 1200 });
  });

  test('gives the same weights each time, and whatever is filed later', () => {
    const earlier = historyOf(officers, events.filter((event) => event.on <= '2012-12-31').toReversed());
    expect(train(earlier, originsOf(earlier), 'complaints', SPLIT, 24)).toEqual(fitted);
  });

  test('lets nothing that was recorded count in favour', () => {
    for (const { id, weight } of fitted.inputs) {
      const sign = FEATURES[featureAt(id)]?.sign ?? 0;
      expect(sign * weight, id).toBeGreaterThanOrEqual(0);
    }
    expect(fitted.inputs.some((input) => input.weight !== 0)).toBe(true);
  });

  test('leaves an input that never differed without weight', () => {
    expect(fitted.inputs.find((input) => input.id === 'training')).toMatchObject({ sd: 0, weight: 0 });
  });

  test('makes a model whose file reads back as it was, and whose terms add up to each score', () => {
    const model = modelOf(
      fitted,
      { on: day('2021-01-01'), until: day('2022-01-01'), owner: 'us', version: '1' },
      [],
    );
    const again = parseModel(JSON.stringify(model), 'model.json');
    expect(again).toEqual(model);
    const origin = originOf(history, SPLIT);
    const scores = scoreAll(again, origin);
    for (const row of [0, 1, 57, 399]) {
      const terms = termsOf(again, origin, row);
      expect(terms.reduce((sum, term) => sum + term.points, 0)).toBe(scores[row]);
    }
    // Who is complained of most of all is placed higher than who never was.
    const mean = (rows: readonly number[]) =>
      rows.reduce((sum, row) => sum + (scores[row] ?? 0), 0) / rows.length;
    const often = Array.from({ length: 40 }, (_, i) => i * 10);
    const seldom = Array.from({ length: 40 }, (_, i) => i * 10 + 1);
    expect(mean(often)).toBeGreaterThan(mean(seldom) + 500);
  });
});

describe('a model file', () => {
  const text = JSON.stringify(shippedModels()[0]?.model);
  test.for([
    ['an input that is none, such as age', text.replace('"complaints-1y"', '"age"'), /"age" is no input/],
    ['no card', text.replace('"card"', '"note"'), /card is missing/],
    ['an unknown outcome', text.replace('"outcome":"on-duty"', '"outcome":"guilt"'), /outcome is not one of/],
    ['a weight that is no number', text.replace(/"weight":[^,}]+/, '"weight":"x"'), /no number/],
    ['an input that is null', text.replace(/"inputs":\[\{/, '"inputs":[null,{'), /an input is no object/],
    ['a weight that no score could hold', text.replace(/"weight":[^,}]+/, '"weight":1e9'), /far too large/],
    ['a spread next to nothing', text.replace(/"sd":[^,}]+/, '"sd":1e-12'), /far too large/],
    [
      'an intercept that no score could hold',
      text.replace(/"intercept":[^,]+/, '"intercept":1e9'),
      /intercept/,
    ],
    ['a card without its purpose', text.replace('"purpose"', '"aim"'), /its purpose/],
    ['no JSON', '{', /is no JSON/],
    ['a name that would steer a terminal', text.replace('oss-on-duty', '\\u001b[31mx'), /id is no name/],
    ['a list', '[]', /holds no model/],
  ] as const)('is refused with %s', ([, file, what]) => {
    expect(() => parseModel(file, 'model.json')).toThrow(what);
  });

  test('is known by its fit alone: neither its day, its owner nor the words of its card change that', () => {
    const { model, sha256 } = shippedModels()[0] ?? {};
    if (model === undefined) throw new Error('no model');
    const reissued = { ...model, issuedOn: '2031-01-01', owner: 'us', version: '9', title: 'x' };
    expect(fitId(reissued)).toBe(sha256);
    expect(fitId({ ...model, intercept: model.intercept + 0.000001 })).not.toBe(sha256);
  });

  test('that is shipped has the card that its fit makes', () => {
    for (const { model } of shippedModels()) {
      const { owner, version, card } = model;
      const issued = { on: day(model.issuedOn), until: day(model.expiresOn), owner, version };
      expect(model).toEqual(modelOf(model, issued, card.validation));
    }
  });

  test('says of inputs without weight whether they never differed or added nothing', () => {
    for (const { model } of shippedModels()) {
      const [nothing, never] = model.card.inputs.slice(2);
      const labels = (constant: boolean) =>
        FEATURES.filter(({ id }) =>
          model.inputs.some(
            (input) => input.id === id && input.weight === 0 && (input.sd === 0) === constant,
          ),
        ).map(({ label }) => label);
      expect(nothing).toBe(
        `Given no weight by the fit, adding nothing to the others: ${labels(false).join('; ')}.`,
      );
      expect(never).toMatch(/^Without weight, since the training data never saw them differ: /);
      expect(never).toContain(labels(true).join('; '));
    }
  });

  test('of the four that are shipped holds a whole card, a name of ours, and no measure of a person', () => {
    const models = shippedModels().map(({ model }) => model);
    expect(models.map((model) => model.id)).toEqual([
      'oss-on-duty',
      'oss-off-duty',
      'oss-complaints',
      'oss-force',
    ]);
    for (const { card, owner, expiresOn, trained } of models) {
      for (const part of Object.values(card)) expect(part.length).toBeGreaterThan(0);
      expect(card.origin.join()).toContain("rollcall's own");
      expect(owner).not.toBe('');
      expect(expiresOn > '2026-11-21').toBe(true);
      expect(trained.until).toBe('2012-12-31');
    }
  });
});
