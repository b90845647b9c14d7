import { beforeAll, describe, expect, test } from 'vitest';
import { openActs } from '../../src/casework/act.ts';
import { ossAnswer } from '../../src/oss/commands/answer.ts';
import { ossExplain } from '../../src/oss/commands/explain.ts';
import { ossGenerate } from '../../src/oss/commands/generate.ts';
import { strongest, summaryOf } from '../../src/oss/generate.ts';
import { countAnswers } from '../../src/oss/model-records.ts';
import { workItemKind } from '../../src/oss/records.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import { read, write } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { officersStore, profileOf, runAs } from './command-of.ts';

interface Item {
  readonly id: string;
  readonly memberId: string;
  readonly flags: readonly {
    readonly model: string;
    readonly place: number;
    readonly scored: number;
    readonly factors: readonly { readonly factor: string; readonly points: number }[] | null;
  }[];
}

const rows = (path: string, sql: string) => read(path, (reader) => reader.rows({ sql, parameters: [] }));
const itemsOf = (data: Readonly<Record<string, unknown>>) => data.items as readonly Item[];
const five = { options: { top: '5%' } };

async function step(
  path: string,
  id: string,
  name: string,
  detail: Record<string, string>,
  by: string,
  when = '2015-01-02',
) {
  await write(path, async (writer) => {
    const acts = await openActs(writer, workItemKind, at('2021-01-15'));
    await acts.act(id, { name, at: at(when), unit: null, by, reason: detail.reason ?? null, detail });
    await acts.finish();
  });
}

describe('who may have Work Items generated', () => {
  test('is an OSSU supervisor or an isd-admin, and nobody else', async () => {
    const path = await officersStore(40);
    for (const actor of [null, 'ANALYST', 'SUPERVISOR', 'EVALUATOR'])
      await expect(runAs(ossGenerate, path, actor, five)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('OSS-58, D20-04 V.C'),
      });
    expect(await rows(path, 'select count(*) from work_item')).toEqual([[0]]);
  });

  test('an isd-admin is told ids and numbers, not who stands where, why, or what other items there are', async () => {
    const path = await officersStore(40);
    await runAs(ossGenerate, path, 'ADMIN', { options: { top: '2%' } });
    const { data, document } = await runAs(ossGenerate, path, 'ADMIN', { ...five, dryRun: true });
    expect(itemsOf(data).length).toBeGreaterThan(0);
    for (const item of itemsOf(data)) expect(item).toMatchObject({ memberId: null, flags: null });
    expect(data.passed).toBeNull();
    expect(JSON.stringify(document)).not.toMatch(/complaints filed|place|passed over/);
  });

  test('the share that may be asked for is bounded, so that a dry run is no list of everyone', async () => {
    const path = await officersStore(40);
    for (const options of [{ top: '10.1%' }, { top: '100%' }, { threshold: '0.0001' }])
      await expect(runAs(ossGenerate, path, 'OSSU', { options, dryRun: true })).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringMatching(/10 (%|per cent)/),
      });
    await runAs(ossGenerate, path, 'OSSU', { options: { top: '10%' }, dryRun: true });
    expect(await rows(path, `select subject from access where command = 'oss generate'`)).toEqual([
      [expect.stringMatching(/^\d+ Work Items of 2014-12-31, the top 10 % by each model, dry run$/)],
    ]);
  });
});

