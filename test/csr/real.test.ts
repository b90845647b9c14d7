import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../../src/core/command.ts';
import { UNKNOWN_KEY } from '../../src/report/keys.ts';
import { makeScene, ROOT, type Scene } from '../cli/harness.ts';
import { report } from './report-store.ts';

// Public exports that no one here made; a clone has none. A second checkout stands one folder deeper.
const FOLDERS = ['../shared', '../../shared'].map((up) => join(ROOT, up, 'realdata', 'chicago-311'));
const REAL = FOLDERS.find((folder) => existsSync(folder)) ?? null;
const SQL = readFileSync(join(ROOT, 'test', 'csr', 'real-totals.sql'), 'utf8');

const QUARTERS = [2011, 2012].flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));

interface Counts {
  readonly openAtStart: number;
  readonly opened: number;
  readonly closed: number;
  readonly openAtEnd: number;
}

/** What is kept of a district's own report. */
interface Own {
  readonly totals: Counts & { readonly reopened: number };
  readonly duplicates: number;
  readonly daysToClose: { readonly median: number | null; readonly p90: number | null };
  readonly daysOpen: { readonly median: number | null };
  readonly ageing: readonly { readonly count: number }[];
  readonly chronic: readonly unknown[];
}

const NO_LINE = { opened: 0, closed: 0, openAtEnd: 0 };

function reportOf(scene: Scene, options: Input['options']) {
  return report(join(scene.folder, 'rollcall.db'), options, { asOf: '2014-01-01' });
}

/** What the exports say, in SQL of its own over their texts. */
function bySql(
  folder: string,
): (quarter: string) => readonly (Counts & { district: string; duplicates: number })[] {
  const db = new Database(':memory:');
  db.exec(
    'create table told (seq integer primary key, source text, number, status, created, closed, district)',
  );
  const insert = db.prepare(
    'insert into told (source, number, status, created, closed, district) values (?, ?, ?, ?, ?, ?)',
  );
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  for (const name of names.sort()) {
    const rows: Record<string, string>[] = parse(readFileSync(join(folder, name)), {
      bom: true,
      columns: (header: string[]) => header.map((cell) => cell.trim().toLowerCase().replaceAll('_', ' ')),
    });
    for (const row of rows) {
      insert.run(
        name,
        row['service request number'] ?? row['service request no'] ?? row['sr number'],
        row.status ?? '',
        row['creation date'] ?? row['created date'],
        row['completion date'] ?? row['completed date'] ?? row['closed date'] ?? '',
        row['police district'] ?? '',
      );
    }
  }
  const query = db.prepare(SQL);
  return (quarter) => {
    const [year = '', number = ''] = quarter.split('-Q');
    const month = Number(number) * 3;
    const first = `${year}-${String(month - 2).padStart(2, '0')}-01`;
    const last = `${year}-${String(month).padStart(2, '0')}-31`;
    return query.all({ first, last }).map((row) => {
      const cells = row as Readonly<Record<string, number>> & { readonly district: string };
      return {
        district: cells.district,
        openAtStart: cells.open_at_start ?? 0,
        opened: cells.opened ?? 0,
        closed: cells.closed ?? 0,
        openAtEnd: cells.open_at_end ?? 0,
        duplicates: cells.duplicates ?? 0,
      };
    });
  };
}

