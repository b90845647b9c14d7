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

async function figuresBehind(path: string, rows: string, options = QUARTER): Promise<Figures> {
  const { data } = await report(path, { ...options, rows });
  const items = data.items as readonly { readonly counts: Figures }[];
  const sums: Record<string, number> = {};
  for (const { counts } of items)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  expect(data.figures).toEqual(sums);
  return sums;
}

test('every figure of the samples is the sum of the records behind it', async () => {
  const path = join(scene.folder, 'rollcall.db');
  const { data } = await report(path, QUARTER);
  const d = data as unknown as {
    totals: Figures;
    against: { totals: Figures };
    byType: readonly { key: string; opened: number; closed: number; openAtEnd: number }[];
    byBeat: readonly { key: string; opened: number; closed: number; openAtEnd: number }[];
    bySector: readonly { key: string; opened: number; closed: number; openAtEnd: number }[];
    byOrigin: readonly { key: string; opened: number; closed: number; openAtEnd: number }[];
    ageing: readonly { bucket: string; count: number }[];
    byMonth: readonly { label: string; opened: number; closed: number }[];
    chronic: readonly { location: string; requests: number }[];
    onTime: {
      closedInPeriod: { onTime: number; total: number };
      dueInPeriod: { onTime: number; total: number };
    };
    police: { overdue: number; clocksRunning: number };
    daysToClose: { n: number };
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
    ...d.ageing.map(({ bucket, count }) => [`ageing:${bucket}`, { count }] as const),
    ...d.byMonth.map(({ label, opened, closed }) => [`byMonth:${label}`, { opened, closed }] as const),
    ...d.chronic.map(({ location, requests }) => [`chronic:${location}`, { requests }] as const),
    ['duplicates', { count: d.duplicates }],
    ['informationOnly', { count: d.informationOnly }],
    ['daysToClose', { n: d.daysToClose.n }],
    ['police:overdue', { overdue: d.police.overdue }],
    ['police:clocksRunning', { clocksRunning: d.police.clocksRunning }],
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

test('a section, a total or a bucket that the report does not have is a usage error', async () => {
  const path = await storeOf([{ sr: 'B', created: '2020-10-02' }]);
  for (const rows of ['nothing', 'totals:lost', 'ageing:2-3', 'byMonth:2019-01', 'treatments:magic'])
    await expect(report(path, { ...QUARTER, rows })).rejects.toMatchObject({ kind: 'usage' });
});
