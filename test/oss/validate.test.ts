import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ossModels } from '../../src/oss/commands/models.ts';
import { ossTrain } from '../../src/oss/commands/train.ts';
import { ossValidate } from '../../src/oss/commands/validate.ts';
import { originOf } from '../../src/oss/models/features.ts';
import { originsOf, train } from '../../src/oss/train.ts';
import { validate } from '../../src/oss/validate.ts';
import { rank } from '../../src/oss/validate-metrics.ts';
import { unitTables } from '../../src/oss/validate-units.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { officersStore, runAs } from './command-of.ts';
import { day, historyOf, population } from './history-of.ts';

const SPLIT = day('2012-12-31');
const asked = { outcome: 'complaints', trainUntil: '2012-12-31', horizon: '24mo' };

describe('a validation', () => {
  const { officers, events } = population(1500, 2000, 2014, 17);
  const history = historyOf(officers, events);
  const origins = originsOf(history);
  const found = validate(history, origins, train(history, origins, 'complaints', SPLIT, 24), SPLIT, 24);

  test('counts the population, those with the outcome and their events', () => {
    const horizon = events.filter(
      ({ kind, on }) => kind === undefined && on > '2012-12-31' && on <= '2014-12-31',
    );
    expect(found).toMatchObject({
      population: 1500,
      events: horizon.length,
      withOutcome: new Set(horizon.map((event) => event.member)).size,
      to: '2014-12-31',
    });
  });

  test('puts a model, the count of all complaints and that of five years side by side', () => {
    expect(found.methods.map((method) => method.id)).toEqual(['model', 'all-complaints', 'complaints-5y']);
    for (const { tops } of found.methods) expect(tops.map((top) => top.size)).toEqual([15, 30, 75, 150]);
    // One in ten is complained of eight times as often: every order finds them, and chance alone does not.
    for (const { auc } of found.methods) expect(auc).toBeGreaterThan(0.6);
    const [, , , tenth] = found.concentration;
    expect(tenth?.hindsight).toBeGreaterThan(tenth?.chance ?? 1);
  });

  test('holds figures by unit at every share that add up, none of one to four members', () => {
    expect(found.units.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1]);
    for (const { rows } of found.units) {
      for (const { members, withOutcome, methods } of rows)
        for (const n of [members, withOutcome, members - withOutcome].concat(
          methods.flatMap(({ flagged, hits: { expected } }) => [flagged, expected, flagged - expected]),
        ))
          expect(n < 1e-9 || n > 5 - 1e-9).toBe(true);
      for (const { methods } of rows)
        for (const { hits, precision } of methods)
          for (const { worst, expected, best } of [hits, ...(precision ? [precision] : [])])
            expect([worst, expected, best]).toEqual([worst, expected, best].toSorted((a, b) => a - b));
    }
  });

  test('holds figures by unit that add up to those of all', () => {
    // At the smaller shares too few of those in the top have no event for any row to be shown.
    for (const [at, { rows }] of found.units.entries()) {
      if (at < 3) continue;
      const sum = (of: 'members' | 'withOutcome' | 'events') =>
        rows.reduce((total, row) => total + row[of], 0);
      expect([sum('members'), sum('withOutcome'), sum('events')]).toEqual([
        1500,
        found.withOutcome,
        found.events,
      ]);
      for (const [m, { id, tops }] of found.methods.entries()) {
        const methods = rows.map((row) => row.methods[m]);
        expect(methods.map((method) => method?.id)).toEqual(rows.map(() => id));
        const flagged = methods.reduce((total, method) => total + (method?.flagged ?? 0), 0);
        const hits = methods.reduce((total, method) => total + (method?.hits.expected ?? 0), 0);
        expect([flagged, hits]).toEqual([
          expect.closeTo(tops[at]?.size ?? 0),
          expect.closeTo(tops[at]?.hits.expected ?? 0),
        ]);
      }
    }
  });
});

