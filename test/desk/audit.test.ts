import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logAccess } from '../../src/casework/log.ts';
import type { Context } from '../../src/core/command.ts';
import { makeAuditLogCommand } from '../../src/desk/commands/audit-log.ts';
import { auditVerify } from '../../src/desk/commands/audit-verify.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { all, contextFor, input, sampleStore } from './store-fixture.ts';

let store: Awaited<ReturnType<typeof sampleStore>>;
beforeEach(async () => {
  store = await sampleStore();
});
afterEach(() => store.remove());

async function log(options = {}, over: Partial<Context> = {}) {
  const outcome = await makeAuditLogCommand(all).run(
    contextFor(store.path, { actor: 'AD1', ...over }),
    input({}, options),
  );
  return { ...outcome, items: outcome.items?.slice() ?? [], page: renderPlain(outcome.document) };
}

const verify = (options = {}, over = {}) => auditVerify.run(contextFor(store.path, over), input({}, options));

function tamper(sql: string): void {
  const db = new Database(store.path);
  db.exec(`drop trigger event_is_never_changed; drop trigger event_is_never_deleted; ${sql}`);
  db.close();
}

describe('audit log', () => {
  test('tells who entered what about a record and never its content', async () => {
    const { items, page } = await log({ record: 'WI-1' });
    expect(items).toHaveLength(6);
    expect(items[4]).toMatchObject({
      log: 'event',
      system: 'oss',
      what: 'met',
      subject: 'WI-1',
      actor: 'US1',
      batch: 1,
    });
    expect(JSON.stringify(items) + page).not.toContain('private matter');
  });

  test('narrows by system, member, time and number, newest kept', async () => {
    expect((await log({ system: 'csr' })).items).toHaveLength(6);
    expect((await log({ member: 'LT1' })).items.map((item) => item.what)).toEqual(['completed', 'received']);
    expect((await log({ since: '2020-11-21' })).items).toEqual([]);
    const { items, page } = await log({ limit: '2' });
    expect(items.map((item) => item.what)).toEqual(['extended', 'extended']);
    expect(page).toContain('Only the newest 2');
    await expect(log({ limit: 'few' })).rejects.toMatchObject({ kind: 'usage' });
  });

  test('takes a role, and reading it is itself a look that is kept', async () => {
    await expect(log({}, { actor: null })).rejects.toMatchObject({ kind: 'refused' });
    await expect(log({}, { actor: 'SG1' })).rejects.toMatchObject({ kind: 'refused' });
    await log({ record: 'CC-1' }, { actor: 'XO1' });
    expect((await log({ access: true })).items).toMatchObject([
      { log: 'access', what: 'audit log', subject: 'CC-1', actor: 'XO1', osUser: 'nobody' },
    ]);
  });

  test('names subjects only to those who may see them and say why', async () => {
    const context = contextFor(store.path, { actor: 'DA1', purpose: 'outreach' });
    await logAccess(context, { system: 'said', command: 'show', subject: 'S1' });
    expect((await log({ access: true })).items).toMatchObject([
      { system: 'said', subject: null, purpose: 'outreach' },
    ]);
    expect((await log({ access: true, record: 'S1' })).items).toEqual([]);
  });
});

describe('audit verify', () => {
  test('finds both logs as they were written', async () => {
    const { data, exitCode } = await verify();
    expect(data).toMatchObject({ checked: null, items: [], total: 0, anchored: null });
    expect(exitCode).toBe(0);
  });

  test('says to an isd-admin alone how many entries there are', async () => {
    expect((await verify({}, { actor: 'AD1' })).data).toMatchObject({ checked: 21 });
  });

  test('names the first broken entry and ends with 5', async () => {
    tamper(`update event set actor_id = 'PO9' where record_id = 'CC-2'`);
    const { data, exitCode, document } = await verify();
    expect(exitCode).toBe(5);
    const [first] = data.items as readonly Record<string, unknown>[];
    expect(first).toMatchObject({
      log: 'event',
      chain: 'concerns',
      what: 'it was changed after it was written',
    });
    expect(renderPlain(document)).toContain('A log is not as it was written');
  });

  test('shows against an anchor that the last entries were cut off, which the chain alone cannot tell', async () => {
    const anchor = join(store.folder, 'heads.json');
    await verify({ writeAnchor: anchor }, { actor: 'AD1' });
    expect(statSync(anchor).mode & 0o777).toBe(0o600);
    expect((await verify({ anchor })).data).toMatchObject({ total: 0, anchored: 3 });
    tamper(`delete from event where seq = (select max(seq) from event where chain = 'concerns')`);
    expect((await verify()).exitCode).toBe(0);
    const { data, exitCode } = await verify({ anchor });
    expect(exitCode).toBe(5);
    expect(data.items).toMatchObject([
      { chain: 'concerns', what: 'it is in the anchor and no longer in the log' },
    ]);
  });

  test('keeps an anchor for an isd-admin alone: how long a log is tells of records that others may not know of', async () => {
    const anchor = join(store.folder, 'heads.json');
    for (const actor of [null, 'LT1'])
      await expect(verify({ writeAnchor: anchor }, { actor })).rejects.toMatchObject({ kind: 'refused' });
    expect(() => readFileSync(anchor)).toThrow();
  });

  test('keeps no anchor of a broken log, and refuses a file that is none', async () => {
    const anchor = join(store.folder, 'heads.json');
    tamper(`update event set name = 'other' where seq = 1`);
    await verify({ writeAnchor: anchor }, { actor: 'AD1' });
    expect(() => readFileSync(anchor)).toThrow();
    writeFileSync(anchor, '{"schema":"other"}');
    await expect(verify({ anchor })).rejects.toMatchObject({ kind: 'data' });
    await expect(verify({ anchor: join(store.folder, 'none.json') })).rejects.toMatchObject({ kind: 'data' });
  });
});
