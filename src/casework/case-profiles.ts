import type { Edge } from '../core/calendar.ts';
import type { System } from '../core/policy.ts';
import type { CaseState } from '../core/workflow.ts';
import { openAttributes } from '../import/attributes.ts';
import type { ColumnSpec, Profile } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import type { SqlValue } from '../store/open.ts';
import { type ImportedEvent, openCaseImport, rowFate } from './case-import.ts';
import type { CaseKind } from './kind.ts';
import { replayBatch } from './replay.ts';

/** A dated column of a record's row: the step it tells of, and which further columns go with it. */
export interface DatedColumn {
  readonly column: string;
  readonly name: string;
  readonly edge: Edge;
  readonly more?: (row: Row) => Partial<ImportedEvent>;
}

interface ProfileHead<S extends CaseState> {
  readonly name: string;
  readonly system: Profile['system'] & System;
  readonly summary: string;
  readonly columns: readonly ColumnSpec[];
  readonly signature?: readonly string[];
  readonly kind: CaseKind<S>;
}

interface RecordProfile<S extends CaseState> extends ProfileHead<S> {
  /** Columns of the table that are the record's own, not what its events lead to. */
  readonly attributes: readonly string[];
  /** State of a record before its events are replayed. */
  readonly firstState: string;
  readonly values: (row: Row) => Readonly<Record<string, SqlValue>>;
  /** In the order in which steps of one instant happen. */
  readonly dated: readonly DatedColumn[];
  /** Facts that no date column tells of, given the last date that the row has. */
  readonly undated?: (
    row: Row,
    last: ImportedEvent | null,
  ) => readonly (ImportedEvent & { readonly column: string })[];
}

/** The profile of an export with one row a record: its own columns, and the dates of its steps as events. */
export function recordProfile<S extends CaseState>(spec: RecordProfile<S>): Profile {
  const { name, system, summary, columns, signature, kind } = spec;
  const { table } = kind;
  return {
    name,
    system,
    summary,
    columns,
    signature,
    undone: (writer, batchId) => replayBatch(writer, kind, batchId),
    async open(session, index) {
      const cases = openCaseImport(session, kind);
      const target = { table: table.name, key: table.key, system };
      const attributes = openAttributes(session, target, spec.attributes, { state: spec.firstState });
      const take = (row: Row) => {
        const id = row.required(table.key);
        const values = spec.values(row);
        const events = spec.dated.flatMap(({ column, name: step, edge, more }) => {
          const at = row.instant(column, edge);
          return at === null ? [] : [{ column, name: step, at, ...more?.(row) }];
        });
        const undated = spec.undated?.(row, events.at(-1) ?? null) ?? [];
        const { isNew, changed } = attributes.put(id, values);
        if (isNew || changed) cases.touch(id);
        const fates = [...events, ...undated].map(({ column, ...event }) =>
          cases.fact(id, isNew, column, event),
        );
        return rowFate(isNew, changed, fates);
      };
      return rowSink(session, index, take, async () => {
        await cases.finish();
      });
    },
  };
}

interface EventsProfile<S extends CaseState> extends ProfileHead<S> {
  /** What the records are called, for a clerk: `concern`. */
  readonly record: string;
  /** Steps whose time is a clock's start; every other one is a stop when a local time happens twice. */
  readonly starts: readonly string[];
  /** The step of a row, and what goes with it; rejects the row when it is none. */
  readonly step: (row: Row) => { readonly name: string } & Pick<ImportedEvent, 'unit' | 'detail'>;
}

/** The profile of an export with one row a step; an unknown record rejects the row. */
export function eventsProfile<S extends CaseState>(spec: EventsProfile<S>): Profile {
  const { name, system, summary, columns, kind } = spec;
  const { table } = kind;
  return {
    name,
    system,
    summary,
    columns,
    order: 20,
    undone: (writer, batchId) => replayBatch(writer, kind, batchId),
    async open(session, index) {
      const cases = openCaseImport(session, kind);
      const take = (row: Row) => {
        const id = row.required(table.key);
        const step = spec.step(row);
        const at = row.requiredInstant('at', spec.starts.includes(step.name) ? 'start' : 'stop');
        if (!cases.exists(id)) row.reject(table.key, `there is no ${spec.record} ${id} in the store`);
        const fate = cases.event(id, { ...step, at, by: row.text('by') });
        return fate === 'new' ? 'inserted' : fate === 'known' ? 'unchanged' : 'keptLocal';
      };
      return rowSink(session, index, take, async () => {
        await cases.finish();
      });
    },
  };
}

/** The step words of a workflow, for a column's summary. */
export function stepWords<S extends CaseState>(kind: CaseKind<S>): readonly string[] {
  return kind.workflow.transitions.map((transition) => transition.name);
}
