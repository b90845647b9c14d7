import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPLICATION_ID } from '../../src/store/migrate.ts';
import { read, write } from '../../src/store/store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
  path = join(folder, 'rollcall.db');
});

afterEach(() => {
  delete process.env.ROLLCALL_BUSY_MS;
  rmSync(folder, { recursive: true, force: true });
});

const make = () => write(path, async () => {}, { create: true });
const look = (at = path) => read(at, async () => 'read');

/** One clear line: no line break, the path in it, no driver's name. */
function storeFailure(message: RegExp) {
  return { kind: 'store', message: expect.stringMatching(message), remedy: expect.any(String) };
}

describe('opening', () => {
  test('a store that is not there names how to make one', async () => {
    await expect(look()).rejects.toMatchObject(storeFailure(/^There is no store at .*rollcall\.db\.$/));
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['a text file', () => writeFileSync(path, 'control_number,origin\nCC-1,phone\n')],
    ['an empty file', () => writeFileSync(path, '')],
    ['a file of zeros', () => writeFileSync(path, Buffer.alloc(4096))],
    [
      'a file with the right beginning and nothing else',
      () => writeFileSync(path, 'SQLite format 3\0rubbish'),
    ],
    [
      'a store of another program',
      () => {
        const other = new Database(path);
        other.exec('create table note (text text)');
        other.close();
      },
    ],
  ])('%s is no rollcall store and stays as it is', async (_, lay) => {
    lay();
    const { size } = statSync(path);
    await expect(look()).rejects.toMatchObject(storeFailure(/rollcall\.db is no rollcall store\.$/));
    await expect(write(path, async () => {})).rejects.toMatchObject({ kind: 'store' });
    expect(statSync(path).size).toBe(size);
  });

  test('an address is refused without repeating it, and no folder is made for it', async () => {
    const address = 'postgres://someone:secret@host/store';
    const refused = { kind: 'store', message: expect.not.stringContaining('secret') };
    await expect(look(address)).rejects.toMatchObject(refused);
    await expect(write(address, async () => {}, { create: true })).rejects.toMatchObject(refused);
    expect(existsSync('postgres:')).toBe(false);
  });

  test('a folder is no store', async () => {
    mkdirSync(path);
    await expect(look()).rejects.toMatchObject(storeFailure(/is a folder, no rollcall store\.$/));
  });

  test.skipIf(process.getuid?.() === 0)('a store that may not be read says so', async () => {
    await make();
    chmodSync(path, 0o000);
    await expect(look()).rejects.toMatchObject(storeFailure(/may not be read by you\.$/));
  });

  test('a store of a newer version names both versions', async () => {
    await make();
    const db = new Database(path);
    db.pragma('user_version = 999');
    db.close();
    await expect(look()).rejects.toMatchObject(
      storeFailure(/made by a newer rollcall \(store version 999, this one knows \d+\)\.$/),
    );
  });

  test('a store of an older version names the command that helps', async () => {
    const db = new Database(path);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec('create table left_over (n integer)');
    db.close();
    await expect(look()).rejects.toMatchObject({ kind: 'store', remedy: 'Run: rollcall db migrate' });
  });

  test('a damaged store names the way back', async () => {
    await make();
    const size = statSync(path).size;
    const file = Buffer.alloc(size);
    const db = new Database(path);
    db.exec('pragma journal_mode = delete');
    db.close();
    const { readFileSync } = await import('node:fs');
    readFileSync(path).copy(file);
    // The second page on is rubbish: the schema is not what its first page says.
    file.fill(0xff, 100, 4096);
    writeFileSync(path, file);
    await expect(
      read(path, (reader) => reader.db.selectFrom('batch').selectAll().execute()),
    ).rejects.toMatchObject({
      kind: 'store',
    });
  });

  test('a writer waits for another process and gives up at the time limit', async () => {
    await make();
    process.env.ROLLCALL_BUSY_MS = '50';
    const holder = new Database(path);
    holder.exec('begin immediate');
    await expect(write(path, async () => {})).rejects.toMatchObject(
      storeFailure(/is held by another process\.$/),
    );
    // Readers see the store as it was.
    await expect(look()).resolves.toBe('read');
    holder.exec('rollback');
    holder.close();
    await expect(write(path, async () => 'done')).resolves.toBe('done');
  });

  test('a reader too gives up where another process holds the file for itself', async () => {
    await make();
    process.env.ROLLCALL_BUSY_MS = '50';
    const holder = new Database(path);
    holder.pragma('journal_mode = delete');
    holder.exec('begin exclusive');
    await expect(look()).rejects.toMatchObject(storeFailure(/is held by another process\.$/));
    holder.exec('rollback');
    holder.close();
  });
});

describe('making', () => {
  test('gives the file to its owner alone and leaves nothing beside it', async () => {
    await make();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['rollcall.db']);
  });

  test('leaves nothing at all when it fails or is only tried', async () => {
    const failing = write(
      path,
      async () => {
        throw new Error('half way');
      },
      { create: true },
    );
    await expect(failing).rejects.toThrow('half way');
    await write(path, async () => {}, { create: true, dryRun: true });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a transaction', () => {
  test('is taken back when it throws and on a dry run', async () => {
    await make();
    const add = (dryRun: boolean, fail: boolean) =>
      write(
        path,
        async (writer) => {
          writer
            .prepare('insert into member (member_id, rank, rank_level) values (?, ?, 1)')
            .run('M1', 'Officer');
          if (fail) throw new Error('no');
        },
        { dryRun },
      );
    const members = () => read(path, (reader) => reader.db.selectFrom('member').selectAll().execute());
    await expect(add(false, true)).rejects.toThrow('no');
    await add(true, false);
    expect(await members()).toEqual([]);
    await add(false, false);
    expect(await members()).toHaveLength(1);
  });

  test('a reader cannot write even where it is asked to', async () => {
    await make();
    const attempt = read(path, (reader) =>
      reader.rows({ sql: 'delete from member returning member_id', parameters: [] }),
    );
    await expect(attempt).rejects.toMatchObject({ kind: 'store' });
  });
});
