import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, type Scene } from '../cli/harness.ts';
import { bulkFile } from './bulk-file.ts';
import { contentOf, countIn, type SampleStores, sampleStores, storeOf } from './sample-store.ts';

let stores: SampleStores;
beforeAll(async () => {
  stores = await sampleStores();
});
afterAll(() => stores.remove());

const READING = ['overdue', 'oss triage', 'check', 'db info', 'db check', 'audit verify', 'csr report'];

function change(scene: Scene, sql: string): void {
  const db = new Database(storeOf(scene));
  db.exec(sql);
  db.close();
}

describe('a store that cannot be used ends every command with 5, one line and its remedy', () => {
  test('made by a newer version', async () => {
    const scene = stores.scene();
    change(scene, 'pragma user_version = 99');
    scene.file('c.csv', 'control_number,origin,submitted_at\n');
    for (const line of [...READING, 'import c.csv', 'db migrate', 'db backup x.db']) {
      const { code, stdout, stderr } = await scene.run(line.split(' '));
      expect([line, code, stdout]).toEqual([line, 5, '']);
      expect(stderr).toMatch(
        /^rollcall: The store .* was made by a newer rollcall .*\n {2}Update rollcall\.\n$/,
      );
    }
  });

  test('held by another process', async () => {
    const scene = stores.scene();
    scene.file('c.csv', 'control_number,origin,submitted_at\n');
    const holder = new Database(storeOf(scene));
    holder.pragma('locking_mode = exclusive');
    holder.exec('begin exclusive; create table held (x)');
    try {
      for (const line of [...READING, 'import c.csv']) {
        const { code, stdout, stderr } = await scene.run(line.split(' '), {
          env: { ROLLCALL_BUSY_MS: '50' },
        });
        expect([line, code, stdout]).toEqual([line, 5, '']);
        expect(stderr).toMatch(/^rollcall: The store .* is held by another process\.\n {2}Try again .*\n$/);
      }
    } finally {
      holder.close();
    }
    expect((await scene.run(['overdue'])).code).toBe(0);
  });

  test('damaged', async () => {
    const scene = stores.scene();
    await scene.shell('dd if=/dev/zero of=rollcall.db bs=4096 seek=2 count=60 conv=notrunc 2>/dev/null');
    for (const line of READING) {
      const { code, stderr } = await scene.run(line.split(' '));
      expect([line, code]).toEqual([line, 5]);
      expect(stderr).not.toContain(' at ');
    }
  });
});

test('a new store and every file beside it are for their owner alone', async () => {
  const scene = stores.scene();
  scene.file('c.csv', 'control_number,origin,submitted_at\nC1,phone,2020-01-01\n');
  await scene.shell(
    'umask 0; rollcall import c.csv --store deep/down/new.db --rejects r.csv && rollcall overdue --store deep/down/new.db -o o.csv',
  );
  const folder = join(scene.folder, 'deep', 'down');
  for (const name of readdirSync(folder))
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of ['r.csv', 'o.csv']) expect(statSync(join(scene.folder, name)).mode & 0o777).toBe(0o600);
});

