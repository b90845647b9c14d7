import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openActs } from '../../src/casework/act.ts';
import type { Command } from '../../src/core/command.ts';
import type { CaseEvent } from '../../src/core/workflow.ts';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { csrFormComplete } from '../../src/csr/commands/form-complete.ts';
import { csrFormNumber } from '../../src/csr/commands/form-number.ts';
import { csrFormSubmit } from '../../src/csr/commands/form-submit.ts';
import { csrRetention } from '../../src/csr/commands/retention.ts';
import { formKind } from '../../src/csr/form-records.ts';
import { missedReviews } from '../../src/csr/form-reviews.ts';
import { purgeForms } from '../../src/csr/retention.ts';
import type { Document } from '../../src/report/document.ts';
import { read, type Writer, write } from '../../src/store/store.ts';
import { at, contextFor, input, RECORDED } from '../desk/store-fixture.ts';
import { policeOffice } from './police-office.ts';
import { report } from './report-store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-retention-'));
  path = join(folder, 'rollcall.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const FORMS = 40;
const ID = 'F20-00001';
const DONE: readonly (readonly [name: string, when: string, detail?: Record<string, string>])[] = [
  ['drafted', '2020-01-02T09:00'],
  ['form-amended', '2020-01-02T10:00', { address: 'SECRETSTREET 2', address_was: 'SECRETSTREET 1' }],
  ['form-submitted', '2020-01-02T11:00'],
  ['form-returned', '2020-01-02T12:00', { reason: 'SECRETREASON' }],
  ['form-submitted', '2020-01-02T13:00'],
  ['entered', '2020-01-02T14:00'],
  ['replied', '2020-01-02T15:00', { detail: 'SECRETREPLY' }],
  ['form-completed', '2020-01-03T09:00'],
];

const idOf = (n: number) => `F20-${String(n).padStart(5, '0')}`;

/** Done forms, each in a transaction of its own, so that pages fill, split and are written over as in a year's work. */
async function done(): Promise<void> {
  await write(path, async (writer) => member(writer), { create: true });
  for (let n = 1; n <= FORMS; n++) {
    await write(path, async (writer) => {
      writer
        .prepare(
          `insert into csr_form (form_id, created_at, type, address, description, requester, district, state)
           values (?, ?, 'Pothole', 'SECRETSTREET 1', ?, 'SECRETPERSON', '005', 'new')`,
        )
        .run(idOf(n), at('2020-01-02T09:00'), `SECRETWORDS ${'of some length '.repeat(n % 40)}`);
      const acts = await openActs(writer, formKind, RECORDED);
      for (const [name, when, { reason = null, ...detail } = {}] of DONE)
        await acts.act(idOf(n), eventOf(name, when, reason, detail));
      await acts.finish();
    });
  }
}

function eventOf(
  name: string,
  when: string,
  reason: string | null,
  detail: Record<string, string>,
): CaseEvent {
  return { name, at: at(when), unit: null, by: 'SG1', reason, detail };
}

function member(writer: Writer): void {
  writer
    .prepare(
      "insert into member (member_id, rank, rank_level, sworn, district) values ('SG1', 'Sergeant', 2, 1, '005')",
    )
    .run();
  writer.prepare("insert into member_role values ('SG1', 'cp-sergeant')").run();
}

const SECRET = /SECRET(STREET|WORDS|PERSON|REASON|REPLY)/g;

/** What the file and its journal hold of the forms' content, byte by byte. */
function found(): number {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  return files.flatMap((file) => readFileSync(file, 'latin1').match(SECRET) ?? []).length;
}

test('a past quarter and the days without a review are told as before a purge (CSR-05, CSR-19)', async () => {
  const mirror = [
    { sr_number: 'SR20-00700009', type: 'Pothole in Street Complaint', created_at: '2020-10-05T08:00:00' },
  ];
  const office = await policeOffice([], { mirror });
  const on = (actor: string, when: string) => {
    const context = contextFor(office, { actor, now: at(when), asOfGiven: true, clock: () => at(when) });
    return (command: Command<Document>, form: string | string[], options = {}) =>
      command.run(context, input({ form }, options));
  };
  const form = {
    type: 'Pothole in Street Complaint',
    address: '1 SECRETSTREET',
    beat: '0531',
    agency: 'CDOT',
  };
  await on('O5', '2020-10-05T09:00')(csrFormAdd, [], form);
  await on('O5', '2020-10-05T09:30')(csrFormSubmit, ID);
  await on('S5', '2020-10-08T09:00')(csrFormNumber, ID, { number: 'SR20-00700009' });
  await on('S5', '2020-10-20T09:00')(csrFormComplete, ID);
  const told = async () => {
    const { totals, byInitiator } = (await report(office, { quarterly: '2020-Q4', district: '005' })).data;
    const missed = await read(office, (reader) =>
      missedReviews(reader, { district: null, beat: null }, at('2021-06-01')),
    );
    return { totals, byInitiator, missed };
  };
  const before = await told();
  expect(before.byInitiator).toMatchObject([{ key: 'Police', opened: 1 }]);
  expect(before.missed).toHaveLength(3);
  await on('S5', '2021-05-09T09:00')(csrRetention, [ID], { purge: true, certificate: 'RC-1' });
  expect(await told()).toEqual(before);
  await on('O5', '2021-05-10T09:00')(csrFormAdd, [], form);
  await on('O5', '2021-05-10T09:30')(csrFormSubmit, 'F21-00001');
  const again = on('S5', '2021-05-10T10:00')(csrFormNumber, 'F21-00001', { number: 'SR20-00700009' });
  await expect(again).rejects.toThrow(/stands on form F20-00001 already/);
});

test('nothing of a purged form stays in the file (CSR-21)', async () => {
  await done();
  expect(found()).toBeGreaterThan(FORMS * 5);
  const ids = Array.from({ length: FORMS }, (_, n) => idOf(n + 1));
  const context = contextFor(path, { actor: 'SG1', now: at('2020-11-20T11:00') });
  await purgeForms(context, ids.slice(1), 'RC-1');
  const left = found();
  await purgeForms(context, ids.slice(0, 1), 'RC-2');
  // What stood of the one form that was left, and no copy of another.
  expect([left, found()]).toEqual([7, 0]);
});
