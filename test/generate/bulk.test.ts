import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { bulkRows } from './bulk.ts';
import { PROFILES, type ProfileName, type Row } from './columns.ts';
import { line } from './csv.ts';
import { FAULTS, soiled } from './dirty.ts';
import { seeded } from './random.ts';

const NAMES = Object.keys(PROFILES) as ProfileName[];
const MAIN = join(import.meta.dirname, 'main.ts');

function rows(name: ProfileName, size: { rows?: number; of?: number; seed?: number }): Row[] {
  return [...bulkRows(name, { seed: 1, ...size })];
}

function first(rowsGiven: readonly Row[]): string[] {
  return rowsGiven.map((row) => row[0] ?? '');
}

describe('generated files of any size', () => {
  it.each(NAMES)('%s has exactly the rows asked for, each as wide as its header', (name) => {
    const made = rows(name, { rows: 250 });
    expect(made).toHaveLength(250);
    expect(new Set(made.map((row) => row.length))).toEqual(new Set([PROFILES[name].columns.length]));
    expect(new Set(made.map((row) => row.join('\u0000'))).size).toBe(250);
  });

  it.each(NAMES)('%s is the same for the same seed', (name) => {
    expect(rows(name, { rows: 60 })).toEqual(rows(name, { rows: 60 }));
    expect(rows(name, { rows: 0 })).toEqual([]);
  });

  it('has the 39 columns of the City export and unique request numbers', () => {
    expect(PROFILES['chicago-311'].columns).toHaveLength(39);
    expect(new Set(first(rows('chicago-311', { rows: 5000 }))).size).toBe(5000);
  });

  it('fits events to their concerns, about four and a half each', () => {
    const concerns = rows('concerns', { rows: 2000 });
    const events = rows('concern-events', { of: 2000 });
    const known = new Set(first(concerns));
    expect(first(events).filter((id) => !known.has(id))).toEqual([]);
    expect(events.length / 2000).toBeGreaterThan(4);
    expect(events.length / 2000).toBeLessThan(6);
  });

  it('does not change a concern with the number of concerns', () => {
    expect(rows('concerns', { rows: 300 }).slice(0, 100)).toEqual(rows('concerns', { rows: 100 }));
  });

  it('gives every whole ten of subjects exactly six incidents each on average', () => {
    expect(rows('said-incidents', { of: 400 })).toHaveLength(2400);
    const subjects = new Set(first(rows('said-subjects', { rows: 400 })));
    const named = rows('said-incidents', { rows: 2400 }).map((row) => row[1] ?? '');
    expect(named.filter((id) => !subjects.has(id))).toEqual([]);
  });
});

describe('soiled records', () => {
  it.each(FAULTS)('%s is one record with one fault', (fault) => {
    const [row = []] = rows('concerns', { rows: 1 });
    const text = soiled('concerns', row, fault, seeded(1, fault));
    expect(text.endsWith('\n')).toBe(true);
    expect(text).not.toBe(line(row));
    const count = (each: string): number =>
      parse(each, { relax_quotes: true, relax_column_count: true })[0]?.length ?? 0;
    const wanted = { 'missing-field': -1, 'extra-field': 1 }[fault as string] ?? 0;
    if (fault !== 'broken-quote') expect(count(text)).toBe(row.length + wanted);
  });
});

describe('the command', () => {
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });

  it('writes a header and the rows to standard output', () => {
    const text = run('--profile', 'said-subjects', '--rows', '3', '--seed', '7');
    expect(text.split('\n')).toHaveLength(5);
    expect(text.startsWith('subject_id,birth_date,')).toBe(true);
  });

  it('soils a share of the rows, the same rows for the same seed', () => {
    const clean = run('--profile', 'csr', '--rows', '200').split('\n');
    const dirty = run('--profile', 'csr', '--rows', '200', '--dirty', '0.2').split('\n');
    const changed = dirty.filter((text, i) => text !== clean[i]).length;
    expect(changed).toBeGreaterThan(20);
    expect(changed).toBeLessThan(60);
    expect(run('--profile', 'csr', '--rows', '200', '--dirty', '0.2').split('\n')).toEqual(dirty);
  });

  it('says what it needs, with exit code 2', () => {
    expect(() => execFileSync(process.execPath, [MAIN, '--profile', 'csr'], { stdio: 'pipe' })).toThrow(
      /--rows/,
    );
    expect(() => execFileSync(process.execPath, [MAIN, '--profile', 'nope'], { stdio: 'pipe' })).toThrow(
      /one of/,
    );
  });
});
