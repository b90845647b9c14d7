import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAR_FUTURE } from '../../src/core/instant.ts';
import { backupStore, writeWhole } from '../../src/store/backup.ts';
import { migrateStore, storeFacts, storeFaults } from '../../src/store/maintenance.ts';
import { APPLICATION_ID, knownVersion, shippedMigrations } from '../../src/store/migrate.ts';
import { read, write } from '../../src/store/store.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
  path = join(folder, 'rollcall.db');
  await write(
    path,
    async (writer) => {
      writer
        .prepare('insert into member (member_id, rank, rank_level) values (?, ?, 1)')
        .run('M1', 'Officer');
    },
    { create: true },
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Does to the file what no command does. */
function tamper(sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

const clock = (values: string) =>
  tamper(
    `insert into clock (system, record_id, rule, clock_key, period, started_at, opened_at, due_at, stopped_at, ended_by)
     values ${values}`,
  );

describe('storeFacts', () => {
  test('tells size, mode, version and rows by table', () => {
    const facts = storeFacts(path);
    expect(facts).toMatchObject({ path, mode: 0o600, version: knownVersion(), journal: 'wal' });
    expect(facts.bytes).toBe(statSync(path).size);
    expect(facts.tables.find(({ name }) => name === 'member')).toEqual({ name: 'member', rows: 1 });
  });
});

describe('storeFaults', () => {
  test('finds nothing in a sound store', () => {
    expect(storeFaults(path)).toEqual([]);
  });

  test('misses a guard that someone took out, and one that someone weakened', () => {
    tamper('drop trigger event_is_never_changed');
    expect(storeFaults(path)).toEqual([
      { check: 'shape', text: 'the trigger event_is_never_changed is missing' },
    ]);
    tamper('create trigger event_is_never_changed before update on event begin select 1; end');
    expect(storeFaults(path)).toEqual([
      { check: 'shape', text: 'the trigger event_is_never_changed was changed' },
    ]);
  });

  test('finds references to what is not there', () => {
    tamper(
      `pragma foreign_keys = off; insert into undo (batch_id, table_name, row_key) values (77, 'member', 'M1')`,
    );
    expect(storeFaults(path)).toEqual([{ check: 'references', text: expect.stringContaining('undo') }]);
  });

  test('finds clocks that contradict themselves and states that contradict their clocks', () => {
    tamper(
      `insert into work_item (work_item_id, member_id, generated_at, models, state, determination)
       values ('W1', 'M1', 1, '[]', 'valid', 'valid')`,
    );
    clock(`('oss', 'W1', 'OSS-16', '', 1, 1, 1, 9, ${FAR_FUTURE}, 'running')`);
    clock(`('concerns', 'C1', 'CC-22', '005', 2, 1, 5, 9, 7, 'running')`);
    const texts = storeFaults(path).map(({ text }) => text);
    expect(texts.toSorted()).toEqual([
      'concerns C1: a clock of CC-22 says "running" and has an end',
      'concerns C1: a clock of CC-22 without any event',
      'concerns C1: period 2 of CC-22 has none before it',
      'oss W1: a clock of OSS-16 without any event',
      'oss W1: determined, and its clock of OSS-16 runs',
      'oss W1: in state "valid" without any event',
    ]);
  });
});

describe('migrateStore', () => {
  test('brings a store of an older version to this one and says what it applied', async () => {
    const old = join(folder, 'old.db');
    const db = new Database(old);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec('create table left_over (n integer)');
    db.close();
    const names = shippedMigrations().map(({ name }) => name);
    expect(migrateStore(old, true)).toEqual({ from: 0, to: knownVersion(), applied: names });
    await expect(read(old, async () => {})).rejects.toMatchObject({ kind: 'store' });
    expect(migrateStore(old, false)).toEqual({ from: 0, to: knownVersion(), applied: names });
    expect(await read(old, (reader) => reader.db.selectFrom('batch').selectAll().execute())).toEqual([]);
    expect(migrateStore(old, false).applied).toEqual([]);
  });

  test('refuses a store whose migration differs from the shipped one', () => {
    tamper(`update migration set checksum = 'other'`);
    expect(() => migrateStore(path, false)).toThrow(/differs from the one this store was made with/);
  });
});

describe('backupStore', () => {
  test('makes a store of its own while another connection writes', async () => {
    const copy = join(folder, 'copy.db');
    const writer = new Database(path);
    writer.exec(
      `begin immediate; insert into member (member_id, rank, rank_level) values ('M2', 'Officer', 1)`,
    );
    expect(backupStore(path, copy, false)).toBe(statSync(copy).size);
    writer.exec('commit');
    writer.close();
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(storeFaults(copy)).toEqual([]);
    expect(storeFacts(copy).journal).toBe('wal');
    const ids = await read(copy, (reader) => reader.db.selectFrom('member').select('member_id').execute());
    expect(ids).toEqual([{ member_id: 'M1' }]);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('does not replace a file unless it is told to, and never the store', () => {
    const copy = join(folder, 'copy.db');
    writeFileSync(copy, 'precious');
    expect(() => backupStore(path, copy, false)).toThrow(/copy\.db exists/);
    expect(() => backupStore(path, path, true)).toThrow(/is the store itself/);
    expect(() => backupStore(path, join(folder, 'none', 'copy.db'), false)).toThrow(/no such folder/);
    mkdirSync(join(folder, 'in'));
    expect(() => backupStore(path, join(folder, 'in'), true)).toThrow(/is a folder/);
    backupStore(path, copy, true);
    expect(storeFaults(copy)).toEqual([]);
  });

  test('does not put a copy under the log of a store in use', () => {
    const copy = join(folder, 'copy.db');
    backupStore(path, copy, false);
    writeFileSync(`${copy}-wal`, 'log');
    expect(() => backupStore(path, copy, true)).toThrow(/is in use/);
  });

  test('leaves nothing behind when the store cannot be read', () => {
    const copy = join(folder, 'copy.db');
    expect(() => backupStore(join(folder, 'none.db'), copy, false)).toThrow(/There is no store/);
    expect(existsSync(copy)).toBe(false);
  });

  test('rows that were deleted do not travel', async () => {
    const secret = 'a-text-that-was-erased-0123456789';
    tamper(`insert into member (member_id, rank, rank_level) values ('${secret}', 'Officer', 1)`);
    tamper(`delete from member where member_id = '${secret}'`);
    const copy = join(folder, 'copy.db');
    backupStore(path, copy, false);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(copy).includes(secret)).toBe(false);
  });
});

test('a small file is written whole, for its owner alone', () => {
  const file = join(folder, 'heads.json');
  writeWhole(file, '{}');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(() => writeWhole(join(folder, 'none', 'x'), '{}')).toThrow(/no such folder/);
});
