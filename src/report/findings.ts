import type { ChronicPlace } from './chronic.ts';
import type { Table } from './document.ts';
import type { TrendSpans } from './spans.ts';
import type { Comparison, Trend, Trends } from './trends.ts';

/** Chronic places that are shown; the JSON form has all. */
export const PLACES_SHOWN = 25;

/** The words of a directive for what its trends are of. */
export interface TrendWords {
  /** The key of all together. */
  readonly all: string;
  /** What a key is: `type`. */
  readonly kind: string;
  /** What is counted of it: `Opened`. */
  readonly opened: string;
}

/** What changed by more than chance; otherwise the sentence that nothing did. */
export function trendsTable(spans: TrendSpans, trends: Trends, words: TrendWords): Table {
  const [now, before, yearBefore] = spans;
  const skipped = trends.notCompared.map(({ label, why }) =>
    why === 'running' ? `${label} is not over.` : `There are no whole data for ${label}.`,
  );
  const none = `No trend: no ${words.kind} changed by more than chance and its usual swings explain.`;
  return {
    kind: 'table',
    id: 'trends',
    title: 'Trends',
    columns: [
      { key: 'key', title: `${words.kind.charAt(0).toUpperCase()}${words.kind.slice(1)}` },
      { key: 'direction', title: 'Trend' },
      { key: 'opened', title: `${words.opened} ${now.label}`, align: 'right' },
      { key: 'previous', title: before.label, align: 'right' },
      { key: 'lastYear', title: yearBefore.label, align: 'right' },
      { key: 'reading', title: 'Reading', priority: 1 },
      { key: 'p', title: 'P (adjusted)', align: 'right', priority: 2 },
    ],
    rows: trends.found.map((trend) => ({
      key: trend.key,
      direction: { kind: 'tone', tone: 'strong', text: trend.direction },
      opened: trend.opened,
      previous: comparedText(trend.previous),
      lastYear: comparedText(trend.lastYear),
      reading: reading(trend, words.all),
      p: pText(Math.min(trend.previous?.p ?? 1, trend.lastYear?.p ?? 1)),
    })),
    empty: [none, ...skipped].join(' '),
    caption: [`A change is marked * (${trends.tests} comparisons).`, ...skipped].join(' '),
  };
}

function comparedText(comparison: Comparison | null): string | null {
  if (comparison === null) return null;
  const ratio = comparison.ratio === null ? '' : ` (x ${comparison.ratio})`;
  return `${comparison.opened}${ratio}${comparison.significant ? ' *' : ''}`;
}

function reading({ previous, lastYear, seasonal, key }: Trend, all: string): string {
  if (seasonal) return 'seasonal type, beside last year only';
  const both = previous?.significant === true && lastYear?.significant === true;
  if (both) return key === all ? 'beside both periods' : 'beside the period before and last year';
  if (previous?.significant === true) {
    return lastYear === null
      ? 'beside the period before; no last year to tell season'
      : 'beside the period before: may be the season';
  }
  return 'beside last year only';
}

function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** From how many openings, in how many months and quarters, a place is chronic. */
export interface ChronicLimits {
  readonly minimumRequests: number;
  readonly months: number;
  readonly minimumQuarters: number;
}

/** Addresses with many openings, most first; `what` names them: `requests`. `ids` are told where they are given. */
export function chronicTable(
  chronic: readonly (ChronicPlace & { readonly ids?: readonly string[] })[],
  { minimumRequests, months, minimumQuarters }: ChronicLimits,
  what = 'requests',
): Table {
  const more = chronic.length - PLACES_SHOWN;
  const limits = `At least ${minimumRequests} ${what} in ${months} months, in at least ${minimumQuarters} quarters.`;
  const numbered = chronic.some(({ ids }) => ids !== undefined);
  return {
    kind: 'table',
    id: 'chronic',
    title: 'Chronic places',
    columns: [
      { key: 'location', title: 'Address' },
      { key: 'requests', title: `${what.charAt(0).toUpperCase()}${what.slice(1)}`, align: 'right' },
      { key: 'types', title: 'Types' },
      ...(numbered ? [{ key: 'ids', title: 'Numbers', priority: 3 }] : []),
      { key: 'first', title: 'First', priority: 2 },
      { key: 'last', title: 'Last', priority: 1 },
    ],
    rows: chronic.slice(0, PLACES_SHOWN).map(({ location, requests, types, first, last, ids }) => ({
      location,
      requests,
      types: types.join('; '),
      ...(numbered ? { ids: (ids ?? []).join(' ') } : {}),
      first: { kind: 'date', date: first },
      last: { kind: 'date', date: last },
    })),
    empty: `No chronic place. ${limits}`,
    caption: more > 0 ? `${limits} ${more} more places are in the JSON form.` : limits,
  };
}
