import { peopleCount, peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Cell, Column, Document, Table } from '../report/document.ts';
import type { Reader } from '../store/store.ts';
import type { Asked } from './asked-period.ts';
import type { Figures, OnTime } from './figures.ts';

/** A file behind the figures. */
export interface Source {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly importedAt: Instant;
}

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
  return { kind: 'percent', share: total === 0 ? null : onTime / total, base: total };
}

const FIGURE_COLUMNS: readonly Column[] = [
  { key: 'submitted', title: 'Submitted', align: 'right' },
  { key: 'closed', title: 'Closed', align: 'right' },
  { key: 'openAtEnd', title: 'Open at end', align: 'right' },
  { key: 'accepted', title: 'Decided in 36 h', align: 'right', priority: 3 },
  { key: 'investigated', title: 'Investigated in time', align: 'right', priority: 1 },
  { key: 'overdueAtEnd', title: 'Overdue at end', align: 'right', priority: 1 },
  { key: 'unopened', title: 'Not opened', align: 'right', priority: 2 },
  { key: 'lapses', title: 'Lapses', align: 'right', priority: 2 },
  { key: 'granted', title: 'Ext', align: 'right', priority: 4 },
  { key: 'late', title: 'late', align: 'right', priority: 4 },
  { key: 'returned', title: 'Returned', align: 'right', priority: 5 },
  { key: 'median', title: 'Median days', align: 'right', priority: 5 },
  { key: 'p90', title: '90th', align: 'right', priority: 6 },
];

/** One row a key, with a sum below it. */
export function figuresTable(
  id: string,
  title: string,
  keyTitle: string,
  rows: ReadonlyMap<string, Figures>,
  all: Figures,
): Table {
  return {
    kind: 'table',
    id,
    title,
    columns: [{ key: 'key', title: keyTitle }, ...FIGURE_COLUMNS],
    rows: [...rows].map(([key, figures]) => ({ key, ...figureCells(figures) })),
    totals: { key: 'All', ...figureCells(all) },
    empty: 'No concern.',
  };
}

function figureCells(figures: Figures): Readonly<Record<string, Cell>> {
  const { submitted, closed, openAtEnd, overdueAtEnd, unopened, lapses, returned } = figures;
  return {
    submitted,
    closed,
    openAtEnd,
    overdueAtEnd,
    unopened,
    lapses,
    returned,
    accepted: onTimeCell(figures.accepted),
    investigated: onTimeCell(figures.investigated),
    granted: figures.extensions.granted,
    late: figures.extensions.late,
    median: figures.days.median,
    p90: figures.days.p90,
  };
}

/** Rows of JSON: the key, then its figures. */
export function keyed(rows: ReadonlyMap<string, Figures>): readonly Readonly<Record<string, unknown>>[] {
  return [...rows].map(([key, figures]) => ({ key, ...figures }));
}

/** How each figure is counted, one sentence each. */
export const DEFINITIONS: readonly string[] = [
  'Open: submitted and not closed, not turned down and not associated to a primary one. Open at start + submitted + reopened - closed - not accepted - associated = open at end.',
  'Decided in 36 h: webportal concerns whose 36 hours from the first access ended in the period (CC-15); exactly at the limit is in time.',
  'Investigated in time: tasks of units whose last due day, extensions included, lies in the period, and that had no day without a period in force (CC-22). Tasks that moved to another unit or were associated are in neither number.',
  'Overdue at end: clocks past due and running then. Not opened: webportal concerns at which nobody had looked.',
  'Lapses: due instants that passed in the period without an extension in force (CC-35). An extension granted late ends a lapse and does not undo it (A-CC-3).',
  'Median days: from the first assignment to the end of the last task, nearest rank. A dash stands for a share of fewer than ten.',
];

/** The foot of a report: rule set, head of the chain, files, and the command that repeats it. */
export function footer(
  provenance: { readonly ruleset: string; readonly auditHead: string; readonly sources: readonly Source[] },
  command: string,
): NonNullable<Document['footer']> {
  return [
    { label: 'Rule set', text: provenance.ruleset },
    { label: 'Audit head', text: provenance.auditHead },
    ...provenance.sources.map(({ file, sha256, rows, importedAt }) => ({
      label: 'Source',
      text: `${file}, ${peopleCount(rows)} rows, sha256 ${sha256}, imported ${peopleInstant(importedAt)}`,
    })),
    { label: 'Command', text: command },
  ];
}

/** The banner of a period that goes on. */
export function soFarBanner({ soFar, stretch }: Asked): readonly string[] | undefined {
  return soFar ? [`So far: the period is not over at ${peopleInstant(stretch.end)}.`] : undefined;
}
