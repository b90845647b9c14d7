import { describe, expect, test } from 'vitest';
import { areaUnderCurve, poissonTopShare, rank, topOf, wilson } from '../../src/oss/validate-metrics.ts';

// Ten members; the scores tie in pairs and threes, the counts are events in the horizon.
const SCORES = [9, 8, 7, 7, 7, 3, 2, 2, 1, 1];
const COUNTS = [3, 0, 2, 0, 1, 0, 1, 0, 0, 0];

describe('the top of an order', () => {
  test('without ties has the figures that one can count by hand', () => {
    const top = topOf(rank(SCORES), COUNTS, 0.2);
    expect(top).toMatchObject({ size: 2, tied: 0 });
    expect(top.hits).toEqual({ worst: 1, best: 1, expected: 1 });
    expect(top.precision.expected).toBe(0.5);
    // One of the four who had the outcome; base rate 0.4; 3 of 7 events over 2 of 10 members.
    expect(top.recall.expected).toBe(0.25);
    expect(top.lift?.expected).toBeCloseTo(1.25, 12);
    expect(top.perHead?.expected).toBeCloseTo(3 / 2 / 0.7, 12);
  });

  test('with ties at its edge answers the worst, the best and the mean over every order', () => {
    const top = topOf(rank(SCORES), COUNTS, 0.4);
    // Two of the three tied sevens fit in, and two of these three had the outcome.
    expect(top).toMatchObject({ size: 4, tied: 3 });
    expect(top.hits.worst).toBe(2);
    expect(top.hits.best).toBe(3);
    expect(top.hits.expected).toBeCloseTo(1 + (2 * 2) / 3, 12);
    expect(top.events.worst).toBe(3 + 0 + 1);
    expect(top.events.best).toBe(3 + 2 + 1);
    expect(top.events.expected).toBeCloseTo(3 + (2 / 3) * 3, 12);
  });

  test('agrees with a count over every order of the tied', () => {
    const orders = [
      [0, 1, 2, 3],
      [0, 1, 2, 4],
      [0, 1, 3, 4],
    ].map((members) => members.filter((member) => (COUNTS[member] ?? 0) > 0).length);
    const { hits } = topOf(rank(SCORES), COUNTS, 0.4);
    expect(hits.expected).toBeCloseTo(orders.reduce((a, b) => a + b, 0) / 3, 12);
    expect([hits.worst, hits.best]).toEqual([Math.min(...orders), Math.max(...orders)]);
  });

  test('rounds its size up, and not because of binary fractions', () => {
    const size = (n: number, share: number) =>
      topOf(rank(new Array(n).fill(1)), new Array(n).fill(0), share).size;
    expect([size(12_300, 0.01), size(12_301, 0.01), size(700, 0.07), size(3, 0.01)]).toEqual([
      123, 124, 49, 1,
    ]);
  });

  test('says nothing of lift where nobody had the outcome, and everything where the group is all', () => {
    const none = topOf(rank([2, 1]), [0, 0], 0.5);
    expect([none.lift, none.perHead, none.liftInterval]).toEqual([null, null, null]);
    const all = topOf(rank(SCORES), COUNTS, 1);
    expect(all.lift?.expected).toBe(1);
    expect(all.liftInterval?.[0]).toBeCloseTo(1, 9);
    expect(all.liftInterval?.[1]).toBeCloseTo(1, 9);
  });
});

describe('intervals', () => {
  test("are Wilson's for a share", () => {
    // Published: 15 of 148 at 95 per cent is 0.0624 to 0.1605 (Newcombe 1998).
    const [low, high] = wilson(15, 148);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0624', '0.1605']);
    expect(wilson(0, 20)[0]).toBe(0);
    expect(wilson(0, 20)[1]).toBeCloseTo(0.1611, 4);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  test('of a lift hold 95 of 100 samples of a known one', () => {
    // A fifth of the members has the outcome with 0.6, the rest with 0.2: base 0.28, lift 0.6 / 0.28.
    let seed = 7;
    const chance = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return seed / 0x80000000;
    };
    const scores = Array.from({ length: 500 }, (_, i) => (i < 100 ? 1 : 0));
    const ranking = rank(scores);
    let held = 0;
    for (let i = 0; i < 1000; i++) {
      const counts = scores.map((score) => Number(chance() < (score === 1 ? 0.6 : 0.2)));
      const interval = topOf(ranking, counts, 0.2).liftInterval ?? [0, 0];
      if (interval[0] <= 0.6 / 0.28 && 0.6 / 0.28 <= interval[1]) held++;
    }
    expect(held).toBeGreaterThan(930);
    expect(held).toBeLessThan(970);
  });
});

describe('the share that chance alone puts at the top', () => {
  test('is the tail of the Poisson distribution', () => {
    // Mean 1: two or more have 1 - 2/e of the members and 1 - 1/e of the events.
    const n = 1_000_000;
    const size = n * (1 - 2 / Math.E);
    expect(poissonTopShare(1, n, size)).toBeCloseTo(1 - 1 / Math.E, 6);
    expect(poissonTopShare(1, n, n)).toBeCloseTo(1, 9);
    expect(poissonTopShare(0, 10, 1)).toBeNull();
  });

  test('holds all events as soon as the group has room for all who have any', () => {
    expect(poissonTopShare(0.01, 1000, 20)).toBeCloseTo(1, 9);
  });
});

// Counts of the COMPAS deciles as ProPublica published them: without and with a new offence within two years.
const COMPAS = {
  black: [
    [307, 91],
    [274, 119],
    [201, 145],
    [208, 177],
    [189, 176],
    [169, 215],
    [163, 237],
    [114, 245],
    [111, 269],
    [59, 227],
  ],
  white: [
    [539, 142],
    [248, 113],
    [180, 93],
    [172, 113],
    [130, 111],
    [83, 111],
    [55, 88],
    [32, 82],
    [30, 68],
    [19, 45],
  ],
};

describe.for([
  ['black', 3696, 69.18, 62.97],
  ['white', 2454, 69.31, 59.13],
] as const)('the published COMPAS deciles, %s defendants', ([group, n, auc, ppv]) => {
  const scores: number[] = [];
  const counts: number[] = [];
  COMPAS[group].forEach(([without = 0, having = 0], decile) => {
    for (let i = 0; i < without + having; i++) {
      scores.push(decile + 1);
      counts.push(Number(i < having));
    }
  });
  const ranking = rank(scores);

  test('give the published area under the curve', () => {
    expect(scores).toHaveLength(n);
    expect(100 * (areaUnderCurve(ranking, counts) ?? 0)).toBeCloseTo(auc, 2);
  });

  test('give the published precision of the deciles five to ten', () => {
    const high = scores.filter((score) => score >= 5).length;
    const top = topOf(ranking, counts, high / n);
    expect(top).toMatchObject({ size: high, tied: 0 });
    expect(100 * top.precision.expected).toBeCloseTo(ppv, 2);
  });

  test('give the share of the tenth decile for a group inside it', () => {
    const [without = 0, having = 0] = COMPAS[group][9] ?? [];
    const top = topOf(ranking, counts, 50 / n);
    expect(top.precision.expected).toBeCloseTo(having / (without + having), 12);
    expect(top.hits.worst).toBe(Math.max(0, 50 - without));
    expect(top.hits.best).toBe(Math.min(50, having));
  });
});
