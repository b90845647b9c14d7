import { peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { shareCell } from '../report/cell.ts';
import type { Cell, Column, Table } from '../report/document.ts';
import { byKey } from '../report/keys.ts';
import type { Source } from '../report/sources.ts';
import type { Reader } from '../store/store.ts';
import { type Figures, figuresOf, type OnTime } from './figures.ts';
import { byUnitNumber, sumOf, type UnitFigures } from './unit-figures.ts';

/** The concern exports behind the figures that still stand. */
export async function concernSources(reader: Reader): Promise<readonly Source[]> {
  const rows = await reader.rows({
    sql: `select file, sha256, rows, imported_at from batch
      where undone_at is null and profile in ('concerns', 'concern-events') order by id`,
    parameters: [],
  });
  return rows.map(([file, sha256, count, at]) => ({
    file: String(file),
    sha256: String(sha256),
    rows: Number(count),
    importedAt: Number(at) as Instant,
  }));
}

/** A share of cases in time. */
export function onTimeCell({ onTime, total }: OnTime): Cell {
  return shareCell(onTime, total);
}

const FIGURE_COLUMNS: readonly Column[] = [
  { key: 'submitted', title: 'Submitted', align: 'right' },
  { key: 'closed', title: 'Closed', align: 'right' },
  { key: 'openAtEnd', title: 'Open', align: 'right' },
  { key: 'decided', title: 'Decided in 36 h', align: 'right', priority: 3 },
  { key: 'completed', title: 'Completed in time', align: 'right', priority: 2 },
  { key: 'due', title: 'Due and in time', align: 'right', priority: 1 },
  { key: 'overdueAtEnd', title: 'Overdue', align: 'right', priority: 1 },
  { key: 'unopened', title: 'Not opened', align: 'right', priority: 6 },
  { key: 'lapses', title: 'Lapses', align: 'right', priority: 2 },
  { key: 'granted', title: 'Extended', align: 'right', priority: 4 },
  { key: 'late', title: 'Late ext.', align: 'right', priority: 4 },
  { key: 'returned', title: 'Returned', align: 'right', priority: 5 },
  { key: 'median', title: 'Median days', align: 'right', priority: 5 },
  { key: 'p90', title: '90th pct days', align: 'right', priority: 6 },
];

/** Which figures a table shows: a report those that are asked of every group, the audit failures to respond as well. */
export type Shown = 'report' | 'audit';

const AUDIT_ONLY = new Set(['decided', 'unopened', 'late', 'refused']);

function shownColumns(columns: readonly Column[], shown: Shown): readonly Column[] {
  return shown === 'audit' ? columns : columns.filter(({ key }) => !AUDIT_ONLY.has(key));
}

/** The figures of another period that stand beside a table's, by the same keys. */
export interface Before<F> {
  readonly label: string;
  readonly rows: ReadonlyMap<string, F>;
}

/** One row a key, with a sum below it; beside it what came in in another period, if one is given. */
export function figuresTable(
  id: string,
  title: string,
  keyTitle: string,
  rows: ReadonlyMap<string, Figures>,
  all: Figures,
  shown: Shown,
  before: Before<Figures> | null = null,
): Table {
  const [first, ...others] = shownColumns(FIGURE_COLUMNS, shown);
  const beside = besideOf(before, ({ submitted }) => submitted);
  const both = union(rows, before, figuresOf([]), byKey);
  return {
    kind: 'table',
    id,
    title,
    columns: [{ key: 'key', title: keyTitle }, ...beside.columns(first), ...others],
    rows: both.map(([key, figures]) => ({ key, ...figureCells(figures), ...beside.cells(key) })),
    totals: { key: 'All', ...figureCells(all), ...beside.sums },
    empty: 'No concern.',
  };
}

// The keys of both periods: what is gone by now had figures before.
function union<F>(
  rows: ReadonlyMap<string, F>,
  before: Before<F> | null,
  nothing: F,
  order: (a: string, b: string) => number,
): readonly (readonly [string, F])[] {
  const keys = new Set([...rows.keys(), ...(before?.rows.keys() ?? [])]);
  return [...keys].sort(order).map((key) => [key, rows.get(key) ?? nothing] as const);
}

/** A column of another period after the one that it is beside, with its cells: paper has no room for more. */
function besideOf<F>(before: Before<F> | null, count: (figures: F) => number) {
  const counts = new Map([...(before?.rows ?? [])].map(([key, figures]) => [key, count(figures)] as const));
  const cells = (value: number): Readonly<Record<string, Cell>> => (before === null ? {} : { before: value });
  return {
    columns: (own: Column | undefined): readonly Column[] => {
      if (own === undefined) return [];
      if (before === null) return [own];
      const title = `${own.title} ${before.label}`;
      return [own, { key: 'before', title, align: 'right' as const, priority: 3 }];
    },
    cells: (key: string) => cells(counts.get(key) ?? 0),
    sums: cells([...counts.values()].reduce((total, each) => total + each, 0)),
  };
}

function figureCells(figures: Figures): Readonly<Record<string, Cell>> {
  const { submitted, closed, openAtEnd, overdueAtEnd, unopened, lapses, returned } = figures;
  return {
    ...{ submitted, closed, openAtEnd, overdueAtEnd, unopened, lapses, returned },
    decided: onTimeCell(figures.accepted.dueInPeriod),
    completed: onTimeCell(figures.investigated.closedInPeriod),
    due: onTimeCell(figures.investigated.dueInPeriod),
    granted: figures.extensions.granted,
    late: figures.extensions.late,
    median: figures.days.median,
    p90: figures.days.p90,
  };
}

const UNIT_COLUMNS: readonly Column[] = [
  { key: 'assigned', title: 'Assigned', align: 'right' },
  { key: 'completed', title: 'Completed', align: 'right' },
  { key: 'movedAway', title: 'Moved away', align: 'right', priority: 4 },
  { key: 'openAtEnd', title: 'Open', align: 'right' },
  { key: 'completedInTime', title: 'Completed in time', align: 'right', priority: 2 },
  { key: 'due', title: 'Due and in time', align: 'right', priority: 1 },
  { key: 'overdueAtEnd', title: 'Overdue', align: 'right', priority: 1 },
  { key: 'lapses', title: 'Lapses', align: 'right', priority: 2 },
  { key: 'granted', title: 'Extended', align: 'right', priority: 3 },
  { key: 'late', title: 'Late ext.', align: 'right', priority: 4 },
  { key: 'refused', title: 'Refused ext.', align: 'right', priority: 5 },
  { key: 'returned', title: 'Returned', align: 'right', priority: 4 },
  { key: 'median', title: 'Median days', align: 'right', priority: 5 },
  { key: 'p90', title: '90th pct days', align: 'right', priority: 6 },
];

/** Tasks of each unit that had one: what it was given, what became of it; beside it what it was given in another period. */
export function unitTable(
  byUnit: ReadonlyMap<string, UnitFigures>,
  all: UnitFigures,
  shown: Shown,
  before: Before<UnitFigures> | null = null,
): Table {
  const [first, ...others] = shownColumns(UNIT_COLUMNS, shown);
  const beside = besideOf(before, ({ assigned }) => assigned);
  const both = union(byUnit, before, sumOf([]), byUnitNumber);
  return {
    kind: 'table',
    id: 'units',
    title: 'By unit: its own tasks',
    columns: [{ key: 'unit', title: 'Unit' }, ...beside.columns(first), ...others],
    rows: both.map(([key, figures]) => ({ unit: key, ...unitCells(figures), ...beside.cells(key) })),
    totals: { unit: 'All', ...unitCells(all), ...beside.sums },
    empty: 'No unit had a task.',
  };
}

function unitCells(figures: UnitFigures): Readonly<Record<string, Cell>> {
  const { assigned, completed, movedAway, openAtEnd, overdueAtEnd, lapses, returned } = figures;
  const { granted, late, refused } = figures.extensions;
  return {
    ...{ assigned, completed, movedAway, openAtEnd, overdueAtEnd, lapses, returned, granted, late, refused },
    completedInTime: onTimeCell(figures.investigated.closedInPeriod),
    due: onTimeCell(figures.investigated.dueInPeriod),
    median: figures.days.median,
    p90: figures.days.p90,
  };
}

/** Rows of JSON: the key, then its figures. */
export function keyed<F extends object>(
  rows: ReadonlyMap<string, F>,
): readonly Readonly<Record<string, unknown>>[] {
  return [...rows].map(([key, figures]) => ({ key, ...figures }));
}

/** How each figure is counted, one sentence each. */
export const DEFINITIONS: readonly string[] = [
  'Open: submitted and not closed, not turned down and not associated to a primary one. Open at start + submitted + reopened - closed - not accepted - associated = open at end.',
  'Decided in 36 h: webportal concerns whose 36 hours from the first access ended in the period (CC-15); exactly at the limit is in time.',
  'Completed in time: tasks that units completed in the period, and that had not lapsed by then (CC-22). Due and in time: tasks whose last due day, extensions included, lies in the period, and that did not lapse; what is unfinished counts as well. Tasks that moved to another unit or were associated were due for nobody.',
  'Open, overdue: at the end of the period; overdue are clocks past due that run then. Not opened: webportal concerns at which nobody had looked.',
  'Lapses: investigations whose due instant passed in the period without an extension in force (CC-35); one returned or moved after its due day lapses when it goes on. Each lies in one month alone. An extension granted late does not undo a lapse (A-CC-3). It ends it, unless its own due day is past when it is granted: then the lapse goes on, and is one.',
  'Median days: from the first assignment to the end of the last task; of a unit, from its assignment to its completion; nearest rank. A dash stands for a share of fewer than ten.',
];

/** The banner of a period that goes on. */
export function soFarBanner(soFar: boolean, end: Instant): readonly string[] {
  return soFar ? [`So far: the period is not over at ${peopleInstant(end)}.`] : [];
}