describe('units', () => {
  const unitOf = (officers: readonly { readonly id: string; readonly unit: string }[], share: number) => {
    const history = historyOf(officers, []);
    const origin = originOf(history, SPLIT);
    const scores = new Array(officers.length).fill(0);
    return { history, origin, scores, share };
  };
  const squad = (unit: string, size: number) =>
    Array.from({ length: size }, (_, i) => ({ id: `${unit}-${i}`, unit }));

  test('that are small are pooled, with a larger one where that alone would show them', () => {
    const { history, origin, scores } = unitOf([...squad('1', 40), ...squad('2', 30), ...squad('3', 3)], 0.1);
    const orders = [{ id: 'model', ranking: rank(scores) }];
    const [{ rows, pooled } = { rows: [], pooled: 0 }] = unitTables(history, origin, orders, scores, [0.1]);
    expect(rows.map((row) => [row.unit, row.members])).toEqual([['all others', 73]]);
    expect(pooled).toBe(3);
  });

  test('share the tied by the mean, the worst and the best order of them', () => {
    // Forty tied for twenty places: of the unit's twenty at least none get in, and at most all.
    const { history, origin, scores } = unitOf([...squad('1', 20), ...squad('2', 20)], 0.5);
    const counts = [...origin.members].map((m) => m % 2);
    const orders = [{ id: 'count', ranking: rank(scores) }];
    const [table] = unitTables(history, origin, orders, counts, [0.5]);
    expect(table?.rows[0]?.methods[0]).toMatchObject({
      flagged: 10,
      hits: { worst: 0, expected: 5, best: 10 },
      precision: { worst: 0, expected: 0.5, best: 1 },
      recall: { worst: 0, expected: 0.5, best: 1 },
    });
  });
});

