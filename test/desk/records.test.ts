import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { csrDirective } from '../../src/csr/directive.ts';
import { makeCheckCommand } from '../../src/desk/commands/check.ts';
import { makeHistoryCommand } from '../../src/desk/commands/history.ts';
import { makeShowCommand } from '../../src/desk/commands/show.ts';
import { makeWhyCommand } from '../../src/desk/commands/why.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { read, write } from '../../src/store/store.ts';
import { all, at, contextFor, input, sampleStore } from './store-fixture.ts';

let store: Awaited<ReturnType<typeof sampleStore>>;
beforeAll(async () => {
  store = await sampleStore();
});
afterAll(() => store.remove());

type Make = typeof makeShowCommand;

async function run(make: Make, id: string, over: Partial<Context> = {}) {
  const outcome = await make(all).run(contextFor(store.path, over), input({ id }));
  return { ...outcome, page: renderPlain(outcome.document) };
}

async function check(options = {}, over: Partial<Context> = {}) {
  return makeCheckCommand(all).run(contextFor(store.path, over), input({}, options));
}

async function looks() {
  return read(store.path, (reader) => reader.db.selectFrom('access').selectAll().orderBy('seq').execute());
}

describe('show', () => {
  test('answers facts, state, clocks and findings of a concern', async () => {
    const { data, page } = await run(makeShowCommand, 'CC-1');
    expect(data).toMatchObject({
      id: 'CC-1',
      system: 'concerns',
      state: null,
      facts: {
        origin: 'webportal',
        district: '005',
        category: null,
        firstAssignedAt: '2020-10-30T15:00:00Z',
      },
      total: 1,
    });
    expect(data.clocks).toMatchObject([
      { rule: 'CC-15', timeliness: 'onTime', lateHours: 0 },
      { rule: 'CC-22', timeliness: 'onTime', extensions: 1, dueAt: '2020-11-14T05:59:59Z' },
    ]);
    expect(data.findings).toMatchObject([
      { code: 'LATE_EXTENSION', rule: 'CC-35' },
      { code: 'NOT_SUBMITTED', rule: 'CC-28' },
    ]);
    expect(page).toContain('CC-22\tinvestigation\t13 Nov 2020 23:59\ton time, stopped 12 Nov 2020 10:00');
  });

  test('shows both records where one number belongs to two', async () => {
    const csr = csrDirective;
    const twice = async () => [
      {
        ...csr,
        findAll: async (...asked: Parameters<typeof csr.find>) => {
          const [, id] = asked;
          const view = await csr.find(...asked);
          return view === null ? [] : [view, { ...view, title: `Another ${id}` }];
        },
      },
    ];
    const outcome = await makeShowCommand(twice).run(contextFor(store.path), input({ id: 'SR20-1' }));
    expect(outcome.data).toMatchObject({ title: 'Police service request SR20-1', total: 2 });
    expect(renderPlain(outcome.document)).toContain('Another SR20-1');
  });

  test('an unknown id is a usage error that names what was probably meant', async () => {
    await expect(run(makeShowCommand, 'CC-9')).rejects.toMatchObject({
      kind: 'usage',
      message: 'There is no record CC-9.',
    });
    await expect(run(makeShowCommand, 'cc-1')).rejects.toMatchObject({ remedy: 'Did you mean CC-1?' });
    await expect(run(makeShowCommand, 'wi-1')).rejects.not.toMatchObject({
      remedy: expect.stringContaining('WI-1?'),
    });
  });

  test('a Work Item needs an actor who may see it, and the look is logged before it is shown', async () => {
    const refused = { kind: 'refused', message: expect.stringContaining('(OSS-58, D20-04 V.C)') };
    await expect(run(makeShowCommand, 'WI-1')).rejects.toMatchObject(refused);
    await expect(run(makeShowCommand, 'WI-1', { actor: 'SG1' })).rejects.toMatchObject(refused);
    const before = (await looks()).length;
    const { page } = await run(makeShowCommand, 'WI-1', { actor: 'AN1' });
    expect(page).toContain('Non-disciplinary');
    expect((await looks()).slice(before)).toMatchObject([
      { system: 'oss', command: 'show', subject: 'WI-1', actor_id: 'AN1', purpose: null },
    ]);
  });

  test('command sees the Work Items that reached it and no others', async () => {
    await expect(run(makeShowCommand, 'WI-1', { actor: 'LT1' })).resolves.toMatchObject({
      data: { id: 'WI-1' },
    });
    // In the words for an id that there is not.
    await expect(run(makeShowCommand, 'WI-1', { actor: 'LT2' })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('There is no record WI-1.'),
    });
  });

  test('a subject takes a role and a purpose', async () => {
    await expect(run(makeShowCommand, 'S1')).rejects.toMatchObject({ kind: 'refused' });
    await expect(run(makeShowCommand, 'S1', { actor: 'DA1' })).rejects.toMatchObject({ kind: 'usage' });
    await run(makeShowCommand, 'S1', { actor: 'DA1', purpose: 'outreach' });
    expect((await looks()).at(-1)).toMatchObject({ system: 'said', subject: 'S1', purpose: 'outreach' });
  });
});

