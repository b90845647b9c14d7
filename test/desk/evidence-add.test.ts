import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLogs } from '../../src/casework/verify.ts';
import type { Context } from '../../src/core/command.ts';
import { evidenceAdd } from '../../src/desk/commands/evidence-add.ts';
import { read } from '../../src/store/store.ts';
import { at, contextFor, input, sampleStore } from './store-fixture.ts';

const ENTERED = at('2020-11-21T12:00');
let store: Awaited<ReturnType<typeof sampleStore>>;
beforeEach(async () => {
  store = await sampleStore();
});
afterEach(() => store.remove());

function add(rule: string, options = {}, over: Partial<Context> = {}) {
  return evidenceAdd.run(
    contextFor(store.path, { actor: 'SG1', clock: () => ENTERED, ...over }),
    input({ rule }, options),
  );
}

async function kept() {
  return read(store.path, async (reader) => ({
    rows: await reader.db.selectFrom('evidence').selectAll().execute(),
    events: await reader.db.selectFrom('event').selectAll().where('name', '=', 'evidence').execute(),
    logs: await verifyLogs(reader),
  }));
}

test('keeps the proof and an event in the chain of the rule, with the time it was entered', async () => {
  const { data } = await add('cp-17', {
    on: '2020-11-02',
    district: '5',
    note: ' plan of 2020 ',
    document: 'D-7',
  });
  expect(data).toMatchObject({
    rule: 'CP-17',
    cite: 'CPMV IV.C.4.e',
    by: 'SG1',
    district: '005',
    added: true,
  });
  await add('CC-39', { by: 'XO1' });
  const { rows, events, logs } = await kept();
  expect(rows).toMatchObject([
    { rule: 'CC-39', on_day: '2020-11-21', by_member: 'XO1', district: '' },
    {
      rule: 'CP-17',
      on_day: '2020-11-02',
      by_member: 'SG1',
      district: '005',
      note: 'plan of 2020',
      document: 'D-7',
    },
  ]);
  expect(events).toMatchObject([
    { chain: 'desk', unit: '005', actor_id: 'SG1', recorded_at: ENTERED, origin: 'local' },
    { chain: 'concerns', actor_id: 'SG1' },
  ]);
  expect(logs.breaks).toEqual([]);
});

test('the same twice is one, two of a day are two', async () => {
  await add('CP-17', { note: 'first' });
  expect((await add('CP-17', { note: 'first' })).data).toMatchObject({ added: false });
  await add('CP-17', { note: 'second' });
  const { rows, events } = await kept();
  expect([rows.length, events.length]).toEqual([2, 2]);
});

test('writes nothing on a dry run', async () => {
  expect((await add('CP-17', {}, { dryRun: true })).document.title).toContain('would be recorded');
  expect((await kept()).rows).toEqual([]);
});

test('refuses without an actor and names the rule', async () => {
  await expect(add('CP-17', {}, { actor: null })).rejects.toMatchObject({
    kind: 'refused',
    message: 'To record evidence, rollcall must know who acts. (CP-17, CPMV IV.C.4.e)',
  });
});

test('an unknown rule names the nearest; an impossible day or member is a usage error', async () => {
  await expect(add('CPP-17')).rejects.toMatchObject({
    kind: 'usage',
    remedy: expect.stringContaining('CP-17?'),
  });
  await expect(add('CP-17', { on: '2020-02-30' })).rejects.toMatchObject({ kind: 'usage' });
  await expect(add('CP-17', { on: '2020-11-22' })).rejects.toThrow(/lies after the as-of day 2020-11-21/);
  await expect(add('CP-17', { by: 'NOBODY' })).rejects.toThrow(/no such member/);
  await expect(add('CP-17', { district: 'north' })).rejects.toMatchObject({ kind: 'usage' });
});

test('warns of a rule that no evidence proves, and keeps it all the same', async () => {
  const warnings: string[] = [];
  await add('OSS-16', {}, { warn: (text) => warnings.push(text) });
  expect(warnings).toEqual([expect.stringContaining('OSS-16')]);
  expect((await kept()).events).toMatchObject([{ chain: 'oss' }]);
});
