import { describe, expect, it } from 'vitest';
import { concernsAssign } from '../../src/concerns/commands/assign.ts';
import { concernsAssociate } from '../../src/concerns/commands/associate.ts';
import { concernsComplete } from '../../src/concerns/commands/complete.ts';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsExtend } from '../../src/concerns/commands/extend.ts';
import { concernsOverdue } from '../../src/concerns/commands/overdue.ts';
import { concernsReassign } from '../../src/concerns/commands/reassign.ts';
import { concernsSeparate } from '../../src/concerns/commands/separate.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { read } from '../../src/store/store.ts';
import { importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

const ASSIGNED = {
  accessed_at: '2020-11-02T09:00:00',
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};
const why = { justification: 'court date set' };

async function told(...events: readonly Readonly<Record<string, string>>[]): Promise<string> {
  const path = await office([row('C1', ASSIGNED)]);
  await importRows(
    path,
    concernEventsProfile,
    events.map((event) => ({ control_number: 'C1', ...event })),
  );
  return path;
}

async function findings(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) => reader.db.selectFrom('finding').select('code').execute());
  return rows.map(({ code }) => code);
}

async function stands(path: string, id = 'C1') {
  return read(path, async (reader) => ({
    row: await reader.db
      .selectFrom('concern')
      .select(['state', 'reassignments'])
      .where('control_number', '=', id)
      .executeTakeFirstOrThrow(),
    clocks: await reader.db
      .selectFrom('clock')
      .select(['owner_unit as unit', 'period'])
      .where('record_id', '=', id)
      .where('rule', '=', 'CC-22')
      .where('ended_by', '=', 'running')
      .execute(),
  }));
}

describe('a move', () => {
  it('from a unit that has no task touches nothing: refused by hand, a finding when imported', async () => {
    const move = { unit: '145', from: '7' };
    const path = await told({ event: 'assigned', at: '2020-11-02T11:00:00', unit: '241' });
    const byHand = as(path, 'SG1', '2020-11-03T10:00')(concernsReassign, 'C1', move);
    await expect(byHand).rejects.toThrow(/unit 7 has no task .*CC-17/);
    const event = { control_number: 'C1', event: 'reassigned', at: '2020-11-03T10:00:00' };
    await importRows(path, concernEventsProfile, [{ ...event, unit: '145', from_unit: '7' }]);
    expect(await findings(path)).toEqual(['FROM_WITHOUT_TASK']);
    expect(await stands(path)).toMatchObject({
      row: { reassignments: 0 },
      clocks: [{ unit: '5' }, { unit: '241' }],
    });
  });

  it('that moves nothing is not counted', async () => {
    const path = await told(
      { event: 'reassigned', at: '2020-11-03T10:00:00', unit: '5' },
      { event: 'reassigned', at: '2020-11-03T11:00:00', unit: '' },
      { event: 'reassigned', at: '2020-11-03T12:00:00', unit: '' },
    );
    expect(await findings(path)).toEqual(['MOVES_NOTHING', 'MOVES_NOTHING']);
    expect((await stands(path)).row).toEqual({ state: 'unassigned', reassignments: 1 });
    await expect(
      as(path, 'SG1', '2020-11-04T10:00')(concernsReassign, 'C1', { unit: 'none' }),
    ).rejects.toThrow(/no unit has it/);
  });

  it('to none leaves the former unit nothing to work on, and the next unit takes its clock', async () => {
    const path = await told({ event: 'reassigned', at: '2020-11-03T10:00:00', unit: '' });
    const step = (actor: string) => as(path, actor, '2020-11-04T10:00');
    await expect(step('TL1')(concernsExtend, 'C1', why)).rejects.toThrow(/no unit has a task/);
    await expect(step('LT1')(concernsComplete, 'C1', { action: 'done' })).rejects.toThrow(
      /no unit has a task/,
    );
    await step('SG1')(concernsAssign, 'C1', { unit: ['241'] });
    expect(await stands(path)).toEqual({
      row: { state: 'assigned', reassignments: 1 },
      clocks: [{ unit: '241', period: 1 }],
    });
  });

  it('that keeps the due day keeps the extension that was had (CC-07)', async () => {
    const path = await told();
    await as(path, 'TL1', '2020-11-03T10:00')(concernsExtend, 'C1', why);
    await as(path, 'LT1', '2020-11-04T10:00')(concernsReassign, 'C1', { unit: '241' });
    expect((await stands(path)).clocks).toEqual([{ unit: '241', period: 2 }]);
    await expect(as(path, 'CO2', '2020-11-05T10:00')(concernsExtend, 'C1', why)).rejects.toThrow(/CC-0[78]/);
  });
});

