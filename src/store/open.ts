import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { storeError } from '../core/errors.ts';
import { APPLICATION_ID, knownVersion } from './migrate.ts';

/** Values that a column can hold. */
export type SqlValue = string | number | bigint | Buffer | null;

/** SQL text and its bound values; a compiled Kysely query is one. */
export interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** One consistent view of a store by SQL text: for commands that cron starts, which cannot pay for typed queries. */
export interface Rows {
  readonly path: string;
  /** All rows of a query as arrays of column values, in batches: constant memory at any size. */
  scan(query: Query, batchSize?: number): AsyncGenerator<readonly (readonly SqlValue[])[]>;
  /**
   * The same in pages of up to `size` rows, a quarter cheaper where rows are many and short. The query orders by the
   * columns that it answers with at the places `key`, and takes as its last values the key to go on after and the size
   * of a page: `… where (a, b) > (?, ?) order by a, b limit ?`. The first page comes after the empty key.
   */
  pages(
    query: Query,
    key: readonly number[],
    size?: number,
  ): AsyncGenerator<readonly (readonly SqlValue[])[]>;
  /** All rows as arrays of column values, at once: for results known to be small. */
  rows(query: Query): Promise<readonly (readonly SqlValue[])[]>;
}

const BUSY_MILLISECONDS = 5000;

/** Whoever reads much reads the store's pages where they lie, up to 256 MB of them, without a copy of each. */
const MAPPED = 'mmap_size = 268435456';

/** Statements of one connection that are kept compiled. */
const PREPARED = 100;

/** 48 MB of pages: an import that spreads over several indexes otherwise reads the same pages over and over. */
export const WRITE_CACHE = 'cache_size = -49152';

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
/** Refuses a store given as an address; throws a store error that does not repeat it. */
export function refuseAddress(path: string): void {
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
    if (!options.readonly) {
      db.pragma('synchronous = full');
      db.pragma(WRITE_CACHE);
    }
    return db;
  } catch (error) {
    db?.close();
    throw explainStoreError(error, path);
  }
}

/** The rows of an open store. */
export function rowsOf(db: Database.Database, path: string): Rows {
  const prepared = new Map<string, Database.Statement<unknown[], SqlValue[]>>();
  // One that is asked again and again with other values is compiled once.
  const statementOf = (sql: string) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare<unknown[], SqlValue[]>(sql).raw();
    if (prepared.size >= PREPARED) prepared.clear();
    prepared.set(sql, statement);
    return statement;
  };
  return {
    path,
    async *scan(query, batchSize = 1000) {
      db.pragma(MAPPED);
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
    async *pages(query, key, size = 1000) {
      db.pragma(MAPPED);
      const statement = statementOf(query.sql);
      let after: SqlValue[] = key.map(() => '');
      for (;;) {
        const page = statement.all(...query.parameters, ...after, size);
        const last = page.at(-1);
        if (last === undefined) return;
        after = key.map((place) => last[place] ?? null);
        yield page;
        if (page.length < size) return;
      }
    },
    async rows(query) {
      return statementOf(query.sql).all(...query.parameters);
    },
  };
}

/** Runs `use` on an open store's one consistent read-only view and closes it. */
export async function viewing<T>(path: string, use: (db: Database.Database) => Promise<T>): Promise<T> {
  const db = openStore(path, { readonly: true });
  try {
    db.exec('begin');
    return await use(db);
  } catch (error) {
    throw explainStoreError(error, path);
  } finally {
    db.close();
  }
}

/** Runs `use` on the rows of a store, without loading typed queries. */
export async function readRows<T>(path: string, use: (rows: Rows) => Promise<T>): Promise<T> {
  return viewing(path, (db) => use(rowsOf(db, path)));
}
