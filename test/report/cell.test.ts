import { expect, test } from 'vitest';
import { FAR_FUTURE, type Instant } from '../../src/core/instant.ts';
import { cellText, FOR_PEOPLE, FOR_TOOLS, numberText, percentText } from '../../src/report/cell.ts';
import { newestImportText } from '../../src/report/provenance.ts';
import { AS_OF } from './sample.ts';

test('people read thousands apart, tools read bare numbers', () => {
  const values = [0, -0, 999, 1000, 1_234_567, -1234.5, 0.005, 2.346, -0.001, Number.NaN];
  expect(values.map((value) => numberText(value, FOR_PEOPLE))).toEqual([
    '0',
    '0',
    '999',
    '1,000',
    '1,234,567',
    '-1,234.5',
    '0.01',
    '2.35',
    '0',
    '–',
  ]);
  expect(numberText(1_234_567, FOR_TOOLS)).toBe('1234567');
});

test('a share is not printed from fewer than ten, nor rounded to all or nothing', () => {
  const shares: [number | null, number][] = [
    [0.5, 9],
    [0.5, 10],
    [null, 40],
    [0.9999, 20_000],
    [0.0001, 20_000],
    [1, 12],
    [0, 12],
  ];
  expect(shares.map(([share, base]) => percentText(share, base, FOR_PEOPLE))).toEqual([
    '– of 9',
    '50.0% of 10',
    '– of 40',
    '>99.9% of 20,000',
    '<0.1% of 20,000',
    '100.0% of 12',
    '0.0% of 12',
  ]);
});

test('an unknown or endless instant and an unknown duration are a dash', () => {
  expect(cellText({ kind: 'instant', at: null }, FOR_PEOPLE)).toBe('–');
  expect(cellText({ kind: 'instant', at: FAR_FUTURE }, FOR_PEOPLE)).toBe('–');
  expect(cellText({ kind: 'duration', seconds: null }, FOR_PEOPLE)).toBe('–');
});

test('an import newer than the as-of is said to be after it', () => {
  expect(newestImportText((AS_OF + 7200) as Instant, AS_OF)).toBe(
    '5 Nov 2020 16:30, made later: what is told is of the as-of',
  );
  expect(newestImportText(AS_OF, AS_OF)).toBe('5 Nov 2020 14:30, at the as-of');
});