describe('what concerns the acting member', () => {
  // The one who stands highest, as an OSSU supervisor.
  const asSupervisor = async (invalid: boolean) => {
    const path = await officersStore(100);
    const boss = { member_id: 'M0000', rank: 'Police Officer', sworn: 'yes', roles: 'ossu-supervisor' };
    await importRows(path, membersProfile, [boss]);
    if (invalid) {
      await runAs(ossGenerate, path, 'OSSU', five);
      const others = await rows(path, `select work_item_id from work_item where member_id <> 'M0000'`);
      expect(await rows(path, 'select count(*) from work_item')).toEqual([[others.length + 1]]);
      const [[own] = []] = await rows(path, `select work_item_id from work_item where member_id = 'M0000'`);
      await step(path, String(own), 'determined', { detail: 'invalid', reason: 'data-error' }, 'ANALYST');
      for (const [id] of others)
        await step(path, String(id), 'determined', { detail: 'invalid', reason: 'other' }, 'ANALYST');
    }
    return path;
  };
  test('is written like any other and shown nowhere, be there an invalid one or none', async () => {
    const later = { ...five, asOf: '2015-01-03' };
    const [without, withInvalid] = [await asSupervisor(false), await asSupervisor(true)];
    const shown = [
      await runAs(ossGenerate, without, 'M0000', later),
      await runAs(ossGenerate, withInvalid, 'M0000', later),
    ].map(({ document, data }) => JSON.stringify({ document: { ...document, newestImport: 0 }, data }));
    expect(shown[0]).toBe(shown[1]);
    expect(shown[0]).not.toContain('M0000');
    for (const path of [without, withInvalid])
      expect(
        await rows(path, `select count(*) from work_item where member_id = 'M0000' and state = 'generated'`),
      ).toEqual([[1]]);
  });

  test('is in no count and no place: those are the same whatever the own jacket holds', async () => {
    const path = await asSupervisor(false);
    const before = await runAs(ossGenerate, path, 'M0000', { ...five, dryRun: true });
    await write(path, async (writer) => {
      writer.prepare(`delete from member_activity where member_id = 'M0000' and kind = 'use-of-force'`).run();
    });
    const after = await runAs(ossGenerate, path, 'M0000', { ...five, dryRun: true });
    const places = (data: Readonly<Record<string, unknown>>) =>
      itemsOf(data).map((item) => [item.id, item.flags.map(({ model, place }) => [model, place])]);
    expect(before.data.scored).toBe(99);
    expect(places(after.data)).toEqual(places(before.data));
  });
});

