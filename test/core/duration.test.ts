import { expect, test } from 'vitest';
import { peopleAge, peopleCount, peopleDate, peopleInstant, plural } from '../../src/core/duration.ts';
import type { Instant, LocalDate } from '../../src/core/instant.ts';

test('instants and dates are written as people in Chicago read them', () => {
  expect(peopleInstant(1_604_608_200 as Instant)).toBe('5 Nov 2020 14:30');
  expect(peopleInstant(1_593_580_200 as Instant)).toBe('1 Jul 2020 00:10');
  expect(peopleDate('2020-11-05' as LocalDate)).toBe('5 Nov 2020');
});

test.each([
  [0, '0 min'],
  [59, 'under 1 min'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [12_000, '3 h 20 min'],
  [86_399, '23 h 59 min'],
  [86_400, '1 d'],
  [183_600, '2 d 3 h'],
  [172_799, '1 d 23 h'],
  [-183_600, '2 d 3 h'],
])('%i seconds are %s', (seconds, text) => {
  expect(peopleAge(seconds)).toBe(text);
});

test('counts agree with their noun and keep their thousands apart', () => {
  expect(plural(1, 'request')).toBe('1 request');
  expect(plural(0, 'request')).toBe('0 requests');
  expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  expect(plural(10_796, 'request')).toBe('10,796 requests');
  expect(peopleCount(1_000_000)).toBe('1,000,000');
  expect(peopleCount(-1234)).toBe('-1,234');
});
