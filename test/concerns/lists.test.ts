import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concernsAudit } from '../../src/concerns/commands/audit.ts';
import { concernsCriminal } from '../../src/concerns/commands/criminal.ts';
import { concernsDuplicates } from '../../src/concerns/commands/duplicates.ts';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsList } from '../../src/concerns/commands/list.ts';
import { concernsReassign } from '../../src/concerns/commands/reassign.ts';
import { concernsReply } from '../../src/concerns/commands/reply.ts';
import { concernsReport } from '../../src/concerns/commands/report.ts';
import { concernsSubmit } from '../../src/concerns/commands/submit.ts';
import { concernsWorklist } from '../../src/concerns/commands/worklist.ts';
import { concernsDirective } from '../../src/concerns/directive.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { evidenceAdd } from '../../src/desk/commands/evidence-add.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { read } from '../../src/store/store.ts';
import { at, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { as, office, row } from './office.ts';
import { sampleConcerns } from './sample-import.ts';

const ASSIGNED = {
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};

type Items = { readonly data: Readonly<Record<string, unknown>> };

function items({ data }: Items): readonly Readonly<Record<string, unknown>>[] {
  return data.items as readonly Readonly<Record<string, unknown>>[];
}
const ids = (outcome: Items) => items(outcome).map(({ id }) => id);

describe('the list', () => {
  it('shows concerns as they stood at the as-of, not as they stand', async () => {
    const path = await office([row('C1', ASSIGNED), row('C2', { submitted_at: '2020-11-09T08:00:00' })]);
    const at = async (when: string, state: string) =>
      ids(await as(path, 'SG1', when)(concernsList, null, { state: [state] }));
    expect(await at('2020-11-02T09:00', 'submitted')).toEqual(['C1']);
    expect(await at('2020-11-02T09:45', 'accepted')).toEqual(['C1']);
    expect(await at('2020-11-10', 'assigned')).toEqual(['C1']);
    expect(await at('2020-11-10', 'submitted')).toEqual(['C2']);
  });

  it('holds what the role may see; without an actor, and for one who may see none, what cron prints', async () => {
    const path = await office([
      row('C1', { ...ASSIGNED, address: '1 N STATE ST' }),
      row('C7', { beat: '0711' }),
    ]);
    const seen = (actor: string | null) => as(path, actor, '2020-11-10')(concernsList, null);
    expect(ids(await seen('SG1'))).toEqual(['C1']);
    expect(ids(await seen('SG7'))).toEqual(['C7']);
    expect(ids(await seen('LT1'))).toEqual(['C1']);
    expect(ids(await seen('DE1'))).toEqual(['C1', 'C7']);
    const bare = await seen(null);
    expect(items(bare)[0]).toEqual({
      id: 'C1',
      state: null,
      origin: null,
      category: null,
      district: '005',
      beat: null,
      submittedAt: '2020-11-02T14:00:00Z',
      dueAt: '2020-11-10T05:59:59Z',
      tasks: [{ rule: 'CC-22', unit: '5', member: null, dueAt: '2020-11-10T05:59:59Z', period: null }],
      extensions: null,
      reassignments: null,
      primaryControlNumber: null,
      address: null,
      description: null,
    });
    const [table] = bare.document.blocks;
    expect(table?.kind === 'table' ? table.columns.map(({ title }) => title) : []).toEqual([
      'Concern',
      'District',
      'Unit',
      'Due',
      'Submitted',
    ]);
    expect(items(await seen('PO1'))).toEqual(items(bare));
  });

  it('selects by nothing that it does not hold', async () => {
    const path = await office([row('C1')]);
    for (const actor of [null, 'PO1']) {
      const seen = (options: Readonly<Record<string, string | readonly string[]>>) =>
        as(path, actor, '2020-11-10')(concernsList, null, options);
      const asked: readonly (readonly [name: string, value: string | readonly string[]])[] = [
        ['state', ['submitted']],
        ['category', 'noise'],
        ['origin', 'phone'],
        ['beat', '511'],
      ];
      for (const [name, value] of asked)
        await expect(seen({ [name]: value })).rejects.toMatchObject({ kind: 'refused' });
      expect(ids(await seen({ district: '005' }))).toEqual(['C1']);
    }
  });

  it('of proposals is for those who may see what residents wrote', async () => {
    const path = await office([row('C1')]);
    for (const actor of [null, 'PO1'])
      await expect(as(path, actor, '2020-11-10')(concernsDuplicates, null)).rejects.toThrow(/CC-10/);
    expect((await as(path, 'SG1', '2020-11-10')(concernsDuplicates, null)).data).toMatchObject({
      compared: 1,
    });
  });

  it('names who still waits for a reply (CSR-17)', async () => {
    const path = await office([row('C1'), row('C2')]);
    await as(path, 'CP1', '2020-11-03T10:00')(concernsReply, 'C1', { text: 'unit 5 has it' });
    const waits = async (when: string) =>
      ids(await as(path, null, when)(concernsList, null, { awaitingReply: true }));
    expect(await waits('2020-11-04')).toEqual(['C2']);
    expect(await waits('2020-11-03T09:00')).toEqual(['C1', 'C2']);
  });

  it('counts as the look of the tour of the role that opens it, unless it is a dry run', async () => {
    const path = await office([row('C1')]);
    const looks = () =>
      read(path, (reader) => reader.db.selectFrom('tour_access').select(['member_id', 'role']).execute());
    await as(path, 'SG1', '2020-11-03T10:00', { dryRun: true })(concernsList, null);
    await as(path, 'DE1', '2020-11-03T10:00')(concernsList, null);
    expect(await looks()).toEqual([]);
    await as(path, 'SG1', '2020-11-03T10:00')(concernsWorklist, null);
    expect(await looks()).toEqual([{ member_id: 'SG1', role: 'cp-sergeant' }]);
  });

  it('is a look only where it holds what is new: now, of the own district, and not selected away', async () => {
    const path = await office([row('C1')]);
    const today = { clock: () => at('2020-11-20T10:00') };
    const looks = () => read(path, (reader) => reader.db.selectFrom('tour_access').select('at').execute());
    await as(path, 'SG1', '2020-11-03T10:00', today)(concernsWorklist, null);
    await as(path, 'SG1', '2020-11-19T10:00', today)(concernsList, null);
    const now = as(path, 'SG1', '2020-11-20T10:00', today);
    await now(concernsList, null, { district: '7' });
    await now(concernsList, null, { beat: '711' });
    await now(concernsList, null, { state: ['closed'] });
    await now(concernsList, null, { category: 'noise' });
    await now(concernsExceptions, null);
    await now(concernsDuplicates, null);
    expect(await looks()).toEqual([]);
    await now(concernsList, null, { district: '5', open: true });
    expect(await looks()).toEqual([{ at: at('2020-11-20T10:00') }]);
  });
});

describe('the lists of the executive officer', () => {
  it('hold a concern moved more than 3 times, and say whether somebody has it (CC-34, A-CC-6)', async () => {
    const list = async (times: number, last: string) => {
      const path = await office([row('C1', ASSIGNED)]);
      const events = Array.from({ length: times }, (_, i) => ({
        control_number: 'C1',
        event: 'reassigned',
        at: `2020-11-0${3 + i}T10:00:00`,
        unit: i === times - 1 ? last : i % 2 === 0 ? '145' : '5',
      }));
      await importRows(path, concernEventsProfile, events);
      return items(await as(path, 'XO1', '2020-11-07T12:00')(concernsExceptions, null));
    };
    expect(await list(3, '')).toEqual([]);
    expect(await list(4, '')).toMatchObject([
      { rule: 'CC-34', id: 'C1', reassignments: 4, unassigned: true },
    ]);
    expect(await list(4, '189')).toMatchObject([{ rule: 'CC-34', unassigned: false }]);
  });

  it('name the district that was asked for, and count apart who holds none', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const bare = contextFor(path, { actor: null, now: at('2020-11-09') });
    const inDistrict = input({}, { district: '5' });
    for (const command of [concernsExceptions, concernsList])
      expect((await command.run(bare, inDistrict)).document.subtitle).toMatch(
        /District 005; without an actor/,
      );
    const ofUnit = await as(path, 'DE1', '2020-11-09')(concernsList, null, { unit: '5' });
    expect(ofUnit.document.subtitle).toBe('1 concern · unit 5');
    const moves = ['9', '10', '5', '189'].map((unit, i) => ({
      control_number: 'C1',
      event: 'reassigned',
      at: `2020-11-0${i + 3}T12:00:00`,
      unit,
    }));
    await importRows(path, concernEventsProfile, moves);
    const moved = await as(path, 'XO1', '2020-11-08')(concernsExceptions, null);
    expect(moved.document.subtitle).toBe(
      '1 moved more than 3 times, 0 without an owner; 0 past due without an extension',
    );
  });

  it('say on which day the executive officer took one up', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const units = ['145', '5', '189', ''];
    const moves = units.map((unit, i) => ({
      control_number: 'C1',
      event: 'reassigned',
      at: `2020-11-0${3 + i}T10:00:00`,
      unit,
    }));
    await importRows(path, concernEventsProfile, moves);
    const warned: string[] = [];
    const context = contextFor(path, {
      actor: 'XO1',
      now: at('2020-11-08'),
      warn: (text) => void warned.push(text),
    });
    await evidenceAdd.run(context, input({ rule: 'CC-34' }, { note: 'C1', on: '2020-11-08' }));
    expect(warned).toEqual([]);
    const list = as(path, 'XO1', '2020-11-09')(concernsExceptions, null);
    expect(items(await list)).toMatchObject([{ rule: 'CC-34', id: 'C1', addressedOn: '2020-11-08' }]);
  });

  it('are addressed by evidence of their own rule, from the day on which they began', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const add = (rule: string, on: string) =>
      evidenceAdd.run(
        contextFor(path, { actor: 'XO1', now: at('2020-11-14T12:00'), warn: () => undefined }),
        input({ rule }, { note: 'C1', on }),
      );
    const addressed = async () =>
      items(await as(path, 'XO1', '2020-11-14T12:00')(concernsExceptions, null, { history: true })).map(
        (item) => [item.rule, item.addressedOn],
      );
    await add('CC-34', '2020-11-12');
    await add('CC-35', '2020-11-09');
    expect(await addressed()).toEqual([['CC-35', null]]);
    await add('CC-35', '2020-11-11');
    await add('CC-35', '2020-11-13');
    expect(await addressed()).toEqual([['CC-35', '2020-11-11']]);
  });

  it('are not addressed before the move that was one too many (CC-34)', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const moves = ['9', '10', '5', ''].map((unit, i) => ({
      control_number: 'C1',
      event: 'reassigned',
      at: `2020-11-0${i + 3}T12:00:00`,
      unit,
    }));
    await importRows(path, concernEventsProfile, moves);
    const add = (on: string) =>
      evidenceAdd.run(
        contextFor(path, { actor: 'XO1', now: at('2020-11-08'), warn: () => undefined }),
        input({ rule: 'CC-34' }, { note: 'C1', on }),
      );
    const addressed = async () =>
      items(await as(path, 'XO1', '2020-11-08')(concernsExceptions, null)).map((item) => item.addressedOn);
    await add('2020-11-05');
    expect(await addressed()).toEqual([null]);
    await add('2020-11-06');
    expect(await addressed()).toEqual(['2020-11-06']);
  });

  it('are addressed by the executive officer of the district, or who has the role by a delegation (CC-36)', async () => {
    const path = await office([row('C1', ASSIGNED), row('C7', { ...ASSIGNED, beat: '0711' })]);
    const add = (actor: string, note: string, more = {}) =>
      as(
        path,
        actor,
        '2020-11-12',
      )(
        {
          ...evidenceAdd,
          run: (context) => evidenceAdd.run(context, input({ rule: 'CC-35' }, { note, ...more })),
        },
        null,
      );
    const refused = (what: string) => ({ kind: 'refused', message: expect.stringContaining(what) });
    await expect(add('PO1', 'C1')).rejects.toMatchObject(refused('PO1 may not address an exception'));
    await expect(add('PO1', 'C1', { by: 'XO1' })).rejects.toMatchObject(refused('PO1 may not'));
    await expect(add('XO1', 'C1', { by: 'PO1' })).rejects.toMatchObject(refused('PO1 may not'));
    await expect(add('DC1', 'C1')).rejects.toMatchObject(refused('(CC-35, S02-03-03 VII.E.5.b)'));
    await expect(add('XO1', 'C1, C7')).rejects.toMatchObject(refused('C7 of district 007'));
    await expect(add('XO1', 'late ones', { district: '7' })).rejects.toMatchObject(
      refused('not for district 007'),
    );
    const addressed = async () =>
      items(await as(path, 'XO1', '2020-11-12')(concernsExceptions, null)).map(
        ({ addressedOn }) => addressedOn,
      );
    const [, delegations, , , , evidence] = peopleProfiles;
    if (!delegations || !evidence) throw new Error('no such profile');
    const proof = { rule: 'CC-35', on: '2020-11-11', by: 'DC1', note: 'C1' };
    await importRows(path, evidence, [proof]);
    expect(await addressed()).toEqual([null]);
    await importRows(path, delegations, [
      {
        role: 'executive-officer',
        from_member: 'XO1',
        to_member: 'DC1',
        starts: '2020-11-10',
        ends: '2020-11-20',
      },
    ]);
    await add('DC1', 'C1', { on: '2020-11-11' });
    expect(await addressed()).toEqual(['2020-11-11']);
  });

  it('hold what is past 7 days without an extension, and keep the lapse when it has ended (CC-35)', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const event = { control_number: 'C1', event: 'extended', at: '2020-11-11T10:00:00', unit: '5' };
    await importRows(path, concernEventsProfile, [{ ...event, justification: 'long' }]);
    const list = async (when: string, history = false) =>
      items(await as(path, 'XO1', when)(concernsExceptions, null, { history }));
    expect(await list('2020-11-09T23:59:59')).toEqual([]);
    expect(await list('2020-11-10T12:00')).toMatchObject([
      { id: 'C1', overdueHours: 12, endedBy: 'running' },
    ]);
    expect(await list('2020-11-12')).toEqual([]);
    expect(await list('2020-11-12', true)).toMatchObject([
      { endedBy: 'extended', overdueHours: 34, period: 1 },
    ]);
    expect(await list('2020-11-18', true)).toMatchObject([{ period: 1 }, { period: 2, endedBy: 'running' }]);
    const bare = await as(path, null, '2020-11-12')(concernsExceptions, null, { history: true });
    expect(items(bare)).toMatchObject([{ id: 'C1', reassignments: null, period: null, endedBy: null }]);
  });
});

