import { expect, it } from 'vitest';
import { concernsAdd } from '../../src/concerns/commands/add.ts';
import { concernsApprove } from '../../src/concerns/commands/approve.ts';
import { concernsAssign } from '../../src/concerns/commands/assign.ts';
import { concernsComplete } from '../../src/concerns/commands/complete.ts';
import { concernsDecide } from '../../src/concerns/commands/decide.ts';
import { concernsDispute } from '../../src/concerns/commands/dispute.ts';
import { concernsNotAccept } from '../../src/concerns/commands/not-accept.ts';
import { concernsOverdue } from '../../src/concerns/commands/overdue.ts';
import { concernsSubmit } from '../../src/concerns/commands/submit.ts';
import { concernsWorklist } from '../../src/concerns/commands/worklist.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

const ASSIGNED = {
  accessed_at: '2020-11-02T09:00:00',
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};

it('a dispute is decided after the work was done as well, for a lieutenant and nobody else (CC-33)', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  await as(path, 'LT1', '2020-11-03T10:00')(concernsDispute, 'C1', { reason: 'tactical' });
  await as(path, 'LT1', '2020-11-04T10:00')(concernsComplete, 'C1', { action: 'owner spoken to' });
  const list = await as(path, 'XO1', '2020-11-05T10:00')(concernsWorklist, null);
  expect(list.data).toMatchObject({ items: [{ rule: 'CC-33', id: 'C1' }, { rule: 'CC-30' }] });
  const decide = (responsible: string) =>
    as(path, 'XO1', '2020-11-05T10:00')(concernsDecide, 'C1', { reason: 'the watch', responsible });
  await expect(decide('ZZZ')).rejects.toMatchObject({ kind: 'usage' });
  await expect(decide('SU1')).rejects.toThrow(/no lieutenant .*CC-33/);
  expect((await decide('LT1')).data).toMatchObject({ events: ['decided'] });
});

it("what is decided to be one lieutenant's waits for that one, and what another does is remarked on (CC-33)", async () => {
  const path = await office([row('C1', ASSIGNED)]);
  await as(path, 'LT1', '2020-11-03T10:00')(concernsDispute, 'C1', { reason: 'tactical' });
  const whose = { reason: 'theirs', responsible: 'TL1' };
  await as(path, 'XO1', '2020-11-03T11:00')(concernsDecide, 'C1', whose);
  const list = async (actor: string) =>
    (await as(path, actor, '2020-11-03T12:00')(concernsWorklist, null)).data.items;
  expect(await list('TL1')).toMatchObject([{ id: 'C1', rule: 'CC-21' }]);
  expect(await list('LT1')).toEqual([]);
  const due = await as(path, null, '2020-11-03T12:00')(concernsOverdue, null, { within: '30d' });
  expect(due.data).toMatchObject({ items: [{ id: 'C1', owner: { unit: '5', member: 'TL1' } }] });
  const done = await as(path, 'LT1', '2020-11-04T10:00')(concernsComplete, 'C1', {
    action: 'owner spoken to',
  });
  expect(done.data).toMatchObject({ remarks: [{ rule: 'CC-33', code: 'NOT_RESPONSIBLE' }] });
});

it('a decision binds the tasks of the unit of whom it names, and of no other (A-CC-12)', async () => {
  const path = await office([row('C1', { ...ASSIGNED, category: 'building', assigned_unit: '241' })]);
  const event = { control_number: 'C1', event: 'assigned', at: '2020-11-02T11:00:00', unit: '5' };
  await importRows(path, concernEventsProfile, [event]);
  await as(path, 'CO2', '2020-11-03T10:00')(concernsDispute, 'C1', { reason: 'the district has it' });
  const xo = async () => (await as(path, 'XO1', '2020-11-03T10:30')(concernsWorklist, null)).data.items;
  expect(await xo()).toMatchObject([{ id: 'C1', rule: 'CC-33', since: '2020-11-03T16:00:00Z' }]);
  const whose = { reason: 'the building unit', responsible: 'CO2' };
  await as(path, 'XO1', '2020-11-03T11:00')(concernsDecide, 'C1', whose);
  expect(await xo()).toHaveLength(1);
  const lt = await as(path, 'LT1', '2020-11-03T12:00')(concernsWorklist, null);
  expect(lt.data).toMatchObject({ items: [{ id: 'C1', rule: 'CC-21' }] });
  const named = await as(path, 'LT1', '2020-11-03T12:00')(concernsAssign, 'C1', { supervisor: 'SU1' });
  expect(named.data).toMatchObject({ remarks: [] });
});

it("what another unit submitted is not one's own to complete", async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const event = { control_number: 'C1', event: 'assigned', at: '2020-11-02T11:00:00', unit: '241' };
  await importRows(path, concernEventsProfile, [event]);
  await as(path, 'TL1', '2020-11-03T10:00')(concernsSubmit, 'C1', { action: 'owner spoken to' });
  const list = async (actor: string) =>
    (await as(path, actor, '2020-11-03T12:00')(concernsWorklist, null)).data.items;
  expect(await list('LT1')).toMatchObject([{ id: 'C1', rule: 'CC-25' }]);
  expect(await list('CO2')).toMatchObject([{ id: 'C1', rule: 'CC-21' }]);
});

it('an executive officer is told of a dispute of the own district alone (CC-10)', async () => {
  const path = await office([row('C1', { ...ASSIGNED, assigned_unit: '241' })]);
  await as(path, 'CO2', '2020-11-03T10:00')(concernsDispute, 'C1', { reason: 'the district has it' });
  const list = await as(path, 'XO1', '2020-11-03T12:00')(concernsWorklist, null);
  expect(list.data).toMatchObject({ items: [{ id: 'C1', rule: 'CC-33', dueAt: '2020-11-10T05:59:59Z' }] });
});

it('what the commander does for the executive officer is remarked on without an absence on record (CC-36)', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  await as(path, 'LT1', '2020-11-04T10:00')(concernsComplete, 'C1', { action: 'owner spoken to' });
  const approved = await as(path, 'DC1', '2020-11-05T10:00')(concernsApprove, 'C1');
  expect(approved.data).toMatchObject({ remarks: [{ rule: 'CC-36', code: 'NO_ABSENCE' }] });
});

it('the preliminary investigation of a crime is a sworn member of the store (CC-19)', async () => {
  const path = await office([row('C1')]);
  const turn = (investigator: string) =>
    as(path, 'SG1', '2020-11-02T12:00')(concernsNotAccept, 'C1', {
      reason: 'CRIMINAL_IMMEDIATE',
      reportNumber: 'JD1',
      investigator,
      notified: 'SS1',
    });
  await expect(turn('NOBODY')).rejects.toMatchObject({ kind: 'usage' });
  await expect(turn('CV1')).rejects.toThrow(/not sworn \(CC-19/);
});

it('a concern of a beat meeting names its meeting, and is entered by an officer of the district (CC-12)', async () => {
  const path = await office();
  const told = {
    origin: 'beat-meeting',
    category: 'noise',
    description: 'm',
    address: '1 A ST',
    beat: '0511',
  };
  const add = (actor: string, more = {}) =>
    as(path, actor, '2020-11-02T10:00')(concernsAdd, null, { ...told, ...more });
  expect((await add('CP1')).data).toMatchObject({ remarks: [{ rule: 'CC-12', code: 'MEETING_MISSING' }] });
  expect((await add('CP1', { meeting: 'BM-0511-11' })).data).toMatchObject({ remarks: [] });
  await expect(add('SG7')).rejects.toThrow(/District 007.*CC-12/);
});