describe('what was written on a record', () => {
  const texts = async (make: Make, id: string, over: Partial<Context> = {}) => {
    const { page, data } = await run(make, id, over);
    return page + JSON.stringify(data);
  };

  test('of a concern is for those who may see it, and the look is logged (CC-10)', async () => {
    const before = (await looks()).length;
    for (const actor of [null, 'AN1', 'DA1', 'PO1']) {
      const history = await texts(makeHistoryCommand, 'CC-1', { actor });
      expect(history).not.toContain('waits for a witness');
      expect(history).toContain('are not shown');
      expect(history).toContain('completed');
    }
    expect(await looks()).toHaveLength(before);
    expect(await texts(makeHistoryCommand, 'CC-1', { actor: 'XO1' })).toContain('waits for a witness');
    expect((await looks()).slice(before)).toMatchObject([
      { system: 'concerns', command: 'history', subject: 'CC-1', actor_id: 'XO1' },
    ]);
  });

  test('of a request is for its office and for the member who has it', async () => {
    expect(await texts(makeShowCommand, 'SR20-1')).not.toContain('spoke with owner');
    expect(await texts(makeShowCommand, 'SR20-1', { actor: 'AN1' })).not.toContain('spoke with owner');
    expect(await texts(makeHistoryCommand, 'SR20-1')).not.toContain('owner is away');
    for (const actor of ['SG1', 'PO1'])
      expect(await texts(makeShowCommand, 'SR20-1', { actor })).toContain('spoke with owner');
  });

  test('of a City request is public as it is', async () => {
    expect(await texts(makeShowCommand, 'SR20-2')).not.toContain('Texts are not shown');
  });
});

