import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCheckCommand } from '../../src/desk/commands/check.ts';
import { makeShowCommand } from '../../src/desk/commands/show.ts';
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

test('the text of a finding on a concern is for those who may see the concern (CC-10)', async () => {
  await write(store.path, async (writer) => {
    const insert = writer.prepare(
      'insert into finding (system, record_id, rule, code, text) values (?, ?, ?, ?, ?)',
    );
    insert.run('concerns', 'CC-1', 'CC-19', 'ODD', 'not accepted as a crime');
    insert.run('concerns', 'CC-NONE', null, 'ODD', 'of no concern that there is');
    insert.run('csr', 'SR20-1', 'CSR-48', 'UNDATED', 'action_taken is "spoke with owner"');
  });
  const texts = async (actor: string | null) => {
    const { data } = await makeCheckCommand(all).run(
      contextFor(store.path, { actor }),
      input({}, { code: 'odd' }),
    );
    return (data.items as { text: string | null }[]).map(({ text }) => text);
  };
  for (const actor of [null, 'AN1'])
    expect(await texts(actor)).toEqual([null, 'of no concern that there is']);
  expect(await texts('SG1')).toEqual(['not accepted as a crime', 'of no concern that there is']);
  const found = async (id: string, actor: string | null) =>
    JSON.stringify(await makeShowCommand(all).run(contextFor(store.path, { actor }), input({ id })));
  expect(await found('CC-1', null)).not.toContain('not accepted as a crime');
  expect(await found('SR20-1', null)).not.toContain('spoke with owner');
  expect(await found('CC-1', 'SG1')).toContain('not accepted as a crime');
  expect(await found('SR20-1', 'SG1')).toContain('spoke with owner');
});