describe('oss generate', () => {
  let path = '';
  let first: readonly Item[] = [];
  beforeAll(async () => {
    path = await officersStore();
    const { data, warned } = await runAs(ossGenerate, path, 'OSSU', five);
    expect(warned).toEqual([]);
    expect(data).toMatchObject({ scored: 200, passed: [] });
    first = itemsOf(data);
  });

  test('writes one Work Item a member with the flags of all models and up to five factors each', async () => {
    expect(new Set(first.map((item) => item.memberId)).size).toBe(first.length);
    const flags = first.flatMap((item) => item.flags);
    expect(flags.length).toBeGreaterThan(first.length);
    for (const model of ['oss-on-duty', 'oss-off-duty', 'oss-complaints', 'oss-force']) {
      // A twentieth of 200, unless some are tied at its edge.
      const found = flags.filter((flag) => flag.model === model).length;
      expect([10, 9, 8]).toContain(found);
    }
    for (const flag of flags) expect([1, 2, 3, 4, 5]).toContain(flag.factors?.length);
    expect(await rows(path, 'select count(*) from work_item')).toEqual([[first.length]]);
    const events = await rows(
      path,
      `select distinct name, origin, actor_id from event where chain = 'oss' and batch_id is null`,
    );
    expect(events).toEqual([['generated', 'local', 'OSSU']]);
    expect(await rows(path, `select count(*) from clock where rule = 'OSS-16'`)).toEqual([[first.length]]);
  });

  test('numbers the items of a day without a word of whose they are, the own one of the actor last', async () => {
    const other = await officersStore(100);
    const boss = { member_id: 'M0000', rank: 'Police Officer', sworn: 'yes', roles: 'ossu-supervisor' };
    await importRows(other, membersProfile, [boss]);
    const { data } = await runAs(ossGenerate, other, 'M0000', five);
    const ids = itemsOf(data).map(({ id }) => id);
    const word = (n: number) => `WI-20141231-${String(n).padStart(4, '0')}`;
    expect(ids.toSorted()).toEqual(ids.map((_, i) => word(i + 1)));
    expect(await rows(other, `select work_item_id from work_item where member_id = 'M0000'`)).toEqual([
      [word(ids.length + 1)],
    ]);
  });

  test('never writes a second one while one is open', async () => {
    const { data } = await runAs(ossGenerate, path, 'OSSU', { ...five, asOf: '2014-12-31' });
    expect(data.total).toBe(0);
    expect(data.passed).toHaveLength(first.length);
    expect(await rows(path, 'select count(*) from work_item')).toEqual([[first.length]]);
  });

  test('writes another one once the first was found invalid, and says so of those still open', async () => {
    const [item] = first;
    const id = item?.id ?? '';
    await step(path, id, 'determined', { detail: 'invalid', reason: 'data-error' }, 'ANALYST');
    const { data } = await runAs(ossGenerate, path, 'OSSU', { ...five, asOf: '2015-01-03', dryRun: true });
    expect(itemsOf(data).map((again) => again.memberId)).toContain(item?.memberId);
  });

  test('writes none on the day on which one was found invalid', async () => {
    const other = await officersStore();
    const { data } = await runAs(ossGenerate, other, 'OSSU', { ...five, asOf: '2014-12-31T08:00' });
    const [item] = itemsOf(data);
    const id = item?.id ?? '';
    const detail = { detail: 'invalid', reason: 'data-error' };
    await step(other, id, 'determined', detail, 'ANALYST', '2014-12-31T09:00');
    const again = await runAs(ossGenerate, other, 'OSSU', { ...five, asOf: '2014-12-31T10:00' });
    expect(again.data.passed).toContainEqual({ memberId: item?.memberId, workItemId: id, why: 'same-day' });
  });

  test('writes none for an earlier day on which one was open, or before a later one', async () => {
    const other = await officersStore();
    const { data } = await runAs(ossGenerate, other, 'OSSU', five);
    const ids = itemsOf(data).map(({ id }) => id);
    for (const id of ids)
      await step(other, id, 'determined', { detail: 'invalid', reason: 'data-error' }, 'ANALYST');
    // Determined on 2 January 2015: on 1 January they were open, and on 30 December not yet there.
    for (const asOf of ['2015-01-01', '2014-12-30']) {
      const again = await runAs(ossGenerate, other, 'OSSU', { ...five, asOf, dryRun: true });
      const members = itemsOf(again.data).map((item) => item.memberId);
      expect(members.filter((id) => itemsOf(data).some((item) => item.memberId === id))).toEqual([]);
      expect((again.data.passed as readonly unknown[]).length).toBeGreaterThan(0);
    }
    const after = await runAs(ossGenerate, other, 'OSSU', { ...five, asOf: '2015-01-03', dryRun: true });
    expect(after.data.passed).toEqual([]);
  });

  test('gives as reasons only what raises a score', async () => {
    for (const flag of first.flatMap((item) => item.flags))
      for (const { points } of flag.factors ?? []) expect(points).toBeGreaterThan(0);
    const terms = [
      { input: 'since-force', label: 'years since', value: 10, points: -900 },
      { input: 'open', label: 'open complaints', value: 2, points: 300 },
      { input: 'kinds', label: 'kinds', value: 0, points: 0 },
      { input: 'average member', label: 'the average member', value: null, points: 4000 },
    ] as const;
    expect(strongest(terms).map((term) => term.input)).toEqual(['open']);
    const flag = {
      model: 'm',
      version: '1',
      sha256: '',
      score: 3400,
      chance: 0.9,
      place: 1,
      scored: 9,
      terms,
    };
    expect(summaryOf({ memberId: 'M1', flags: [flag] })).toBe(
      'm: place 1 of 9, most for open complaints (2)',
    );
  });

  test('writes nothing on a dry run and flags the same members each time', async () => {
    const other = await officersStore();
    const dry = await runAs(ossGenerate, other, 'OSSU', { ...five, dryRun: true });
    expect(await rows(other, 'select count(*) from work_item')).toEqual([[0]]);
    expect(itemsOf(dry.data)).toEqual(first);
  });

  test('flags by chance where a threshold is given', async () => {
    const other = await officersStore();
    const options = { threshold: '0.9', model: [] };
    const { data } = await runAs(ossGenerate, other, 'OSSU', { options, dryRun: true });
    for (const item of itemsOf(data)) {
      const chances = item.flags.map((flag) => (flag as unknown as { chance: number }).chance);
      expect(Math.min(...chances)).toBeGreaterThanOrEqual(0.9);
    }
  });

  test('generates for no one whom the roster of today marks not active, and counts them', async () => {
    const other = await officersStore();
    const gone = itemsOf((await runAs(ossGenerate, other, 'OSSU', { ...five, dryRun: true })).data)[0]
      ?.memberId;
    const officer = { appointed_date: '1999-05-01', resignation_date: '', rank: '', current_unit: '' };
    await importRows(other, profileOf('officers'), [
      { ...officer, member_id: gone ?? '', status: '0' },
      { ...officer, member_id: 'M0001', status: '1' },
    ]);
    const { data, document } = await runAs(ossGenerate, other, 'OSSU', { ...five, dryRun: true });
    expect(itemsOf(data).map((item) => item.memberId)).not.toContain(gone);
    expect(data).toMatchObject({ scored: 199, inactive: 1, unmarked: 198 });
    expect(document.notes?.join()).toContain('marking them not active: 1.');
  });

  test('flags nobody where nothing tells members apart', async () => {
    const other = freshStore();
    const officer = { appointed_date: '1999-05-01', resignation_date: '', rank: 'POLICE OFFICER' };
    const roster = Array.from({ length: 50 }, (_, i) => ({ member_id: `P${i}`, ...officer }));
    await importRows(other, profileOf('officers'), roster);
    const boss = { member_id: 'OSSU', rank: 'Sergeant', roles: 'ossu-supervisor' };
    await importRows(other, membersProfile, [
      boss,
      { member_id: 'P99', rank: 'Police Officer', sworn: 'yes' },
    ]);
    const { data } = await runAs(ossGenerate, other, 'OSSU', five);
    expect(data).toMatchObject({ inactive: 0, unmarked: 0 });
    // The last one is on the roster without a day of appointment, and is scored too.
    expect(data).toMatchObject({ scored: 51, total: 0 });
    expect(data.tied).toContainEqual({ model: 'oss-force', members: 51 });
  });

  test.for([
    { top: '0' },
    { top: '101%' },
    { top: 'some' },
    { threshold: '1' },
    { top: '1%', threshold: '0.5' },
  ])('refuses %o', async (options) => {
    await expect(runAs(ossGenerate, path, 'OSSU', { options })).rejects.toMatchObject({ kind: 'usage' });
  });

  test('asks for members where nobody can be scored', async () => {
    await expect(runAs(ossGenerate, path, 'OSSU', { asOf: '1990-01-01' })).rejects.toMatchObject({
      kind: 'data',
      remedy: expect.stringContaining('officers'),
    });
  });
});

