import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { archivedData } from '../../src/casework/report-archive.ts';
import { STATUS_REPORT } from '../../src/csr/report-kind.ts';
import { read, write } from '../../src/store/store.ts';
import { removeStores, report, storeOf } from './report-store.ts';

afterAll(removeStores);

const QUARTER = { quarterly: '2020-Q4', district: '005' } as const;
const SUBMIT = { ...QUARTER, submit: true } as const;

async function storeWithSergeant(): Promise<string> {
  const path = await storeOf([{ sr: 'B', created: '2020-10-02' }]);
  await write(path, async (writer) => {
    const member = { rank: 'Sergeant', rank_level: 3, name: null, unit: '5', district: '005', area: null };
    const rest = { watch: null, sworn: 1, supervisor_id: null, os_user: null, trained_on: null };
    await writer.write
      .insertInto('member')
      .values({ member_id: 'S1', ...member, ...rest, csr_trained_on: null, batch_id: null })
      .execute();
    await writer.write.insertInto('member_role').values({ member_id: 'S1', role: 'cp-sergeant' }).execute();
  });
  return path;
}

test('what is archived are the bytes whose SHA-256 is the digest', async () => {
  const path = await storeWithSergeant();
  const { data } = await report(path, SUBMIT, { actor: 'S1' });
  const kept = await read(path, (reader) => archivedData(reader, STATUS_REPORT, '2020-Q4:005', null));
  expect(createHash('sha256').update(kept.data).digest('hex')).toBe(kept.digest);
  expect(data.submitted).toEqual({ recordId: 'report:2020-Q4:005', digest: kept.digest, version: 1 });
  expect(JSON.parse(kept.data).totals).toEqual(data.totals);
});

test('the same bytes are submitted once; other figures are a further version and until then a draft', async () => {
  const path = await storeWithSergeant();
  await report(path, SUBMIT, { actor: 'S1' });
  expect((await report(path, SUBMIT, { actor: 'S1' })).data.submitted).toMatchObject({ version: 1 });
  await write(path, async (writer) => {
    writer.exec("update csr_request set is_open = 0, closed_at = created_at where sr_number = 'B'");
  });
  const changed = await report(path, QUARTER);
  expect(changed.data.state).toBe('draft');
  expect(changed.document.footer?.[0]?.text).toContain('its figures differ from version 1');
  expect((await report(path, SUBMIT, { actor: 'S1' })).data.submitted).toMatchObject({ version: 2 });
  expect((await report(path, QUARTER)).data.state).toBe('submitted');
});

test('neither a submitted report nor its decision can be changed or taken away in the store', async () => {
  const path = await storeWithSergeant();
  await report(path, SUBMIT, { actor: 'S1' });
  for (const sql of [
    "update status_report set data = '{}'",
    "update status_report set digest = 'x'",
    'delete from status_report',
    "update status_report set state = 'approved'",
  ]) {
    await expect(write(path, async (writer) => writer.exec(sql))).rejects.toThrow();
  }
});
