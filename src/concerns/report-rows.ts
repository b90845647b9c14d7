import { usageError } from '../core/errors.ts';
import { isoInstant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { normalAddress } from '../core/text.ts';
import { bucketNamed, bucketOf } from '../report/ageing.ts';
import type { Cell, Column } from '../report/document.ts';
import { UNKNOWN_KEY } from '../report/keys.ts';
import type { CountedRow } from '../report/rows-document.ts';
import { type Counted, type Counts, MEASURES } from './figures.ts';
import type { ConcernHistory } from './history-rows.ts';
import { ALL_CONCERNS, type ConcernFigures, GROUP_KEYS } from './report-figures.ts';
import { TASK_MEASURES, type TaskCounts } from './unit-figures.ts';

/** The records behind a figure, and the measures that it has. */
export interface RowsBehind {
  readonly section: string;
  readonly key: string;
  readonly measures: readonly string[];
  readonly rows: readonly CountedRow[];
}

const HINT =
  'Write totals:openAtEnd, against:submitted, byDistrict:005:lapses, byBeat:0511, byUnit:241:dueInPeriodLate, ' +
  'byMonth:2020-11:closed, ageing:91+, chronic:<address>, trends:<category>, executive:lapsed, commander:oldest …';

/** What a group is told by when no measure is named. */
const USUAL: readonly (keyof Counts)[] = ['submitted', 'closed', 'openAtEnd'];
const USUAL_TASKS: readonly (keyof TaskCounts)[] = ['assigned', 'completed', 'openAtEnd'];

/** Columns of the records behind a figure. */
export const ROW_COLUMNS: readonly Column[] = [
  { key: 'id', title: 'Concern' },
  { key: 'category', title: 'Category' },
  { key: 'origin', title: 'Origin', priority: 3 },
  { key: 'submitted', title: 'Submitted' },
  { key: 'district', title: 'District', priority: 2 },
  { key: 'beat', title: 'Beat', priority: 1 },
  { key: 'address', title: 'Address', priority: 2 },
];

/**
 * The records behind one figure of a report: those that count in it, each as often as it does; figures are their sums.
 * Throws a usage error for a section, key or measure that the report does not have.
 */
export function rowsBehind(figures: ConcernFigures, policy: ConcernsPolicy, asked: string): RowsBehind {
  const [, section = '', rest = ''] = /^([A-Za-z]+):?(.*)$/s.exec(asked.trim()) ?? [];
  const found =
    spanRows(figures, section, rest) ??
    groupRows(figures, section, rest) ??
    unitRows(figures, section, rest) ??
    listRows(figures, policy, section, rest);
  if (found === null) throw usageError(`--rows: the report has no ${asked}.`, HINT);
  return { section, ...found };
}

type Found = Omit<RowsBehind, 'section'>;

function spanRows(figures: ConcernFigures, section: string, key: string): Found | null {
  const counted = { totals: figures.counted, against: figures.againstCounted }[section];
  if (counted === undefined) return null;
  const measure = measureOf(key);
  return measure === null ? null : countedRows(key, counted, [measure]);
}

function groupRows(figures: ConcernFigures, section: string, rest: string): Found | null {
  const { key, measure } = split(rest, measureOf);
  const measures = measure === null ? USUAL : [measure];
  if (section === 'byMonth') {
    const month = figures.months.find(({ label }) => label === key);
    return month === undefined ? null : countedRows(key, month.counted, measures);
  }
  const keyOf = Object.entries(GROUP_KEYS).find(([name]) => name === section)?.[1];
  if (keyOf === undefined) return null;
  const own = figures.counted.filter(({ history }) => (keyOf(history) || UNKNOWN_KEY) === key);
  return own.length === 0 ? null : countedRows(key, own, measures);
}

function unitRows({ tasks }: ConcernFigures, section: string, rest: string): Found | null {
  if (section !== 'byUnit') return null;
  const { key, measure } = split(rest, taskMeasureOf);
  const own = tasks.filter(({ unit }) => unit === bareUnit(key));
  if (own.length === 0) return null;
  const measures = measure === null ? USUAL_TASKS : [measure];
  return {
    key,
    measures,
    rows: own.flatMap(({ history, counts }) => rowOf(history, measures, (name) => amountOf(counts, name))),
  };
}

/** Lists of whole concerns: each counts once. */
function listRows(
  figures: ConcernFigures,
  policy: ConcernsPolicy,
  section: string,
  key: string,
): Found | null {
  const histories = listed(figures, policy, section, key);
  if (histories === null) return null;
  const measures = ['count'];
  return { key, measures, rows: histories.flatMap((history) => rowOf(history, measures, () => 1)) };
}

function listed(
  { open, chronic, matters, counted, groups, trendSpans }: ConcernFigures,
  { ageing: { buckets } }: ConcernsPolicy,
  section: string,
  key: string,
): readonly ConcernHistory[] | null {
  switch (section) {
    case 'ageing': {
      const label = bucketNamed(buckets, key);
      if (label === null) return null;
      return open
        .filter(({ ageDays }) => buckets[bucketOf(buckets, ageDays)]?.label === label)
        .map(({ standing }) => standing.history);
    }
    case 'chronic': {
      const place = chronic.find(({ location }) => location === normalAddress(key));
      if (place === undefined) return null;
      const ids = new Set(place.ids);
      return counted.map(({ history }) => history).filter(({ id }) => ids.has(id));
    }
    case 'trends': {
      if (key !== ALL_CONCERNS && !groups.byCategory.has(key)) return null;
      const { start, end } = trendSpans[0];
      return counted
        .map(({ history }) => history)
        .filter((each) => key === ALL_CONCERNS || (each.category ?? UNKNOWN_KEY) === key)
        .filter(({ submittedAt }) => submittedAt >= start && submittedAt <= end);
    }
    case 'executive':
      return (
        matters.find((each) => each.key === key)?.concerns.map(({ standing }) => standing.history) ?? null
      );
    case 'commander':
      return key === 'oldest' ? open.map(({ standing }) => standing.history) : null;
    default:
      return null;
  }
}

/** `0511:lapses` into key and measure; a key may hold colons of its own. */
function split(rest: string, known: (name: string) => string | null) {
  const at = rest.lastIndexOf(':');
  const measure = at < 0 ? null : known(rest.slice(at + 1));
  return measure === null ? { key: rest, measure } : { key: rest.slice(0, at), measure };
}

/** A measure, or the part of one that was in time: `completedOnTime` is completed without completedLate. */
function measureOf(name: string): string | null {
  return MEASURES.find((each) => each === name || `${each}OnTime` === name) === undefined ? null : name;
}

function taskMeasureOf(name: string): string | null {
  return TASK_MEASURES.find((each) => each === name || `${each}OnTime` === name) === undefined ? null : name;
}

function amountOf(counts: Readonly<Record<string, number>>, name: string): number {
  const base = name.replace(/OnTime$/, '');
  return base === name ? (counts[name] ?? 0) : (counts[base] ?? 0) - (counts[`${base}Late`] ?? 0);
}

function countedRows(key: string, counted: readonly Counted[], measures: readonly string[]): Found {
  const rows = counted.flatMap(({ history, counts }) =>
    rowOf(history, measures, (name) => amountOf(counts, name)),
  );
  return { key, measures, rows };
}

function rowOf(
  history: ConcernHistory,
  measures: readonly string[],
  amountOf: (name: string) => number,
): readonly CountedRow[] {
  const counts = Object.fromEntries(measures.map((name) => [name, amountOf(name)]));
  if (Object.values(counts).every((value) => value === 0)) return [];
  const { id, category, origin, submittedAt, district, beat, address } = history;
  const cells: Readonly<Record<string, Cell>> = {
    ...{ id, category, origin, district, beat, address },
    submitted: { kind: 'instant', at: submittedAt },
  };
  const item = { id, category, origin, submittedAt: isoInstant(submittedAt), district, beat, address };
  return [{ cells, item, counts }];
}
