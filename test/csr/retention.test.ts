import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openActs } from '../../src/casework/act.ts';
import type { CaseEvent } from '../../src/core/workflow.ts';
import { formKind } from '../../src/csr/form-records.ts';
import { purgeForms } from '../../src/csr/retention.ts';
import { type Writer, write } from '../../src/store/store.ts';
import { at, contextFor, RECORDED } from '../desk/store-fixture.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-retention-'));
  path = join(folder, 'rollcall.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const FORMS = 40;
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
