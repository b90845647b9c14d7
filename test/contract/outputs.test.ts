import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scene } from '../cli/harness.ts';
import { SAMPLE_DAY, type SampleStores, sampleStores } from './sample-store.ts';

/** Every command that reads or can be tried out, with an actor and purpose where it asks for them. */
const COMMANDS = [
  'oss triage --actor M0001',
  'oss triage',
  'oss overdue',
  'oss queue --actor M0016',
  'oss status --actor M0001',
  'oss show WI-0001 --actor M0003',
  'oss jacket M0043 --actor M0001',
  'oss staffing --actor M0002',
  'oss report --quarterly 2020-Q4 --actor M0002',
  'oss report --quarterly 2020-Q4 --actor M0013',
  'oss export --actor M0002',
  'oss determine WI-0038 --determination valid --actor M0001 --dry-run',
  'concerns overdue',
  'csr overdue',
  'said overdue',
  'overdue',
  'overdue --within 7d',
  'concerns overdue --district 007',
  'csr report',
  'csr report --monthly 2020-11 --district 005 --against 2019-11',
  'said score --actor M0013 --purpose review',
  'show CC-002137',
  'show WI-0030 --actor M0001',
  'why CC-002136',
  'history CC-002136',
  'check',
  'check --actor M0001',
  'import --list',
  'audit log --actor M0002',
  'audit verify',
  'db info',
  'db check',
] as const;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

let stores: SampleStores;
let scene: Scene;
beforeAll(async () => {
  stores = await sampleStores();
  scene = stores.scene();
});
afterAll(() => stores.remove());

async function json(line: string): Promise<Record<string, unknown>> {
  const ran = await scene.run([...line.split(' '), '--as-of', SAMPLE_DAY, '--json']);
  expect([ran.code, ran.stderr.includes('rollcall:')]).toEqual([0, false]);
  return JSON.parse(ran.stdout);
}

