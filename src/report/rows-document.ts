import type { Outcome } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { Cell, Column, Document } from './document.ts';

/** A record behind a figure: its cells, and by measure how often it counts. */
export interface CountedRow {
  readonly cells: Readonly<Record<string, Cell>>;
  readonly item: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** What was asked of which report, and what stands behind it. */
export interface RowsAsked {
  /** As typed: `byBeat:0511:closed`. */
  readonly asked: string;
  readonly section: string;
  readonly key: string;
  readonly place: string;
  readonly period: Period;
  readonly now: Instant;
  readonly newestImport: Instant | null;
  readonly columns: readonly Column[];
  readonly rows: readonly CountedRow[];
  /** Measures that are told even when no record counts in them. */
  readonly measures?: readonly string[];
}

/** The records behind one figure of a report; each figure is the sum of its rows. */
export function rowsOutcome(asked: RowsAsked): Outcome<Document> {
  const figures: Record<string, number> = Object.fromEntries((asked.measures ?? []).map((name) => [name, 0]));
  for (const { counts } of asked.rows)
    for (const [name, count] of Object.entries(counts)) figures[name] = (figures[name] ?? 0) + count;
  const measures = Object.keys(figures);
  const items = asked.rows.map(({ item, counts }) => ({ ...item, counts }));
  const { period, newestImport } = asked;
  const sums = measures.map((name) => `${name} ${figures[name]}`).join(', ') || 'none';
  return {
    document: {
      title: `Records behind ${asked.asked}`,
      subtitle: `${asked.place} · ${period.label} · ${sums}`,
      asOf: asked.now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport,
      blocks: [
        {
          kind: 'table',
          id: 'rows',
          columns: [
            ...asked.columns,
            ...measures.map((name) => ({ key: `n-${name}`, title: name, align: 'right' as const })),
          ],
          rows: asked.rows.map(({ cells, counts }) => ({
            ...cells,
            ...Object.fromEntries(measures.map((name) => [`n-${name}`, counts[name] ?? 0])),
          })),
          empty: 'No record counts in this figure.',
        },
      ],
      notes: ['A record counts where adding it moved the figure: the sums are the figures of the report.'],
    },
    data: { section: asked.section, key: asked.key, figures, items, total: items.length },
    items,
    newestImport,
  };
}
