import type { SqlValue } from '../store/open.ts';
import type { ImportSession } from './profile.ts';

/** Writes a record's own columns (not what its events lead to); answers whether it is new and whether they changed. */
export interface Attributes {
  put(
    key: string,
    values: Readonly<Record<string, SqlValue>>,
  ): { readonly isNew: boolean; readonly changed: boolean };
}

/**
 * Upserts `columns` of a table by key. A null in a later export says nothing and leaves what is there. What a row was
 * is remembered, so that the batch can be taken back.
 */
export function openAttributes(
  session: ImportSession,
  target: { readonly table: string; readonly key: string },
  columns: readonly string[],
  fixed: Readonly<Record<string, SqlValue>>,
): Attributes {
  const { writer, batchId } = session;
  const select = writer.prepare(`select ${columns.join(', ')} from ${target.table} where ${target.key} = ?`);
  const extra = Object.keys(fixed);
  const all = [target.key, ...columns, ...extra, 'batch_id'];
  const insert = writer.prepare(
    `insert into ${target.table} (${all.join(', ')}) values (${all.map(() => '?').join(', ')})`,
  );
  const update = writer.prepare(
    `update ${target.table} set ${columns.map((column) => `${column} = ?`).join(', ')} where ${target.key} = ?`,
  );
  return {
    put(key, values) {
      const before = select.get(key);
      if (before === undefined) {
        insert.run(key, ...columns.map((column) => values[column] ?? null), ...Object.values(fixed), batchId);
        session.remember(target.table, key, null);
        return { isNew: true, changed: true };
      }
      const after = columns.map((column, i) => values[column] ?? before[i] ?? null);
      if (after.every((value, i) => value === before[i])) return { isNew: false, changed: false };
      session.remember(
        target.table,
        key,
        Object.fromEntries(columns.map((column, i) => [column, before[i] ?? null])),
      );
      update.run(...after, key);
      return { isNew: false, changed: true };
    },
  };
}