function* leaves(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
  if (Array.isArray(value)) {
    for (const one of value) yield* leaves(one, `${path}[]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) yield* leaves(one, path === '' ? key : `${path}.${key}`);
  } else yield [path, value];
}

describe('JSON is one object that says what it is, as of when, and how old its data are', () => {
  test.for(COMMANDS)('%s', async (line) => {
    const data = await json(line);
    expect(Object.keys(data).slice(0, 3)).toEqual(['schema', 'asOf', 'newestImport']);
    const words = line.split(' ');
    const path = words.slice(
      0,
      ['oss', 'concerns', 'csr', 'said', 'audit', 'db'].includes(words[0] ?? '') ? 2 : 1,
    );
    expect(data.schema).toBe(`rollcall/${path.join('.')}/1`);
    expect(data.asOf).toBe('2021-01-04T15:00:00Z');
    expect(data.newestImport).toMatch(INSTANT);
    if ('items' in data) expect(data.total).toBe((data.items as unknown[]).length);
    for (const [where, value] of leaves(data)) {
      expect([where, value]).not.toEqual([where, '']);
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) expect(value).toMatch(INSTANT);
      if (/(?:^|\.)district$/.test(where) && value !== null) expect(value).toMatch(/^\d{3}$/);
      if (/(?:^|\.)beat$/.test(where) && value !== null) expect(value).toMatch(/^\d{4}$/);
    }
  });
});

describe('for people the last line says how old the newest import is', () => {
  test.for(COMMANDS.filter((line) => !line.startsWith('import')))('%s', async (line) => {
    for (const format of ['plain', 'html']) {
      const ran = await scene.run([...line.split(' '), '--as-of', SAMPLE_DAY, '--format', format]);
      expect(ran.code).toBe(0);
      const lines = ran.stdout
        .replace(/<\/(?:footer|body|html)>\n?/g, '')
        .trim()
        .split('\n');
      expect(lines.at(-1)).toMatch(/^(?:<p>)?Newest import: .+/);
    }
  });
});

test('oss triage has the fields of the contract', async () => {
  const { items } = await json('oss triage --actor M0001');
  expect((items as unknown[])[0]).toEqual({
    id: 'WI-0030',
    memberId: 'M0037',
    generatedAt: '2020-12-31T04:14:09Z',
    dueAt: '2021-01-02T04:14:09Z',
    hoursLeft: -58.8,
    overdue: true,
    models: ['off-duty-risk'],
    state: 'generated',
  });
});

test('an item of any overdue list has the fields of the contract, longest overdue first', async () => {
  for (const verb of ['oss overdue', 'concerns overdue', 'csr overdue', 'overdue']) {
    const items = (await json(verb)).items as Record<string, unknown>[];
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(item).toMatchObject({
        id: expect.any(String),
        rule: expect.stringMatching(/^(?:OSS|CC|CSR)-\d+$/),
        cite: expect.stringMatching(/^(?:D20-04|S02-03-03) /),
        startedAt: expect.stringMatching(INSTANT),
        dueAt: expect.stringMatching(INSTANT),
        overdueHours: expect.any(Number),
        extensions: expect.any(Number),
        reassignments: expect.any(Number),
      });
      expect(Object.keys(item.owner as object)).toEqual(['role', 'unit', 'member']);
      for (const key of ['district', 'beat', 'category', 'daysSinceFirstAssignment'])
        expect(item).toHaveProperty(key);
      expect(Number(item.overdueHours) * 10).toBe(Math.round(Number(item.overdueHours) * 10));
    }
    const due = items.map((item) => String(item.dueAt));
    expect(due).toEqual(due.toSorted());
  }
});

test('csr report has the fields of the contract, and its identity holds in every period', async () => {
  for (const period of [
    '--quarterly 2020-Q4',
    '--quarterly 2020-Q1',
    '--monthly 2020-11',
    '--monthly 2020-07 --beat 0511',
  ]) {
    const data = await json(`csr report ${period} --district 005`);
    expect(data).toMatchObject({
      period: {
        label: expect.any(String),
        from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        to: expect.any(String),
      },
      district: '005',
      duplicates: expect.any(Number),
      informationOnly: expect.any(Number),
      daysToClose: { median: expect.any(Number), p90: expect.any(Number), n: expect.any(Number) },
      onTime: {
        closedInPeriod: { onTime: expect.any(Number), total: expect.any(Number) },
        dueInPeriod: { onTime: expect.any(Number), total: expect.any(Number) },
      },
      byType: expect.any(Array),
      byBeat: expect.any(Array),
      byDistrict: expect.any(Array),
      byOrigin: expect.any(Array),
      ageing: expect.any(Array),
      against: { label: expect.any(String), totals: expect.any(Object) },
      trends: expect.any(Array),
      chronic: expect.any(Array),
      ruleset: expect.stringMatching(/^[0-9a-f]{64}$/),
      auditHead: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const totals = data.totals as Record<string, number>;
    const { openAtStart = 0, opened = 0, closed = 0, reopened = 0, openAtEnd = 0 } = totals;
    expect(Object.keys(totals)).toEqual(['openAtStart', 'opened', 'closed', 'reopened', 'openAtEnd']);
    expect(openAtStart + opened + reopened - closed).toBe(openAtEnd);
    for (const group of ['byType', 'byBeat', 'byDistrict', 'byOrigin']) {
      const rows = data[group] as Record<string, number>[];
      expect(Object.keys(rows[0] ?? {})).toEqual([
        'key',
        'opened',
        'closed',
        'openAtEnd',
        'medianDaysToClose',
      ]);
      for (const [key, total] of [
        ['opened', opened],
        ['closed', closed],
        ['openAtEnd', openAtEnd],
      ] as const)
        expect(rows.reduce((sum, row) => sum + (row[key] ?? 0), 0)).toBe(total);
    }
    const ageing = data.ageing as { bucket: string; count: number }[];
    expect(ageing.reduce((sum, { count }) => sum + count, 0)).toBe(openAtEnd);
    for (const source of data.sources as object[])
      expect(Object.keys(source)).toEqual(expect.arrayContaining(['file', 'sha256', 'rows', 'importedAt']));
  }
});

test('said score names seven terms that sum to the points, and who is not scored', async () => {
  const data = await json('said score --actor M0013 --purpose review');
  const tiers = data.tiers as Record<string, number>;
  expect(Object.keys(tiers)).toEqual(['veryLow', 'low', 'medium', 'high', 'veryHigh']);
  expect(Object.values(tiers).reduce((sum, n) => sum + n, 0)).toBe(data.scored);
  expect(Object.keys(data.model as object)).toEqual(['id', 'version', 'sha256', 'validatedAt']);
  const notScored = data.notScored as { subjectId: string; reason: string }[];
  expect(notScored.length).toBeGreaterThan(0);
  for (const one of notScored) expect(one.reason).toBe('no arrest');
  const order = Object.keys(tiers).reverse();
  const items = data.items as {
    tier: string;
    points: number;
    pointsConvictedOnly: number;
    basis: string;
    terms: { attribute: string; value: unknown; points: number }[];
  }[];
  const places = items.map((item) => order.indexOf(item.tier));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const item of items) {
    expect(item.terms).toHaveLength(7);
    expect(item.terms[0]?.attribute).toBe('intercept');
    expect(item.terms.reduce((sum, term) => sum + term.points, 0)).toBe(item.points);
    expect(['sufficient', 'insufficient']).toContain(item.basis);
    expect(item.pointsConvictedOnly).toEqual(expect.any(Number));
  }
});

test('the same store and options give the same bytes of a report, in every form, and nothing is written', async () => {
  for (const format of ['table', 'plain', 'json', 'csv', 'md', 'html']) {
    const args = ['csr', 'report', '--district', '005', '--as-of', SAMPLE_DAY, '--format', format];
    const [one, other] = await Promise.all([scene.run(args), scene.run(args)]);
    expect(one.code).toBe(0);
    expect(one.stdout).toBe(other.stdout);
  }
});

test('a CSV list has the same heading when it is empty, and a field a column', async () => {
  for (const verb of ['oss overdue', 'concerns overdue', 'csr overdue', 'overdue', 'oss triage']) {
    const headings = [SAMPLE_DAY, '2001-01-01'].map(async (day) => {
      const { stdout } = await scene.run([...verb.split(' '), '--as-of', day, '--format', 'csv']);
      return stdout.split('\n')[0];
    });
    const [some, none] = await Promise.all(headings);
    expect([verb, none]).toEqual([verb, some]);
  }
});
