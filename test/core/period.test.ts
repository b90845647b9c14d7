import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, parseLocalDate } from '../../src/core/calendar.ts';
import { type Instant, isoInstant, type LocalDate } from '../../src/core/instant.ts';
import {
  lastWholeMonth,
  lastWholeQuarter,
  monthOf,
  parseMonth,
  parsePeriod,
  parseQuarter,
  previous,
  quarterOf,
  sameLastYear,
} from '../../src/core/period.ts';

function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('a quarter', () => {
  test('runs from its first to its last second in Chicago', () => {
    const period = parseQuarter('2020-Q4');
    expect(period).toMatchObject({ kind: 'quarter', label: '2020-Q4', from: '2020-10-01', to: '2020-12-31' });
    expect(isoInstant(period.start)).toBe('2020-10-01T05:00:00Z');
    expect(isoInstant(period.end)).toBe('2021-01-01T05:59:59Z');
  });

  test.each(['2020-Q4', '2020Q4', '2020-q4', 'Q4 2020', 'q4-2020', ' 2020-Q4 '])(
    'may be written "%s"',
    (text) => {
      expect(parseQuarter(text).label).toBe('2020-Q4');
    },
  );

  test.each(['2020-Q5', '2020-Q0', '2020', '2020-4', 'Q4', '1899-Q4', '2200-Q1', ''])(
    'is not "%s"',
    (text) => {
      expect(() => parseQuarter(text)).toThrow(expect.objectContaining({ kind: 'usage' }));
    },
  );
});

describe('a month', () => {
  test('of the leap year ends on the 29th', () => {
    expect(parseMonth('2020-02')).toMatchObject({ kind: 'month', label: '2020-02', to: '2020-02-29' });
  });

  test.each(['2020-00', '2020-13', '2020-1', '2020-11-05', 'Nov 2020'])('is not "%s"', (text) => {
    expect(() => parseMonth(text)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});

describe('a period', () => {
  test('is a quarter or a month', () => {
    expect(parsePeriod('2020-Q1').kind).toBe('quarter');
    expect(parsePeriod('2020-01').kind).toBe('month');
    expect(() => parsePeriod('2020')).toThrow('neither a quarter nor a month');
  });

  test('is followed by the next without gap or overlap over ten years', () => {
    for (const of of [quarterOf, monthOf]) {
      let period = of(date('2020-01-01'));
      while (period.to < '2030') {
        const next = of(addDays(period.to, 1));
        expect(next.start).toBe(period.end + 1);
        expect(previous(next)).toEqual(period);
        expect(sameLastYear(sameLastYear(next)).from.slice(5)).toBe(next.from.slice(5));
        expect(daysBetween(period.from, next.from)).toBeGreaterThanOrEqual(28);
        period = next;
      }
    }
  });

  test('has a year-ago twin', () => {
    expect(sameLastYear(parseQuarter('2020-Q1')).label).toBe('2019-Q1');
    expect(sameLastYear(parseMonth('2021-02')).label).toBe('2020-02');
    expect(previous(parseQuarter('2020-Q1')).label).toBe('2019-Q4');
  });
});

describe('the last whole period', () => {
  // 2021-01-01 00:00 in Chicago is 06:00 UTC.
  const newYear = 1_609_480_800 as Instant;

  test('is the one that has just ended', () => {
    expect(lastWholeQuarter(newYear).label).toBe('2020-Q4');
    expect(lastWholeMonth(newYear).label).toBe('2020-12');
  });

  test('does not count one that ends this very second', () => {
    const second = (newYear - 1) as Instant;
    expect(lastWholeQuarter(second).label).toBe('2020-Q3');
    expect(lastWholeMonth(second).label).toBe('2020-11');
  });
});
