import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { storeError } from '../core/errors.ts';

/** 'roll' in ASCII: marks a SQLite file as a rollcall store. */
export const APPLICATION_ID = 0x726f6c6c;

/** The newest store version this program knows; equals the number of the last file in migrations/sqlite. */
export function knownVersion(): number {
  return NEWEST;
}

const NEWEST = 16;

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

function migrationFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up++) {
    try {
      readFileSync(join(folder, 'package.json'));
      break;
    } catch {
      folder = dirname(folder);
    }
  }
  return join(folder, 'migrations', 'sqlite');
}

/** The migrations that ship with the program, in order. */
export function shippedMigrations(): readonly Migration[] {
  const folder = migrationFolder();
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      const checksum = sha256().update(sql).digest('hex');
      return { version: Number(name.slice(0, 4)), name, sql, checksum };
    });
}

/** Applies what is missing, each migration and its record in one transaction; answers the names applied. */
export function applyMigrations(db: Database.Database): readonly string[] {
  db.exec(
    'create table if not exists migration (version integer primary key, name text not null, checksum text not null) strict',
  );
  const done = new Map(
    db
      .prepare<[], { version: number; checksum: string }>('select version, checksum from migration')
      .all()
      .map((row) => [row.version, row.checksum]),
  );
  const applied: string[] = [];
  for (const migration of shippedMigrations()) {
    const before = done.get(migration.version);
    if (before === migration.checksum) continue;
    if (before !== undefined) {
      throw storeError(
        `Migration ${migration.name} differs from the one this store was made with.`,
        'Install the rollcall that made it.',
      );
    }
    db.exec('begin immediate');
    try {
      db.exec(migration.sql);
      db.prepare('insert into migration (version, name, checksum) values (?, ?, ?)').run(
        migration.version,
        migration.name,
        migration.checksum,
      );
      db.pragma(`user_version = ${migration.version}`);
      db.exec('commit');
    } catch (error) {
      if (db.inTransaction) db.exec('rollback');
      throw error;
    }
    applied.push(migration.name);
  }
  return applied;
}

// Loading node:crypto takes a fifth of the program's start, and few commands need it.
function sha256() {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}
