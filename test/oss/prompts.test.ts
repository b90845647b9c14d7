import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { TABLE } from '../../src/cli/table.ts';
import type { Context } from '../../src/core/command.ts';
import { RollcallError } from '../../src/core/errors.ts';
import { read, write } from '../../src/store/store.ts';
import { at, freshStore } from '../casework/store-of.ts';
import { ASSIGNED, fill } from './acting.ts';

const ITEM = { ...ASSIGNED, models: 'a' };

/** Runs a verb on a terminal whose person gives these answers in turn; answers what was asked. */
async function converse(path: string, verb: string, actor: string, answers: readonly (string | boolean)[]) {
  const asked: string[] = [];
  const left = [...answers];
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = left.shift();
    if (answer === undefined) throw new RollcallError('cancelled', 'cancelled');
    return answer;
  };
  const context: Context = {
    storePath: path,
    now: at('2020-11-04T09:00'),
    asOfGiven: true,
    clock: () => at('2020-11-04T09:00'),
    actor,
    osUser: 'someone',
    purpose: null,
    format: 'table',
    formatGiven: false,
    outputFile: null,
    dryRun: false,
    interactive: true,
    color: false,
    quiet: true,
    width: 100,
    cwd: '/',
    env: {},
    stdin: new PassThrough(),
    prompt: {
      select: async (message, choices) => {
        const answer = next(message);
        const found = choices.find((choice) => choice.value === answer);
        if (found === undefined) throw new Error(`${answer} was not offered: ${message}`);
        return found.value;
      },
      text: async (message) => String(next(message)),
      confirm: async (message) => next(message) === true,
      secret: async (message) => String(next(message)),
    },
    progress: { start: () => undefined, update: () => undefined, stop: () => undefined },
    note: () => undefined,
    warn: () => undefined,
    say: () => undefined,
  };
  const command = await TABLE.find((entry) => entry.path === `oss ${verb}`)?.load();
  const outcome = await command?.run(context, { args: { id: 'W1' }, options: {} });
  return { asked, left, data: outcome?.data };
}

async function store(): Promise<string> {
  const path = freshStore();
  await fill(path, { items: [ITEM] });
  return path;
}

it('reassigning asks why and to whom, and offers supervisors', async () => {
  const { asked, data } = await converse(await store(), 'reassign', 'L1', ['discomfort', 'S2']);
  expect(asked).toEqual(['Why?', 'To whom?']);
  expect(data).toMatchObject({ step: 'reassigned', state: 'assigned' });
});

it('notifying by phone asks why not in person', async () => {
  const { asked, data } = await converse(await store(), 'notify', 'L1', ['phone', 'on furlough']);
  expect(asked).toEqual(['How?', 'Why not in person?']);
  expect(data).toMatchObject({ step: 'notified', remarks: [] });
});

it('a meeting goes through the six points and asks for highlights last', async () => {
  const path = await store();
  const { asked, data } = await converse(path, 'meet', 'S1', [
    true,
    true,
    false,
    true,
    true,
    true,
    'said in confidence',
  ]);
  expect(asked).toHaveLength(7);
  expect(data).toMatchObject({ remarks: [{ rule: 'OSS-37' }, { rule: 'OSS-33', code: 'NOT_CONFERRED' }] });
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('oss_highlight').select('highlights').execute(),
  );
  expect(rows).toEqual([{ highlights: 'said in confidence' }]);
});

it('a plan asks for supports until that is all, then for each answer', async () => {
  const answers = ['chaplain', 'other', 'long walks', 'done', 'nights', 'rest', '', true];
  const { left, data } = await converse(await store(), 'plan', 'S1', answers);
  expect([left, data?.step]).toEqual([[], 'plan-answered']);
});

it('submitting other supports than those returned asks whether the change is dramatic', async () => {
  const path = freshStore();
  const step = (event: string, hour: string, detail: string) => ({
    ...{ work_item_id: 'W1', event, at: `2020-11-03T${hour}:00:00`, reason: 'x', detail },
  });
  const plan = [step('met', '10', ''), step('plan-submitted', '12', 'chaplain')];
  await fill(path, { items: [ITEM], events: [...plan, step('returned', '13', '')] });
  const chosen = ['wellness', 'done', 'nights', 'rest', 'weekly', true];
  expect((await converse(path, 'plan', 'S1', chosen)).left).toEqual([]);
  await expect(converse(path, 'submit', 'S1', [true])).rejects.toMatchObject({ kind: 'refused' });
  const { asked, data } = await converse(path, 'submit', 'S1', [false]);
  expect([asked.length, data]).toMatchObject([1, { state: 'plan-submitted', remarks: [] }]);
});

it('cancelling leaves everything as it was', async () => {
  const path = await store();
  await expect(converse(path, 'plan', 'S1', ['chaplain'])).rejects.toMatchObject({ kind: 'cancelled' });
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('event').select('name').where('origin', '=', 'local').execute(),
  );
  expect(rows).toEqual([]);
});

it('answering asks about each flag, then about the factors that are chosen', async () => {
  const path = await store();
  const factors = [
    { input: 'open', value: 2, points: 300 },
    { input: 'force-1y', value: 0, points: -100 },
    { input: 'kinds', value: 0, points: 0 },
    { input: 'average member', value: null, points: -900 },
  ];
  await write(path, async (writer) => {
    const flag = writer.prepare(`insert into oss_flag values ('W1', ?, '1', 'x', ?, -700, 3, 90, ?)`);
    for (const model of ['a', 'b']) flag.run(model, at('2020-11-01T08:00'), JSON.stringify(factors));
  });
  const said = ['agree', 'skip', 'open', 'disagree', 'done', 'was on leave'];
  const { asked, left, data } = await converse(path, 'answer', 'S1', said);
  expect(left).toEqual([]);
  expect(asked).toEqual([
    'a flags the member, place 3 of 90.',
    'b flags the member, place 3 of 90.',
    'Answer on a factor?',
    'complaints open on the day: a reason?',
    'Answer on a factor?',
    'A note (may be empty)',
  ]);
  expect(data).toMatchObject({
    note: 'was on leave',
    items: [
      { model: 'a', factor: null, answer: 'agree' },
      { model: 'a', factor: 'open', answer: 'disagree' },
      { model: 'b', factor: 'open', answer: 'disagree' },
    ],
  });
});
