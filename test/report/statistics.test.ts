import { expect, test } from 'vitest';
import { betaShare, binomialP, holm, logGamma, nearestRank, studentP } from '../../src/report/statistics.ts';

function exactTwoSided(count: number, n: number, share: number): number {
  const chance = (k: number): number =>
    Math.exp(
      logGamma(n + 1) -
        logGamma(k + 1) -
        logGamma(n - k + 1) +
        k * Math.log(share) +
        (n - k) * Math.log1p(-share),
    );
  let below = 0;
  let above = 0;
  for (let k = 0; k <= n; k++) {
    if (k <= count) below += chance(k);
    if (k >= count) above += chance(k);
  }
  return Math.min(1, 2 * Math.min(below, above));
}

test('the gamma function gives factorials', () => {
  expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9);
  expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 12);
});

test('the binomial test agrees with the sum of its terms', () => {
  for (const [count, n, share] of [
    [0, 10, 0.5],
    [10, 10, 0.5],
    [7, 40, 0.25],
    [60, 100, 92 / 183],
    [530, 1000, 0.5],
  ] as const) {
    expect(binomialP(count, n, share)).toBeCloseTo(exactTwoSided(count, n, share), 10);
  }
  expect(binomialP(8, 10, 0.5)).toBeCloseTo(0.109375, 12);
  expect(binomialP(0, 0, 0.5)).toBe(1);
});

test('the binomial test holds for a million', () => {
  expect(binomialP(500_000, 1_000_000, 0.5)).toBe(1);
  // z = 2 with the correction for continuity: 0.0455 on both sides
  expect(binomialP(501_000, 1_000_000, 0.5)).toBeCloseTo(0.0456, 3);
});

test("Student's t agrees with its tables", () => {
  expect(studentP(2.228, 10)).toBeCloseTo(0.05, 4);
  expect(studentP(-2.797, 24)).toBeCloseTo(0.01, 4);
  expect(studentP(0, 5)).toBeCloseTo(1, 12);
});

test('the incomplete beta function is symmetric', () => {
  expect(betaShare(0.3, 2, 5) + betaShare(0.7, 5, 2)).toBeCloseTo(1, 12);
});

test('Holm multiplies the smallest by the number of tests and never lets a larger one overtake', () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  expect(holm([])).toEqual([]);
});

test('the nearest rank is a value that occurs', () => {
  expect(nearestRank([1, 2, 3, 4], 0.5)).toBe(2);
  expect(nearestRank([1, 2, 3], 0.5)).toBe(2);
  expect(nearestRank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
  expect(nearestRank([7], 0.9)).toBe(7);
  expect(nearestRank([], 0.5)).toBeNull();
});
