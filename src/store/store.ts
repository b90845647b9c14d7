import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { storeError } from '../core/errors.ts';
import { APPLICATION_ID, applyMigrations, knownVersion } from './migrate.ts';
import type { Schema } from './schema.ts';

/** Values that a column can hold. */
export type SqlValue = string | number | bigint | Buffer | null;

/** Typed queries without the verbs that write. */
export type ReadDb = Pick<Kysely<Schema>, 'selectFrom' | 'with' | 'fn' | 'dynamic'>;

/** SQL text and its bound values; a compiled Kysely query is one. */
export type Query = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** One consistent view of a store. Cannot write: by type, and because the file is opened read-only. */
export interface Reader {
  readonly path: string;
  readonly db: ReadDb;
  /** All rows of a query as arrays of column values, in batches: constant memory at any size. */
  scan(query: Query, batchSize?: number): AsyncGenerator<readonly (readonly SqlValue[])[]>;
  /** All rows as arrays of column values, at once: for results known to be small. */
  rows(query: Query): Promise<readonly (readonly SqlValue[])[]>;
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

const BUSY_MILLISECONDS = 5000;

// How long to wait for a store that another process holds; ROLLCALL_BUSY_MS shortens it.
function busyMilliseconds(): number {
  const given = Number(process.env.ROLLCALL_BUSY_MS);
  return process.env.ROLLCALL_BUSY_MS !== undefined && Number.isInteger(given) && given >= 0
    ? given
    : BUSY_MILLISECONDS;
}

function looksLikeSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(16);
    const n = readSync(file, head, 0, 16, 0);
    return n === 0 || head.toString('latin1', 0, 15) === 'SQLite format 3';
  } finally {
    closeSync(file);
  }
}

function isSqliteError(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_')
  );
}

/** Turns a driver error into a store error with a remedy; anything else is handed on unchanged. */
export function explainStoreError(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return explainFileError(error, path);
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return storeError(`The store ${path} is held by another process.`, 'Try again when it has finished.');
  }
  if (error.code === 'SQLITE_NOTADB')
    return storeError(`${path} is no rollcall store.`, 'Name another with --store.');
  if (error.code.startsWith('SQLITE_CORRUPT')) {
    return storeError(
      `The store ${path} is damaged: ${error.message}.`,
      'Restore a backup made with: rollcall db backup',
    );
  }
  if (
    error.code.startsWith('SQLITE_CANTOPEN') ||
    error.code.startsWith('SQLITE_READONLY') ||
    error.code === 'SQLITE_FULL' ||
    error.code.startsWith('SQLITE_IOERR')
  ) {
    return storeError(
      `The store ${path} cannot be used: ${error.message}.`,
      'Check the folder, its permissions and its free space.',
    );
  }
  return error;
}

function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR')
    return storeError(`${path} is a folder, no rollcall store.`, 'Name a file with --store.');
  if (code === 'EACCES' || code === 'EPERM') {
    return storeError(
      `The store ${path} may not be read by you.`,
      'Check its owner and mode, and those of its folder.',
    );
  }
  return error;
}

// An address may hold a password, so it is not repeated.
function refuseAddress(path: string): void {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return;
  throw storeError(
    'The store is given as an address; this rollcall keeps it in a file.',
    'Name a file with --store.',
  );
}

/** Opens an existing store and checks what it is. Throws a store error (exit code 5) with the remedy. */
export function openStore(
  path: string,
  options: { readonly readonly: boolean; readonly anyVersion?: boolean },
): Database.Database {
  refuseAddress(path);
  if (!existsSync(path)) {
    throw storeError(
      `There is no store at ${path}.`,
      'Import a file to make one, or name another with --store.',
    );
  }
  let db: Database.Database | null = null;
  try {
    if (!looksLikeSqlite(path))
      throw storeError(`${path} is no rollcall store.`, 'Name another with --store.');
    db = new Database(path, { readonly: options.readonly, timeout: busyMilliseconds() });
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw storeError(`${path} is no rollcall store.`, 'Name another with --store.');
    }
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > knownVersion()) {
      throw storeError(
        `The store ${path} was made by a newer rollcall (store version ${version}, this one knows ${knownVersion()}).`,
        'Update rollcall.',
      );
    }
    if (version < knownVersion() && !options.anyVersion) {
      throw storeError(
        `The store ${path} is of version ${version}; this rollcall needs ${knownVersion()}.`,
        'Run: rollcall db migrate',
      );
    }
    db.pragma('foreign_keys = on');
    if (!options.readonly) db.pragma('synchronous = full');
    return db;
  } catch (error) {
    db?.close();
    throw explainStoreError(error, path);
  }
}

function reader(db: Database.Database, path: string): Reader & { readonly kysely: Kysely<Schema> } {
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: db }) });
  return {
    path,
    db: kysely,
    kysely,
    async *scan(query, batchSize = 1000) {
      const statement = db.prepare<unknown[], SqlValue[]>(query.sql).raw();
      let batch: SqlValue[][] = [];
      for (const row of statement.iterate(...query.parameters)) {
        batch.push(row);
        if (batch.length >= batchSize) {
          yield batch;
          batch = [];
        }
      }
      if (batch.length > 0) yield batch;
    },
    async rows(query) {
      return db
        .prepare<unknown[], SqlValue[]>(query.sql)
        .raw()
        .all(...query.parameters);
    },
  };
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
  const db = openStore(path, { readonly: true });
  try {
    db.exec('begin');
    return await use(reader(db, path));
  } catch (error) {
    throw explainStoreError(error, path);
  } finally {
    db.close();
  }
}

export interface WriteOptions {
  /** Build the store when there is none: in a temporary file, renamed into place when whole. */
  readonly create?: boolean;
  /** Do everything, then take it all back. */
  readonly dryRun?: boolean;
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
    db.exec('begin immediate');
    const result = await use(writer(db, path));
    db.exec(options.dryRun ? 'rollback' : 'commit');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw explainStoreError(error, path);
  } finally {
    db.close();
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
    if (!dryRun) mkdirSync(folder, { recursive: true, mode: 0o700 });
    db = new Database(dryRun ? ':memory:' : temporary);
    if (!dryRun) chmodSync(temporary, 0o600);
    // Nothing else can see this file before it is whole, so it needs no journal while it is built.
    db.pragma('journal_mode = off');
    db.pragma('synchronous = off');
    db.pragma('foreign_keys = on');
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
    for (const left of [temporary, `${temporary}-wal`, `${temporary}-shm`]) rmSync(left, { force: true });
  }
}