it('the worklist says to each role what waits for it, and by which command', async () => {
  const path = await office([
    row('C1', ASSIGNED),
    row('C2'),
    row('C3', { ...ASSIGNED, completed_at: '2020-11-03T10:00:00' }),
    row('C4', { ...ASSIGNED, assigned_unit: '241', completed_at: '2020-11-03T10:00:00' }),
    row('C5', { ...ASSIGNED, supervisor_id: 'SU1' }),
  ]);
  const list = async (actor: string, when = '2020-11-04T10:00') =>
    items(await as(path, actor, when)(concernsWorklist, null)).map(
      ({ id, rule, command }) => `${id} ${rule} ${String(command).split(' ')[2]}`,
    );
  // Nobody approves what unit 241 completed: it is to be closed.
  expect(await list('SG1')).toEqual(['C2 CC-14 access', 'C4 CC-30 close']);
  expect(await list('LT1')).toEqual(['C1 CC-21 assign']);
  expect(await list('SU1')).toEqual(['C5 CC-28 submit']);
  expect(await list('XO1')).toEqual(['C3 CC-30 approve', 'C4 CC-30 close']);
  // And as it was before anything was completed.
  expect(await list('XO1', '2020-11-03T09:00')).toEqual([]);
  expect(await list('LT1', '2020-11-03T09:00')).toEqual(['C1 CC-21 assign', 'C3 CC-21 assign']);
});