describe('why', () => {
  test('tells how 7 days and an extension after the lapse come about', async () => {
    const { data, page } = await run(makeWhyCommand, 'CC-1');
    expect(page).toContain(
      'Assigned to the unit 30 Oct 2020 10:00 + 7 calendar days (first day excluded, last included) = due 6 Nov 2020 23:59:59. The clocks went back 1 hour between: days are counted, so 1 hour more elapse.',
    );
    expect(page).toContain(
      'It was late by 2 d 12 h (2.5 days) by then; later extended, and the lapse stays.',
    );
    expect(page).toContain(
      'Extension 1 granted 9 Nov 2020 12:00: due day 6 Nov 2020 + 7 days = due 13 Nov 2020 23:59:59 (CC-23,',
    );
    expect(page).toContain('A-CC-2');
    expect(data.items).toMatchObject([
      { rule: 'CC-15', timeliness: 'onTime' },
      {
        rule: 'CC-22',
        key: '005',
        timeliness: 'onTime',
        lapses: [
          { dueAt: '2020-11-07T05:59:59Z', until: '2020-11-09T18:00:00Z', hours: 60, endedBy: 'extended' },
        ],
        spans: [
          { period: 1, endedBy: 'extended' },
          { period: 2, endedBy: 'stopped' },
        ],
      },
    ]);
  });

  test('as of a day in the past, a span that stopped later is running and a later extension is not there yet', async () => {
    const { data, page } = await run(makeWhyCommand, 'CC-1', {
      now: at('2020-11-08T12:00'),
      asOfGiven: true,
    });
    expect(data.items).toMatchObject([
      {},
      {
        rule: 'CC-22',
        timeliness: 'late',
        stoppedAt: null,
        endedBy: 'running',
        lateHours: 36,
        extensions: 0,
      },
    ]);
    expect(page).toContain('Late by 1 d 12 h and running');
    expect(page).not.toContain('Extension 1');
  });

  test('hours are elapsed hours, also over the end of summer time', async () => {
    const { data, page } = await run(makeWhyCommand, 'WI-1', { actor: 'AN1' });
    expect(page).toContain(
      'Work Item generated 31 Oct 2020 12:00 + 48 hours elapsed = due 2 Nov 2020 11:00. The clocks went back',
    );
    expect(data.items).toMatchObject([
      { rule: 'OSS-16', timeliness: 'onTime', lateHours: 0 },
      { rule: 'OSS-29', timeliness: 'late' },
      { rule: 'OSS-31', key: '1', timeliness: 'late' },
    ]);
  });

  test('a return keeps the due day, an extension of a police request counts from its approval', async () => {
    const { data, page } = await run(makeWhyCommand, 'SR20-1');
    expect(page).toContain(
      'Returned or reopened 7 Nov 2020 10:00: the clock goes on and is not set anew, still due 9 Nov',
    );
    expect(page).toContain(
      'approval + 15 calendar days (first day excluded, last included) = due 23 Nov 2020 23:59:59',
    );
    expect(page).toContain(
      'An extension on record of 19 Nov 2020 10:00 does not count: further extension approved by SG1, who was not district-commander then (CSR-47).',
    );
    expect(data.items).toMatchObject([{ rule: 'CSR-38', returns: 1, extensions: 1, timeliness: 'onTime' }]);
  });

  test('says where the directive sets no deadline and where nobody can tell', async () => {
    expect((await run(makeWhyCommand, 'CC-2')).data.items).toMatchObject([
      { rule: 'CC-22', timeliness: 'late' },
      { rule: 'CC-15', timeliness: 'noDeadline', startedAt: null },
    ]);
    const third = await run(makeWhyCommand, 'CC-3');
    expect(third.data.items).toMatchObject([{}, {}, { rule: 'CC-15', timeliness: 'cannotTell' }]);
    expect(third.page).toContain('First assigned 2 Nov 2020 10:00, 19 d 2 h ago (A-CC-5).');
    expect(third.page).toContain('the due instant of unit 005 is kept: due 9 Nov 2020 23:59:59 (A-CC-5)');
    const city = await run(makeWhyCommand, 'SR20-2');
    expect(city.data.items).toEqual([]);
    expect(city.page).toContain('No directive deadline runs on this record.');
    expect(city.page).toContain('It was closed after 9 d.');
  });
});