describe('oss validate', () => {
  let path = '';
  beforeAll(async () => {
    path = await officersStore(300);
  });

  test('is for evaluators, OSSU supervisors and isd-admins; each look is logged', async () => {
    for (const actor of [null, 'ANALYST', 'SUPERVISOR'])
      await expect(runAs(ossValidate, path, actor, { options: asked })).rejects.toMatchObject({
        kind: 'refused',
      });
    await runAs(ossValidate, path, 'EVALUATOR', { options: asked });
    const log = await read(path, (reader) =>
      reader.rows({ sql: 'select actor_id, command, subject from access', parameters: [] }),
    );
    expect(log).toEqual([['EVALUATOR', 'oss validate', 'complaints until 2012-12-31']]);
  });

  test('names no member and gives the same bytes each time', async () => {
    const [one, two] = [
      await runAs(ossValidate, path, 'EVALUATOR', { options: asked }),
      await runAs(ossValidate, path, 'EVALUATOR', { options: asked }),
    ];
    expect(JSON.stringify(one.document)).toBe(JSON.stringify(two.document));
    expect(JSON.stringify([one.data, one.document])).not.toMatch(/"M\d{4}"/);
    expect(one.data).toMatchObject({ population: 300, horizonMonths: 24, outcome: 'complaints' });
  });

  test('refuses a horizon that has not ended, a day that is none and an outcome that is none', async () => {
    for (const options of [
      { ...asked, horizon: '25mo' },
      { ...asked, trainUntil: '2012-13-01' },
      { ...asked, outcome: 'guilt' },
      { ...asked, horizon: 'long' },
      { outcome: 'force' },
    ])
      await expect(runAs(ossValidate, path, 'EVALUATOR', { options })).rejects.toMatchObject({
        kind: 'usage',
      });
  });

  test('takes the weights that train wrote, and refuses them where they have seen the horizon', async () => {
    const trained = await runAs(ossTrain, path, 'EVALUATOR', {
      options: { until: '2012-12-31', outcome: 'complaints' },
    });
    const file = join(mkdtempSync(join(tmpdir(), 'rollcall-model-')), 'model.json');
    // As -o writes it: the model among the fields of every JSON output.
    writeFileSync(file, JSON.stringify({ schema: 'rollcall/oss.train/1', asOf: null, ...trained.data }));
    const given = await runAs(ossValidate, path, 'EVALUATOR', {
      options: { trainUntil: '2012-12-31', model: file },
    });
    const fitted = await runAs(ossValidate, path, 'EVALUATOR', { options: asked });
    expect(given.data.methods).toEqual(fitted.data.methods);
    await expect(
      runAs(ossValidate, path, 'EVALUATOR', { options: { trainUntil: '2012-12-30', model: file } }),
    ).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('has seen') });
  });

  test('lists the categories that are taken as off duty, as the records name them, with their numbers', async () => {
    const { data, document } = await runAs(ossValidate, path, 'EVALUATOR', {
      options: { ...asked, outcome: 'off-duty' },
    });
    const [count] = await read(path, (reader) =>
      reader.rows({
        sql: `select count(*) from member_activity where category = '09J OFF DUTY CONDUCT' and filed_at < ?`,
        parameters: [at('2015-01-01')],
      }),
    );
    const complaints = Number(count?.[0]);
    expect(data.categories).toMatchObject({ items: [{ category: '09J OFF DUTY CONDUCT', complaints }] });
    expect(document.blocks.map((block) => block.id)).toContain('categories');
    const card = { args: { model: 'oss-off-duty' }, asOf: '2026-11-22' };
    const shown = await runAs(ossModels, path, 'EVALUATOR', card);
    expect(shown.data.categories).toMatchObject({
      items: [{ category: '09J OFF DUTY CONDUCT', complaints }],
    });
    for (const actor of [null, 'SUPERVISOR'])
      expect((await runAs(ossModels, path, actor, card)).data.categories).toBeNull();
  });

  test('warns where the records end before the horizon does', async () => {
    const options = { ...asked, trainUntil: '2013-12-31' };
    const { warned } = await runAs(ossValidate, path, 'EVALUATOR', { options, asOf: '2016-06-01' });
    expect(warned.join()).toMatch(/newest event of this kind was filed on 2014-1\d-15/);
  });

  test('refuses where nobody is in the population, and names what to import', async () => {
    const trained = await runAs(ossTrain, path, 'EVALUATOR', {
      options: { until: '2012-12-31', outcome: 'complaints' },
    });
    const file = join(mkdtempSync(join(tmpdir(), 'rollcall-model-')), 'model.json');
    writeFileSync(file, JSON.stringify({ ...trained.data, trained: { until: '1990-01-01' } }));
    for (const options of [
      { ...asked, trainUntil: '1995-12-31' },
      { trainUntil: '1995-12-31', model: file },
    ])
      await expect(runAs(ossValidate, path, 'EVALUATOR', { options })).rejects.toMatchObject({
        kind: 'data',
        message: expect.stringContaining('1995-12-31'),
        remedy: expect.stringContaining('officers'),
      });
  });

  test('says what a store without complaints lacks', async () => {
    const options = { until: '1995-12-31', outcome: 'complaints' };
    await expect(runAs(ossTrain, path, 'EVALUATOR', { options })).rejects.toMatchObject({ kind: 'data' });
  });
});

describe('oss models', () => {
  test('lists four, and prints the card and every weight of one', async () => {
    const { items } = await runAs(ossModels, '', null, { asOf: '2026-11-22' });
    expect(items?.slice().map((item) => item.id)).toEqual([
      'oss-on-duty',
      'oss-off-duty',
      'oss-complaints',
      'oss-force',
    ]);
    const one = await runAs(ossModels, '', null, { args: { model: 'oss-force' }, asOf: '2026-11-22' });
    expect(one.data).toMatchObject({ total: 1, warnings: [] });
    expect(one.document.blocks.map((block) => block.id)).toContain('card-limits');
    await expect(runAs(ossModels, '', null, { args: { model: 'oss-forse' } })).rejects.toMatchObject({
      message: expect.stringContaining('did you mean oss-force'),
    });
  });

  test('says which have expired', async () => {
    const { warned } = await runAs(ossModels, '', null, { asOf: '2027-12-01' });
    expect(warned).toHaveLength(4);
    expect(warned[0]).toMatch(/expired on 2027-11-30/);
  });
});