it('the worklist says since when each step waits: since the step before it, and not since the submission', async () => {
  const path = await office([
    row('C1'),
    row('C2', { accessed_at: '2020-11-02T09:00:00', accepted_at: '2020-11-02T09:30:00' }),
    row('C3', { ...ASSIGNED, completed_at: '2020-11-03T10:00:00' }),
    row('C4', { ...ASSIGNED, completed_at: '2020-11-03T10:00:00', approved_at: '2020-11-03T18:00:00' }),
    row('C5', { ...ASSIGNED, supervisor_id: 'SU1' }),
    row('C6', ASSIGNED),
  ]);
  await as(path, 'SG1', '2020-11-04T08:00')(concernsReassign, 'C6', { unit: 'none' });
  await as(path, 'SU1', '2020-11-04T07:00')(concernsSubmit, 'C5', { action: 'owner spoken to' });
  const since = async (actor: string) =>
    items(await as(path, actor, '2020-11-04T10:00')(concernsWorklist, null)).map(
      ({ id, since: at }) => `${id} ${String(at)}`,
    );
  expect(await since('SG1')).toEqual([
    'C6 2020-11-04T14:00:00Z',
    'C1 2020-11-02T14:00:00Z',
    'C2 2020-11-02T15:30:00Z',
    'C4 2020-11-04T00:00:00Z',
  ]);
  expect(await since('XO1')).toEqual(['C3 2020-11-03T16:00:00Z', 'C4 2020-11-04T00:00:00Z']);
  expect(await since('LT1')).toEqual(['C5 2020-11-04T13:00:00Z']);
});

