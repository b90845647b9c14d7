import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { storeError } from '../core/errors.ts';
import { APPLICATION_ID, applyMigrations } from './migrate.ts';
import {
  explainStoreError,
  openStore,
  type Rows,
  refuseAddress,
  rowsOf,
  type SqlValue,
  viewing,
  WRITE_CACHE,
} from './open.ts';
import type { Schema } from './schema.ts';

/** Typed queries without the verbs that write. */
export type ReadDb = Pick<Kysely<Schema>, 'selectFrom' | 'with' | 'fn' | 'dynamic'>;

/** One consistent view of a store. Cannot write: by type, and because the file is opened read-only. */
export interface Reader extends Rows {
  readonly db: ReadDb;
}

/** Adds rows through prepared statements of many rows each; call `flush` at the end. Answers rows written so far. */
export interface Bulk {
  add(row: readonly SqlValue[]): void;
  flush(): number;
}

export interface BulkOptions {
  readonly onConflict?: 'fail' | 'ignore' | 'replace';
  readonly rowsPerStatement?: number;
}

/** The handle inside one write transaction. */
export interface Writer extends Reader {
  readonly write: Kysely<Schema>;
  bulk(table: keyof Schema, columns: readonly string[], options?: BulkOptions): Bulk;
  /** A prepared statement for a hot path: `run` answers rows changed and the last rowid, `get` one row or undefined. */
  prepare(sql: string): {
    run(...values: SqlValue[]): { changes: number; lastInsertRowid: number };
    get(...values: SqlValue[]): readonly SqlValue[] | undefined;
    all(...values: SqlValue[]): readonly (readonly SqlValue[])[];
  };
  /** Statements without values, e.g. dropping and building an index inside the transaction. */
  exec(sql: string): void;
}

function reader(db: Database.Database, path: string): Reader & { readonly kysely: Kysely<Schema> } {
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: db }) });
  return { ...rowsOf(db, path), db: kysely, kysely };
}

function makeBulk(
  db: Database.Database,
  table: string,
  columns: readonly string[],
  options: BulkOptions,
): Bulk {
  const perStatement = options.rowsPerStatement ?? 10;
  const verb = { fail: 'insert', ignore: 'insert or ignore', replace: 'insert or replace' }[
    options.onConflict ?? 'fail'
  ];
  const head = `${verb} into ${table} (${columns.join(', ')}) values `;
  const one = `(${columns.map(() => '?').join(', ')})`;
  const many = db.prepare(head + Array.from({ length: perStatement }, () => one).join(', '));
  const single = db.prepare(head + one);
  const width = columns.length;
  const waiting: SqlValue[] = new Array(width * perStatement);
  let used = 0;
  let written = 0;
  return {
    add(row) {
      for (let i = 0; i < width; i++) waiting[used + i] = row[i] ?? null;
      used += width;
      if (used === waiting.length) {
        written += many.run(waiting).changes;
        used = 0;
      }
    },
    flush() {
      for (let at = 0; at < used; at += width) written += single.run(waiting.slice(at, at + width)).changes;
      used = 0;
      return written;
    },
  };
}

function writer(db: Database.Database, path: string): Writer {
  const base = reader(db, path);
  return {
    path,
    db: base.db,
    scan: base.scan,
    pages: base.pages,
    rows: base.rows,
    write: base.kysely,
    bulk: (table, columns, options = {}) => makeBulk(db, table, columns, options),
    prepare(sql) {
      const statement = db.prepare<unknown[], SqlValue[]>(sql);
      if (statement.reader) statement.raw();
      return {
        run(...values) {
          const result = statement.run(...values);
          return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
        },
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      };
    },
    exec(sql) {
      db.exec(sql);
    },
  };
}

/** Runs `use` on one consistent read-only view of the store. */
export async function read<T>(path: string, use: (reader: Reader) => Promise<T>): Promise<T> {
  return viewing(path, (db) => use(reader(db, path)));
}

export interface WriteOptions {
  /** Build the store when there is none: in a temporary file, renamed into place when whole. */
  readonly create?: boolean;
  /** Do everything, then take it all back. */
  readonly dryRun?: boolean;
  /** What is deleted or emptied is overwritten in the file too, and the whole file is packed: slow, for purges only. */
  readonly erases?: boolean;
}

/** Runs `use` in one immediate transaction: committed when it resolves, taken back when it throws or on a dry run. */
export async function write<T>(
  path: string,
  use: (writer: Writer) => Promise<T>,
  options: WriteOptions = {},
): Promise<T> {
  if (!existsSync(path) && options.create) return await createStore(path, use, options.dryRun ?? false);
  const db = openStore(path, { readonly: false });
  try {
    if (options.erases) db.pragma('secure_delete = on');
    db.exec('begin immediate');
    const result = await use(writer(db, path));
    db.exec(options.dryRun ? 'rollback' : 'commit');
    if (options.erases && !options.dryRun) pack(db);
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw explainStoreError(error, path);
  } finally {
    db.close();
  }
}

// Pages keep copies of rows that were moved within them long before: only a packed file is without. The journal goes too.
function pack(db: Database.Database): void {
  db.exec('vacuum');
  db.pragma('wal_checkpoint(truncate)');
}

// What a killed process left of a store that it was building; what a running one builds stays.
function sweepHalfBuilt(path: string): void {
  const folder = dirname(path);
  const name = basename(path);
  for (const file of readdirSync(folder)) {
    if (!file.startsWith(`${name}.`)) continue;
    const [, pid] = /^\.(\d+)\.[0-9a-f]{8}\.tmp(?:-\w+)?$/.exec(file.slice(name.length)) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, file), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function createStore<T>(
  path: string,
  use: (writer: Writer) => Promise<T>,
  dryRun: boolean,
): Promise<T> {
  refuseAddress(path);
  const folder = dirname(path);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  let db: Database.Database | null = null;
  try {
    if (!dryRun) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      sweepHalfBuilt(path);
    }
    db = new Database(dryRun ? ':memory:' : temporary);
    if (!dryRun) chmodSync(temporary, 0o600);
    // Nothing else can see this file before it is whole, so it needs no journal while it is built; a dry run takes
    // back single files and keeps one in memory.
    db.pragma(`journal_mode = ${dryRun ? 'memory' : 'off'}`);
    db.pragma('synchronous = off');
    db.pragma('foreign_keys = on');
    db.pragma(WRITE_CACHE);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    applyMigrations(db);
    db.exec('begin');
    const result = await use(writer(db, path));
    db.exec('commit');
    if (dryRun) return result;
    db.pragma('journal_mode = wal');
    db.close();
    db = null;
    const file = openSync(temporary, 'r+');
    fsyncSync(file);
    closeSync(file);
    if (existsSync(path)) {
      throw storeError(`Another process made the store ${path} meanwhile.`, 'Run the command again.');
    }
    renameSync(temporary, path);
    return result;
  } catch (error) {
    throw explainStoreError(error, path);
  } finally {
    db?.close();
    for (const left of ['', '-journal', '-wal', '-shm']) rmSync(temporary + left, { force: true });
  }
}
