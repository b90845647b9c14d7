import type { TrendSpan, TrendSpans } from './spans.ts';
import { binomialP, holm, studentP } from './statistics.ts';

/** The chance of calling anything a trend in a report where nothing has changed. */
export const TREND_ALPHA = 0.05;
/** What is counted by week: openings of one type in each of the three trend spans; the last element holds the days past whole weeks. */
export interface WeeklyCounts {
  readonly key: string;
  readonly weeks: readonly Int32Array[];
}

/** Openings by type and week, and of all types by day, in each of the three trend spans. */
export interface TrendCounts {
  readonly weekly: readonly WeeklyCounts[];
  readonly daily: readonly Int32Array[];
}

/** The period beside an earlier one. `p` is adjusted for the number of tests; `ratio` is null where there was none before. */
export interface Comparison {
  readonly label: string;
  readonly opened: number;
  readonly ratio: number | null;
  readonly p: number;
  readonly significant: boolean;
}

/** A type whose openings changed by more than chance and its usual swings explain. */
export interface Trend {
  readonly key: string;
  readonly direction: 'up' | 'down' | 'mixed';
  readonly opened: number;
  /** Null where it was not compared: too few, no whole data, or (before only) a seasonal type. */
  readonly previous: Comparison | null;
  readonly lastYear: Comparison | null;
  readonly seasonal: boolean;
}

export interface Trends {
  readonly tests: number;
  readonly found: readonly Trend[];
  /** Why there was no comparison with these periods. */
  readonly notCompared: readonly { readonly label: string; readonly why: 'running' | 'no-requests' }[];
}

export interface TrendOptions {
  /** The key of the test of all types together: `All requests`. */
  readonly all: string;
  /** A comparison needs so many openings in one of its two periods. */
  readonly minimumBase: number;
  readonly seasonalTypes: readonly string[];
}

/**
 * Tests each type, and all together, against the period before and the same one a year earlier. Two tests must agree:
 * the exact conditional binomial test (were the two counts drawn at one daily rate?) and the same comparison widened by
 * how much the weeks within each period swing, so that a stormy week is not called a trend. The larger p of the two is
 * adjusted by Holm for the number of comparisons. Seasonal types (CSR-16) are compared with last year only.
 */
export function trendsOf(
  spans: TrendSpans,
  { weekly, daily }: TrendCounts,
  { all, minimumBase, seasonalTypes }: TrendOptions,
): Trends {
  const usable = spans.map((span, which) => ({ span, why: whyNot(span, daily[which]) }));
  const notCompared = usable
    .filter(({ why }, which) => why !== null && (which > 0 || why === 'running'))
    .map(({ span, why }) => ({ label: span.label, why: why ?? 'running' }));
  if (!spans[0].whole) return { tests: 0, found: [], notCompared };
  const types = [allTypes(all, weekly), ...weekly].filter((each) => each !== null);
  const tests: { type: WeeklyCounts; which: 1 | 2; before: number; p: number }[] = [];
  for (const type of types) {
    const opened = sum(type.weeks[0]);
    for (const which of [1, 2] as const) {
      if (usable[which]?.why !== null) continue;
      if (which === 1 && seasonalTypes.includes(type.key)) continue;
      const before = sum(type.weeks[which]);
      if (Math.max(opened, before) < minimumBase) continue;
      tests.push({ type, which, before, p: changeP(type, which, spans) });
    }
  }
  const adjusted = holm(tests.map(({ p }) => p));
  const found = types.flatMap((type): readonly Trend[] => {
    const opened = sum(type.weeks[0]);
    const comparison = (which: 1 | 2): Comparison | null => {
      const at = tests.findIndex((test) => test.type === type && test.which === which);
      const test = tests[at];
      if (test === undefined) return null;
      const p = adjusted[at] ?? 1;
      const ratio = test.before === 0 ? null : Math.round((opened / test.before) * 100) / 100;
      return {
        label: spans[which].label,
        opened: test.before,
        ratio,
        p: Number(p.toPrecision(3)),
        significant: p <= TREND_ALPHA,
      };
    };
    const previous = comparison(1);
    const lastYear = comparison(2);
    const directions = new Set(
      [previous, lastYear]
        .filter((each) => each?.significant === true)
        .map((each) =>
          rate(opened, spans[0]) > rate(each?.opened ?? 0, each === previous ? spans[1] : spans[2])
            ? 'up'
            : 'down',
        ),
    );
    if (directions.size === 0) return [];
    const direction = directions.size === 2 ? 'mixed' : directions.has('up') ? 'up' : 'down';
    return [
      { key: type.key, direction, opened, previous, lastYear, seasonal: seasonalTypes.includes(type.key) },
    ];
  });
  return {
    tests: tests.length,
    found: found.sort(
      (a, b) => order(a, all) - order(b, all) || b.opened - a.opened || (a.key < b.key ? -1 : 1),
    ),
    notCompared,
  };
}

/** P of one type's change, before adjustment: the larger of the binomial test's and the widened comparison's. */
function changeP(type: WeeklyCounts, which: 1 | 2, spans: TrendSpans): number {
  const now = sum(type.weeks[0]);
  const all = now + sum(type.weeks[which]);
  const share = spans[0].days / (spans[0].days + spans[which].days);
  const exact = binomialP(now, all, share);
  const { excess, freedom } = swing([type.weeks[0], type.weeks[which]]);
  if (freedom < 1 || all === 0) return exact;
  const t = (now - all * share) / Math.sqrt(excess * all * share * (1 - share));
  return Math.max(exact, studentP(t, freedom));
}

/** How much more whole weeks vary around their period's mean than chance alone makes them (at least 1), and from how many. */
function swing(periods: readonly (Int32Array | undefined)[]): { excess: number; freedom: number } {
  let squares = 0;
  let freedom = 0;
  for (const weeks of periods) {
    const whole = (weeks ?? new Int32Array(1)).subarray(0, -1);
    const mean = sum(whole) / whole.length;
    if (whole.length < 2) continue;
    freedom += whole.length - 1;
    if (mean > 0) for (const count of whole) squares += (count - mean) ** 2 / mean;
  }
  return { excess: freedom === 0 ? 1 : Math.max(1, squares / freedom), freedom };
}

/** An earlier period is compared when it is whole and requests were opened in each third of it: the data reach back. */
function whyNot(span: TrendSpan, daily: Int32Array | undefined): 'running' | 'no-requests' | null {
  if (!span.whole) return 'running';
  const third = Math.floor(span.days / 3);
  const counts = daily ?? new Int32Array(span.days);
  const parts = [counts.subarray(0, third), counts.subarray(third, 2 * third), counts.subarray(2 * third)];
  return parts.some((part) => sum(part) === 0) ? 'no-requests' : null;
}

function allTypes(key: string, weekly: readonly WeeklyCounts[]): WeeklyCounts | null {
  const first = weekly[0];
  if (first === undefined) return null;
  const weeks = first.weeks.map((counts, which) =>
    counts.map((_, week) => weekly.reduce((total, type) => total + (type.weeks[which]?.[week] ?? 0), 0)),
  );
  return { key, weeks };
}

function sum(counts: Int32Array | undefined): number {
  let total = 0;
  for (const count of counts ?? []) total += count;
  return total;
}

function rate(count: number, span: TrendSpan): number {
  return count / span.days;
}

function order(trend: Trend, all: string): number {
  return trend.key === all ? 0 : 1;
}
