import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonical, chainHead, GENESIS, logAccess, openChain } from '../../src/casework/log.ts';
import { verifyLogs } from '../../src/casework/verify.ts';
import type { Context } from '../../src/core/command.ts';
import type { Instant } from '../../src/core/instant.ts';
import { read, write } from '../../src/store/store.ts';

let folder: string;
let path: string;
const RECORDED = 1_605_895_200 as Instant;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-log-'));
  path = join(folder, 'rollcall.db');
  await write(
    path,
    async (writer) => {
      for (const chain of ['oss', 'concerns']) {
        const log = openChain(writer, chain, RECORDED);
        for (const n of [1, 2, 3]) {
          const at = (RECORDED - n * 3600) as Instant;
          log.append({
            recordId: `R${n}`,
            name: 'assigned',
            at,
            origin: 'local',
            content: { n, reason: 'why' },
          });
        }
      }
    },
    { create: true },
  );
  for (const subject of ['R1', 'R2']) await look(subject);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function look(subject: string): Promise<void> {
  const context = { storePath: path, clock: () => RECORDED, osUser: 'someone', purpose: null, actor: 'M1' };
  return logAccess(context as Context, { system: 'oss', command: 'show', subject });
}

const verify = () => read(path, verifyLogs);

/** Changes a row as someone with the file and a database tool could. */
function tamper(sql: string): void {
  const db = new Database(path);
  db.exec(
    `drop trigger event_is_never_changed; drop trigger event_is_never_deleted;
     drop trigger access_is_never_changed; drop trigger access_is_never_deleted; ${sql}`,
  );
  db.close();
}

test('what is still to come is refused by hand, and kept when an import tells it', async () => {
  const ahead = (RECORDED + 301) as Instant;
  const append = (origin: 'local' | 'import', at: Instant) =>
    write(path, async (writer) =>
      openChain(writer, 'oss', RECORDED).append({ recordId: 'R9', name: 'assigned', at, origin }),
    );
  await expect(append('local', ahead)).rejects.toMatchObject({ kind: 'usage' });
  // Two machines' clocks may differ by a little.
  expect(await append('local', (RECORDED + 300) as Instant)).toBeTypeOf('number');
  expect(await append('import', ahead)).toBeTypeOf('number');
});

describe('the event log', () => {
  test('is whole as it was written, one chain a directive', async () => {
    expect(await verify()).toEqual({ checked: 8, breaks: [] });
    const [oss, concerns, said] = await read(path, (reader) =>
      Promise.all(['oss', 'concerns', 'said'].map((chain) => chainHead(reader, chain))),
    );
    expect(oss).not.toBe(concerns);
    expect(said).toBe(GENESIS);
  });

  test('knows an event that it has already, and does not move its head', async () => {
    const again = await write(path, async (writer) => {
      const head = await chainHead(writer, 'oss');
      const event = {
        recordId: 'R1',
        name: 'assigned',
        at: (RECORDED - 3600) as Instant,
        origin: 'import' as const,
      };
      const seq = openChain(writer, 'oss', RECORDED).append(event);
      return { seq, moved: head !== (await chainHead(writer, 'oss')) };
    });
    expect(again).toEqual({ seq: null, moved: false });
  });

  test('holds two different events of one instant that were entered, and one of what an import tells', async () => {
    const append = (origin: 'local' | 'import', content: Record<string, string>, actorId = 'M1') =>
      write(path, async (writer) => {
        const at = (RECORDED - 60) as Instant;
        const event = { recordId: 'R1', name: 'progressed', at, origin, content, actorId };
        return openChain(writer, 'oss', RECORDED).append(event);
      });
    expect(await append('local', { support: 'a' })).toBeTypeOf('number');
    expect(await append('local', { support: 'a' })).toBeNull();
    expect(await append('local', { support: 'b' })).toBeTypeOf('number');
    expect(await append('local', { support: 'b' }, 'M2')).toBeTypeOf('number');
    expect(await append('import', { support: 'c' })).toBeNull();
    expect((await verify()).breaks).toEqual([]);
  });

  test.each([
    ['a changed time', 'update event set at = at + 1 where seq = 2', 'it was changed after it was written'],
    [
      'a changed actor',
      "update event set actor_id = 'M9' where seq = 2",
      'it was changed after it was written',
    ],
    [
      'a changed content',
      "update event set content = '{}' where seq = 2",
      'its content was changed after it was written',
    ],
    [
      'a content taken out',
      'update event set content = null where seq = 2',
      'its content is gone without a certificate',
    ],
  ])('names the entry with %s and leaves the other chain alone', async (_, sql, what) => {
    tamper(sql);
    expect((await verify()).breaks).toEqual([{ log: 'event', chain: 'oss', seq: 2, what }]);
  });

  test('names the entry after one that was taken out', async () => {
    tamper('delete from event where seq = 2');
    expect((await verify()).breaks).toEqual([
      { log: 'event', chain: 'oss', seq: 3, what: 'it does not follow the entry before it' },
    ]);
  });

  test('names one break a chain, and every broken chain', async () => {
    tamper(
      `update event set name = 'closed' where seq in (1, 2, 5); update access set subject = 'R9' where seq = 1`,
    );
    expect((await verify()).breaks.map(({ chain, seq }) => [chain, seq])).toEqual([
      ['oss', 1],
      ['concerns', 5],
      ['access', 1],
    ]);
  });

  test('holds when content is erased under a certificate', async () => {
    await write(path, async (writer) => {
      writer.prepare("update event set content = null, erased_under = 'RC-1' where seq = 2").run();
    });
    expect((await verify()).breaks).toEqual([]);
  });

  test('refuses to change or delete an entry', async () => {
    for (const sql of [
      'update event set at = 0',
      'delete from event',
      'update access set at = 0',
      'delete from access',
    ]) {
      await expect(write(path, async (writer) => writer.exec(sql))).rejects.toThrow(/is never/);
    }
  });
});

test('a look that is recorded stands before the next one', async () => {
  await look('R3');
  const entries = await read(path, (reader) =>
    reader.db.selectFrom('access').selectAll().orderBy('seq').execute(),
  );
  expect(entries.map((entry) => entry.prev_hash)).toEqual([GENESIS, entries[0]?.hash, entries[1]?.hash]);
  expect(entries[2]).toMatchObject({ at: RECORDED, actor_id: 'M1', os_user: 'someone', subject: 'R3' });
});

test('one content has one text, whatever the order of its keys', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1,{"c":"x","d":null}]}',
  );
  expect(canonical({ b: 1, a: 2 })).toBe(canonical({ a: 2, b: 1 }));
});