describe.skipIf(REAL === null)('public 311 exports (../shared/realdata; skipped where it is absent)', () => {
  const folder = REAL ?? '';
  let scene: Scene;
  let imported: { readonly items: readonly Readonly<Record<string, unknown>>[]; readonly notes?: unknown };
  let messages = '';

  beforeAll(async () => {
    scene = makeScene();
    const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
    const paths = files.sort().map((name) => join(folder, name));
    messages = (await scene.run(['import', ...paths, '--dry-run'])).stdout;
    imported = JSON.parse((await scene.run(['import', ...paths, '--json'])).stdout);
  });
  afterAll(() => scene?.remove());

  async function reportJson(quarter: string, district?: string, asOf = '2014-01-01') {
    const place = district === undefined ? [] : ['--district', district];
    const ran = await scene.run([
      'csr',
      'report',
      '--quarterly',
      quarter,
      ...place,
      '--as-of',
      asOf,
      '--json',
    ]);
    return JSON.parse(ran.stdout);
  }

  test('import whole: every row is a request, or repeats one and is counted as such; none is refused', () => {
    const fates = imported.items.map(({ file, rows, inserted, updated, unchanged, rejected, findings }) => ({
      file: String(file).split('/').at(-1),
      rows,
      inserted,
      updated,
      unchanged,
      rejected,
      findings,
    }));
    expect(fates).toEqual([
      {
        file: 'current_9col_potholes_2026_transcribed.csv',
        rows: 25,
        inserted: 25,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        findings: 0,
      },
      { file: 'general.csv', rows: 1497, inserted: 1497, updated: 0, unchanged: 0, rejected: 0, findings: 0 },
      {
        file: 'graffiti-removal.csv',
        rows: 999,
        inserted: 999,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        findings: 0,
      },
      { file: 'pot-holes.csv', rows: 999, inserted: 999, updated: 0, unchanged: 0, rejected: 0, findings: 0 },
      // 89 numbers that general.csv told of with the same facts, and one that stands twice in the file itself
      {
        file: 'street-lights-one-out.csv',
        rows: 10796,
        inserted: 10706,
        updated: 0,
        unchanged: 90,
        rejected: 0,
        findings: 1,
      },
    ]);
    expect(messages).toContain('1 × numbers that stand twice in the file: the last row is kept');
    expect(messages).toContain(
      'numbers that an earlier import told of with the same facts: one request each',
    );
  });

  test('the quarters of 2011 and 2012 are what SQL of its own counts, city-wide and by district', async () => {
    const counted = bySql(folder);
    const golden: Record<string, unknown> = {};
    for (const quarter of QUARTERS) {
      const data = await reportJson(quarter);
      const rows = counted(quarter);
      const sum = (key: keyof Counts | 'duplicates') => rows.reduce((total, row) => total + row[key], 0);
      const { openAtStart, opened, closed, openAtEnd } = data.totals;
      expect({ quarter, openAtStart, opened, closed, openAtEnd, duplicates: data.duplicates }).toEqual({
        quarter,
        openAtStart: sum('openAtStart'),
        opened: sum('opened'),
        closed: sum('closed'),
        openAtEnd: sum('openAtEnd'),
        duplicates: sum('duplicates'),
      });
      const districts = [];
      for (const { district, duplicates, ...counts } of rows) {
        if (district === UNKNOWN_KEY) continue;
        const own = (await reportOf(scene, { quarterly: quarter, district })).data as unknown as Own;
        const { reopened: _, ...totals } = own.totals;
        expect({ quarter, district, ...totals, duplicates: own.duplicates }).toEqual({
          quarter,
          district,
          ...counts,
          duplicates,
        });
        const line = data.byDistrict.find(({ key }: { readonly key: string }) => key === district);
        const { opened: theirs, closed: done, openAtEnd: left } = line ?? NO_LINE;
        expect([theirs, done, left]).toEqual([totals.opened, totals.closed, totals.openAtEnd]);
        if (totals.opened + totals.closed + totals.openAtEnd + duplicates === 0) continue;
        districts.push([
          district,
          totals.openAtStart,
          totals.opened,
          totals.closed,
          totals.openAtEnd,
          duplicates,
          own.daysToClose.median,
          own.daysToClose.p90,
          own.daysOpen.median,
          own.ageing.map(({ count }) => count).join(' '),
          own.chronic.length,
        ]);
      }
      golden[quarter] = {
        totals: data.totals,
        duplicates: data.duplicates,
        daysToClose: data.daysToClose,
        daysOpen: data.daysOpen,
        types: data.byType.length,
        chronic: data.chronic.length,
        trends: data.trends.length,
        // district, open at start, opened, closed, open at end, duplicates, median and 90th percentile of days to close,
        // median age of what is open, open by age, chronic places
        districts,
      };
    }
    const text = `${JSON.stringify(golden).replaceAll('],[', '],\n[').replaceAll('},"', '},\n"')}\n`;
    await expect(text).toMatchFileSnapshot('golden/chicago-311-2011-2012.json.txt');
  });

  test("a district's own report has the figures of its line in the city's, also of a closed district", async () => {
    const city = await reportJson('2011-Q1');
    for (const district of ['008', '013', '021']) {
      const own = await reportJson('2011-Q1', district);
      const line = city.byDistrict.find((row: { readonly key: string }) => row.key === district);
      const { opened, closed, openAtEnd } = own.totals;
      expect({ opened, closed, openAtEnd }).toEqual({
        opened: line.opened,
        closed: line.closed,
        openAtEnd: line.openAtEnd,
      });
    }
  });

  test('the notes say what was done with duplicates, closed and unknown districts, blanks and repeated numbers', async () => {
    const notes: string = (await reportJson('2011-Q1')).notes.join('\n');
    expect(notes).toContain(
      'Duplicates: 758 opened in the period, by a status such as Open - Dup or Completed - Dup',
    );
    expect(notes).toMatch(
      /Closed districts in 2011-Q1: 013 \(closed 2012\) \d+ opened, \d+ closed, 0 open at end; 021/,
    );
    expect(notes).toContain('none is moved to a successor');
    expect(notes).toContain('Not in the geography of this program: district 000');
    expect(notes).toContain('Repeated numbers: all rows of one number are one request.');
    const own: string = (await reportJson('2012-Q2', '021')).notes.join('\n');
    expect(own).toContain('Duplicates: 0 opened');
    expect(own).toContain('021 (closed 2012) 0 opened, 0 closed, 0 open at end');
    const blank = await reportJson('2026-Q1', undefined, '2026-06-01');
    expect(blank.notes.join('\n')).toContain(
      'Requests without a district: 25 opened in the period, anywhere in the city; on the line Unknown',
    );
    expect(blank.treatments.withoutDistrict).toBe(25);
  });

  test('importing the same files again changes no figure, no note and no source', async () => {
    const before = await reportJson('2011-Q1', '005');
    const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
    await scene.run(['import', ...files.sort().map((name) => join(folder, name)), '--quiet']);
    const { newestImport: _later, auditHead: _head, ...after } = await reportJson('2011-Q1', '005');
    const { newestImport: _earlier, auditHead: _former, ...kept } = before;
    expect(after).toEqual(kept);
    expect(after.sources.map(({ repeated }: { readonly repeated: number }) => repeated)).toEqual([
      0, 0, 0, 0, 90,
    ]);
  });

  test('every figure of a quarter is the sum of its records', async () => {
    const data = await reportJson('2012-Q2');
    const asked = [
      ...Object.entries(data.totals).map(([key, value]) => [`totals:${key}`, key, value]),
      ...data.byDistrict
        .slice(0, 4)
        .map((row: Readonly<Record<string, unknown>>) => [
          `byDistrict:${row.key}:closed`,
          'closed',
          row.closed,
        ]),
      ['duplicates', 'count', data.duplicates],
      ['daysToClose', 'n', data.daysToClose.n],
    ];
    for (const [key, measure, value] of asked) {
      const ran = await scene.run([
        'csr',
        'report',
        '--quarterly',
        '2012-Q2',
        '--as-of',
        '2014-01-01',
        '--rows',
        String(key),
        '--json',
      ]);
      const { figures } = JSON.parse(ran.stdout);
      expect([key, figures[String(measure)] ?? 0]).toEqual([key, value]);
    }
  });
});