describe('history', () => {
  test('tells events by the time they happened and how much later they were entered', async () => {
    const { data } = await run(makeHistoryCommand, 'CC-1', { actor: 'XO1' });
    const items = data.items as readonly Record<string, unknown>[];
    expect(items.map((item) => item.event)).toEqual([
      'accessed',
      'accepted',
      'assigned',
      'extended',
      'completed',
    ]);
    expect(items[4]).toMatchObject({
      at: '2020-11-12T16:00:00Z',
      recordedAt: '2020-11-20T18:00:00Z',
      enteredAfterHours: 194,
      by: 'LT1',
      unit: '005',
      origin: 'import',
      batch: { id: 1, file: 'concerns.csv' },
      undone: null,
    });
    expect(items[3]).toMatchObject({ reason: null, detail: ['justification: waits for a witness'] });
  });

  test('never tells what was said in a meeting, and a plan only to those who may see plans', async () => {
    const analyst = await run(makeHistoryCommand, 'WI-1', { actor: 'AN1' });
    const command = await run(makeHistoryCommand, 'WI-1', { actor: 'LT1' });
    for (const { page, data } of [analyst, command]) {
      expect(JSON.stringify(data) + page).not.toContain('private matter');
    }
    expect(analyst.page).not.toContain('two courses');
    expect(command.page).toContain('two courses');
  });

  test('a City request has its batch and its changes', async () => {
    const { data } = await run(makeHistoryCommand, 'SR20-2');
    expect(data.items).toMatchObject([
      { event: 'mirrored', batch: { id: 1 } },
      { event: 'changed', detail: ['status: Open → Completed', 'closed: – → 10 Nov 2020 09:00'] },
    ]);
  });

  test('marks what a further event corrected', async () => {
    const mine = await sampleStore();
    await write(mine.path, async (writer) => {
      const { openChain } = await import('../../src/casework/log.ts');
      const chain = openChain(writer, 'concerns', at('2020-11-20T13:00'));
      const seq = writer.prepare("select seq from event where name = 'completed'").get()?.[0];
      const event = { recordId: 'CC-1', at: at('2020-11-20T13:00'), origin: 'local' as const };
      chain.append({ ...event, name: 'corrected', replaces: Number(seq), content: { reason: 'wrong file' } });
    });
    const outcome = await makeHistoryCommand(all).run(
      contextFor(mine.path, { actor: 'XO1' }),
      input({ id: 'CC-1' }),
    );
    mine.remove();
    const items = outcome.data.items as readonly Record<string, unknown>[];
    expect(items.find((item) => item.event === 'completed')?.undone).toMatch(/^corrected by entry \d+$/);
    expect(items.at(-1)).toMatchObject({ event: 'corrected', reason: 'wrong file', undone: null });
  });
});

describe('check', () => {
  test('lists findings with rule and cite, and neither lists nor counts those on Work Items for nobody known', async () => {
    const { data, exitCode } = await check();
    const items = data.items as readonly Record<string, unknown>[];
    expect(items.find((item) => item.id === 'CC-2')).toMatchObject({
      code: 'WRONG_ROLE',
      rule: 'CC-14',
      cite: 'S02-03-03 VII.B.1',
      text: null,
    });
    expect(JSON.stringify(data)).not.toMatch(/WI-1|OSS-/);
    expect(JSON.stringify(data)).not.toContain('"S1"');
    expect(data).toMatchObject({ withheld: 1 });
    expect(exitCode).toBe(0);
  });

  test('gives the text of Work Item findings to those who may see them, and logs the look', async () => {
    const before = (await looks()).length;
    const { data } = await check({ system: 'oss' }, { actor: 'AN1' });
    expect(JSON.stringify(data)).toContain('does not follow');
    expect((await looks()).slice(before)).toMatchObject([
      { system: 'oss', command: 'check', actor_id: 'AN1' },
    ]);
  });

  test('does not tell by a count that someone is a subject', async () => {
    const { data } = await check({ record: 'S1' });
    expect(data).toEqual({ items: [], total: 0, groups: [], withheld: 0 });
    const seen = await check({ record: 'S1' }, { actor: 'DA1', purpose: 'review' });
    expect(seen.data).toMatchObject({ total: 1 });
  });

  test('is silent when there is none, and --exit-code ends with 1 when there is one', async () => {
    expect(await check({ code: 'NO_SUCH_CODE', exitCode: true })).toMatchObject({ text: '', exitCode: 0 });
    const found = await check({ code: 'late_extension', exitCode: true });
    expect(found).toMatchObject({ exitCode: 1, data: { total: 1 } });
    expect(found.text).toBeUndefined();
  });
});
