import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { keptReport } from '../../src/casework/report-archive.ts';
import type { Input } from '../../src/core/command.ts';
import { FAR_FUTURE } from '../../src/core/instant.ts';
import { csrApproveReport } from '../../src/csr/commands/approve-report.ts';
import { STATUS_REPORT } from '../../src/csr/report-kind.ts';
import { read, write } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { contextFor } from '../desk/store-fixture.ts';
import { removeStores, report, storeOf } from './report-store.ts';

afterAll(removeStores);

const QUARTER = { quarterly: '2020-Q4', district: '005' } as const;
const SUBMIT = { ...QUARTER, submit: true } as const;

async function storeWithSergeant(): Promise<string> {
  const path = await storeOf([{ sr: 'B', created: '2020-10-02' }]);
  await write(path, async (writer) => {
    const member = { rank: 'Sergeant', rank_level: 3, name: null, area: null };
    const rest = { watch: null, sworn: 1, supervisor_id: null, os_user: null, trained_on: null };
    for (const [member_id, district, role] of [
      ['S1', '005', 'cp-sergeant'],
      ['C1', '005', 'district-commander'],
      ['S6', '006', null],
      ['C6', '006', null],
    ] as const) {
      await writer.write
        .insertInto('member')
        .values({ member_id, district, unit: null, ...member, ...rest, csr_trained_on: null, batch_id: null })
        .execute();
      if (role !== null) await writer.write.insertInto('member_role').values({ member_id, role }).execute();
    }
  });
  return path;
}

function decide(path: string, actor: string, options: Input['options']) {
  const now = at('2021-03-01T09:00');
  const context = contextFor(path, { actor, now, asOfGiven: true, clock: () => now });
  return csrApproveReport.run(context, { args: { report: '2020-Q4:005' }, options });
}

test('what is archived are the bytes whose SHA-256 is the digest', async () => {
  const path = await storeWithSergeant();
  const { data } = await report(path, SUBMIT, { actor: 'S1' });
  const kept = await read(path, (reader) =>
    keptReport(reader, STATUS_REPORT, '2020-Q4:005', null, FAR_FUTURE),
  );
  if (kept === undefined) throw new Error('nothing kept');
  expect(createHash('sha256').update(kept.data).digest('hex')).toBe(kept.digest);
  expect(data.submitted).toEqual({
    recordId: 'report:2020-Q4:005',
    digest: kept.digest,
    version: 1,
    already: false,
  });
  expect(JSON.parse(kept.data).totals).toEqual(data.totals);
});

test('where one signs it says who did, in which role and when, and what is not signed stays blank', async () => {
  const path = await storeWithSergeant();
  const lines = async (options: Input['options'] = QUARTER) => {
    const { document } = await report(path, options, { asOf: '2021-04-01' });
    const block = document.blocks.find(({ id }) => id === 'signatures');
    return block?.kind === 'prose' ? { signatures: block.signatures, paragraphs: block.paragraphs } : null;
  };
  const blank =
    'Reviewed and approved (CSR-29). District commander: ______________________  Date: ____________';
  expect((await lines())?.signatures?.map(({ signed }) => signed)).toEqual([undefined, undefined]);
  await report(path, SUBMIT, { actor: 'S1' });
  expect((await lines())?.paragraphs).toEqual([
    expect.stringMatching(
      /^Read .* Community policing sergeant: S1, cp-sergeant {2}Date: \d+ \w+ 20\d\d \d\d:\d\d$/,
    ),
    blank,
  ]);
  await decide(path, 'C1', {});
  const approved = (await lines({ archived: '2020-Q4:005' }))?.signatures;
  expect(approved?.map(({ who, signed }) => [who, signed?.by])).toEqual([
    ['Community policing sergeant', 'S1, cp-sergeant'],
    ['District commander', 'C1, district-commander'],
  ]);
});

test("a role that another district lends is that district's, in reports too", async () => {
  const path = await storeWithSergeant();
  const lent = { starts: at('2020-12-01'), ends: at('2030-12-31'), batch_id: null };
  await write(path, async (writer) => {
    for (const [role, from_member, to_member] of [
      ['cp-sergeant', 'S1', 'S6'],
      ['district-commander', 'C1', 'C6'],
    ] as const)
      await writer.write
        .insertInto('delegation')
        .values({ role, from_member, to_member, ...lent })
        .execute();
  });
  expect((await report(path, SUBMIT, { actor: 'S6' })).data.submitted).toMatchObject({ version: 1 });
  await expect(report(path, { ...SUBMIT, district: '006' }, { actor: 'S6' })).rejects.toThrow(
    /district 005, not 006/,
  );
  expect((await decide(path, 'C6', {})).data.state).toBe('approved');
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

test('an import that changes no figure leaves the report what it was, and the archived document says what became of it', async () => {
  const path = await storeWithSergeant();
  await report(path, SUBMIT, { actor: 'S1' });
  await write(path, async (writer) => {
    writer.exec(
      "insert into batch (profile, file, sha256, rows, imported_at) values ('csr', 'more.csv', 'ff', 9, 1609480000)",
    );
  });
  expect((await report(path, QUARTER)).data.state).toBe('submitted');
  const again = await report(path, { ...SUBMIT, against: '2019-Q4' }, { actor: 'S1' });
  expect(again.data.submitted).toMatchObject({ version: 1, already: true });
  const { document, data } = await report(path, { archived: '2020-Q4:005' });
  expect(document.banner?.at(-1)).toContain('Submitted');
  const archived = document.footer?.find(({ label }) => label === 'Archived')?.text;
  expect(archived).toContain(String(data.digest));
  const before = report(path, { archived: '2020-Q4:005' }, { asOf: '2021-01-15' });
  await expect(before).rejects.toThrow(/no archived report/);
});

test('a report is of the district whose sergeant submits it, a beat of its district, that of all of the Deputy Chief', async () => {
  const path = await storeWithSergeant();
  const submit = (options: Record<string, string>) =>
    report(path, { quarterly: '2020-Q4', submit: true, ...options }, { actor: 'S1' });
  await expect(submit({ district: '006' })).rejects.toThrow(/acts for district 005, not 006/);
  await expect(submit({})).rejects.toThrow(/CSR-51/);
  expect((await submit({ beat: '0511' })).data.submitted).toMatchObject({
    recordId: 'report:2020-Q4:005:0511',
  });
});

test('what was submitted later is not gone behind', async () => {
  const path = await storeWithSergeant();
  await report(path, SUBMIT, { actor: 'S1' });
  await write(path, async (writer) => {
    writer.exec("update csr_request set is_open = 0, closed_at = created_at where sr_number = 'B'");
  });
  const early = report(path, SUBMIT, { actor: 'S1', asOf: '2021-01-15' });
  await expect(early).rejects.toThrow(/after the as-of/);
});

test('a dry run prints what a submission would, says so in the title and leaves the report a draft', async () => {
  const path = await storeWithSergeant();
  const { document } = await report(path, SUBMIT, { actor: 'S1', dryRun: true });
  expect(document.title).toBe('City Service Request Status Report (dry run, nothing written)');
  expect(document.banner?.join(' ')).toContain('Submitted ');
  const after = await report(path, {}, { actor: 'S1' });
  expect(after.document.banner).toContain('Draft, not submitted.');
});
