import type { SqlValue } from '../store/open.ts';
import type { ImportSession, RowFate } from './profile.ts';
import { rowKey } from './undo.ts';

/** The table that a file fills: its key columns, and those that a row gives beside them. */
export interface UpsertTarget {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly system: string;
  /** What a column that has to hold something begins with, where a new row says nothing of it. */
  readonly initial?: Readonly<Record<string, SqlValue>>;
}

/** Writes rows by key. */
export interface Upsert {
  /** Values of the key columns and of `columns`; a null in a row that is known says nothing and leaves what is there. */
  put(
    key: readonly SqlValue[],
    values: readonly SqlValue[],
  ): { readonly isNew: boolean; readonly changed: boolean };
  /** What became of the rows put so far; a row that a later one of the file replaces counts as unchanged. */
  counts(): Readonly<Record<RowFate, number>>;
}

/**
 * Upserts rows of one file and remembers what was there, so that the batch can be undone. A key twice in the file: the
 * last wins over what was there before the file, with a finding; so the same file imported again changes nothing.
 */
export function openUpsert(session: ImportSession, target: UpsertTarget): Upsert {
  const { writer, batchId } = session;
  const { table, key: keys, columns, initial = {} } = target;
  const where = keys.map((name) => `${name} = ?`).join(' and ');
  const selected = columns.length === 0 ? '1' : columns.join(', ');
  const select = writer.prepare(`select ${selected} from ${table} where ${where}`);
  const all = [...keys, ...columns, 'batch_id'];
  const insert = writer.prepare(
    `insert into ${table} (${all.join(', ')}) values (${all.map(() => '?').join(', ')})`,
  );
  const update =
    columns.length === 0
      ? null
      : writer.prepare(
          `update ${table} set ${columns.map((name) => `${name} = ?`).join(', ')} where ${where}`,
        );
  const forget = writer.prepare('delete from undo where batch_id = ? and table_name = ? and row_key = ?');
  const fates: Record<RowFate, number> = { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 };
  const met = new Map<string, Met>();

  function textOf(key: readonly SqlValue[]): string {
    const only = key.length === 1 ? key[0] : undefined;
    if (only !== undefined && only !== null) return String(only);
    return rowKey(Object.fromEntries(keys.map((name, i) => [name, key[i] ?? null])));
  }

  function again(text: string, before: Met, key: readonly SqlValue[], values: readonly SqlValue[]): void {
    if (columns.length > 0) {
      session.finding({
        system: target.system,
        record: key.join(' '),
        rule: null,
        code: 'DUPLICATE_KEY',
        at: null,
        text: 'stands twice in one file; the last row was taken',
      });
    }
    if (before === 'inserted') {
      update?.run(...begun(values), ...key);
      fates.unchanged++;
      return;
    }
    const original = before === 'unchanged' ? stored(key) : before.original;
    if (original === null) return;
    const next = merged(values, original);
    const changed = !same(next, original);
    if (changed || before !== 'unchanged') update?.run(...next, ...key);
    met.set(text, changed ? { original } : 'unchanged');
    if (changed === (before !== 'unchanged')) fates.unchanged++;
    else if (changed) {
      session.remember(table, text, named(original));
      fates.updated++;
    } else {
      // The last row brings back what an earlier one had changed.
      forget.run(batchId, table, text);
      fates.updated--;
      fates.unchanged += 2;
    }
  }

  function begun(values: readonly SqlValue[]): readonly SqlValue[] {
    return values.map((value, i) => value ?? initial[columns[i] ?? ''] ?? null);
  }

  function stored(key: readonly SqlValue[]): readonly SqlValue[] | null {
    const row = select.get(...key);
    if (row === undefined) return null;
    return columns.length === 0 ? [] : row;
  }

  function named(values: readonly SqlValue[]): Readonly<Record<string, SqlValue>> {
    return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null]));
  }

  return {
    put(key, values) {
      const text = textOf(key);
      const before = met.get(text);
      if (before !== undefined) {
        again(text, before, key, values);
        return { isNew: false, changed: true };
      }
      const original = stored(key);
      if (original === null) {
        insert.run(...key, ...begun(values), batchId);
        session.remember(table, text, null);
        met.set(text, 'inserted');
        fates.inserted++;
        return { isNew: true, changed: true };
      }
      const next = merged(values, original);
      const changed = !same(next, original);
      met.set(text, changed ? { original } : 'unchanged');
      if (changed) {
        session.remember(table, text, named(original));
        update?.run(...next, ...key);
        fates.updated++;
      } else fates.unchanged++;
      return { isNew: false, changed };
    },
    counts: () => fates,
  };
}

/** What a key met in this file has done so far; of a changed row what it was before the file. */
type Met = 'inserted' | 'unchanged' | { readonly original: readonly SqlValue[] };

function merged(values: readonly SqlValue[], original: readonly SqlValue[]): readonly SqlValue[] {
  return original.map((old, i) => values[i] ?? old);
}

function same(a: readonly SqlValue[], b: readonly SqlValue[]): boolean {
  return a.every((value, i) => value === b[i]);
}
