import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { dbBackup } from '../../src/desk/commands/db-backup.ts';
import { dbCheck } from '../../src/desk/commands/db-check.ts';
import { dbInfo } from '../../src/desk/commands/db-info.ts';
import { dbMigrate } from '../../src/desk/commands/db-migrate.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { knownVersion } from '../../src/store/migrate.ts';
import { contextFor, input, RECORDED, sampleStore } from './store-fixture.ts';

let store: Awaited<ReturnType<typeof sampleStore>>;
beforeEach(async () => {
  store = await sampleStore();
});
afterEach(() => store.remove());

const context = (over: Partial<Context> = {}) => contextFor(store.path, over);

test('info tells what the store holds, and the ends of the logs to an isd-admin alone', async () => {
  const { data, newestImport, document } = await dbInfo.run(context(), input());
  expect(data).toMatchObject({
    path: store.path,
    mode: '0600',
    version: knownVersion(),
    batches: null,
    undoneBatches: null,
    heads: null,
  });
  expect(data.items).toContainEqual({ table: 'concern', rows: 3 });
  expect(newestImport).toBe(RECORDED);
  expect(renderPlain(document)).not.toContain('End of oss');
  const admin = await dbInfo.run(context({ actor: 'AD1' }), input());
  expect(admin.data).toMatchObject({ batches: 1, undoneBatches: 0 });
  expect(admin.data.heads).toMatchObject([{ chain: 'concerns' }, { chain: 'csr' }, { chain: 'oss' }]);
  expect(renderPlain(admin.document)).toContain('End of oss');
});

test('info warns of a file that others may read', async () => {
  chmodSync(store.path, 0o644);
  const { document } = await dbInfo.run(context(), input());
  expect(document.notes).toEqual([expect.stringContaining('chmod 600')]);
});

test('check finds a store of replayed records sound, and ends with 5 when it is not', async () => {
  expect(await dbCheck.run(context(), input({}, { logs: true }))).toMatchObject({
    data: { total: 0 },
    exitCode: 0,
  });
  const db = new Database(store.path);
  db.exec(`update srswo set state = 'closed' where sr_number = 'SR20-1'`);
  db.close();
  const { data, exitCode } = await dbCheck.run(context(), input());
  expect(exitCode).toBe(5);
  expect(data.items).toEqual([{ check: 'states', text: 'csr SR20-1: closed, and a clock of CSR-47 runs' }]);
});

test('check --logs finds what audit verify finds', async () => {
  const db = new Database(store.path);
  const trigger = db
    .prepare("select sql from sqlite_schema where name = 'event_is_never_changed'")
    .pluck()
    .get();
  db.exec(`drop trigger event_is_never_changed; update event set unit = '006' where seq = 3; ${trigger}`);
  db.close();
  expect((await dbCheck.run(context(), input())).exitCode).toBe(0);
  const { data, exitCode } = await dbCheck.run(context(), input({}, { logs: true }));
  expect(exitCode).toBe(5);
  expect(data.items).toEqual([
    { check: 'logs', text: 'concerns, entry 3: it was changed after it was written' },
  ]);
});

test('migrate leaves a store of this version as it is', async () => {
  expect((await dbMigrate.run(context(), input())).data).toEqual({
    from: knownVersion(),
    to: knownVersion(),
    items: [],
    total: 0,
  });
});

test('backup makes a sound copy beside the folder it runs in, and nothing on a dry run', async () => {
  const inFolder = context({ cwd: store.folder });
  await dbBackup.run({ ...inFolder, dryRun: true }, input({ file: 'copy.db' }));
  expect(existsSync(join(store.folder, 'copy.db'))).toBe(false);
  const { data } = await dbBackup.run(inFolder, input({ file: 'copy.db' }));
  const copy = join(store.folder, 'copy.db');
  expect(data).toMatchObject({ from: store.path, file: copy });
  expect((await dbCheck.run(contextFor(copy), input({}, { logs: true }))).exitCode).toBe(0);
  await expect(dbBackup.run(inFolder, input({ file: 'copy.db' }))).rejects.toMatchObject({ kind: 'usage' });
  await expect(dbBackup.run(inFolder, input({ file: 'copy.db' }, { force: true }))).resolves.toBeDefined();
});
