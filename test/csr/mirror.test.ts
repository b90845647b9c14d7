import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type City, openCity, RECORDED } from './mirror-session.ts';

const HEADER = [
  'sr_number',
  'type',
  'status',
  'created_at',
  'updated_at',
  'closed_at',
  'address',
  'district',
  'beat',
];

function request(changes: Partial<Record<string, string>>): string[] {
  const given: Partial<Record<string, string>> = {
    sr_number: 'SR-1',
    type: 'Graffiti Removal Request',
    status: 'Open',
    created_at: '2020-11-01T10:00:00Z',
    updated_at: '2020-11-01T10:00:00Z',
    address: '5555 S STATE ST',
    district: '005',
    beat: '0511',
    ...changes,
  };
  return HEADER.map((column) => given[column] ?? '');
}

let city: City;
beforeEach(() => {
  city = openCity();
});
afterEach(() => city.remove());

const seconds = (text: string): number => Date.parse(text) / 1000;

describe('loading into an empty mirror', () => {
  test('keeps each request with its instants, Chicago days and numbers for the repeating words', async () => {
    const outcome = await city.take('csr', HEADER, [
      request({}),
      request({ sr_number: 'SR-2', status: 'Completed', closed_at: '2020-11-02T03:30:00Z' }),
    ]);
    expect(outcome.counts).toEqual({ inserted: 2, updated: 0, unchanged: 0, keptLocal: 0 });
    expect(
      await city.rows(
        `select sr_number, t.word, s.word, is_open, created_at, date(created_day * 86400, 'unixepoch'), closed_at,
           date(closed_day * 86400, 'unixepoch'), address, district, beat, duplicate, batch_id
         from csr_request join csr_word t on t.id = type_id join csr_word s on s.id = status_id order by sr_number`,
      ),
    ).toEqual([
      [
        'SR-1',
        'Graffiti Removal Request',
        'Open',
        1,
        seconds('2020-11-01T10:00:00Z'),
        '2020-11-01',
        null,
        null,
        '5555 S STATE ST',
        5,
        511,
        0,
        1,
      ],
      [
        'SR-2',
        'Graffiti Removal Request',
        'Completed',
        0,
        seconds('2020-11-01T10:00:00Z'),
        '2020-11-01',
        seconds('2020-11-02T03:30:00Z'),
        '2020-11-01',
        '5555 S STATE ST',
        5,
        511,
        0,
        1,
      ],
    ]);
  });

  test('builds the same indexes again that it dropped', async () => {
    await city.take('csr', HEADER, [request({})]);
    const sql =
      "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'csr_request' order by name";
    const loaded = await city.rows(sql);
    const fresh = openCity();
    try {
      await fresh.take('csr', HEADER, []);
      expect(loaded).toEqual(await fresh.rows(sql));
      expect(loaded.length).toBeGreaterThan(0);
    } finally {
      fresh.remove();
    }
  });

  test('of a number twice in one file the last row wins, with a finding', async () => {
    const outcome = await city.take('csr', HEADER, [
      request({ address: 'FIRST' }),
      request({ sr_number: 'SR-2' }),
      request({ address: 'SECOND' }),
      request({ address: 'THIRD' }),
    ]);
    expect(outcome.counts).toEqual({ inserted: 2, updated: 0, unchanged: 2, keptLocal: 0 });
    expect(await city.rows('select sr_number, address from csr_request order by sr_number')).toEqual([
      ['SR-1', 'THIRD'],
      ['SR-2', '5555 S STATE ST'],
    ]);
    expect(outcome.findings).toMatchObject([{ code: 'DUPLICATE_KEY', system: 'csr', record: 'batch 1' }]);
    expect(outcome.findings[0]?.text).toContain('2 rows');
  });

  test('takes a request of before 1970 and more than four thousand types', async () => {
    const rows = Array.from({ length: 4200 }, (_, i) =>
      request({
        sr_number: `SR-${i}`,
        type: `Type ${i}`,
        created_at: i % 2 ? '1969-07-20T20:17:00Z' : '2020-01-01',
      }),
    );
    await city.take('csr', HEADER, rows);
    expect(
      await city.rows(
        `select count(*), count(distinct word), min(created_at), min(created_day) from csr_request join csr_word w on w.id = type_id`,
      ),
    ).toEqual([[4200, 4200, seconds('1969-07-20T20:17:00Z'), -165]]);
    expect(
      await city.rows(
        `select word from csr_request join csr_word w on w.id = type_id where sr_number = 'SR-4100'`,
      ),
    ).toEqual([['Type 4100']]);
  });
});

