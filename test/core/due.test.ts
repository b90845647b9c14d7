import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayNumber, instantOf, localDate, parseLocalDate } from '../../src/core/calendar.ts';
import {
  dueAfterDays,
  dueAfterHours,
  extendByDays,
  hoursBetween,
  hoursLeft,
  isLate,
  overdueHours,
} from '../../src/core/due.ts';
import { type Instant, isoInstant, type LocalDate } from '../../src/core/instant.ts';

const fixtures = new URL('../fixtures/due-dates/', import.meta.url);
const TIMES = [0, 5400, 9000, 43_200, 86_399];
const HOURS = [36, 48];
const DAYS = [7, 14, 15];

function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function at(text: string): Instant {
  const [day = '', time = ''] = text.split(' ');
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return instantOf(date(day), hour * 3600 + minute * 60 + second, 'start').at;
}

/** The eight characters of make.py for a day and time, from the program's own arithmetic. */
function coded(day: LocalDate, time: number): string {
  const start = instantOf(day, time, 'start');
  const stop = instantOf(day, time, 'stop');
  const wall = dayNumber(day) * 86_400 + time;
  const mark = start.note === null ? '.' : start.note === 'twice' ? 'T' : 'S';
  const hours = HOURS.map((h) => dueAfterHours(start.at, h) - (wall + h * 3600));
  const days = DAYS.map((n) => dueAfterDays(start.at, n) - ((dayNumber(day) + n) * 86_400 + 86_399));
  const digits = [...hours, ...days].map((seconds) => seconds / 3600).join('');
  return `${(start.at - wall) / 3600}${(stop.at - wall) / 3600}${mark}${digits}`;
}

describe("the yardstick of another language's time-zone library", () => {
  test('agrees for every day of 2019 to 2027, five times of day and five clocks', () => {
    const lines = readFileSync(new URL('due-dates.txt', fixtures), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(3287);
    let day = date('2019-01-01');
    for (const line of lines) {
      const ours = `${day} ${TIMES.map((time) => coded(day, time)).join(' ')}`;
      if (ours !== line) expect(ours).toBe(line);
      day = addDays(day, 1);
    }
    expect(day).toBe('2028-01-01');
  });

  test('agrees in full around every change of the clocks', () => {
    const lines = readFileSync(new URL('in-full.csv', fixtures), 'utf8').trimEnd().split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(400);
    for (const line of lines) {
      const [local = ''] = line.split(',');
      const [day = '', time = ''] = local.split('T');
      const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
      const seconds = hour * 3600 + minute * 60 + second;
      const start = instantOf(date(day), seconds, 'start');
      const stop = instantOf(date(day), seconds, 'stop');
      const mark = start.note === null ? '.' : start.note === 'twice' ? 'T' : 'S';
      const dues = [
        ...HOURS.map((h) => dueAfterHours(start.at, h)),
        ...DAYS.map((n) => dueAfterDays(start.at, n)),
      ];
      const ours = [local, mark, ...[start.at, stop.at, ...dues].map(isoInstant)].join(',');
      expect(ours).toBe(line);
    }
  });
});

describe('a clock of hours', () => {
  test('runs 48 elapsed hours over either change of the clocks', () => {
    expect(isoInstant(dueAfterHours(at('2020-10-31 12:00'), 48))).toBe('2020-11-02T17:00:00Z');
    expect(isoInstant(dueAfterHours(at('2021-03-13 12:00'), 48))).toBe('2021-03-15T18:00:00Z');
  });
});

describe('a clock of days', () => {
  test('excludes the first day, includes the last, and ends with its last second', () => {
    expect(isoInstant(dueAfterDays(at('2020-06-01 00:00'), 7))).toBe('2020-06-09T04:59:59Z');
    expect(isoInstant(dueAfterDays(at('2020-06-01 23:59:59'), 7))).toBe('2020-06-09T04:59:59Z');
  });

  test('of 7 days is an hour longer across 1 Nov 2020 and an hour shorter across 14 Mar 2021', () => {
    const autumn = at('2020-10-28 23:59:59');
    expect(dueAfterDays(autumn, 7) - autumn).toBe(169 * 3600);
    const spring = at('2021-03-10 23:59:59');
    expect(dueAfterDays(spring, 7) - spring).toBe(167 * 3600);
  });

  test('is extended from its due day, not from its start', () => {
    const due = dueAfterDays(at('2020-10-20 09:00'), 7);
    expect(isoInstant(extendByDays(due, 7))).toBe('2020-11-04T05:59:59Z');
    expect(extendByDays(due, 7)).toBe(dueAfterDays(at('2020-10-20 09:00'), 14));
  });

  test('never ends earlier for a later start, nor for more days, and always on the day counted', () => {
    const start = fc.integer({ min: -1_000_000_000, max: 3_000_000_000 }).map((s) => s as Instant);
    fc.assert(
      fc.property(start, fc.nat(200_000), fc.nat(60), (from, later, days) => {
        const due = dueAfterDays(from, days);
        expect(dueAfterDays((from + later) as Instant, days)).toBeGreaterThanOrEqual(due);
        expect(dueAfterDays(from, days + 1)).toBeGreaterThan(due);
        expect(localDate(due)).toBe(addDays(localDate(from), days));
        expect(localDate((due + 1) as Instant)).toBe(addDays(localDate(from), days + 1));
        expect(extendByDays(due, 7)).toBe(dueAfterDays(from, days + 7));
      }),
    );
  });
});

describe('lateness', () => {
  const due = at('2020-11-05 14:30');

  test('begins a second after the limit', () => {
    expect(isLate(due, due)).toBe(false);
    expect(isLate((due + 1) as Instant, due)).toBe(true);
  });

  test.each([
    [0, 0],
    [179, 0],
    [180, 0.1],
    [360, 0.1],
    [5400, 1.5],
    [86_400 * 2 + 3 * 3600, 51],
  ])('of %i seconds is %d hours', (seconds, hours) => {
    const now = (due + seconds) as Instant;
    expect(overdueHours(now, due)).toBe(hours);
    expect(hoursLeft(now, due)).toBe(hours === 0 ? 0 : -hours);
    expect(hoursLeft(due, now)).toBe(hours);
    expect(hoursBetween(due, now)).toBe(hours);
  });

  test('is never negative', () => {
    expect(overdueHours((due - 7200) as Instant, due)).toBe(0);
    expect(hoursLeft((due - 7200) as Instant, due)).toBe(2);
  });
});
