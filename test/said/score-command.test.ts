import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Document, Table } from '../../src/report/document.ts';
import { SCORER_QUERY } from '../../src/said/records.ts';
import { dataFile } from '../../src/store/data-files.ts';
import { read, write } from '../../src/store/store.ts';
import { temporaryFolder } from '../temporary.ts';
import { runScore, storeOf } from './fixture.ts';

const SUBJECTS = `subject_id,birth_date,district,juvenile,sex,race
S1,2000-06-15,005,no,F,B
S2,1990-06-01,005,no,M,W
S3,1985-02-03,006,no,F,H
S4,2004-01-01,005,yes,M,B
S5,1995-05-05,005,no,M,W
S6,,005,no,F,W
S7,1970-01-01,006,no,M,B`;
const INCIDENTS = `incident_id,subject_id,occurred_on,involvement,offense,disposition
I1,S1,2020-12-31,victim,shooting,
I2,S1,2020-12-31,arrestee,uuw;narcotics,convicted
I3,S2,2020-06-01,arrestee,violent,not-convicted
I4,S2,2019-06-01,victim,aggravated-assault,
I5,S3,2018-03-01,arrestee,other,unknown
I6,S4,2020-11-01,arrestee,uuw,pending
I7,S5,2020-01-01,victim,shooting,
I8,S6,2020-01-01,arrestee,other,
I9,S7,2016-01-01,arrestee,narcotics,convicted
I10,S7,2021-01-10,arrestee,violent,convicted`;
const store = () => storeOf(SUBJECTS, INCIDENTS);

