import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { applyMigrations, knownVersion, shippedMigrations } from './migrate.ts';
import { explainStoreError, openStore } from './open.ts';

/** What the store's file is, of any version that this program can read. */
export interface StoreFacts {
  readonly path: string;
  /** Bytes of the file and of its write-ahead log. */
  readonly bytes: number;
  readonly walBytes: number;
  /** Permission bits: 0o600. */
  readonly mode: number;
  readonly version: number;
  readonly knownVersion: number;
  readonly journal: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

type Db = Database.Database;

function withStore<T>(path: string, readonly: boolean, use: (db: Db) => T): T {
  const db = openStore(path, { readonly, anyVersion: true });
  try {
    return use(db);
  } catch (error) {
    throw explainStoreError(error, path);
  } finally {
    db.close();
  }
}

function texts(db: Db, sql: string): readonly string[] {
  return db.prepare<[], string>(sql).pluck().all();
}

function tableNames(db: Db): readonly string[] {
  return texts(
    db,
    `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`,
  );
}

/** Size, mode, version and rows by table. Throws store errors; reads stores of older versions too. */
export function storeFacts(path: string): StoreFacts {
  return withStore(path, true, (db) => {
    const file = statSync(path);
    db.exec('begin');
    return {
      path,
      bytes: file.size,
      walBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      mode: file.mode & 0o777,
      version: Number(db.pragma('user_version', { simple: true })),
      knownVersion: knownVersion(),
      journal: String(db.pragma('journal_mode', { simple: true })),
      tables: tableNames(db).map((name) => ({
        name,
        rows: db.prepare<[], number>(`select count(*) from "${name}"`).pluck().get() ?? 0,
      })),
    };
  });
}

/** Something that is wrong with a store: which check found it, and where. */
export interface StoreFault {
  readonly check: 'file' | 'references' | 'shape' | 'clocks' | 'states';
  readonly text: string;
}

const MOST_FAULTS = 100;

/**
 * Looks for damage: the file's own structure, references between tables, tables and triggers that ought to be there,
 * clocks that contradict themselves, states that contradict their clocks. Empty when all is well.
 */
export function storeFaults(path: string): readonly StoreFault[] {
  return withStore(path, true, (db) => {
    db.exec('begin');
    const file = texts(db, `pragma integrity_check(${MOST_FAULTS})`)
      .filter((text) => text !== 'ok')
      .map((text): StoreFault => ({ check: 'file', text }));
    // What stands on a damaged file cannot be judged.
    if (file.length > 0) return file;
    const shape = shapeFaults(db);
    return shape.length > 0 ? shape : [...referenceFaults(db), ...contradictions(db)];
  });
}

function referenceFaults(db: Db): readonly StoreFault[] {
  const rows = db
    .prepare<[], { table: string; rowid: number | null; parent: string }>('pragma foreign_key_check')
    .all();
  return rows.slice(0, MOST_FAULTS).map(({ table, rowid, parent }) => ({
    check: 'references',
    text: `${table}${rowid === null ? '' : ` row ${rowid}`} names a ${parent} that does not exist`,
  }));
}

/** The tables, indexes and triggers of a new store are the measure; triggers to the letter. */
function shapeFaults(db: Db): readonly StoreFault[] {
  const sql = `select type || ' ' || name, case type when 'trigger' then sql end from sqlite_schema
    where name not like 'sqlite_%'`;
  const shapeOf = (of: Db) => new Map(of.prepare<[], [string, string | null]>(sql).raw().all());
  const fresh = new Database(':memory:');
  try {
    applyMigrations(fresh);
    const here = shapeOf(db);
    return [...shapeOf(fresh)].flatMap(([name, text]): StoreFault[] => {
      if (!here.has(name)) return [{ check: 'shape', text: `the ${name} is missing` }];
      if (here.get(name) !== text) return [{ check: 'shape', text: `the ${name} was changed` }];
      return [];
    });
  } finally {
    fresh.close();
  }
}

/** Queries that find nothing in a sound store; each answers `what` it found as text. */
const CONTRADICTIONS: readonly { readonly check: StoreFault['check']; readonly sql: string }[] = [
  {
    check: 'clocks',
    sql: `select system || ' ' || record_id || ': a clock of ' || rule || ' says "' || ended_by || '" and '
        || case when stopped_at = 253370764800 then 'has no end' else 'has an end' end
      from clock where (ended_by = 'running') <> (stopped_at = 253370764800)`,
  },
  {
    check: 'clocks',
    sql: `select system || ' ' || record_id || ': ' || count(*) || ' clocks of ' || rule || ' run at once'
      from clock where stopped_at = 253370764800 group by system, record_id, rule, clock_key having count(*) > 1`,
  },
  {
    check: 'clocks',
    sql: `select distinct c.system || ' ' || c.record_id || ': a clock of ' || c.rule || ' without any event'
      from clock as c where not exists
        (select 1 from event as e where e.chain = c.system and e.record_id = c.record_id)`,
  },
  {
    check: 'clocks',
    sql: `select b.system || ' ' || b.record_id || ': period ' || b.period || ' of ' || b.rule || ' has none before it'
      from clock as b where b.period > 1 and not exists
        (select 1 from clock as a where a.system = b.system and a.record_id = b.record_id
          and a.clock_key = b.clock_key and a.period = b.period - 1 and a.stopped_at <= b.opened_at)`,
  },
  {
    check: 'states',
    sql: `select 'oss ' || w.work_item_id || ': determined, and its clock of OSS-16 runs'
      from clock as c join work_item as w on w.work_item_id = c.record_id
      where c.system = 'oss' and c.rule = 'OSS-16' and c.stopped_at = 253370764800 and w.determination is not null`,
  },
  {
    check: 'states',
    sql: `select 'concerns ' || k.control_number || ': closed, and a clock of ' || c.rule || ' runs'
      from clock as c join concern as k on k.control_number = c.record_id
      where c.system = 'concerns' and c.stopped_at = 253370764800 and k.state = 'closed'`,
  },
  {
    check: 'states',
    sql: `select 'csr ' || s.sr_number || ': closed, and a clock of ' || c.rule || ' runs'
      from clock as c join srswo as s on s.sr_number = c.record_id
      where c.system = 'csr' and c.stopped_at = 253370764800 and s.state = 'closed'`,
  },
  // OSS-14: a Work Item that was generated stays, unless its import was taken back.
  {
    check: 'states',
    sql: `select distinct 'oss ' || e.record_id || ': generated, and there is no such Work Item'
      from event as e left join batch as b on b.id = e.batch_id
      where e.chain = 'oss' and e.name = 'generated' and b.undone_at is null and not exists
        (select 1 from work_item as w where w.work_item_id = e.record_id)`,
  },
  // OSS-13, CC-03: a record that has moved on has an event for it.
  {
    check: 'states',
    sql: `select 'oss ' || work_item_id || ': in state "' || state || '" without any event' from work_item as r
      where state not in ('new', 'generated') and not exists
        (select 1 from event as e where e.chain = 'oss' and e.record_id = r.work_item_id)`,
  },
  {
    check: 'states',
    sql: `select 'concerns ' || control_number || ': in state "' || state || '" without any event' from concern as r
      where state <> 'submitted' and not exists
        (select 1 from event as e where e.chain = 'concerns' and e.record_id = r.control_number)`,
  },
  {
    check: 'states',
    sql: `select 'csr ' || sr_number || ': in state "' || state || '" without any event' from srswo as r
      where state <> 'new' and not exists
        (select 1 from event as e where e.chain = 'csr' and e.record_id = r.sr_number)`,
  },
];

function contradictions(db: Db): readonly StoreFault[] {
  return CONTRADICTIONS.flatMap(({ check, sql }) =>
    texts(db, `${sql} limit ${MOST_FAULTS}`).map((text) => ({ check, text })),
  );
}

/** What `db migrate` would do, or did. */
export interface Migrated {
  readonly from: number;
  readonly to: number;
  readonly applied: readonly string[];
}

/** Brings a store to this version, each migration in a transaction; on a dry run only says which are missing. */
export function migrateStore(path: string, dryRun: boolean): Migrated {
  return withStore(path, dryRun, (db) => {
    const from = Number(db.pragma('user_version', { simple: true }));
    const missing = shippedMigrations().filter((migration) => migration.version > from);
    const applied = dryRun ? missing.map((migration) => migration.name) : applyMigrations(db);
    return { from, to: knownVersion(), applied };
  });
}
