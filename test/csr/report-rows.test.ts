import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../src/core/command.ts';
import { makeScene, type Scene } from '../cli/harness.ts';
import { removeStores, report, storeOf } from './report-store.ts';

let scene: Scene;
let folder: string;
const QUARTER: Input['options'] = { quarterly: '2020-Q4', district: '005' };

beforeAll(async () => {
  scene = makeScene();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-rows-'));
  await scene.shell('rollcall import $SAMPLES/members.csv $SAMPLES/csr-*.csv --quiet');
});
afterAll(() => {
  scene.remove();
  rmSync(folder, { recursive: true, force: true });
  removeStores();
});

type Figures = Readonly<Record<string, number>>;

interface GroupRow {
  readonly key: string;
  readonly opened: number;
  readonly closed: number;
  readonly openAtEnd: number;
}

function sumOf(rows: readonly GroupRow[]): GroupRow {
  const sum = (key: 'opened' | 'closed' | 'openAtEnd') => rows.reduce((total, row) => total + row[key], 0);
  return { key: 'all', opened: sum('opened'), closed: sum('closed'), openAtEnd: sum('openAtEnd') };
}

async function figuresBehind(path: string, rows: string, options = QUARTER): Promise<Figures> {
  const { data } = await report(path, { ...options, rows });
  const items = data.items as readonly { readonly counts: Figures }[];
  const sums: Record<string, number> = {};
  for (const { counts } of items)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  // A figure that no record counts in is told as well.
  const none = Object.fromEntries(Object.keys(data.figures ?? {}).map((name) => [name, 0]));
  expect(data.figures).toEqual({ ...none, ...sums });
  return sums;
}

test('every figure of the samples is the sum of the records behind it', async () => {
  const path = join(scene.folder, 'rollcall.db');
  const { data } = await report(path, QUARTER);
  const d = data as unknown as {
    totals: Figures;
    against: { totals: Figures };
    byType: readonly GroupRow[];
    byBeat: readonly GroupRow[];
    bySector: readonly GroupRow[];
    byOrigin: readonly GroupRow[];
    ageing: readonly { bucket: string; count: number; seasonal: number }[];
    byMonth: readonly { label: string; opened: number; closed: number }[];
    chronic: readonly { location: string; requests: number }[];
    onTime: {
      closedInPeriod: { onTime: number; total: number };
      dueInPeriod: { onTime: number; total: number };
    };
    byUnit: readonly GroupRow[];
    byInitiator: readonly GroupRow[];
    police: Figures;
    treatments: Figures;
    daysToClose: { n: number };
    daysOpen: { n: number };
    duplicates: number;
    informationOnly: number;
  };
  const expected: (readonly [string, Figures])[] = [
    ...Object.entries(d.totals).map(([key, value]) => [`totals:${key}`, { [key]: value }] as const),
    ...Object.entries(d.against.totals).map(([key, value]) => [`against:${key}`, { [key]: value }] as const),
    ...d.byType.slice(0, 4).map((row) => [`byType:${row.key}`, three(row)] as const),
    ...d.byBeat.slice(0, 3).map((row) => [`byBeat:${row.key}`, three(row)] as const),
    ...d.bySector.map((row) => [`bySector:${row.key}`, three(row)] as const),
    ...d.byOrigin.slice(0, 3).map((row) => [`byOrigin:${row.key}`, three(row)] as const),
    ...d.byUnit.map((row) => [`byUnit:${row.key}`, three(row)] as const),
    ...d.byInitiator.map((row) => [`byInitiator:${row.key}`, three(row)] as const),
    ['byType:17 others', three(sumOf(d.byType.slice(15)))],
    ...d.ageing.map(({ bucket, count }) => [`ageing:${bucket}`, { count }] as const),
    ...d.ageing.map(({ bucket, seasonal }) => [`ageing:${bucket}:seasonal`, { seasonal }] as const),
    ...d.ageing.map(
      ({ bucket, count, seasonal }) => [`ageing:${bucket}:others`, { others: count - seasonal }] as const,
    ),
    ...d.byMonth.map(({ label, opened, closed }) => [`byMonth:${label}`, { opened, closed }] as const),
    ...d.chronic.map(({ location, requests }) => [`chronic:${location}`, { requests }] as const),
    ['duplicates', { count: d.duplicates }],
    ['informationOnly', { count: d.informationOnly }],
    ['daysToClose', { n: d.daysToClose.n }],
    ['daysOpen', { n: d.daysOpen.n }],
    ['daysOpen:median', { n: d.daysOpen.n }],
    ...Object.entries(d.police).map(([key, value]) => [`police:${key}`, { [key]: value }] as const),
    ['policeByDistrict:005:lapses', { lapses: d.police.lapses ?? 0 }],
    ['treatments:withoutDistrict', { count: d.treatments.withoutDistrict ?? 0 }],
    ['onTime:closedInPeriod:onTime', { 'closedInPeriod:onTime': d.onTime.closedInPeriod.onTime }],
    ['onTime:dueInPeriod:onTime', { 'dueInPeriod:onTime': d.onTime.dueInPeriod.onTime }],
    ['onTime:closedInPeriod', { closedInPeriod: d.onTime.closedInPeriod.total }],
    [
      'onTime:dueInPeriod:late',
      { 'dueInPeriod:late': d.onTime.dueInPeriod.total - d.onTime.dueInPeriod.onTime },
    ],
  ];
  for (const [rows, figures] of expected) {
    const sums = await figuresBehind(path, rows);
    for (const [name, value] of Object.entries(figures))
      expect([rows, name, sums[name] ?? 0]).toEqual([rows, name, value]);
  }
});