describe('audit and report', () => {
  it('tell how long a station supervisor was told after the access, and call nothing late (CC-18)', async () => {
    const path = await office([row('C1', { accessed_at: '2020-11-03T10:00:00' })]);
    await as(path, 'SG1', '2020-11-03T10:25')(concernsCriminal, 'C1', { notified: 'SS1' });
    const audit = await as(path, 'DE1', '2020-12-04')(concernsAudit, null, { monthly: '2020-11' });
    expect(audit.data).toMatchObject({ station: [{ id: 'C1', by: 'SG1', minutes: 25 }] });
    const view = await read(path, (reader) => concernsDirective.find(reader, 'C1', at('2020-12-04')));
    expect(view?.facts).toContainEqual(expect.objectContaining({ key: 'minutesToStation', value: 25 }));
  });

  it('add up, and agree with the list at the end of every month', async () => {
    const path = await sampleConcerns(join(import.meta.dirname, '../../data/samples'));
    for (const month of ['2019-11', '2020-06', '2020-11', '2020-12']) {
      const { data } = await as(path, 'DE1', '2021-01-04T09:00')(concernsReport, null, { monthly: month });
      const t = data.totals as Readonly<Record<string, number>>;
      const came = (t.openAtStart ?? 0) + (t.submitted ?? 0) + (t.reopened ?? 0);
      expect(came - (t.closed ?? 0) - (t.notAccepted ?? 0) - (t.associated ?? 0)).toBe(t.openAtEnd);
      const { to } = data.period as Readonly<Record<string, string>>;
      const list = await as(path, null, `${to}T23:59:59`)(concernsList, null, { open: true });
      expect(list.data.total).toBe(t.openAtEnd);
    }
  });

  it('name who granted which extension, and are for those who oversee (CC-37)', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const event = { control_number: 'C1', event: 'extended', unit: '5', justification: 'long', by: 'TL1' };
    await importRows(path, concernEventsProfile, [
      { ...event, at: '2020-11-04T10:00:00' },
      { ...event, at: '2020-11-05T10:00:00' },
      { ...event, at: '2020-11-17T10:00:00' },
    ]);
    const audit = (actor: string) =>
      as(path, actor, '2020-12-04T10:00')(concernsAudit, null, { monthly: '2020-11' });
    await expect(audit('XO1')).rejects.toThrow(/CC-37/);
    const { data } = await audit('DE1');
    expect(data).toMatchObject({
      items: [{ key: '005', extensions: { granted: 2, late: 1, refused: 1 }, lapses: 2, overdueAtEnd: 1 }],
      extensions: [
        { by: 'TL1', counted: true, lateBy: 0 },
        { counted: false },
        { counted: true, justification: 'long', lateBy: 36_001 },
      ],
    });
  });
});
