import { refusal, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { SqlValue } from '../store/open.ts';
import type { Writer } from '../store/store.ts';
import type { Profile } from './profile.ts';

/** A batch that was taken back. */
export interface UndoneBatch {
  readonly batch: number;
  readonly profile: string;
  readonly file: string;
  readonly sha256: string;
  /** Rows that the batch had put in and that are gone again. */
  readonly removed: number;
  /** Rows that are again what they were before the batch. */
  readonly restored: number;
}

/**
 * Takes a batch back: its profile's own undo first, then every row that it remembered, last one first; its findings
 * go with it. Throws a usage error when there is no such batch, it is undone already, or a later batch stands on it, and
 * a refusal when steps were entered here on its records.
 */
export async function undoBatch(
  writer: Writer,
  batchId: number,
  profiles: readonly Profile[],
  undoneAt: Instant,
): Promise<UndoneBatch> {
  const batch = writer
    .prepare('select profile, file, sha256, undone_at from batch where id = ?')
    .get(batchId);
  if (batch === undefined) {
    throw usageError(`There is no batch ${batchId}.`, 'An import names its batch.');
  }
  if (batch[3] !== null) throw usageError(`Batch ${batchId} is undone already.`);
  refuseWhenBuiltUpon(writer, batchId);
  const profile = profiles.find((one) => one.name === batch[0]);
  if (profile?.keptBy !== undefined) refuseWhenActedOn(writer, batchId, profile.system, profile.keptBy);
  await profile?.undo?.(writer, batchId);

  const restore = restorer(writer);
  let removed = 0;
  let restored = 0;
  const page = writer.prepare(
    'select id, table_name, row_key, before from undo where batch_id = ? and id < ? order by id desc limit 1000',
  );
  for (let last = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = page.all(batchId, last);
    for (const [id, table, key, before] of rows) {
      last = Number(id);
      const row: unknown = before === null ? null : JSON.parse(String(before));
      if (row === null) removed += restore(String(table), String(key), null);
      else if (typeof row === 'object')
        restored += restore(String(table), String(key), new Map(Object.entries(row)));
    }
    if (rows.length === 0) break;
  }
  writer.prepare('delete from finding where batch_id = ?').run(batchId);
  writer.prepare('update batch set undone_at = ? where id = ?').run(undoneAt, batchId);
  await profile?.undone?.(writer, batchId);
  return {
    batch: batchId,
    profile: String(batch[0]),
    file: String(batch[1]),
    sha256: String(batch[2]),
    removed,
    restored,
  };
}

function refuseWhenBuiltUpon(writer: Writer, batchId: number): void {
  const later = writer
    .prepare(
      `select min(later.batch_id)
       from undo mine
       join undo later on later.table_name = mine.table_name and later.row_key = mine.row_key
       join batch on batch.id = later.batch_id
       where mine.batch_id = ? and later.batch_id > mine.batch_id and batch.undone_at is null`,
    )
    .get(batchId)?.[0];
  if (typeof later === 'number') {
    throw usageError(
      `Batch ${batchId} cannot be undone: batch ${later} has changed some of its rows since.`,
      `Undo batch ${later} first.`,
    );
  }
}

// Steps that a member entered would hang in the air, and what was decided here would be gone.
function refuseWhenActedOn(writer: Writer, batchId: number, system: string, rule: string): void {
  const acted = writer
    .prepare(
      `select min(record_id), count(distinct record_id) from event
       where chain = ? and origin = 'local' and record_id in (
         select record_id from event where chain = ? and batch_id = ?
         union select row_key from undo where batch_id = ?)`,
    )
    .get(system, system, batchId, batchId);
  const [first, count] = [acted?.[0], Number(acted?.[1] ?? 0)];
  if (count === 0) return;
  const more = count === 1 ? '' : ` and ${count - 1} more`;
  throw refusal(
    rule,
    loadPolicy().cite(rule),
    `Batch ${batchId} cannot be taken back: steps were entered here on ${String(first)}${more}.`,
    'Correct single records by further steps, or import a corrected file.',
  );
}

/** Key columns as one text, for rows that one column does not name. */
export function rowKey(columns: Readonly<Record<string, SqlValue>>): string {
  return JSON.stringify(columns);
}

function restorer(writer: Writer) {
  const statements = new Map<string, ReturnType<Writer['prepare']>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? writer.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const shapes = new Map<string, TableShape>();
  const keysOf = (
    table: string,
    key: string,
    before: ReadonlyMap<string, unknown> | null,
  ): [string, SqlValue][] => {
    const shape = shapes.get(table) ?? shapeOf(writer, table);
    shapes.set(table, shape);
    if (shape.primary.length > 1) {
      const parsed: Record<string, SqlValue> = JSON.parse(key);
      return Object.entries(parsed);
    }
    // The key as remembered first, where the table has another unique column than its primary key.
    const [first] = before ?? [];
    const named = first !== undefined && shape.unique.has(first[0]) && String(first[1]) === key;
    return [[named ? first[0] : (shape.primary[0] ?? 'rowid'), key]];
  };
  return (table: string, key: string, before: ReadonlyMap<string, unknown> | null): number => {
    const keys = keysOf(table, key, before);
    const where = keys.map(([column]) => `${column} is ?`).join(' and ');
    const values = keys.map(([, value]) => value);
    if (before === null) return prepared(`delete from ${table} where ${where}`).run(...values).changes;
    const row = new Map<string, SqlValue>(keys);
    for (const [column, value] of before) row.set(column, value as SqlValue);
    const columns = [...row.keys()];
    const cells = [...row.values()];
    // Updated in place where it is still there: deleting it would take the rows that hang on it along.
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    const updated = prepared(`update ${table} set ${sets} where ${where}`).run(...cells, ...values).changes;
    if (updated > 0) return updated;
    const marks = columns.map(() => '?').join(', ');
    return prepared(`insert into ${table} (${columns.join(', ')}) values (${marks})`).run(...cells).changes;
  };
}

interface TableShape {
  readonly primary: readonly string[];
  readonly unique: ReadonlySet<string>;
}

function shapeOf(writer: Writer, table: string): TableShape {
  const primary = writer.prepare('select name from pragma_table_info(?) where pk > 0 order by pk').all(table);
  const unique = writer
    .prepare(
      `select min(column.name) from pragma_index_list(?) as found, pragma_index_info(found.name) as column
       where found."unique" = 1 group by found.name having count(*) = 1`,
    )
    .all(table);
  return {
    primary: primary.map(([name]) => String(name)),
    unique: new Set(unique.map(([name]) => String(name))),
  };
}