describe('audit verify', () => {
  test('says when both logs are as they were written', async () => {
    const { code, stdout } = await stores.scene().run(['audit', 'verify', '--json']);
    expect([code, JSON.parse(stdout).total]).toEqual([0, 0]);
  });
  test.for([
    [
      'an event with another time',
      'drop trigger event_is_never_changed; update event set at = at + 1 where seq = 700',
      700,
    ],
    [
      'an event with other content',
      `drop trigger event_is_never_changed; update event set content = '{}' where seq = 701`,
      701,
    ],
    [
      'an event without its digest',
      `drop trigger event_is_never_changed; update event set content = '{}', content_digest = '' where seq = 702`,
      702,
    ],
  ] as const)('names the first broken entry: %s', async ([, sql, seq]) => {
    const scene = stores.scene();
    change(scene, sql);
    const { code, stdout } = await scene.run(['audit', 'verify', '--json']);
    expect([code, JSON.parse(stdout).items[0].seq]).toEqual([5, seq]);
  });
  test('finds an entry that is gone, in both logs', async () => {
    const scene = stores.scene();
    for (let i = 0; i < 3; i++) await scene.run(['oss', 'triage', '--actor', 'M0001']);
    change(scene, 'drop trigger event_is_never_deleted; delete from event where seq = 700');
    change(scene, 'drop trigger access_is_never_deleted; delete from access where seq = 2');
    const { code, stdout } = await scene.run(['audit', 'verify', '--json']);
    const logs = JSON.parse(stdout).items.map((item: { log: string }) => item.log);
    expect([code, logs.toSorted()]).toEqual([5, ['access', 'event']]);
  });
});

test('an entry in the access log stands before confidential output does, and names purpose and person', async () => {
  const scene = stores.scene();
  const said = 'rollcall said score --actor M0013 --purpose review';
  const ran = await scene.shell(`${said} >/dev/full`);
  expect(ran.code).toBe(5);
  const entries =
    "select count(*) from access where actor_id = 'M0013' and command = 'said score' and purpose = 'review'";
  expect(countIn(storeOf(scene), entries)).toBe(1);
  // Whoever is refused has seen nothing.
  const before = countIn(storeOf(scene), 'select count(*) from access');
  expect((await scene.run(['said', 'score', '--actor', 'M0034', '--purpose', 'review'])).code).toBe(4);
  expect((await scene.run(['said', 'score', '--actor', 'M0013'])).code).toBe(2);
  expect(countIn(storeOf(scene), 'select count(*) from access')).toBe(before);
});

/** Starts an import and kills it after so many milliseconds. */
function killed(scene: Scene, store: string, files: readonly string[], after: number): Promise<void> {
  return new Promise((done) => {
    const args = [join(ROOT, 'bin', 'rollcall.js'), 'import', ...files, '--store', store];
    const child = spawn(process.execPath, args, { cwd: scene.folder, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    child.on('close', () => {
      clearTimeout(timer);
      done();
    });
  });
}

describe('kill -9 during an import leaves the store as it was, or with whole files in it', () => {
  const MOMENTS = [250, 600, 1000];

  test('where there was none', async () => {
    const scene = stores.scene();
    await bulkFile(scene, 'concerns', 3000);
    for (const after of MOMENTS) {
      const store = join(scene.folder, `new-${after}.db`);
      await killed(scene, store, ['concerns.csv'], after);
      const check = await scene.run(['db', 'check', '--logs', '--store', store]);
      if (check.code === 5) expect(check.stderr).toContain('There is no store');
      else expect([check.code, countIn(store, 'select count(*) from concern')]).toEqual([0, 3000]);
      const again = await scene.run(['import', 'concerns.csv', '--store', store, '--json']);
      expect([again.code, countIn(store, 'select count(*) from concern')]).toEqual([0, 3000]);
      const left = readdirSync(scene.folder).filter((name) => name.startsWith(`new-${after}.db.`));
      expect(left).toEqual([]);
    }
  });

  test('where there was one', async () => {
    const scene = stores.scene();
    await bulkFile(scene, 'concerns', 3000);
    const store = storeOf(scene);
    for (const after of MOMENTS) {
      const before = contentOf(store);
      await killed(scene, store, ['concerns.csv'], after);
      const now = contentOf(store);
      if (now !== before) expect(countIn(store, 'select count(*) from concern')).toBe(3164);
      const check = await scene.run(['db', 'check', '--logs']);
      expect([check.code, check.stderr]).toEqual([0, '']);
    }
    expect((await scene.run(['import', 'concerns.csv'])).code).toBe(0);
    expect(countIn(store, 'select count(*) from concern')).toBe(3164);
  });
});
