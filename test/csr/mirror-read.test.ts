import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statusMeaning } from '../../src/csr/mirror-words.ts';
import { type City, openCity } from './mirror-session.ts';

const HEADER = [
  'SR_NUMBER',
  'SR_TYPE',
  'OWNER_DEPARTMENT',
  'STATUS',
  'ORIGIN',
  'CREATED_DATE',
  'LAST_MODIFIED_DATE',
  'CLOSED_DATE',
  'STREET_ADDRESS',
  'ZIP_CODE',
  'DUPLICATE',
  'PARENT_SR_NUMBER',
  'COMMUNITY_AREA',
  'WARD',
  'POLICE_DISTRICT',
  'POLICE_BEAT',
  'LATITUDE',
  'LONGITUDE',
];

function request(changes: Partial<Record<string, string>>): string[] {
  const given: Partial<Record<string, string>> = {
    SR_NUMBER: 'SR20-00000001',
    SR_TYPE: 'Graffiti Removal Request',
    STATUS: 'Open',
    CREATED_DATE: '11/01/2020 10:00:00 AM',
    ...changes,
  };
  return HEADER.map((column) => given[column] ?? '');
}

let city: City;
beforeEach(() => {
  city = openCity();
});
afterEach(() => city.remove());

describe('a row of the 311 export', () => {
  test.each([
    ['SR_NUMBER', '', 'is empty and must not be'],
    ['SR_TYPE', ' ', 'is empty and must not be'],
    ['STATUS', '', 'is empty and must not be'],
    ['CREATED_DATE', '', 'is empty and must not be'],
    ['CREATED_DATE', '02/30/2020 10:00:00 AM', '"02/30/2020 10:00:00 AM" is no date or time'],
    ['LAST_MODIFIED_DATE', '11/01/2020 13:00:00 PM', '"11/01/2020 13:00:00 PM" is no date or time'],
    ['CLOSED_DATE', 'soon', '"soon" is no date or time'],
    ['POLICE_DISTRICT', 'Five', '"Five" is no whole number of at most 3 digits'],
    ['WARD', '-1', '"-1" is no whole number of at most 3 digits'],
    ['COMMUNITY_AREA', '24.5', '"24.5" is no whole number of at most 3 digits'],
    ['POLICE_BEAT', '51', '"51" is no beat: three or four digits'],
    ['POLICE_BEAT', '05111', '"05111" is no beat: three or four digits'],
    ['LATITUDE', '141.8', '"141.8" is no number from -90 to 90'],
    ['LONGITUDE', 'west', '"west" is no number from -180 to 180'],
    ['DUPLICATE', 'maybe', '"maybe" is neither true nor false'],
  ])('with %s "%s" is refused: %s', async (column, value, reason) => {
    const rows = [request({ [column]: value })];
    const outcome = await city.take('chicago-311', HEADER, rows);
    expect(outcome.rejected).toEqual([{ row: 0, column, reason }]);
    expect(outcome.counts.inserted).toBe(0);
    expect(await city.rows('select * from csr_word')).toEqual([]);
    expect((await city.take('chicago-311', HEADER, rows, 'rows')).rejected).toEqual(outcome.rejected);
  });

  test('has three-digit beats padded, .0 dropped and impossible ZIP codes left unknown, each noted', async () => {
    const outcome = await city.take('chicago-311', HEADER, [
      request({ SR_NUMBER: 'A', POLICE_BEAT: '511', POLICE_DISTRICT: '8', ZIP_CODE: '60632' }),
      request({
        SR_NUMBER: 'B',
        POLICE_BEAT: '832.0',
        POLICE_DISTRICT: '013',
        WARD: '24.0',
        ZIP_CODE: 'None',
      }),
      request({ SR_NUMBER: 'C', POLICE_BEAT: '', POLICE_DISTRICT: '', ZIP_CODE: '60632-1234' }),
      request({ SR_NUMBER: 'D', POLICE_BEAT: '9999', POLICE_DISTRICT: '31' }),
    ]);
    expect(
      await city.rows('select sr_number, beat, district, ward, zip from csr_request order by 1'),
    ).toEqual([
      ['A', 511, 8, null, '60632'],
      ['B', 832, 13, 24, null],
      ['C', null, null, null, '60632-1234'],
      ['D', 9999, 31, null, null],
    ]);
    expect(outcome.notes).toEqual({
      'three-digit beats, padded': 2,
      'whole numbers written with .0 read as whole': 1,
      'ZIP codes that are none, taken as unknown': 1,
      'districts that are not in the geography, kept': 1,
      'beats that are not in the geography, kept': 1,
    });
  });

  test('is a duplicate by its status or by its own column', async () => {
    await city.take('chicago-311', HEADER, [
      request({ SR_NUMBER: 'A', STATUS: 'Open - Dup' }),
      request({ SR_NUMBER: 'B', DUPLICATE: 'true' }),
      request({ SR_NUMBER: 'C', DUPLICATE: 'N' }),
    ]);
    expect(await city.rows('select sr_number, duplicate, is_open from csr_request order by 1')).toEqual([
      ['A', 1, 1],
      ['B', 1, 1],
      ['C', 0, 1],
    ]);
  });

  test('that contradicts itself is kept as it is and becomes one finding a kind', async () => {
    const closed = '11/03/2020 10:00:00 AM';
    const outcome = await city.take('chicago-311', HEADER, [
      request({ SR_NUMBER: 'A', STATUS: 'Completed' }),
      request({ SR_NUMBER: 'B', STATUS: 'Completed', LAST_MODIFIED_DATE: closed }),
      request({ SR_NUMBER: 'C', STATUS: 'Open', CLOSED_DATE: closed }),
      request({ SR_NUMBER: 'D', STATUS: 'Completed', CLOSED_DATE: '10/31/2020 10:00:00 AM' }),
      request({ SR_NUMBER: 'E', STATUS: 'Completed', CLOSED_DATE: '11/01/2020' }),
      request({ SR_NUMBER: 'F', STATUS: 'Waiting for parts' }),
      request({ SR_NUMBER: 'G', STATUS: 'Waiting for parts', CLOSED_DATE: closed }),
      request({ SR_NUMBER: 'H', POLICE_DISTRICT: '5', POLICE_BEAT: '0611' }),
      request({ SR_NUMBER: 'I', POLICE_DISTRICT: '5', POLICE_BEAT: '511' }),
      request({ SR_NUMBER: 'J', POLICE_BEAT: '0611' }),
    ]);
    const noon = Date.parse('2020-11-03T16:00:00Z') / 1000;
    expect(await city.rows('select sr_number, is_open, closed_at from csr_request order by 1')).toEqual([
      ['A', 0, null],
      ['B', 0, noon],
      ['C', 1, noon],
      ['D', 0, Date.parse('2020-10-31T15:00:00Z') / 1000],
      ['E', 0, Date.parse('2020-11-01T05:00:00Z') / 1000],
      ['F', 1, null],
      ['G', 0, noon],
      ['H', 1, null],
      ['I', 1, null],
      ['J', 1, null],
    ]);
    expect(outcome.findings.map(({ code, record }) => [code, record])).toEqual([
      ['CLOSED_WITHOUT_DATE', 'batch 1'],
      ['OPEN_WITH_CLOSE_DATE', 'C'],
      ['CLOSED_BEFORE_CREATED', 'D'],
      ['BEAT_OF_OTHER_DISTRICT', 'H'],
    ]);
    expect(
      outcome.notes[
        'status words neither known as open nor as closed: closed where a close date is given, else open'
      ],
    ).toBe(2);
  });

  test('a thousand odd rows make one finding with the first twenty records', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      request({ SR_NUMBER: `SR-${i}`, STATUS: 'Completed' }),
    );
    const outcome = await city.take('chicago-311', HEADER, rows);
    expect(outcome.findings).toHaveLength(1);
    expect(outcome.findings[0]?.text).toMatch(/^1000 requests are closed.*SR-0, SR-1, .*SR-19 and 980 more$/);
  });
});