describe('who may see tiers', () => {
  test('a purpose is asked for, by its option', async () => {
    await expect(runScore(await store(), { purpose: null })).rejects.toMatchObject({
      kind: 'usage',
      remedy: expect.stringContaining('--purpose'),
    });
  });

  test('for an investigation they are refused (A-SAID-1)', async () => {
    await expect(runScore(await store(), { purpose: 'investigation' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/SAID-05, SAID-06, S09-11 II\.C/),
    });
  });

  test('nobody, and a member without such a role, are refused', async () => {
    const path = await store();
    await expect(runScore(path, { actor: null })).rejects.toMatchObject({ kind: 'refused' });
    await expect(runScore(path, { actor: 'P1' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('P1 may not see risk tiers'),
    });
  });

  test('every look is logged with actor and purpose, before anything is put out', async () => {
    const path = await store();
    await runScore(path, { options: { district: '5' } });
    const log = await read(path, (reader) =>
      reader.rows({ sql: 'select actor_id, system, command, subject, purpose from access', parameters: [] }),
    );
    expect(log).toEqual([['D1', 'said', 'said score', '005, all tiers', 'review']]);
  });

  test('an evaluator sees pseudonyms, the same each time, and no audit head', async () => {
    const path = await store();
    const first = await runScore(path, { actor: 'E1', purpose: 'evaluation' });
    const second = await runScore(path, { actor: 'E1', purpose: 'evaluation', asOf: '2021-01-02' });
    const ids = first.items.map((item) => item.subjectId);
    expect(ids.every((id) => /^E-[0-9a-f]{16}$/.test(id))).toBe(true);
    expect(second.items.map((item) => item.subjectId).toSorted()).toEqual(ids.toSorted());
    const text = JSON.stringify([first.data, first.items, first.outcome.document]);
    expect(text).not.toMatch(/"S\d/);
    expect(text).not.toContain('Audit head');
    const other = await runScore(await store(), { actor: 'E1', purpose: 'evaluation' });
    expect(other.items.map((item) => item.subjectId)).not.toContain(ids[0]);
  });
});

describe('the output', () => {
  test('holds the fields of the contract, highest tier first', async () => {
    const { data, items } = await runScore(await store());
    const sha256 = /^[0-9a-f]{64}$/;
    expect(data).toMatchObject({
      model: {
        id: 'rollcall-cvrm',
        version: '1.0.0',
        sha256: expect.stringMatching(sha256),
        validatedAt: null,
      },
      scored: 5,
      tiers: { veryLow: 2, low: 0, medium: 0, high: 1, veryHigh: 2 },
      notScored: [
        { subjectId: 'S5', reason: 'no arrest' },
        { subjectId: 'S6', reason: 'no birth date' },
      ],
      juveniles: 1,
      juvenilesNotListed: 1,
      total: 4,
    });
    expect(items[0]).toEqual({
      subjectId: 'S1',
      tier: 'veryHigh',
      points: 91,
      pointsConvictedOnly: 91,
      basis: 'sufficient',
      juvenile: false,
      terms: [
        { attribute: 'intercept', value: 1, points: 5 },
        { attribute: 'shootingVictim', value: 1, points: 36 },
        { attribute: 'ageAtLatestArrest', value: 20, points: 36 },
        { attribute: 'aggravatedVictim', value: 0, points: 0 },
        { attribute: 'trend', value: 0.3, points: 4 },
        { attribute: 'uuwArrests', value: 1, points: 10 },
        { attribute: 'violentArrests', value: 0, points: 0 },
      ],
    });
    expect(
      items.map(({ subjectId, tier, points, pointsConvictedOnly, basis }) =>
        [subjectId, tier, points, pointsConvictedOnly, basis].join(' '),
      ),
    ).toEqual([
      'S1 veryHigh 91 91 sufficient',
      'S2 high 45 15 sufficient',
      'S3 veryLow 13 5 insufficient',
      'S7 veryLow 6 6 insufficient',
    ]);
  });

  test('counts a district whole and lists a tier of it', async () => {
    const path = await store();
    const { data, items } = await runScore(path, { options: { district: '005', tier: 'very-high' } });
    expect(data).toMatchObject({
      scored: 3,
      tiers: { veryHigh: 2, high: 1, veryLow: 0 },
      juvenilesNotListed: 1,
    });
    expect(items.map((item) => item.subjectId)).toEqual(['S1']);
    const all = await runScore(path, { options: { tier: 'VERYHIGH', withJuveniles: true } });
    expect(all.items.map((item) => [item.subjectId, item.juvenile])).toEqual([
      ['S1', false],
      ['S4', true],
    ]);
    expect(all.data.juvenilesNotListed).toBe(0);
    await expect(runScore(path, { options: { tier: 'extreme' } })).rejects.toMatchObject({ kind: 'usage' });
    await expect(runScore(path, { options: { district: 'north' } })).rejects.toMatchObject({ kind: 'usage' });
  });

  test('warns of the model, of the training and of the program’s end on every output', async () => {
    const path = await store();
    const trained = await runScore(path, { actor: 'D1' });
    expect(trained.warned).toEqual(trained.data.warnings);
    expect(trained.warned.join('\n')).toMatch(
      /no validation newer than itself[\s\S]*ended its CVRM program on 1 Nov 2019/,
    );
    expect(trained.warned).toHaveLength(2);
    const untrained = await runScore(path, { actor: 'C1' });
    expect(untrained.warned[1]).toMatch(/C1 has no recorded training/);
    const late = await runScore(path, { actor: 'D1', asOf: '2021-06-02' });
    expect(late.warned[1]).toMatch(/D1 was last trained on 2020-06-01/);
    expect((late.outcome.document.notes ?? []).join('\n')).toContain('Warning: D1 was last trained');
  });

  test('is refused instead where the department’s policy says so', async () => {
    const overlay = join(temporaryFolder(), 'own.json');
    writeFileSync(overlay, JSON.stringify({ prefix: 'X', said: { unvalidatedModel: 'refuse' } }));
    await expect(runScore(await store(), { env: { ROLLCALL_POLICY: overlay } })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('SAID-14'),
    });
  });

  test('takes another model and prints the hash of its bytes', async () => {
    const file = join(temporaryFolder(), 'mine.json');
    const text = readFileSync(dataFile('models/cvrm.json'), 'utf8').replace(
      '"intercept": 5',
      '"intercept": 25',
    );
    writeFileSync(file, text);
    const { data, items } = await runScore(await store(), { options: { model: file } });
    expect(items[0]?.points).toBe(111);
    expect(data.model).not.toEqual((await runScore(await store())).data.model);
    writeFileSync(file, text.replace('"trend"', '"place"'));
    await expect(runScore(await store(), { options: { model: file } })).rejects.toMatchObject({
      kind: 'data',
    });
  });

  test('as a page carries banner, coverage, the terms of each subject and what the tier does not know', async () => {
    const { outcome } = await runScore(await store());
    const document: Document = outcome.document;
    expect(document.banner?.join(' ')).toMatch(/SAID-05[\s\S]*SAID-06[\s\S]*SAID-09/);
    const table = document.blocks.find(
      (block): block is Table => block.kind === 'table' && block.id === 'subjects',
    );
    expect(table?.rows[0]).toEqual({
      subject: 'S1',
      tier: 'very high',
      points: 91,
      convictedOnly: 91,
      basis: 'sufficient',
      intercept: 5,
      shootingVictim: 36,
      ageAtLatestArrest: 36,
      aggravatedVictim: 0,
      trend: 4,
      uuwArrests: 10,
      violentArrests: 0,
    });
    const coverage = document.blocks.find((block) => block.id === 'coverage');
    expect(JSON.stringify(coverage)).toContain(
      '"label":"Tier rests on arrests without conviction","value":2',
    );
    const notes = document.notes?.join('\n') ?? '';
    expect(notes).toContain('The tier does not know');
    expect(notes).toContain('Incidents after the as-of day, not counted: 1.');
    expect(document.footer?.map((line) => line.label)).toContain('Audit head');
  });
});

describe('sex, race and place (SAID-11)', () => {
  test('are in no query of the scorer and in no type that reaches it', () => {
    const sensitive = /\b(sex|race|gender|district|beat|address|zip|ward|area)\b/i;
    expect(SCORER_QUERY).not.toMatch(sensitive);
    expect(SCORER_QUERY).not.toMatch(/said_fairness/);
    const source = readFileSync(join(import.meta.dirname, '../../src/said/score.ts'), 'utf8');
    const subject = /export interface Subject \{([^}]*)\}/.exec(source)?.[1] ?? '';
    const fields = [...subject.matchAll(/^ {2}readonly (\w+):/gm)].map((match) => match[1]);
    expect(fields).toEqual(['birthDay', 'incidents']);
    const scorer = readFileSync(join(import.meta.dirname, '../../src/said/scorer.ts'), 'utf8');
    expect(scorer.replaceAll(/\/\*\*[\s\S]*?\*\//g, '')).not.toMatch(sensitive);
  });

  test('changed, swapped or deleted change no tier and no point', async () => {
    const path = await store();
    const before = (await runScore(path)).items;
    for (const change of [
      "update said_fairness set sex = case sex when 'F' then 'M' else 'F' end, race = 'other'",
      'update said_subject set district = (subject_key * 7) % 22 + 1',
      'delete from said_fairness',
      'update said_subject set district = null',
    ]) {
      await write(path, async (writer) => writer.exec(change));
      expect((await runScore(path)).items).toEqual(before);
    }
  });
});

test('the scorer reads subjects and incidents in order through the covering index, without a temporary sort', async () => {
  const plan = await read(await store(), (reader) =>
    reader.rows({ sql: `explain query plan ${SCORER_QUERY}`, parameters: [] }),
  );
  const steps = plan.map((row) => String(row[3]));
  expect(steps.join('\n')).toMatch(/SCAN s\b/);
  expect(steps.join('\n')).toMatch(/SEARCH i USING COVERING INDEX said_incident_subject/);
  expect(steps.join('\n')).not.toMatch(/TEMP B-TREE/);
});
