import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { csrFormAmend } from '../../src/csr/commands/form-amend.ts';
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

test('of a hazard the place may be left empty: it is kept, and what is missing is remarked on (CSR-03)', async () => {
  const { outcome } = await fill({
    'Which service': ['live wire'],
    'At which address': [''],
    'On which beat': [''],
    'In which district': [''],
    'When and how': [''],
    'And the supervisor': [''],
  });
  expect(await forms()).toMatchObject([{ address: null, beat: null, district: null }]);
  expect(outcome.data).toMatchObject({
    remarks: expect.arrayContaining([
      expect.objectContaining({
        code: 'HAZARD_WITHOUT_PLACE',
        text: 'where it is was not fully told: no address and no beat',
      }),
    ]),
  });
});

describe('off a terminal', () => {
  const add = (options: Readonly<Record<string, string | readonly string[]>>) => {
    const context = contextFor(path, { actor: 'PO1', now: at('2020-11-20T11:00') });
    return csrFormAdd.run(context, { args: {}, options });
  };
  const remarks = async (options: Parameters<typeof add>[0]) => {
    const { remarks: found } = (await add(options)).data as { remarks: readonly { code: string }[] };
    return found.map(({ code }) => code).filter((code) => !code.startsWith('HAZARD_WITHOUT_NOTICE'));
  };

  test('a hazard is kept without its address, without its place, and with two that differ', async () => {
    const wire = { type: ['live wire'] };
    expect(await remarks(wire)).toEqual(['HAZARD', 'HAZARD_WITHOUT_PLACE']);
    expect(await remarks({ ...wire, beat: '0531' })).toEqual(['HAZARD', 'HAZARD_WITHOUT_PLACE']);
    expect(await remarks({ ...wire, beat: '0611', district: '005', address: '1 X' })).toEqual([
      'HAZARD',
      'BEAT_ELSEWHERE',
    ]);
    expect(await remarks({ ...wire, district: '5', address: '2 X' })).toEqual(['HAZARD']);
    expect((await forms()).map(({ district }) => district)).toEqual([null, '005', '006', '005']);
  });

  test('a beat of no geography places no hazard: it stays with the district named, or with every office', async () => {
    const wire = { type: ['live wire'], address: '1 X', beat: '9999' };
    const texts = async (options: Parameters<typeof add>[0]) =>
      ((await add(options)).data as { remarks: readonly { text: string }[] }).remarks.map(({ text }) => text);
    const told = 'where it is was not fully told: no known beat (9999 was told)';
    expect(await texts(wire)).toContain(told);
    expect(await texts({ ...wire, address: '2 X', district: '005' })).toContain(told);
    expect((await forms()).map(({ beat, district }) => [beat, district])).toEqual([
      [null, null],
      [null, '005'],
    ]);
    const context = contextFor(path, { actor: 'PO1', now: at('2020-11-20T12:00') });
    await csrFormAmend.run(context, {
      args: { form: 'F20-00002' },
      options: { beat: '9998', address: '3 X' },
    });
    expect((await forms())[1]).toMatchObject({ address: '3 X', beat: null, district: '005' });
  });

  test('the same need is known however address and plate are written (CSR-13)', async () => {
    const car = { type: ['Abandoned Vehicle Complaint'], beat: '0531', address: '700 E 111TH ST' };
    expect(await remarks({ ...car, vehicle: ['CD456'] })).toEqual([]);
    expect(await remarks({ ...car, vehicle: ['cd 456'] })).toEqual(['SAME_NEED']);
    expect(await remarks({ ...car, address: '700 east 111th street.', vehicle: ['cd-456'] })).toEqual([
      'SAME_NEED',
    ]);
    expect(await remarks({ ...car, vehicle: ['EF 789'] })).toEqual([]);
    const light = { type: ['street light out complaint'], beat: '0531', address: '700 E 111TH ST' };
    expect(await remarks(light)).toEqual([]);
    expect(
      await remarks({ ...light, type: ['Street Light Out Complaint'], address: '700 e. 111th st.' }),
    ).toEqual(['SAME_NEED']);
    const hole = { beat: '0531', address: '700 E 111TH ST' };
    expect(await remarks({ ...hole, type: ['Pothole'] })).toEqual([]);
    expect(await remarks({ ...hole, type: ['Pothole in Street Complaint'] })).toEqual(['SAME_NEED']);
    expect(await remarks({ ...hole, type: ['Pot holes'] })).toEqual(['SAME_NEED']);
    // Letters inside a word are no word: stree[t light].
    expect(await remarks({ ...hole, type: ['Tree'] })).toEqual([]);
  });

  test.each([
    ['not open once its form is completed', 'completed_at', null],
    ['not open once 311 has done it', 'closed_at', null],
    ['still open before that', 'closed_at', 'SAME_NEED'],
  ])('the same need is %s (CSR-13)', async (_, by, expected) => {
    const hole = { type: ['Pothole'], beat: '0531', address: '700 E 111TH ST' };
    await add(hole);
    const done = at(expected === null ? '2020-11-20T10:00' : '2020-11-21T10:00');
    await write(path, async (writer) => {
      writer
        .prepare("update csr_form set state = 'entered', sr_number = 'SR20-1', completed_at = ?")
        .run(by === 'completed_at' ? done : null);
      if (by === 'closed_at')
        writer
          .prepare(
            `insert into csr_request (sr_number, type_id, status_id, is_open, created_at, created_day, duplicate, batch_id, closed_at)
             values ('SR20-1', 1, 1, 0, 1, 1, 0, 1, ?)`,
          )
          .run(done);
    });
    expect(await remarks(hole)).toEqual(expected === null ? [] : [expected]);
  });

  test('any other form has its place', async () => {
    const light = { type: ['Street Light Out Complaint'] };
    await expect(add({ ...light, beat: '0531' })).rejects.toThrow(/--address .* is missing/);
    await expect(add({ ...light, address: '1 X' })).rejects.toThrow('The form has no place.');
    await expect(add({ ...light, address: '1 X', beat: '0611', district: '005' })).rejects.toThrow(
      'lies in district 006',
    );
  });

  test('a hazard that turns out to be none is given its place when it is mended (CSR-24)', async () => {
    await add({ type: ['live wire'] });
    const amend = (options: Readonly<Record<string, string>>) =>
      csrFormAmend.run(contextFor(path, { actor: 'PO1', now: at('2020-11-20T12:00') }), {
        args: { form: 'F20-00001' },
        options,
      });
    await expect(amend({ type: 'Tree Trim Request' })).rejects.toThrow(/without its place/);
    await amend({ type: 'Tree Trim Request', address: '1 X', beat: '0531' });
    expect(await forms()).toMatchObject([{ type: 'Tree Trim Request', address: '1 X', district: '005' }]);
    const open = await read(path, (reader) =>
      reader.db.selectFrom('finding').select('code').where('ended_at', 'is', null).execute(),
    );
    expect(open).toEqual([]);
  });
});