describe('oss explain and answer', () => {
  let path = '';
  let id = '';
  beforeAll(async () => {
    path = await officersStore();
    const { data } = await runAs(ossGenerate, path, 'OSSU', five);
    id = itemsOf(data)[0]?.id ?? '';
  });

  test('gives every factor, which add up to the score, and logs the look', async () => {
    const { data } = await runAs(ossExplain, path, 'ANALYST', { args: { id } });
    const items = data.items as readonly { score: number; factors: readonly { points: number }[] }[];
    expect(items.length).toBeGreaterThan(0);
    for (const { score, factors } of items)
      expect(factors.reduce((sum, factor) => sum + factor.points, 0)).toBe(score);
    expect(await rows(path, `select actor_id, subject from access where command = 'oss explain'`)).toEqual([
      ['ANALYST', id],
    ]);
  });

  test('is for the others only once a valid item has reached them, and in the same words before', async () => {
    const look = (actor: string, which = id) =>
      runAs(ossExplain, path, actor, { args: { id: which }, asOf: '2015-01-05' }).then(
        () => 'seen',
        (error: Error) => error.message.replaceAll(which, 'X'),
      );
    const hidden = await look('SUPERVISOR');
    expect(hidden).toContain('OSS-58');
    expect(await look('SUPERVISOR', 'WI-NONE')).toBe(hidden);
    await step(path, id, 'determined', { detail: 'valid' }, 'ANALYST');
    await step(path, id, 'forwarded', { area_rep_id: 'REP' }, 'ANALYST');
    expect([await look('REP'), await look('COMMAND'), await look('SUPERVISOR')]).toEqual([
      'seen',
      expect.stringContaining('OSS-58'),
      hidden,
    ]);
    await step(path, id, 'assigned-command', { command_id: 'COMMAND' }, 'REP');
    await step(path, id, 'assigned', { supervisor_id: 'SUPERVISOR' }, 'COMMAND');
    expect([await look('COMMAND'), await look('SUPERVISOR')]).toEqual(['seen', 'seen']);
    await expect(
      runAs(ossExplain, path, 'EVALUATOR', { args: { id }, asOf: '2015-01-05' }),
    ).rejects.toMatchObject({
      kind: 'refused',
    });
  });

  test('records what the assigned supervisor thinks of each flag and factor, beside the flag', async () => {
    const when = { args: { id }, asOf: '2015-01-05' };
    const explained = await runAs(ossExplain, path, 'SUPERVISOR', when);
    const [flag] = explained.data.items as readonly {
      model: string;
      factors: readonly { factor: string }[];
    }[];
    const factor = flag?.factors[0]?.factor ?? '';
    const options = { flag: ['agree'], factor: [`${factor}=disagree`], note: 'was on leave' };
    await expect(runAs(ossAnswer, path, 'COMMAND', { ...when, options })).rejects.toMatchObject({
      message: expect.stringContaining('OSS-32'),
    });
    await expect(runAs(ossAnswer, path, 'ANALYST', { ...when, options })).rejects.toMatchObject({
      message: expect.stringMatching(/ANALYST may not answer on the flags .* roles supervisor, /),
    });
    await runAs(ossAnswer, path, 'SUPERVISOR', { ...when, options });
    const { data } = await runAs(ossExplain, path, 'ANALYST', when);
    expect(data.answers).toContainEqual({
      model: flag?.model,
      factor: null,
      answer: 'agree',
      note: 'was on leave',
      by: 'SUPERVISOR',
      at: '2015-01-06T05:59:59Z',
    });
    expect(data.answers).toContainEqual(expect.objectContaining({ factor, answer: 'disagree' }));
    await expect(
      runAs(ossAnswer, path, 'SUPERVISOR', { ...when, options: { factor: ['age=agree'] } }),
    ).rejects.toMatchObject({ kind: 'usage' });
  });

  test('counts the answers for those who keep the models, none of fewer than five', async () => {
    const { data } = await runAs(ossAnswer, path, 'EVALUATOR', { asOf: '2015-01-05' });
    expect(data).toMatchObject({ items: [], total: 0 });
    expect(data.leftOut).toBeGreaterThan(0);
    await expect(runAs(ossAnswer, path, 'SUPERVISOR', { asOf: '2015-01-05' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('SUPERVISOR may not see how supervisors answered'),
    });
    // Of the flag: six agree and one does not; one who does not is not told of.
    const model = String(
      itemsOf((await runAs(ossGenerate, await officersStore(), 'OSSU', five)).data)[0]?.flags[0]?.model,
    );
    const one = (answer: string) => ({ answers: JSON.stringify([{ model, factor: 'open', answer }]) });
    for (let i = 0; i < 7; i++)
      await step(path, id, 'answered', one(i < 6 ? 'agree' : 'disagree'), `S${i}`, `2015-01-04T0${i}:00`);
    const shown = await runAs(ossAnswer, path, 'EVALUATOR', { asOf: '2015-01-05' });
    expect(shown.data.items).toEqual([{ model, factor: 'open', agree: 6, disagree: null }]);
    expect(JSON.stringify(shown.document.blocks)).toContain('under 5');
    const counts = await read(path, (reader) => countAnswers(reader, at('2015-01-06')));
    expect(counts.filter((count) => count.factor === null)).toContainEqual(
      expect.objectContaining({ agree: 1, disagree: 0 }),
    );
  });
});