function three({
  opened,
  closed,
  openAtEnd,
}: {
  opened: number;
  closed: number;
  openAtEnd: number;
}): Figures {
  return { opened, closed, openAtEnd };
}

test('the median of a group is of the requests that stand behind it', async () => {
  const path = join(scene.folder, 'rollcall.db');
  const { data } = await report(path, QUARTER);
  const groups = data as unknown as Record<
    string,
    readonly { key: string; medianDaysToClose: number | null }[]
  >;
  for (const section of ['byType', 'byBeat', 'byUnit'])
    for (const { key, medianDaysToClose } of (groups[section] ?? []).slice(0, 4)) {
      const { items } = (await report(path, { ...QUARTER, rows: `${section}:${key}:median` })).data;
      const days = (items as readonly { createdAt: string; closedAt: string }[])
        .map(({ createdAt, closedAt }) => (Date.parse(closedAt) - Date.parse(createdAt)) / 86_400_000)
        .toSorted((a, b) => a - b);
      const median = days[Math.ceil(days.length / 2) - 1];
      expect([section, key, median?.toFixed(2)]).toEqual([section, key, medianDaysToClose?.toFixed(2)]);
    }
});

test('a request that was reopened twice in the period counts twice in that figure', async () => {
  const path = await storeOf([
    {
      sr: 'A',
      created: '2020-09-01',
      closed: '2020-12-20',
      reopened: [
        { closed: '2020-10-05', at: '2020-10-10' },
        { closed: '2020-11-05', at: '2020-11-10' },
      ],
    },
    { sr: 'B', created: '2020-10-02' },
  ]);
  expect(await figuresBehind(path, 'totals:reopened')).toEqual({ reopened: 2 });
  expect(await figuresBehind(path, 'totals:openAtEnd')).toEqual({ openAtEnd: 1 });
});

test('a beat of another district is counted under both as the export says, which the notes tell', async () => {
  const path = await storeOf([
    { sr: 'A', created: '2020-10-01', beat: 611 },
    { sr: 'B', created: '2020-11-02', closed: '2020-11-01', beat: 611 },
    { sr: 'C', created: '2020-10-02', beat: null },
    // Over before the period, and after it.
    { sr: 'D', created: '2020-08-01', closed: '2020-08-02', beat: 611 },
    { sr: 'E', created: '2021-01-01', beat: 611 },
  ]);
  expect(await figuresBehind(path, 'treatments:beatOfOtherDistrict')).toEqual({ count: 2 });
  const { data } = await report(path, QUARTER);
  expect(data).toMatchObject({ totals: { opened: 3 }, treatments: { beatOfOtherDistrict: 2 } });
  expect(data.notes).toContain(
    '2 requests with a beat of another district than their own: counted under both as the export says.',
  );
});

test('what a trend says of a type, of all types and of earlier periods has its records', async () => {
  const month = (year: number, number: number, day: number) =>
    `${year}-${String(number).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const spread = (year: number, months: readonly number[], days: readonly number[], mark: string) =>
    months.flatMap((at) =>
      days.map((day) => ({ sr: `${mark}-${at}-${day}`, created: month(year, at, day) })),
    );
  const path = await storeOf([
    ...spread(2020, [10, 11, 12], [1, 3, 5, 8, 10, 12, 15, 17, 19, 22, 24, 26], 'N'),
    ...spread(2020, [7, 8, 9], [4, 18], 'B'),
    ...spread(2019, [10, 11, 12], [6, 20], 'Y'),
  ]);
  const { data } = await report(path, QUARTER);
  expect(data.trends).toMatchObject([
    { key: 'All requests', opened: 36 },
    { key: 'Graffiti Removal Request' },
  ]);
  expect(await figuresBehind(path, 'trends:All requests')).toEqual({ opened: 36 });
  expect(await figuresBehind(path, 'trends:All requests:previous')).toEqual({ previous: 6 });
  expect(await figuresBehind(path, 'trends:Graffiti Removal Request:lastYear')).toEqual({ lastYear: 6 });
});

test('a police request is listed under the type that the report counts it as', async () => {
  const path = join(scene.folder, 'rollcall.db');
  const { data } = await report(path, { ...QUARTER, rows: 'police:overdue' });
  expect(data.items).toMatchObject([
    { type: 'Police Miscellaneous', category: 'Loitering' },
    { type: 'Police Miscellaneous', category: 'Vice' },
    { type: 'Police Miscellaneous', category: 'Curfew' },
  ]);
});

test.each([
  ['nothing', 'the report has no nothing', 'Its sections: totals, against, byType'],
  ['totals:lost', 'totals has no lost', 'openAtStart; opened; closed'],
  ['ageing:2-3', 'ageing has no 2-3', '0-7; 8-14'],
  ['byMonth:2019-01', 'byMonth has no 2019-01', '2020-12'],
  ['treatments:magic', 'treatments has no magic', 'withoutDistrict'],
  ['byType:no such type', 'byType has no no such type', 'Graffiti Removal Request'],
  ['byBeat:9999', 'byBeat has no 9999', '0511'],
  ['byType', 'byType needs a key', 'After a key may stand :opened, :closed, :openAtEnd, :measured, :median'],
  ['chronic', 'chronic needs a key', 'chronic is empty in this report.'],
  ['trends', 'trends needs a key', 'trends is empty in this report.'],
  ['byBeat:0511:late', 'byBeat has no measure late', 'opened, closed, openAtEnd'],
])(
  '%s, which the report does not have, is a usage error that lists what it has',
  async (rows, message, remedy) => {
    const path = await storeOf([{ sr: 'B', created: '2020-10-02' }]);
    await expect(report(path, { ...QUARTER, rows })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
  },
);
