import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCheckCommand } from '../../src/desk/commands/check.ts';
import { write } from '../../src/store/store.ts';
import { all, contextFor, input, sampleStore } from './store-fixture.ts';

let store: Awaited<ReturnType<typeof sampleStore>>;
beforeEach(async () => {
  store = await sampleStore();
});
afterEach(() => store.remove());

const look = (options = {}, over = {}) =>
  makeCheckCommand(all).run(contextFor(store.path, over), input({}, { new: true, ...options }));

test('check --new tells each finding once, and only when its lines have arrived', async () => {
  const first = await look();
  expect(first.data.total).toBeGreaterThan(0);
  // Not settled: the output was lost.
  expect((await look()).data.total).toBe(first.data.total);
  await first.settle?.();
  expect(await look()).toMatchObject({ text: '', data: { total: 0, withheld: 0 } });
  await write(store.path, async (writer) => {
    writer
      .prepare("insert into finding (system, record_id, code, text) values ('csr', 'SR20-1', 'ODD', 'odd')")
      .run();
  });
  expect((await look()).data.items).toMatchObject([{ id: 'SR20-1', code: 'ODD' }]);
});

test('a dry run remembers nothing', async () => {
  expect((await look({}, { dryRun: true })).settle).toBeUndefined();
});
