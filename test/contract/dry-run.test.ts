import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, SAMPLE_DAY, type SampleStores, sampleStores, storeOf } from './sample-store.ts';

let stores: SampleStores;
beforeAll(async () => {
  stores = await sampleStores();
});
afterAll(() => stores.remove());

const FILES = {
  'answers.csv': 'work_item_id,determination,reason\nWI-0030,invalid,double entry\nWI-0031,valid,\n',
  'events.csv': 'control_number,event,at\nCC-002154,accepted,2021-01-03\n',
  'members.csv': 'member_id,rank,roles\nM0001,Sergeant,isd-admin\nZ1,Civilian,\n',
  'requests.csv': 'sr_number,type,status,created_at,district\nSR99-1,Graffiti,Open,2020-12-01,5\n',
};

/** Every command that writes, with whether its output may tell that it was only tried out. */
const WRITING = [
  'oss triage --decisions answers.csv --actor M0001',
  'oss reopen WI-0037 --reason mistaken --actor M0001',
  'oss overdue --new',
  'concerns overdue --new',
  'csr overdue --new',
  'said overdue --new',
  'overdue --new',
  'csr report --submit --district 005 --actor M0019',
  'import events.csv',
  'import members.csv requests.csv',
  'import --undo 10',
  'import --undo 6',
  'evidence add CP-34 --note tried --actor M0013',
  'db migrate',
  'db backup copy.db',
  'audit verify --write-anchor anchor.txt',
];

describe('--dry-run prints the same and leaves store and folder as they are', () => {
  test.for(WRITING)('%s', async (line) => {
    const scene = stores.scene();
    for (const [name, text] of Object.entries(FILES)) scene.file(name, text);
    const before = contentOf(storeOf(scene));
    const there = readdirSync(scene.folder).filter((name) => !name.startsWith('rollcall.db-'));
    const args = [...line.split(' '), '--as-of', SAMPLE_DAY, '--json'];
    const tried = await scene.run([...args, '--dry-run']);
    expect(contentOf(storeOf(scene))).toBe(before);
    expect(readdirSync(scene.folder).filter((name) => !name.startsWith('rollcall.db-'))).toEqual(there);
    const done = await scene.run(args);
    expect(tried.code).toBe(done.code);
    // What the store itself answers (its newest import, sizes, heads) is of before.
    const told = (text: string): unknown =>
      JSON.parse(text, (key, value) =>
        ['dryRun', 'newestImport', 'bytes', 'importedAt', 'head', 'auditHead'].includes(key)
          ? undefined
          : value,
      );
    if (done.code === 0) expect(told(tried.stdout)).toEqual(told(done.stdout));
  });
});

test('a dry run of an import makes no store', async () => {
  const scene = stores.scene();
  scene.file('concerns.csv', 'control_number,origin,submitted_at\nC1,phone,2020-01-01\n');
  const store = join(scene.folder, 'other.db');
  const { code, stdout } = await scene.run([
    'import',
    'concerns.csv',
    '--store',
    store,
    '--dry-run',
    '--json',
  ]);
  expect([code, JSON.parse(stdout).items[0].inserted]).toEqual([0, 1]);
  expect(existsSync(store)).toBe(false);
});
