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
import { unitRows } from '../../src/oss/validate-units.ts';
import { read } from '../../src/store/store.ts';
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

  test('holds figures by unit that add up, none of one to four members', () => {
    const sum = (of: 'members' | 'withOutcome' | 'events') =>
      found.units.reduce((total, row) => total + row[of], 0);
    expect([sum('members'), sum('withOutcome'), sum('events')]).toEqual([
      1500,
      found.withOutcome,
      found.events,
    ]);
    for (const row of found.units)
      for (const n of [row.members, row.withOutcome, row.flagged, row.hits, row.flagged - row.hits])
        expect(n < 1e-9 || n >= 5).toBe(true);
  });
});

describe('units', () => {
  test('that are small are pooled, with a larger one where that alone would show them', () => {
    const officers = [
      ...Array.from({ length: 40 }, (_, i) => ({ id: `A${i}`, unit: '1' })),
      ...Array.from({ length: 30 }, (_, i) => ({ id: `B${i}`, unit: '2' })),
      ...Array.from({ length: 3 }, (_, i) => ({ id: `C${i}`, unit: '3' })),
    ];
    const history = historyOf(officers, []);
    const origin = originOf(history, SPLIT);
    const scores = new Array(73).fill(0);
    const { rows, pooled } = unitRows(history, origin, scores, scores);
    expect(rows.map((row) => [row.unit, row.members])).toEqual([['all others', 73]]);
    expect(pooled).toBe(3);
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

  test('warns where the records end before the horizon does', async () => {
    const options = { ...asked, trainUntil: '2013-12-31' };
    const { warned } = await runAs(ossValidate, path, 'EVALUATOR', { options, asOf: '2016-06-01' });
    expect(warned.join()).toMatch(/newest event of this kind was filed on 2014-1\d-15/);
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
