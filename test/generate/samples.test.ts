import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { PROFILES, type ProfileName } from './columns.ts';
import { SAMPLE_AS_OF, SAMPLE_SEED, sampleFiles } from './samples.ts';

const FOLDER = join(import.meta.dirname, '../../data/samples');
const files = sampleFiles(SAMPLE_SEED);
const KEYS: Readonly<Record<string, string>> = {
  members: 'member_id',
  'member-activity': 'activity_id',
  'oss-work-items': 'work_item_id',
  concerns: 'control_number',
  'chicago-311': 'SR_NUMBER',
  'csr-police': 'sr_number',
  'said-subjects': 'subject_id',
  'said-incidents': 'incident_id',
};
const CSV_FILES = [...files.keys()].filter((name) => name.endsWith('.csv'));

function profileOf(file: string): ProfileName {
  return file.replace('csr-chicago', 'chicago').replace('.csv', '') as ProfileName;
}

function rowsOf(file: string): Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(files.get(file) ?? '', { columns: true });
}

function column(file: string, name: string): string[] {
  return rowsOf(file).map((row) => row[name] ?? '');
}

function unknown(references: readonly string[], ids: readonly string[]): string[] {
  const known = new Set(ids);
  return [...new Set(references)].filter((id) => id !== '' && !known.has(id));
}

describe('the samples', () => {
  it('are the same bytes for the same seed and other bytes for another', () => {
    expect(sampleFiles(SAMPLE_SEED)).toEqual(files);
    expect(sampleFiles(SAMPLE_SEED + 1).get('concerns.csv')).not.toBe(files.get('concerns.csv'));
  });

  it.each([...files.keys()])('%s is checked in as the generator writes it', (file) => {
    expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(files.get(file));
  });

  it.each(CSV_FILES)('%s has the columns of its profile and full rows', (file) => {
    const [header = '', ...rest] = (files.get(file) ?? '').trimEnd().split('\n');
    expect(header.split(',')).toEqual(PROFILES[profileOf(file)].columns);
    expect(rowsOf(file)).toHaveLength(rest.length);
  });

  it.each(CSV_FILES)('%s names no record twice and repeats no row', (file) => {
    const key = KEYS[profileOf(file)];
    const all = key === undefined ? (files.get(file) ?? '').trimEnd().split('\n') : column(file, key);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(CSV_FILES)('%s holds no time after the as-of', (file) => {
    const { dates } = PROFILES[profileOf(file)];
    if (file === 'duty-roster.csv' || file === 'csr-chicago-311.csv') return;
    const late = rowsOf(file).flatMap((row) =>
      dates.map((name) => row[name] ?? '').filter((at) => at > SAMPLE_AS_OF),
    );
    expect(late).toEqual([]);
  });

  it('refer only to records that are there', () => {
    const members = column('members.csv', 'member_id');
    const concerns = column('concerns.csv', 'control_number');
    const requests = column('csr-chicago-311.csv', 'SR_NUMBER');
    const events = ['oss-events.csv', 'concern-events.csv', 'csr-police-events.csv'];
    expect(unknown(column('members.csv', 'supervisor_id'), members)).toEqual([]);
    for (const file of events) expect(unknown(column(file, 'by'), members)).toEqual([]);
    for (const file of ['oss-work-items.csv', 'member-activity.csv', 'duty-roster.csv', 'accesses.csv']) {
      expect(unknown(column(file, 'member_id'), members)).toEqual([]);
    }
    expect(
      unknown(column('oss-events.csv', 'work_item_id'), column('oss-work-items.csv', 'work_item_id')),
    ).toEqual([]);
    expect(unknown(column('concern-events.csv', 'control_number'), concerns)).toEqual([]);
    expect(unknown(column('concerns.csv', 'primary_control_number'), concerns)).toEqual([]);
    expect(
      unknown(column('csr-police-events.csv', 'sr_number'), column('csr-police.csv', 'sr_number')),
    ).toEqual([]);
    expect(unknown(column('csr-chicago-311.csv', 'PARENT_SR_NUMBER'), requests)).toEqual([]);
    expect(
      unknown(column('said-incidents.csv', 'subject_id'), column('said-subjects.csv', 'subject_id')),
    ).toEqual([]);
  });

  it('list their own files in import order and stay small', () => {
    const about: { files: string[]; quarter: string } = JSON.parse(files.get('samples.json') ?? '');
    expect(about.files).toEqual(CSV_FILES);
    expect(about.quarter).toBe('2020-Q4');
    const bytes = CSV_FILES.map((file) => Buffer.byteLength(files.get(file) ?? ''));
    expect(Math.max(...bytes)).toBeLessThan(500_000);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(1_500_000);
  });

  it('show seasons: potholes in spring, weeds in summer, snow in winter', () => {
    const months = (type: string): string[] =>
      rowsOf('csr-chicago-311.csv')
        .filter((row) => row.SR_TYPE === type)
        .map((row) => row.CREATED_MONTH ?? '');
    const among = (type: string, wanted: string): number =>
      months(type).filter((month) => wanted.split(' ').includes(month)).length / months(type).length;
    expect(among('Weed Removal Request', '5 6 7 8 9')).toBeGreaterThan(0.8);
    expect(among('Ice and Snow Removal Request', '11 12 1 2 3')).toBe(1);
    expect(among('Pothole in Street Complaint', '2 3 4 5')).toBeGreaterThan(0.5);
  });

  it('hold chronic places: three requests or more in 2020 at one address, in two quarters or more', () => {
    const quarters = new Map<string, string[]>();
    for (const row of rowsOf('csr-chicago-311.csv')) {
      const informationOnly =
        row.SR_TYPE === '311 INFORMATION ONLY CALL' || row.SR_TYPE === 'Aircraft Noise Complaint';
      if (row.DUPLICATE === 'true' || informationOnly || row.CREATED_DATE?.slice(6, 10) !== '2020') continue;
      const quarter = String(Math.ceil(Number(row.CREATED_MONTH) / 3));
      const address = row.STREET_ADDRESS ?? '';
      quarters.set(address, [...(quarters.get(address) ?? []), quarter]);
    }
    const chronic = [...quarters.values()].filter((each) => each.length >= 3 && new Set(each).size >= 2);
    expect(chronic).toHaveLength(7);
  });
});
