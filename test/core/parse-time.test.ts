import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOfDay, dayNumber, localParts } from '../../src/core/calendar.ts';
import { type Instant, isoInstant, type LocalDate } from '../../src/core/instant.ts';
import { parseAsOf, parseCsvInstant, parseCsvTime, parseDuration } from '../../src/core/parse-time.ts';

function read(text: string, edge: 'start' | 'stop' = 'start'): string | null {
  const time = parseCsvTime(text, edge);
  return time === null ? null : isoInstant(time.at);
}

describe('a time in an imported file', () => {
  test.each([
    ['2020-11-05T14:30:15', '2020-11-05T20:30:15Z'],
    ['2020-11-05 14:30:15', '2020-11-05T20:30:15Z'],
    ['2020-11-05T14:30', '2020-11-05T20:30:00Z'],
    ['2026-01-01T22:15:03.000', '2026-01-02T04:15:03Z'],
    ['2020-11-05T14:30:15.999999Z', '2020-11-05T14:30:15Z'],
    ['2020-11-05T14:30Z', '2020-11-05T14:30:00Z'],
    ['2020-11-05T14:30-06:00', '2020-11-05T20:30:00Z'],
    ['2020-11-05T14:30:00-0600', '2020-11-05T20:30:00Z'],
    ['2020-11-05T14:30:00+01', '2020-11-05T13:30:00Z'],
    ['2020-11-05T00:30+05:30', '2020-11-04T19:00:00Z'],
    ['2011-01-01T00:00:00', '2011-01-01T06:00:00Z'],
    ['03/05/2024 10:23:11 AM', '2024-03-05T16:23:11Z'],
    ['3/5/2024 10:23 pm', '2024-03-06T04:23:00Z'],
    ['07/04/2024 12:00:00 AM', '2024-07-04T05:00:00Z'],
    ['7/4/2024 12:00 PM', '2024-07-04T17:00:00Z'],
    ['7/4/2024 0:30', '2024-07-04T05:30:00Z'],
    ['7/4/2024 23:59:59', '2024-07-05T04:59:59Z'],
    [' 2020-11-05T14:30 ', '2020-11-05T20:30:00Z'],
  ])('"%s" is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
    expect(parseCsvTime(text, 'start')?.dateOnly).toBe(false);
  });

  test.each([
    ['2020-11-05', '2020-11-05T06:00:00Z'],
    ['20201105', '2020-11-05T06:00:00Z'],
    ['7/4/2024', '2024-07-04T05:00:00Z'],
    ['07/04/2024', '2024-07-04T05:00:00Z'],
    ['1-Apr-12', '2012-04-01T05:00:00Z'],
    ['31-DEC-69', '2069-12-31T06:00:00Z'],
    ['01-jan-70', '1970-01-01T06:00:00Z'],
  ])('"%s" is a date only, and the first second of that day at either edge', (text, instant) => {
    expect(read(text, 'start')).toBe(instant);
    expect(read(text, 'stop')).toBe(instant);
    expect(parseCsvTime(text, 'stop')?.dateOnly).toBe(true);
  });

  test.each([
    ...['', ' ', '-', 'null', 'yesterday', '2020', '2020-11', '44140', '1604608200'],
    ...[
      '2020-02-30',
      '2019-02-29',
      '2020-13-01',
      '2020-00-10',
      '2020-10-00',
      '2020-1-5',
      '1899-12-31',
      '2200-01-01',
    ],
    ...[
      '2020-11-05T',
      '2020-11-05T14',
      '2020-11-05T1430',
      '2020-11-05T24:00',
      '2020-11-05T24:30',
      '2020-11-05T14:60',
    ],
    ...[
      '2020-11-05T14:30:60',
      '2020-11-05T14:30:',
      '2020-11-05T14:30:00.',
      '2020-11-05T14:30z',
      '2020-11-05t14:30',
    ],
    ...[
      '2020-11-05T14:30+',
      '2020-11-05T14:30+24:00',
      '2020-11-05T14:30-06:60',
      '2020-11-05T14:30-6',
      '2020-11-05Z',
    ],
    ...[
      '2020-11-05T14:30 Z',
      '2020-11-05T14:30:00 AM',
      '2020-11-05T14:30Zx',
      '2020/11/05',
      '2020-11-05  14:30',
    ],
    ...[
      '13/45/2020',
      '2/30/2020',
      '0/1/2020',
      '1/0/2020',
      '1/2/20',
      '1/2/20200',
      '001/2/2020',
      '1/002/2020',
      '1//2020',
    ],
    ...[
      '/1/2020',
      '1/2/2020 24:30',
      '1/2/2020 24:00',
      '1/2/2020 3',
      '1/2/2020 3:4',
      '1/2/2020 13:00 PM',
      '1/2/2020 AM',
    ],
    ...[
      '1/2/2020 0:30 AM',
      '1/2/2020 3:04AM',
      '1/2/2020 3:04 XM',
      '1/2/2020 3:04 A',
      '1/2/2020 3:04:05:06',
      '1/2/2020T3:04',
    ],
    ...['1/2/2020 3:04 AM Z', '1/2/2020 \ufeff3:04', '\uff11/2/2020'],
    ...[
      '31-Apr-12',
      '1-Apx-12',
      '1-April-12',
      '1-Apr-2012',
      '1-Apr-1',
      '001-Apr-12',
      '1 Apr 12',
      '0-Apr-12',
      '1-Apr-12 10:00',
    ],
    ...['20201305', '20200230', '2020110', '202011055', '2020110a', '20201105T1430'],
  ])('"%s" is refused', (text) => {
    expect(parseCsvTime(text, 'start')).toBeNull();
    expect(parseCsvInstant(text, 'stop')).toBeNaN();
  });

  test('says when the local time happens twice or is skipped, but not when a zone is written', () => {
    expect(parseCsvTime('11/01/2020 01:30:00 AM', 'start')).toEqual({
      at: 1_604_212_200,
      dateOnly: false,
      note: 'twice',
    });
    expect(parseCsvTime('2020-11-01T01:30', 'stop')).toEqual({
      at: 1_604_215_800,
      dateOnly: false,
      note: 'twice',
    });
    expect(parseCsvTime('2020-11-01T01:30-06:00', 'start')).toEqual({
      at: 1_604_215_800,
      dateOnly: false,
      note: null,
    });
    expect(parseCsvTime('3/14/2021 2:30', 'stop')).toEqual({
      at: 1_615_710_600,
      dateOnly: false,
      note: 'skipped',
    });
  });

  test('is counted in the tally of a bulk import', () => {
    const tally = { twice: 0, skipped: 0, dateOnly: 0 };
    for (const text of [
      '2020-11-01T01:30',
      '3/14/2021 2:30',
      '3/14/2021',
      '2020-11-01T01:30Z',
      'x',
      '2020-11-05T14:30',
    ]) {
      parseCsvInstant(text, 'start', tally);
    }
    expect(tally).toEqual({ twice: 1, skipped: 1, dateOnly: 1 });
  });

  const day = fc.integer({
    min: dayNumber('1905-01-01' as LocalDate),
    max: dayNumber('2040-12-31' as LocalDate),
  });
  const second = fc.integer({ min: 0, max: 86_399 });

  test('reads back what each way of writing an instant wrote', () => {
    fc.assert(
      fc.property(day, second, (number, seconds) => {
        const date = dateOfDay(number);
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        const clock = isoInstant(seconds as Instant).slice(11, 19);
        const hour = Number(clock.slice(0, 2));
        const half = `${String(hour % 12 || 12).padStart(2, '0')}${clock.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
        for (const edge of ['start', 'stop'] as const) {
          const found = parseCsvTime(`${date}T${clock}`, edge);
          expect(found).not.toBeNull();
          for (const text of [
            `${date} ${clock}.123`,
            `${month}/${dayOfMonth}/${year} ${clock}`,
            `${Number(month)}/${Number(dayOfMonth)}/${year} ${half}`,
          ]) {
            expect(parseCsvTime(text, edge), text).toEqual(found);
            expect(parseCsvInstant(text, edge), text).toBe(found?.at);
          }
          const at = (found?.at ?? 0) as Instant;
          expect(parseCsvInstant(isoInstant(at), edge)).toBe(at);
          if (found?.note !== 'skipped') expect(localParts(at).date).toBe(date);
        }
      }),
    );
  });

  test('is either refused or a whole number of seconds within 1900 to 2199, whatever the text', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'0123456789-/: TZAPM+.JanFeb'), maxLength: 26 });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), (text) => {
        const bulk = parseCsvInstant(text, 'start');
        expect(parseCsvTime(text, 'start')?.at ?? Number.NaN).toEqual(bulk);
        if (!Number.isNaN(bulk)) expect(Number.isInteger(bulk)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('--as-of', () => {
  test.each([
    ['2020-11-05', '2020-11-06T05:59:59Z'],
    ['2020-11-05T14:30', '2020-11-05T20:30:00Z'],
    ['2020-11-05T14:30Z', '2020-11-05T14:30:00Z'],
    ['2020-11-05T14:30:20-06:00', '2020-11-05T20:30:20Z'],
    ['2020-11-01', '2020-11-02T05:59:59Z'],
    ['2020-11-01T01:30', '2020-11-01T07:30:00Z'],
    ['2021-03-14T02:30', '2021-03-14T08:30:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(isoInstant(parseAsOf(text))).toBe(instant);
  });

  test.each(['', 'now', '2020-02-30', '5 Nov 2020', '11/5/2020', '20201105', '1-Apr-12'])(
    'refuses "%s" with a remedy',
    (text) => {
      expect(() => parseAsOf(text)).toThrow(
        expect.objectContaining({ kind: 'usage', remedy: expect.stringContaining('2020-11-05T14:30') }),
      );
    },
  );

  test('names where the text came from', () => {
    expect(() => parseAsOf('soon', 'ROLLCALL_AS_OF')).toThrow('ROLLCALL_AS_OF: "soon" is not a date or time');
  });
});

describe('a duration', () => {
  test.each([
    ['90m', 5400],
    ['36h', 129_600],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1.5H', 5400],
    ['0h', 0],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(['', '36', 'h', '-2d', '2 days', '1d12h', '1e3h', '2y'])('is not "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});