describe('merging with what is there', () => {
  test('the same file twice changes nothing', async () => {
    const rows = [
      request({}),
      request({ sr_number: 'SR-2', status: 'Completed' }),
      request({ address: 'LAST' }),
    ];
    await city.take('csr', HEADER, rows);
    const before = await city.rows('select * from csr_request');
    const again = await city.take('csr', HEADER, rows);
    expect(again.counts).toEqual({ inserted: 0, updated: 0, unchanged: 3, keptLocal: 0 });
    expect(again.findings).toEqual([]);
    expect(await city.rows('select * from csr_request')).toEqual(before);
    expect(await city.rows('select * from csr_change')).toEqual([]);
  });

  test('a row that differs replaces what is there and leaves one change row with what it was', async () => {
    await city.take('csr', HEADER, [request({}), request({ sr_number: 'SR-2' })]);
    const closed = {
      status: 'Completed',
      updated_at: '2020-11-03T10:00:00Z',
      closed_at: '2020-11-03T10:00:00Z',
    };
    const second = await city.take('csr', HEADER, [
      request(closed),
      request({ sr_number: 'SR-3' }),
      request({ sr_number: 'SR-2' }),
    ]);
    expect(second.counts).toEqual({ inserted: 1, updated: 1, unchanged: 1, keptLocal: 0 });
    expect(
      await city.rows(
        'select request_id, batch_id, recorded_at, was_open, was_closed_at, reopened_at from csr_change',
      ),
    ).toEqual([[1, 2, RECORDED, 1, null, null]]);
    const [image] = await city.rows('select before from csr_change');
    expect(JSON.parse(String(image?.[0]))).toMatchObject({
      sr_number: 'SR-1',
      is_open: 1,
      closed_at: null,
      batch_id: 1,
    });
  });

  test('a closed request that is open again was reopened when it was updated, or else when that became known', async () => {
    const closed = {
      status: 'Completed',
      updated_at: '2020-11-03T10:00:00Z',
      closed_at: '2020-11-03T10:00:00Z',
    };
    await city.take('csr', HEADER, [request(closed), request({ ...closed, sr_number: 'SR-2' })]);
    await city.take('csr', HEADER, [
      request({ updated_at: '2020-11-05T10:00:00Z' }),
      request({ sr_number: 'SR-2', updated_at: '' }),
    ]);
    expect(
      await city.rows('select was_open, was_closed_at, reopened_at from csr_change order by request_id'),
    ).toEqual([
      [0, seconds('2020-11-03T10:00:00Z'), seconds('2020-11-05T10:00:00Z')],
      [0, seconds('2020-11-03T10:00:00Z'), RECORDED],
    ]);
  });

  test('a row that was updated earlier than the stored one is left out and noted', async () => {
    await city.take('csr', HEADER, [request({ updated_at: '2020-11-05T10:00:00Z', address: 'NEW' })]);
    const older = await city.take('csr', HEADER, [
      request({ updated_at: '2020-11-04T10:00:00Z', address: 'OLD' }),
    ]);
    expect(older.counts.unchanged).toBe(1);
    expect(older.notes).toEqual({ 'rows older than what is there, left out': 1 });
    expect(await city.rows('select address from csr_request')).toEqual([['NEW']]);
  });

  test('columns that a file does not have keep what is stored', async () => {
    await city.take('csr', HEADER, [
      request({ status: 'Canceled', closed_at: '2020-11-03T10:00:00Z' }),
      request({ sr_number: 'SR-2' }),
    ]);
    const nine = ['sr_number', 'sr_type', 'created_date', 'closed_date'];
    const second = await city.take('chicago-311', nine, [
      ['SR-1', 'Graffiti Removal Request', '2020-11-01T10:00:00Z', '2020-11-03T10:00:00Z'],
      ['SR-2', 'Graffiti Removal Request', '2020-11-01T10:00:00Z', '2020-11-04T10:00:00Z'],
    ]);
    expect(second.counts).toEqual({ inserted: 0, updated: 1, unchanged: 1, keptLocal: 0 });
    expect(
      await city.rows(
        'select sr_number, word, is_open, address, district, beat from csr_request join csr_word w on w.id = status_id order by sr_number',
      ),
    ).toEqual([
      ['SR-1', 'Canceled', 0, '5555 S STATE ST', 5, 511],
      ['SR-2', 'Completed', 0, '5555 S STATE ST', 5, 511],
    ]);
  });

  test('of a number twice in one file the last row wins over what was there before the file', async () => {
    await city.take('csr', HEADER, [
      request({}),
      request({ sr_number: 'SR-2' }),
      request({ sr_number: 'SR-3' }),
    ]);
    const second = await city.take('csr', HEADER, [
      request({ address: 'A' }),
      request({ address: 'B' }),
      request({ sr_number: 'SR-2', address: 'A' }),
      request({ sr_number: 'SR-2' }),
      request({ sr_number: 'SR-3' }),
      request({ sr_number: 'SR-3', address: 'C' }),
      request({ sr_number: 'SR-4', address: 'D' }),
      request({ sr_number: 'SR-4', address: 'E' }),
    ]);
    // SR-1 and SR-3 changed once, SR-2 ended as it was, SR-4 is new; the replaced rows count as unchanged.
    expect(second.counts).toEqual({ inserted: 1, updated: 2, unchanged: 5, keptLocal: 0 });
    expect(await city.rows('select sr_number, address from csr_request order by 1')).toEqual([
      ['SR-1', 'B'],
      ['SR-2', '5555 S STATE ST'],
      ['SR-3', 'C'],
      ['SR-4', 'E'],
    ]);
    expect(await city.rows('select request_id from csr_change order by 1')).toEqual([[1], [3]]);
    expect(second.notes['numbers that stand twice in the file: the last row is kept']).toBe(4);
  });
});

describe('undoing a batch', () => {
  test('removes what it brought and restores what it changed', async () => {
    await city.take('csr', HEADER, [request({}), request({ sr_number: 'SR-2' })]);
    const before = await city.rows('select * from csr_request order by id');
    const second = await city.take('csr', HEADER, [
      request({ address: 'B' }),
      request({ sr_number: 'SR-3' }),
    ]);
    expect(await city.undo(second.batchId)).toEqual({ removed: 1, restored: 1 });
    expect(await city.rows('select * from csr_request order by id')).toEqual(before);
    expect(await city.rows('select * from csr_change')).toEqual([]);
    expect(await city.undo(1)).toEqual({ removed: 2, restored: 0 });
    expect(await city.rows('select count(*) from csr_request')).toEqual([[0]]);
  });

  test('is refused once a later batch has changed one of its requests', async () => {
    await city.take('csr', HEADER, [request({})]);
    await city.take('csr', HEADER, [request({ address: 'B' })]);
    await expect(city.undo(1)).rejects.toThrow('Batch 1 cannot be undone: batch 2 has changed');
    await city.undo(2);
    expect(await city.undo(1)).toEqual({ removed: 1, restored: 0 });
  });
});
