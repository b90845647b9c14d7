import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dateOfDay,
  dayNumber,
  daysBetween,
  endOfDay,
  instantOf,
  localDate,
  localDateOf,
  localParts,
  parseLocalDate,
  startOfDay,
  weekday,
} from '../../src/core/calendar.ts';
import { FIRST_DAY, LAST_DAY } from '../../src/core/civil.ts';
import { FAR_FUTURE, type Instant, isoInstant, type LocalDate } from '../../src/core/instant.ts';

const day = fc.integer({ min: FIRST_DAY + 1, max: LAST_DAY - 1 });
const recentDay = fc.integer({ min: dayNumber(date('1960-01-01')), max: dayNumber(date('2035-12-31')) });
const second = fc.integer({ min: 0, max: 86_399 });
const instant = fc.tuple(day, second).map(([days, seconds]) => (days * 86_400 + seconds) as Instant);

function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('local dates and times', () => {
  test('agree with Temporal for any instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO('America/Chicago');
        expect(localDate(at)).toBe(zoned.toPlainDate().toString());
        expect(localParts(at)).toEqual({
          date: zoned.toPlainDate().toString(),
          year: zoned.year,
          month: zoned.month,
          day: zoned.day,
          hour: zoned.hour,
          minute: zoned.minute,
          second: zoned.second,
          weekday: zoned.dayOfWeek,
          offset: zoned.offsetNanoseconds / 1e9,
        });
      }),
    );
  });

  test('become the instant that Temporal gives, the earlier for a start and the later for a stop', () => {
    fc.assert(
      fc.property(recentDay, second, (days, seconds) => {
        const local = Temporal.PlainDateTime.from(dateOfDay(days)).add({ seconds });
        const earlier = local.toZonedDateTime('America/Chicago', {
          disambiguation: 'compatible',
        }).epochMilliseconds;
        const later = local.toZonedDateTime('America/Chicago', { disambiguation: 'later' }).epochMilliseconds;
        expect(instantOf(dateOfDay(days), seconds, 'start').at).toBe(earlier / 1000);
        expect(instantOf(dateOfDay(days), seconds, 'stop').at).toBe(later / 1000);
      }),
    );
  });

  test('and instants convert both ways, save in the hour that happens twice', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const { date, hour, minute, second } = localParts(at);
        const seconds = hour * 3600 + minute * 60 + second;
        const start = instantOf(date, seconds, 'start');
        const stop = instantOf(date, seconds, 'stop');
        expect([start.at, stop.at]).toContain(at);
        expect(stop.at - start.at).toBe(start.note === 'twice' ? 3600 : 0);
        expect(start.note).not.toBe('skipped');
      }),
    );
  });
});

describe('when the clocks go back on 1 Nov 2020', () => {
  const first = date('2020-11-01');

  test('01:30 happens twice: the earlier instant opens, the later one closes', () => {
    expect(iso(instantOf(first, 5400, 'start'))).toEqual(['2020-11-01T06:30:00Z', 'twice']);
    expect(iso(instantOf(first, 5400, 'stop'))).toEqual(['2020-11-01T07:30:00Z', 'twice']);
  });

  test('00:59:59 and 02:00 happen once', () => {
    expect(iso(instantOf(first, 3599, 'stop'))).toEqual(['2020-11-01T05:59:59Z', null]);
    expect(iso(instantOf(first, 7200, 'start'))).toEqual(['2020-11-01T08:00:00Z', null]);
  });

  test('the day has 25 hours', () => {
    expect(endOfDay(first) - startOfDay(first) + 1).toBe(25 * 3600);
  });
});