describe('a time that the clocks make twofold', () => {
  test('is the earlier instant for a start, the later for a stop, and noted', async () => {
    const twice = '11/01/2020 01:30:00 AM';
    const outcome = await city.take('chicago-311', HEADER, [
      request({ CREATED_DATE: twice, STATUS: 'Completed', CLOSED_DATE: twice }),
    ]);
    expect(await city.rows('select created_at, closed_at from csr_request')).toEqual([
      [Date.parse('2020-11-01T06:30:00Z') / 1000, Date.parse('2020-11-01T07:30:00Z') / 1000],
    ]);
    expect(outcome.notes).toEqual({
      'local times that happen twice (the clock goes back)': 2,
    });
  });
});

test('status words are known in either case of letters', () => {
  expect(statusMeaning('OPEN')).toEqual({ open: true, duplicate: false });
  expect(statusMeaning('In Progress')).toEqual({ open: true, duplicate: false });
  expect(statusMeaning('Completed - Dup')).toEqual({ open: false, duplicate: true });
  expect(statusMeaning('Canceled')).toEqual({ open: false, duplicate: false });
  expect(statusMeaning('closed')).toEqual({ open: false, duplicate: false });
  expect(statusMeaning('Openly disputed').open).toBe(null);
});

const odd = fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[,"\r\n\0]/g, ' '));
const number = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map(String);
const two = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
const american = fc
  .tuple(
    two(0, 13),
    two(0, 32),
    number(1899, 2100),
    two(0, 13),
    two(0, 61),
    two(0, 61),
    fc.constantFrom('AM', 'PM', 'pm', 'XM'),
  )
  .map(
    ([month, day, year, hour, minute, second, half]) =>
      `${month}/${day}/${year} ${hour}:${minute}:${second} ${half}`,
  );
const iso = fc
  .tuple(
    number(1899, 2100),
    two(0, 13),
    two(0, 32),
    two(0, 24),
    two(0, 60),
    two(0, 60),
    fc.constantFrom('', '.000', '.5', 'Z', '.12x', '-06:00'),
  )
  .map(
    ([year, month, day, hour, minute, second, rest]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${rest}`,
  );
const time = fc.oneof(
  american,
  iso,
  fc.constantFrom('', '1-Apr-12', '20200405', '4/5/2020', ' 04/05/2020 10:00:00 AM'),
  odd,
);
const whole = fc.oneof(number(0, 12_000), fc.constantFrom('', '24.0', '007', ' 5', '0511', '5.5', '٣'), odd);
const degree = fc.oneof(
  fc.double({ min: -200, max: 200, noNaN: true }).map(String),
  fc.tuple(number(-90, 90), number(0, 2 ** 31), number(0, 2 ** 31)).map(([a, b, c]) => `${a}.${b}${c}`),
  fc.constantFrom('', '41.', '.5', '-', '+41.8', '-0', '1e3', '41.8.1'),
  odd,
);
const word = fc.oneof(fc.constantFrom('Open', 'Completed - Dup', ' Open ', 'Straße', '', 'Phone Call'), odd);
const row = fc
  .tuple(
    ...HEADER.map((column) => {
      if (column.endsWith('_DATE')) return time;
      if (/DISTRICT|BEAT|WARD|AREA/.test(column)) return whole;
      if (/TUDE/.test(column)) return degree;
      if (column === 'DUPLICATE')
        return fc.oneof(fc.constantFrom('true', 'FALSE', 'True', 'y', '0', '', 'trve'), odd);
      if (column === 'ZIP_CODE')
        return fc.oneof(fc.constantFrom('60632', '60632.0', '0', 'None', '60632-1234', ''), odd);
      return word;
    }),
  )
  .map((fields) => [...fields]);
const nearlyRegular = fc
  .tuple(row, fc.array(fc.nat(HEADER.length - 1), { maxLength: 3 }), fc.nat(1_000_000))
  .map(([spoiled, places, number]) => {
    const fields = request({
      SR_NUMBER: `SR20-${number}`,
      ZIP_CODE: '60632',
      POLICE_BEAT: '0511',
      POLICE_DISTRICT: '5',
      LATITUDE: '41.85226800094',
      DUPLICATE: 'false',
    });
    for (const place of places) fields[place] = spoiled[place] ?? '';
    return fields;
  });

test('the reader of bytes agrees with the reader of texts on every row', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(row, nearlyRegular), { minLength: 1, maxLength: 40 }),
      async (rows) => {
        const other = openCity();
        const one = openCity();
        try {
          const fast = await one.take('chicago-311', HEADER, rows, 'blocks');
          const slow = await other.take('chicago-311', HEADER, rows, 'rows');
          expect(fast).toEqual(slow);
          const everything = 'select * from csr_request order by id';
          const words = `select r.id, t.word, d.word, s.word, o.word from csr_request r
          join csr_word t on t.id = type_id left join csr_word d on d.id = department_id
          join csr_word s on s.id = status_id left join csr_word o on o.id = origin_id order by r.id`;
          expect(await one.rows(words)).toEqual(await other.rows(words));
          const plain = everything.replace(
            '*',
            'sr_number, is_open, created_at, created_day, updated_at, closed_at, closed_day, address, zip, ward, community_area, district, beat, latitude, longitude, duplicate, parent_sr_number',
          );
          expect(await one.rows(plain)).toEqual(await other.rows(plain));
        } finally {
          one.remove();
          other.remove();
        }
      },
    ),
    { numRuns: 60 },
  );
});
