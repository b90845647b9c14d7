import type { Edge } from '../core/calendar.ts';
import type { System } from '../core/policy.ts';
import type { CaseState } from '../core/workflow.ts';
import { openAttributes } from '../import/attributes.ts';
import type { ColumnSpec, ImportSession, Profile, RowFate } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import type { SqlValue } from '../store/open.ts';
import { type ImportedEvent, openCaseImport, rowFate } from './case-import.ts';
import type { CaseKind } from './kind.ts';
import { replayBatch } from './replay.ts';
import { openStaging } from './staging.ts';

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
  readonly importers?: Profile['importers'];
  readonly keptBy: string;
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
  /** What a row says and no date tells the time of: kept as a finding, never dropped. */
  readonly remarks?: (row: Row) => readonly Remark[];
}

/** A finding on a row. */
interface Remark {
  readonly rule: string;
  readonly code: string;
  readonly text: string;
}

/** The profile of an export with one row a record: its own columns, and the dates of its steps as events. */
export function recordProfile<S extends CaseState>(spec: RecordProfile<S>): Profile {
  const { name, system, summary, columns, signature, kind, importers, keptBy } = spec;
  const { table } = kind;
  return {
    name,
    system,
    summary,
    columns,
    signature,
    importers,
    keptBy,
    undone: (writer, batchId) => replayBatch(writer, kind, batchId),
    async open(session, index) {
      const cases = openCaseImport(session, kind);
      const target = { table: table.name, key: table.key };
      const attributes = openAttributes(session, target, spec.attributes, { state: spec.firstState });
      const staging = openStaging<StagedRow>(session.writer);
      const counts: Record<RowFate, number> = { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 };
      const stage = (row: Row): RowFate => {
        const id = row.required(table.key);
        const values = spec.values(row);
        const dated = spec.dated.flatMap(({ column, name: step, edge, more }) => {
          const at = row.instant(column, edge);
          return at === null ? [] : [{ column, name: step, at, ...more?.(row) }];
        });
        const undated = spec.undated?.(row, dated.at(-1) ?? null) ?? [];
        const remarks = spec.remarks?.(row) ?? [];
        if (staging.put(id, { values, events: [...dated, ...undated], remarks })) {
          counts.unchanged++;
          session.finding({ system, record: id, rule: null, code: 'DUPLICATE_KEY', at: null, text: TWICE });
        }
        return 'unchanged';
      };
      const enteredHere = session.writer.prepare(
        `select ${spec.attributes.join(', ')} from ${table.name} where ${table.key} = ? and batch_id is null`,
      );
      // What was entered here stays: a row that tells otherwise of it tells of another record by the same number.
      const isAnother = (id: string, values: StagedRow['values']): boolean => {
        const own = enteredHere.get(id);
        return (
          own !== undefined &&
          spec.attributes.some((name, i) => (values[name] ?? null) !== null && values[name] !== own[i])
        );
      };
      const take = (id: string, { values, events, remarks }: StagedRow): RowFate => {
        if (isAnother(id, values)) {
          session.finding({ system, record: id, rule: null, code: 'ENTERED_HERE', at: null, text: KEPT });
          return 'keptLocal';
        }
        for (const remark of remarks) session.finding({ system, record: id, at: null, ...remark });
        const { isNew, changed } = attributes.put(id, values);
        if (isNew || changed) cases.touch(id);
        const fates = events.map(({ column, ...event }) => cases.fact(id, isNew, column, event));
        return rowFate(isNew, changed, fates);
      };
      const sink = rowSink(session, index, stage, async () => {
        staging.each((id, row) => {
          counts[take(id, row)]++;
        });
        await cases.finish();
      });
      return { ...sink, counts: () => counts };
    },
  };
}

const KEPT = 'was entered here; the row of the export tells otherwise of it and was not taken';

const TWICE = 'stands twice in one file; the last row was taken';

/** A row that was parsed and can be taken. */
interface StagedRow {
  readonly values: Readonly<Record<string, SqlValue>>;
  readonly events: readonly (ImportedEvent & { readonly column: string })[];
  readonly remarks: readonly Remark[];
}

interface EventsProfile<S extends CaseState> extends ProfileHead<S> {
  /** What the records are called, for a clerk: `concern`. */
  readonly record: string;
  /** Steps whose time is a clock's start; every other one is a stop when a local time happens twice. */
  readonly starts: readonly string[];
  /** The step of a row, and what goes with it; rejects the row when it is none. */
  readonly step: (
    row: Row,
    note: ImportSession['note'],
  ) => { readonly name: string } & Pick<ImportedEvent, 'unit' | 'detail'>;
}

/** The profile of an export with one row a step; an unknown record rejects the row. */
export function eventsProfile<S extends CaseState>(spec: EventsProfile<S>): Profile {
  const { name, system, summary, columns, kind, importers, keptBy } = spec;
  const { table } = kind;
  return {
    name,
    system,
    summary,
    columns,
    importers,
    keptBy,
    order: 20,
    undone: (writer, batchId) => replayBatch(writer, kind, batchId),
    async open(session, index) {
      const cases = openCaseImport(session, kind);
      const take = (row: Row) => {
        const id = row.required(table.key);
        const step = spec.step(row, session.note);
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