describe('when the clocks go forward on 14 Mar 2021', () => {
  const sunday = date('2021-03-14');

  test('02:30 does not exist and is moved forward by the hour, at either edge', () => {
    expect(iso(instantOf(sunday, 9000, 'start'))).toEqual(['2021-03-14T08:30:00Z', 'skipped']);
    expect(iso(instantOf(sunday, 9000, 'stop'))).toEqual(['2021-03-14T08:30:00Z', 'skipped']);
    expect(localParts(instantOf(sunday, 9000, 'start').at)).toMatchObject({ hour: 3, minute: 30 });
  });

  test('01:59:59 and 03:00 exist, one second apart', () => {
    const before = instantOf(sunday, 7199, 'start');
    const after = instantOf(sunday, 10_800, 'start');
    expect([before.note, after.note]).toEqual([null, null]);
    expect(after.at - before.at).toBe(1);
  });

  test('the day has 23 hours', () => {
    expect(endOfDay(sunday) - startOfDay(sunday) + 1).toBe(23 * 3600);
  });
});

function iso(found: { at: Instant; note: string | null }): [string, string | null] {
  return [isoInstant(found.at), found.note];
}

describe('days', () => {
  test('follow one another without a gap from 1900 to 2199, each ending a second before the next', () => {
    let previous = startOfDay(dateOfDay(FIRST_DAY));
    for (let number = FIRST_DAY; number < LAST_DAY; number += 1) {
      const today = dateOfDay(number);
      if (dayNumber(today) !== number) throw new Error(today);
      if (startOfDay(today) !== previous) throw new Error(today);
      previous = (endOfDay(today) + 1) as Instant;
    }
    expect(localDate(previous)).toBe('2199-12-31');
  });

  test('added and counted agree, also over leap days and years', () => {
    expect(addDays(date('2020-02-28'), 2)).toBe('2020-03-01');
    expect(addDays(date('1900-02-28'), 1)).toBe('1900-03-01');
    expect(daysBetween(date('2020-12-31'), date('2019-12-31'))).toBe(-366);
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 400 }), (number, n) => {
        fc.pre(number + n >= FIRST_DAY && number + n <= LAST_DAY);
        const from = dateOfDay(number);
        expect(daysBetween(from, addDays(from, n))).toBe(n);
        expect(addDays(from, n)).toBe(Temporal.PlainDate.from(from).add({ days: n }).toString());
      }),
    );
  });

  test('outside 1900 to 2199 are refused', () => {
    expect(() => addDays(date('2199-12-31'), 1)).toThrow(RangeError);
    expect(() => localDate(FAR_FUTURE)).toThrow(RangeError);
    expect(() => localDateOf(2020, 2, 30)).toThrow(RangeError);
  });

  test('of the week start on Monday', () => {
    expect(weekday(date('2020-11-05'))).toBe(4);
    expect(weekday(date('1900-01-01'))).toBe(1);
    expect(weekday(date('2020-11-08'))).toBe(7);
  });
});

describe('months added', () => {
  test('keep the day, or take the last day of a shorter month', () => {
    expect(addMonths(date('2020-08-31'), 18)).toBe('2022-02-28');
    expect(addMonths(date('2026-08-31'), 18)).toBe('2028-02-29');
    expect(addMonths(date('2020-01-15'), -1)).toBe('2019-12-15');
    expect(addMonths(date('2020-03-31'), -1)).toBe('2020-02-29');
  });

  test('agree with Temporal', () => {
    fc.assert(
      fc.property(recentDay, fc.integer({ min: -60, max: 60 }), (number, n) => {
        const from = dateOfDay(number);
        expect(addMonths(from, n)).toBe(Temporal.PlainDate.from(from).add({ months: n }).toString());
      }),
    );
  });
});

describe('a date as text', () => {
  test('is read when the day exists', () => {
    expect(parseLocalDate('2020-02-29')).toBe('2020-02-29');
  });

  test.each([
    '2019-02-29',
    '2020-13-01',
    '2020-1-5',
    '1899-12-31',
    '2200-01-01',
    '2020-11-05T00:00',
    '',
    ' 2020-01-01',
  ])('is refused: "%s"', (text) => {
    expect(parseLocalDate(text)).toBeNull();
  });
});
