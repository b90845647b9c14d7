import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChain } from '../../src/casework/log.ts';
import { missedReviews, stretchesOf } from '../../src/csr/form-reviews.ts';
import { read, type Writer, write } from '../../src/store/store.ts';
import { at } from '../desk/store-fixture.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-reviews-'));
  path = join(folder, 'rollcall.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Steps = readonly (readonly [name: string, when: string])[];

function forms(all: Readonly<Record<string, readonly [district: string, steps: Steps]>>) {
  return write(
    path,
    async (writer) => {
      for (const [id, [district, steps]] of Object.entries(all)) form(writer, id, district, steps);
      writer
        .prepare("insert into evidence (rule, on_day, district) values ('CSR-19', '2021-01-07', '005')")
        .run();
    },
    { create: true },
  );
}

function form(writer: Writer, id: string, district: string, steps: Steps): void {
  writer
    .prepare(
      'insert into csr_form (form_id, created_at, type, address, district, state) values (?, ?, ?, ?, ?, ?)',
    )
    .run(id, at('2021-01-04T08:00'), 'Pothole', '1 X', district, 'submitted');
  const chain = openChain(writer, 'csr', at('2021-02-01'));
  for (const [name, when] of steps) chain.append({ recordId: id, name, at: at(when), origin: 'local' });
}

const everywhere = { district: null, beat: null };
const missed = (now: string, place = everywhere as Parameters<typeof missedReviews>[1]) =>
  read(path, (reader) => missedReviews(reader, place, at(now)));

test('tells the past days at whose end forms waited and that saw no review (CSR-19)', async () => {
  await forms({
    F1: [
      '005',
      [
        ['form-submitted', '2021-01-04T09:00'],
        ['reviewed', '2021-01-05T10:00'],
        ['entered', '2021-01-09T10:00'],
      ],
    ],
    F2: [
      '005',
      [
        ['form-submitted', '2021-01-06T09:00'],
        ['form-returned', '2021-01-08T10:00'],
      ],
    ],
    F3: ['007', [['form-submitted', '2021-01-08T09:00']]],
  });
  // 5 Jan was reviewed, 7 Jan has evidence; on 9 Jan the last form of 005 has left; the day itself is not over.
  expect(await missed('2021-01-09T12:00')).toEqual([
    { day: '2021-01-04', district: '005', forms: 1, oldest: 'F1' },
    { day: '2021-01-06', district: '005', forms: 2, oldest: 'F1' },
    { day: '2021-01-08', district: '005', forms: 1, oldest: 'F1' },
    { day: '2021-01-08', district: '007', forms: 1, oldest: 'F3' },
  ]);
  expect(await missed('2021-01-06T12:00')).toHaveLength(1);
});

test('judges a purged form by the district kept of it, and nothing where none of it was kept (CSR-19, CSR-21)', async () => {
  const steps: Steps = [
    ['form-submitted', '2021-01-04T09:00'],
    ['entered', '2021-01-05T10:00'],
  ];
  await forms({ F1: ['005', steps], F2: ['005', steps] });
  await write(path, async (writer) => {
    const chain = openChain(writer, 'csr', at('2021-02-01'));
    const kept = { F1: { district: '005', sr_number: 'SR21-1' }, F2: {} };
    for (const [recordId, content] of Object.entries(kept))
      chain.append({ recordId, name: 'purged', at: at('2021-01-30'), origin: 'local', content });
    writer.prepare('delete from csr_form').run();
  });
  expect(await missed('2021-01-31')).toEqual([
    { day: '2021-01-04', district: '005', forms: 1, oldest: 'F1' },
  ]);
});

test('days in a row are told as one stretch a district', async () => {
  await forms({ F3: ['007', [['form-submitted', '2021-01-08T09:00']]] });
  expect(stretchesOf(await missed('2021-01-11T12:00'))).toEqual([
    'district 007 2021-01-08 to 2021-01-10 (3 days)',
  ]);
});