describe('an import', () => {
  it('extends no unit where several could be meant', async () => {
    const path = await told(
      { event: 'assigned', at: '2020-11-02T11:00:00', unit: '241' },
      { event: 'extended', at: '2020-11-03T11:00:00', justification: 'long' },
    );
    expect(await findings(path)).toEqual(['UNIT_MISSING']);
    expect((await stands(path)).clocks).toMatchObject([{ period: 1 }, { period: 1 }]);
  });

  it('finds what is completed unsubmitted (CC-28), and what is dated before its submission', async () => {
    const path = await told(
      { event: 'accessed', at: '2020-11-01T10:00:00', by: 'SG1' },
      { event: 'completed', at: '2020-11-03T11:00:00', unit: '5' },
    );
    expect(await findings(path)).toEqual(['BEFORE_SUBMISSION', 'NOT_SUBMITTED']);
  });

  it('starts the 36 hours by the look of the sergeant, and of nobody else that is known', async () => {
    const first = async (by: string) => {
      const path = await office([row('C1')]);
      const look = { control_number: 'C1', event: 'accessed', at: '2020-11-03T10:00:00', by };
      await importRows(path, concernEventsProfile, [look]);
      return (await stands(path)).row.state;
    };
    expect([await first('XO1'), await first('SG1'), await first('')]).toEqual([
      'submitted',
      'accessed',
      'accessed',
    ]);
  });

  it('of an association keeps the earliest submission in sight, and swallows nothing under a dead primary', async () => {
    const path = await office([
      row('C1', ASSIGNED),
      row('C2', { submitted_at: '2020-11-03T08:00:00', primary_control_number: 'C3' }),
      row('C3', { submitted_at: '2020-11-04T08:00:00' }),
      row('C4', { not_accepted_at: '2020-11-02T09:00:00', not_accepted_reason: 'CONTENT' }),
      row('C5', { submitted_at: '2020-11-05T08:00:00', primary_control_number: 'C4' }),
    ]);
    expect((await findings(path)).toSorted()).toEqual(['NOT_THE_EARLIEST', 'PRIMARY_ENDED']);
    expect((await stands(path, 'C2')).row.state).toBe('associated');
    expect((await stands(path, 'C5')).row.state).toBe('submitted');
    const dead = as(path, 'SG1', '2020-11-06T10:00')(concernsAssociate, 'C5', { to: 'C4' });
    await expect(dead).rejects.toThrow(/closed or not accepted .*CC-06/);
  });
});

it('an association across districts is refused (CC-10), and one of places far apart is warned of (CC-06)', async () => {
  const place = (latitude: string) => ({ latitude, longitude: '-87.6290' });
  const path = await office([
    row('C1', place('41.7040')),
    row('C2', { ...place('41.7140'), submitted_at: '2020-11-03T08:00:00' }),
    row('C7', { beat: '0711', submitted_at: '2020-11-01T08:00:00' }),
  ]);
  const warned: string[] = [];
  const warn = (text: string) => void warned.push(text);
  const sergeant = as(path, 'SG1', '2020-11-04T10:00', { warn });
  await expect(sergeant(concernsAssociate, 'C2', { to: 'C7' })).rejects.toThrow(/CC-10/);
  await sergeant(concernsAssociate, 'C2', { to: 'C1' });
  expect(warned).toEqual(['C2 and C1 lie 1113 m apart; CC-06 is for one place.']);
});

it('what was in time under its primary is late from its separation on (A-CC-7)', async () => {
  const path = await office([row('C0'), row('C1', { ...ASSIGNED, submitted_at: '2020-11-02T08:30:00' })]);
  const sergeant = (when: string) => as(path, 'SG1', when);
  await sergeant('2020-11-04T10:00')(concernsAssociate, 'C1', { to: 'C0' });
  await sergeant('2020-11-20T10:00')(concernsSeparate, 'C1', { reason: 'another door' });
  for (const history of [false, true]) {
    const list = as(path, null, '2020-11-20T12:00')(concernsExceptions, null, { history });
    expect((await list).data).toMatchObject({ items: [{ id: 'C1', overdueHours: 2 }] });
  }
});

describe('a supervisor', () => {
  it('is one of the unit (CC-21)', async () => {
    const path = await told();
    const name = (supervisor: string) =>
      as(path, 'LT1', '2020-11-03T10:00')(concernsAssign, 'C1', { supervisor });
    await expect(name('PO1')).rejects.toThrow(/no supervisor .*CC-21/);
    const other = as(path, 'SG1', '2020-11-03T10:00')(concernsAssign, 'C1', {
      unit: ['241'],
      supervisor: 'SU1',
    });
    await expect(other).rejects.toThrow(/of unit 5, and not .*CC-21/);
    expect((await name('SU1')).data).toMatchObject({ remarks: [] });
  });
});

it("each unit's clock is told with its own extensions and moves (A-CC-12)", async () => {
  const path = await told(
    { event: 'assigned', at: '2020-11-02T11:00:00', unit: '145' },
    { event: 'extended', at: '2020-11-03T10:00:00', unit: '5', ...why },
    { event: 'extended', at: '2020-11-04T10:00:00', unit: '145', ...why },
  );
  const clocks = async () => {
    const due = await as(path, null, '2020-11-06T10:00')(concernsOverdue, null, { within: '60d' });
    return (
      due.data.items as readonly { owner: { unit: string }; extensions: number; reassignments: number }[]
    )
      .map(({ owner, extensions, reassignments }) => `${owner.unit} ${extensions} ${reassignments}`)
      .toSorted();
  };
  expect(await clocks()).toEqual(['145 1 0', '5 1 0']);
  await as(path, 'SG1', '2020-11-05T10:00')(concernsReassign, 'C1', { from: '145', unit: '189' });
  expect(await clocks()).toEqual(['189 0 1', '5 1 0']);
});
