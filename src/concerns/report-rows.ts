import { normalAddress } from '../core/address.ts';
import { usageError } from '../core/errors.ts';
import { isoInstant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { bucketNamed, bucketOf } from '../report/ageing.ts';
import type { Cell, Column } from '../report/document.ts';
import { figureAmong, type Section } from '../report/figure-keys.ts';
import { UNKNOWN_KEY } from '../report/keys.ts';
import type { CountedRow } from '../report/rows-document.ts';
import { type Counted, type Counts, MEASURES } from './figures.ts';
import type { ConcernHistory } from './history-rows.ts';
import { ALL_CONCERNS, type ConcernFigures, GROUP_KEYS } from './report-figures.ts';
import { type CountedTask, TASK_MEASURES, type TaskCounts } from './unit-figures.ts';

/** The records behind a figure, and the measures that it has. */
export interface RowsBehind {
  readonly section: string;
  readonly key: string;
  readonly measures: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly CountedRow[];
}

/** What a group is told by when no measure is named. */
const USUAL: readonly (keyof Counts)[] = ['submitted', 'closed', 'openAtEnd'];
const USUAL_TASKS: readonly (keyof TaskCounts)[] = ['assigned', 'completed', 'openAtEnd'];
const FIGURES = withOnTime(MEASURES);
const TASK_FIGURES = withOnTime(TASK_MEASURES);
/** Submissions in the three spans of the trend test. */
const TREND_COLUMNS = ['count', 'previous', 'lastYear'];
const COMMANDER = FIGURES.filter((name) =>
  /^(openAtEnd|overdueAtEnd|lapses|investigationsDue.*|extensionsLate|returned|unopened)$/.test(name),
);

/** Columns of the records behind a figure. */
const ROW_COLUMNS: readonly Column[] = [
  { key: 'id', title: 'Concern' },
  { key: 'category', title: 'Category' },
  { key: 'origin', title: 'Origin', priority: 3 },
  { key: 'submitted', title: 'Submitted' },
  { key: 'district', title: 'District', priority: 2 },
  { key: 'beat', title: 'Beat', priority: 1 },
  { key: 'address', title: 'Address', priority: 2 },
];
const DAYS_COLUMN: Column = { key: 'days', title: 'Days', align: 'right' };
/** The measure of what a median is of: a concern's days, a unit's days for each of its tasks. */
const MEDIANS = { median: 'measured', p90: 'measured' };
const TASK_MEDIANS = { median: 'completed', p90: 'completed' };

/** A section and how the records behind one of its figures are found. */
interface RowSection extends Section {
  readonly rowsOf: (key: string, measures: readonly string[]) => readonly CountedRow[];
}

/**
 * The records behind one figure of a report: those that count in it, each as often as it does; figures are their sums.
 * Throws a usage error that lists sections, keys or measures where the report has no such figure.
 */
export function rowsBehind(figures: ConcernFigures, policy: ConcernsPolicy, asked: string): RowsBehind {
  if (/^(looks|executive:looks)(:|$)/.test(asked.trim()))
    throw usageError(
      `--rows: ${asked} counts tours of the duty roster, not concerns.`,
      'Owed is a tour with a role that has to look (CC-14, CC-20, CC-26, CC-29), given one with an access between its start and end.',
    );
  // What stands in the columns of the other period: against:byBeat:0511:submitted.
  const [, other] = /^against:(by.*)$/s.exec(asked.trim()) ?? [];
  const sections = other === undefined ? sectionsOf(figures, policy) : besideSections(figures);
  const { section, key, measures } = figureAmong(sections, other ?? asked);
  const counted = measures.length === 0 ? [key] : measures;
  const rows = sections.get(section)?.rowsOf(key, counted) ?? [];
  return {
    section: other === undefined ? section : `against:${section}`,
    key,
    measures: counted,
    columns: rows.some(({ item }) => item.days !== undefined) ? [...ROW_COLUMNS, DAYS_COLUMN] : ROW_COLUMNS,
    rows,
  };
}

function sectionsOf(figures: ConcernFigures, policy: ConcernsPolicy): ReadonlyMap<string, RowSection> {
  const { counted, tasks, months, open, chronic, matters, trendSpans, groups } = figures;
  const { buckets } = policy.ageing;
  const histories = counted.map(({ history }) => history);
  const ofMatter = (key: string) => matters.find((each) => each.key === key)?.concerns;
  return new Map<string, RowSection>([
    ['totals', spanSection(counted)],
    ['against', spanSection(figures.againstCounted)],
    ['lastYear', spanSection(figures.lastYearCounted)],
    ...groupSections(counted, tasks),
    [
      'byMonth',
      {
        keys: months.map(({ label }) => label),
        measures: FIGURES,
        usual: USUAL,
        rowsOf: (key, names) => countedRows(months.find(({ label }) => label === key)?.counted ?? [], names),
      },
    ],
    [
      'ageing',
      {
        keys: buckets.map(({ label }) => label),
        measures: ['count'],
        named: (text) => bucketNamed(buckets, text) ?? text,
        rowsOf: (key) =>
          once(
            open
              .filter(({ ageDays }) => buckets[bucketOf(buckets, ageDays)]?.label === key)
              .map(({ standing }) => standing.history),
          ),
      },
    ],
    [
      'chronic',
      {
        keys: chronic.map(({ location }) => location),
        measures: ['count'],
        named: normalAddress,
        rowsOf: (key) => {
          const ids = new Set(chronic.find(({ location }) => location === key)?.ids ?? []);
          return once(histories.filter(({ id }) => ids.has(id)));
        },
      },
    ],
    [
      'trends',
      {
        keys: [ALL_CONCERNS, ...groups.byCategory.keys()],
        measures: TREND_COLUMNS,
        usual: ['count'],
        rowsOf: (key, [name = '']) => {
          const { start, end } = trendSpans[Math.max(0, TREND_COLUMNS.indexOf(name))] ?? trendSpans[0];
          const own = histories.filter(
            ({ category, submittedAt }) =>
              (key === ALL_CONCERNS || (category ?? UNKNOWN_KEY) === key) &&
              submittedAt >= start &&
              submittedAt <= end,
          );
          return once(own, name);
        },
      },
    ],
    [
      'executive',
      {
        keys: [...matters.map(({ key }) => key), 'returned'],
        measures: ['count'],
        rowsOf: (key, names) =>
          key === 'returned'
            ? counted.flatMap(({ history, counts }) => rowOf(history, names, () => counts.returned))
            : once((ofMatter(key) ?? []).map(({ standing }) => standing.history)),
      },
    ],
    [
      'commander',
      {
        ...spanSection(counted),
        keys: ['oldest', ...COMMANDER],
        rowsOf: (key, names) =>
          key === 'oldest'
            ? once(
                open.map(({ standing }) => standing.history),
                key,
              )
            : countedRows(counted, names),
      },
    ],
  ]);
}

/** The groups in the columns of the other period. */
function besideSections({ againstCounted, againstTasks }: ConcernFigures): ReadonlyMap<string, RowSection> {
  return new Map(groupSections(againstCounted, againstTasks));
}

function spanSection(counted: readonly Counted[]): RowSection {
  return {
    keys: FIGURES,
    measures: [],
    named: (text) => (text === 'median' || text === 'p90' ? 'measured' : text),
    rowsOf: (_, names) => countedRows(counted, names),
  };
}

function groupSections(
  counted: readonly Counted[],
  tasks: readonly CountedTask[],
): readonly (readonly [string, RowSection])[] {
  const byKey = Object.entries(GROUP_KEYS).map(([name, keyOf]): readonly [string, RowSection] => {
    const keyed = (history: ConcernHistory) => keyOf(history) || UNKNOWN_KEY;
    return [
      name,
      {
        keys: [...new Set(counted.map(({ history }) => keyed(history)))].sort(),
        measures: FIGURES,
        usual: USUAL,
        statistics: MEDIANS,
        rowsOf: (key, names) =>
          countedRows(
            counted.filter(({ history }) => keyed(history) === key),
            names,
          ),
      },
    ];
  });
  const byUnit: RowSection = {
    keys: [...new Set(tasks.map(({ unit }) => unit))].sort(),
    measures: TASK_FIGURES,
    usual: USUAL_TASKS,
    statistics: TASK_MEDIANS,
    named: bareUnit,
    rowsOf: (key, names) =>
      tasks
        .filter(({ unit }) => unit === key)
        .flatMap(({ history, counts, days }) =>
          rowOf(
            history,
            names,
            (name) => amountOf(counts, name),
            names.includes(TASK_MEDIANS.median) ? days : undefined,
          ),
        ),
  };
  return [...byKey, ['byUnit', byUnit]];
}

/** Measures, and of each with a late part the one that was in time: `completedOnTime` is completed without completedLate. */
function withOnTime(measures: readonly string[]): readonly string[] {
  const timed = measures.filter((name) => measures.includes(`${name}Late`));
  return [...measures, ...timed.map((name) => `${name}OnTime`)];
}

function amountOf(counts: Readonly<Record<string, number>>, name: string): number {
  const base = name.replace(/OnTime$/, '');
  return base === name ? (counts[name] ?? 0) : (counts[base] ?? 0) - (counts[`${base}Late`] ?? 0);
}

function countedRows(counted: readonly Counted[], measures: readonly string[]): readonly CountedRow[] {
  const timed = measures.includes(MEDIANS.median);
  return counted.flatMap(({ history, counts, days }) =>
    rowOf(
      history,
      measures,
      (name) => amountOf(counts, name),
      timed ? (days === null ? [] : [days]) : undefined,
    ),
  );
}

/** Whole concerns: each counts once. */
function once(histories: readonly ConcernHistory[], measure = 'count'): readonly CountedRow[] {
  return histories.flatMap((history) => rowOf(history, [measure], () => 1));
}

function rowOf(
  history: ConcernHistory,
  measures: readonly string[],
  amountOf: (name: string) => number,
  days?: readonly number[],
): readonly CountedRow[] {
  const counts = Object.fromEntries(measures.map((name) => [name, amountOf(name)]));
  if (Object.values(counts).every((value) => value === 0)) return [];
  const { id, category, origin, submittedAt, district, beat, address } = history;
  const cells: Readonly<Record<string, Cell>> = {
    ...{ id, category, origin, district, beat, address },
    submitted: { kind: 'instant', at: submittedAt },
    ...(days === undefined ? {} : { days: days.length === 1 ? (days[0] ?? null) : days.join('; ') }),
  };
  const item = { id, category, origin, submittedAt: isoInstant(submittedAt), district, beat, address };
  return [{ cells, item: days === undefined ? item : { ...item, days }, counts }];
}
