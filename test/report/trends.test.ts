import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/core/instant.ts';
import { parseQuarter } from '../../src/core/period.ts';
import { type TrendSpan, trendSpans } from '../../src/report/spans.ts';
import { binomialP } from '../../src/report/statistics.ts';
import { trendsOf, type WeeklyCounts } from '../../src/report/trends.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { chicago } from '../csr/report-store.ts';

const policy = loadPolicy({}).csr();
const period = parseQuarter('2020-Q4');
const spans = trendSpans(period, chicago('2021-02-01') as Instant);
const ALL = 'All requests';
const options = { all: ALL, minimumBase: policy.percentageMinimumBase, seasonalTypes: ['Tree Trim Request'] };

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function poisson(mean: number, rng: () => number): number {
  let product = rng();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; product *= rng()) count += 1;
  return count;
}

/** Weeks of each span, drawn one by one; `mean` by span, `swing` changes it from week to week. */
function drawn(
  key: string,
  means: readonly number[],
  rng: () => number,
  swing: () => number = () => 1,
): WeeklyCounts {
  const weeks = spans.map((span, which) =>
    Int32Array.from({ length: Math.floor(span.days / 7) + 1 }, (_, week) => {
      const days = week < Math.floor(span.days / 7) ? 7 : span.days % 7;
      return poisson((means[which] ?? 0) * (days / 7) * swing(), rng);
    }),
  );
  return { key, weeks };
}

function found(weekly: readonly WeeklyCounts[], each: readonly TrendSpan[] = spans) {
  const daily = each.map((span) => new Int32Array(span.days).fill(1));
  return trendsOf([spans[0], spans[1], spans[2]], { weekly, daily }, options);
}

describe('noise is not called a trend', () => {
  const reports = 300;
  function falseAlarms(swing?: (rng: () => number) => number): number {
    let alarms = 0;
    for (let seed = 1; seed <= reports; seed++) {
      const rng = random(seed);
      const weekly = Array.from({ length: 20 }, (_, i) =>
        drawn(`Type ${i}`, new Array(3).fill(0.3 + i * 1.5), rng, swing && (() => swing(rng))),
      );
      if (found(weekly).found.length > 0) alarms += 1;
    }
    return alarms / reports;
  }

  test('where requests come at a steady rate, at most one report in twenty has a false trend', () => {
    expect(falseAlarms()).toBeLessThanOrEqual(0.05);
  });

  test('nor where every week swings between half and double of it', () => {
    expect(falseAlarms((rng) => 2 ** (2 * rng() - 1))).toBeLessThanOrEqual(0.05);
  });
});

test('the exact test alone would call such swings trends', () => {
  let alarms = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const rng = random(seed);
    const type = drawn('Type', [40, 40, 40], rng, () => 2 ** (2 * rng() - 1));
    const [now = 0, before = 0] = type.weeks.map((weeks) => weeks.reduce((sum, count) => sum + count, 0));
    if (binomialP(now, now + before, 0.5) < 0.05) alarms += 1;
  }
  expect(alarms).toBeGreaterThan(30);
});

test('a type that doubles is called a trend, with its ratio', () => {
  const rng = random(7);
  const weekly = [
    drawn('Graffiti', [20, 10, 10], rng),
    ...Array.from({ length: 10 }, (_, i) => drawn(`Type ${i}`, [8, 8, 8], rng)),
  ];
  const [first] = found(weekly).found.filter((trend) => trend.key !== ALL);
  expect(first).toMatchObject({ key: 'Graffiti', direction: 'up', seasonal: false });
  expect(first?.previous?.significant).toBe(true);
  expect(first?.lastYear?.significant).toBe(true);
  expect(first?.previous?.ratio).toBeGreaterThan(1.5);
});

test('a seasonal type is compared with last year only', () => {
  const rng = random(3);
  const winter = found([drawn('Tree Trim Request', [2, 30, 2], rng), drawn('Other', [50, 50, 50], rng)]);
  expect(winter.found.filter((trend) => trend.key === 'Tree Trim Request')).toEqual([]);
  const fewer = found([drawn('Tree Trim Request', [2, 30, 20], rng)]);
  expect(fewer.found.find((trend) => trend.key === 'Tree Trim Request')).toMatchObject({
    direction: 'down',
    previous: null,
    seasonal: true,
  });
});

test('a type with fewer than ten requests in both periods is not tested', () => {
  const few = { key: 'Rare', weeks: spans.map(() => Int32Array.from([9, 0, 0])) };
  expect(found([few]).tests).toBe(0);
});

test('a period that the data do not reach back to is not compared, and that is said', () => {
  const weekly = [drawn('Graffiti', [20, 20, 0], random(5))];
  const daily = spans.map((span, which) => new Int32Array(span.days).fill(which === 2 ? 0 : 1));
  const trends = trendsOf(spans, { weekly, daily }, options);
  expect(trends.notCompared).toEqual([{ label: '2019-Q4', why: 'no-requests' }]);
  expect(trends.found).toEqual([]);
});

test('a running period has no trends yet', () => {
  const running = trendSpans(period, chicago('2020-11-05') as Instant);
  const weekly = [drawn('Graffiti', [90, 10, 10], random(5))];
  const daily = spans.map((span) => new Int32Array(span.days).fill(1));
  expect(trendsOf(running, { weekly, daily }, options)).toEqual({
    tests: 0,
    found: [],
    notCompared: [{ label: '2020-Q4', why: 'running' }],
  });
});
