import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { read, write } from '../../src/store/store.ts';
import { at, contextFor, input } from '../desk/store-fixture.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-form-'));
  path = join(folder, 'rollcall.db');
  await write(
    path,
    async (writer) => {
      writer
        .prepare('insert into member (member_id, rank, rank_level, sworn, district) values (?, ?, ?, 1, ?)')
        .run('PO1', 'Police Officer', 1, '005');
    },
    { create: true },
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Fills in a form on a terminal; answers what was asked and said, in order. */
async function fill(answers: Readonly<Record<string, readonly string[]>>, over: Partial<Context> = {}) {
  const heard: string[] = [];
  const left = new Map(Object.entries(answers).map(([start, texts]) => [start, [...texts]]));
  const text = async (message: string) => {
    heard.push(message);
    const found = [...left].find(([start]) => message.startsWith(start));
    const said = found?.[1].shift();
    if (said === undefined) throw new Error(`nobody answers: ${message}`);
    return said;
  };
  const prompt = { select: never, text, confirm: never, secret: never };
  const context = contextFor(path, {
    actor: 'PO1',
    interactive: true,
    now: at('2020-11-20T11:00'),
    prompt,
    say: (line) => heard.push(line),
    ...over,
  });
  const outcome = await csrFormAdd.run(context, input());
  return { heard, outcome };
}

async function never(): Promise<never> {
  throw new Error('not asked');
}

function forms() {
  return read(path, (reader) =>
    reader.db.selectFrom('csr_form').select(['type', 'address', 'beat', 'district', 'vehicle']).execute(),
  );
}

test('on a terminal the place is asked for, and a wrong answer is asked again', async () => {
  const { heard } = await fill({
    'Which service': ['Street Light Out Complaint'],
    'At which address': ['700 E 111TH ST'],
    'On which beat': ['Grove', '531'],
  });
  expect(heard).toContain('"Grove" is no beat: it is written 0511.');
  expect(await forms()).toEqual([
    {
      type: 'Street Light Out Complaint',
      address: '700 E 111TH ST',
      beat: '0531',
      district: '005',
      vehicle: null,
    },
  ]);
});

test('where the beat is not known the district is asked for, and of an abandoned vehicle its plate', async () => {
  await fill({
    'Which service': ['Abandoned Vehicle Complaint'],
    'At which address': ['1 X'],
    'On which beat': [''],
    'In which district': ['5'],
    'Plate or number': ['AB 123'],
  });
  expect(await forms()).toMatchObject([{ beat: null, district: '005', vehicle: 'AB 123' }]);
});

test('an answer that keeps the form out is asked for again, and the rest stays', async () => {
  const { heard } = await fill({
    'Which service': ['Building Violation'],
    'At which address': ['5th District Station', '800 E 111TH ST'],
    'On which beat': ['0531'],
  });
  expect(heard.join(' ')).toContain('CSR-08');
  expect(await forms()).toMatchObject([{ type: 'Building Violation', address: '800 E 111TH ST' }]);
});

test('nothing is asked of one who may not fill in a form', async () => {
  await expect(fill({}, { actor: 'NOBODY' })).rejects.toMatchObject({ kind: 'refused' });
});
