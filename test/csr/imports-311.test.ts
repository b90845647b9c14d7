import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cityProfiles } from '../../src/csr/imports-311.ts';
import { type City, type Outcome, openCity, placeOf, profileNamed } from './mirror-session.ts';

// Public exports that no one here made; a clone has none.
const REAL = fileURLToPath(new URL('../../../shared/realdata/chicago-311/', import.meta.url));

let city: City;
beforeEach(() => {
  city = openCity();
});
afterEach(() => city.remove());

test('the profiles name every column of the contract and of the current export that is kept', () => {
  expect(cityProfiles().map(({ name }) => name)).toEqual([
    'csr',
    'chicago-311',
    'chicago-311-legacy',
    'chicago-311-2012',
    'open311',
  ]);
  expect(
    profileNamed('csr')
      .columns.map(({ name, required }) => `${name}${required ? '*' : ''}`)
      .join(', '),
  ).toBe(
    'sr_number*, type*, department, status*, origin, created_at*, updated_at, closed_at, address, zip, ward, community_area, district, beat, latitude, longitude, duplicate, parent_sr_number',
  );
});

test('a signature holds columns of its own profile only, and no header with one fits another', () => {
  const profiles = cityProfiles();
  for (const profile of profiles) {
    const names = profile.columns.map(({ name }) => name);
    for (const column of profile.signature ?? []) expect(names).toContain(column);
    for (const other of profiles) {
      if (other === profile) continue;
      const fits = (other.signature ?? []).every((column) => placeOf(other, names, column) >= 0);
      expect(fits, `${profile.name} is taken for ${other.name}`).toBe(false);
    }
  }
});

test.each([
  ['Creation Date', 'ZIP Code'],
  ['CREATION DATE', 'ZIP'],
  ['creation_date', 'zip-code'],
])('the legacy export is read under %s and %s', (created, zip) => {
  const profile = profileNamed('chicago-311-legacy');
  const header = ['X', created, zip];
  expect(placeOf(profile, header, 'Creation Date')).toBe(1);
  expect(placeOf(profile, header, 'ZIP Code')).toBe(2);
});

test('an Open311 request that is closed was closed at its last update, and its expected time is no deadline', async () => {
  const header = [
    'service_request_id',
    'status',
    'service_name',
    'requested_datetime',
    'updated_datetime',
    'expected_datetime',
    'lat',
    'long',
    'zipcode',
  ];
  const outcome = await city.take('open311', header, [
    [
      '638344',
      'closed',
      'Sidewalk',
      '2020-04-14T06:37:38-08:00',
      '2020-04-15T06:37:38-08:00',
      '2020-04-16T06:37:38-08:00',
      '41.8',
      '-87.6',
      '60632',
    ],
    ['638349', 'open', 'Sidewalk', '2020-04-19T06:37:38-08:00', '2020-04-20T06:37:38-08:00', '', '', '', ''],
  ]);
  expect(outcome.findings).toEqual([]);
  expect(await city.rows('select sr_number, is_open, created_at, closed_at from csr_request')).toEqual([
    ['638344', 0, Date.parse('2020-04-14T14:37:38Z') / 1000, Date.parse('2020-04-15T14:37:38Z') / 1000],
    ['638349', 1, Date.parse('2020-04-19T14:37:38Z') / 1000, null],
  ]);
});

test('where a file has no district column the district is that of the beat; a blank district stays unknown', async () => {
  const columns = ['sr_number', 'type', 'status', 'created_at', 'beat'];
  await city.take('csr', columns, [['A', 'T', 'Open', '2020-01-01', '0511']]);
  await city.take('csr', [...columns, 'district'], [['B', 'T', 'Open', '2020-01-01', '0511', '']]);
  expect(await city.rows('select sr_number, district, beat from csr_request order by 1')).toEqual([
    ['A', 5, 511],
    ['B', null, 511],
  ]);
});

describe.skipIf(!existsSync(REAL))('the real exports', () => {
  async function take(file: string, profile: string): Promise<Outcome> {
    const [header, ...rows] = parse(readFileSync(REAL + file)) as string[][];
    return await city.take(profile, header ?? [], rows);
  }

  test('of graffiti and pot holes are taken whole, nothing refused or noted', async () => {
    const graffiti = await take('graffiti-removal.csv', 'chicago-311-legacy');
    expect(graffiti).toMatchObject({
      counts: { inserted: 999, updated: 0, unchanged: 0 },
      rejected: [],
      findings: [],
      notes: {},
    });
    const potHoles = await take('pot-holes.csv', 'chicago-311-legacy');
    expect(potHoles).toMatchObject({
      counts: { inserted: 999, updated: 0, unchanged: 0 },
      rejected: [],
      findings: [],
      notes: {},
    });
    expect(
      await city.rows(
        'select count(*), sum(is_open), sum(duplicate > 0) > 0, sum(zip is null) from csr_request',
      ),
    ).toEqual([[1998, 0, 1, 6]]);
    expect(await city.rows('select count(*) from csr_request where district in (13, 21, 23)')).toEqual([
      [39],
    ]);
  });

  test('of three kinds in one file are taken whole; districts 0 and 31 and the ZIP code 0 are noted', async () => {
    const outcome = await take('general.csv', 'chicago-311-legacy');
    expect(outcome).toMatchObject({ counts: { inserted: 1497 }, rejected: [], findings: [] });
    expect(outcome.notes).toEqual({
      'ZIP codes that are none, taken as unknown': 3,
      'districts that are not in the geography, kept': 5,
    });
  });

  test('of the 2012 project: 10,796 rows, 10,795 requests, one replaced by its second row', async () => {
    const outcome = await take('street-lights-one-out.csv', 'chicago-311-2012');
    expect(outcome.rejected).toEqual([]);
    expect(outcome.counts).toEqual({ inserted: 10_795, updated: 0, unchanged: 1, keptLocal: 0 });
    expect(outcome.findings).toMatchObject([{ code: 'DUPLICATE_KEY', record: '13-00350348' }]);
    expect(
      await city.rows(
        `select address, date(created_day * 86400, 'unixepoch'), is_open from csr_request order by id limit 1`,
      ),
    ).toEqual([['6306 N HERMITAGE AVE', '2012-04-01', 0]]);
    const again = await take('street-lights-one-out.csv', 'chicago-311-2012');
    expect(again.counts).toEqual({ inserted: 0, updated: 0, unchanged: 10_796, keptLocal: 0 });
  });

  test('of today with nine columns: 25 closed requests, ten without a ZIP code', async () => {
    const outcome = await take('current_9col_potholes_2026_transcribed.csv', 'chicago-311');
    expect(outcome).toMatchObject({ counts: { inserted: 25 }, rejected: [], findings: [] });
    expect(
      await city.rows('select sum(is_open), sum(zip is null), sum(district is null) from csr_request'),
    ).toEqual([[0, 10, 25]]);
  });
});

test('a police request that members entered themselves is a finding, told once (CSR-31)', async () => {
  const header = ['sr_number', 'type', 'status', 'origin', 'created_at'];
  const row = (number: string, origin: string, type = 'Police Miscellaneous') => [
    number,
    type,
    'Open',
    origin,
    '2020-11-01T08:00:00',
  ];
  const first = await city.take('csr', header, [
    row('A', 'Phone Call'),
    row('B', 'POLICE'),
    row('C', 'Police', 'Graffiti Removal'),
  ]);
  expect(first.findings).toMatchObject([
    {
      record: 'B',
      rule: 'CSR-31',
      code: 'ENTERED_BY_MEMBERS',
      text: expect.stringContaining('311 operator'),
    },
  ]);
});
