import { expect, it } from 'vitest';
import { concernsApprove } from '../../src/concerns/commands/approve.ts';
import { concernsAssociate } from '../../src/concerns/commands/associate.ts';
import { concernsComplete } from '../../src/concerns/commands/complete.ts';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsExtend } from '../../src/concerns/commands/extend.ts';
import { concernsReassign } from '../../src/concerns/commands/reassign.ts';
import { concernsReply } from '../../src/concerns/commands/reply.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

const ASSIGNED = {
  accessed_at: '2020-11-02T09:00:00',
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};
const why = { justification: 'court date set' };
const entered = (when: string) => ({ clock: () => at(when) });

it('an extension dated before a late one cannot take the lapse out of history', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  await as(path, 'TL1', '2020-11-12T10:00')(concernsExtend, 'C1', why);
  const early = as(path, 'TL1', '2020-11-05T10:00', entered('2020-11-13T10:00'))(concernsExtend, 'C1', why);
  await expect(early).rejects.toThrow(/"extended" dated .* comes before later steps.*rests on/);
  const events = await read(path, (reader) =>
    reader.db.selectFrom('event').select('at').where('name', '=', 'extended').execute(),
  );
  expect(events).toHaveLength(1);
});

it('an earlier association cannot undo a later one, of the same concern or of its primary', async () => {
  const later = (id: string, day: string) => row(id, { submitted_at: `2020-11-${day}T08:00:00` });
  const path = await office([row('C1'), later('C2', '03'), later('C3', '04')]);
  const associate = (when: string, id: string, to: string) =>
    as(path, 'SG1', when, entered('2020-11-20T10:00'))(concernsAssociate, id, { to });
  await associate('2020-11-10T10:00', 'C2', 'C1');
  await expect(associate('2020-11-09T10:00', 'C3', 'C2')).rejects.toThrow(/C2: "associated" of 10 Nov 2020/);
  await associate('2020-11-10T11:00', 'C3', 'C1');
  await expect(associate('2020-11-09T10:00', 'C3', 'C2')).rejects.toThrow(/would stand no more/);
});

it('a step on which nothing later rests is taken with its own date', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  await as(path, 'TL1', '2020-11-12T10:00')(concernsExtend, 'C1', why);
  const reply = as(path, 'SG1', '2020-11-06T10:00', entered('2020-11-13T10:00'));
  expect((await reply(concernsReply, 'C1', { text: 'unit 5 has it' })).data).toMatchObject({ remarks: [] });
  const move = as(path, 'SG1', '2020-11-07T10:00', entered('2020-11-13T10:00'));
  await expect(move(concernsReassign, 'C1', { unit: '145' })).rejects.toMatchObject({ kind: 'refused' });
});

it('an extension in time that is entered past due says so, and keeps saying it', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const late = as(path, 'TL1', '2020-11-05T10:00', entered('2020-11-13T10:00'))(concernsExtend, 'C1', why);
  expect((await late).data).toMatchObject({ remarks: [{ rule: 'CC-22', code: 'ENTERED_AFTER_DUE' }] });
  const found = await read(path, (reader) => reader.db.selectFrom('finding').select('code').execute());
  expect(found).toEqual([{ code: 'ENTERED_AFTER_DUE' }]);
  const list = as(path, 'XO1', '2020-11-14T10:00')(concernsExceptions, null, { history: true });
  expect((await list).data).toMatchObject({ items: [{ endedBy: 'entered-later', overdueHours: 82 }] });
});

it('a completion in time that is entered past due keeps the lapse that was seen until then', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const done = { clock: () => at('2020-11-13T10:00') };
  const { data } = await as(
    path,
    'TL1',
    '2020-11-05T10:00',
    done,
  )(concernsComplete, 'C1', { action: 'cleared' });
  expect(data).toMatchObject({ remarks: [{ rule: 'CC-22', code: 'ENTERED_AFTER_DUE' }] });
  const list = as(path, 'XO1', '2020-11-14T10:00')(concernsExceptions, null, { history: true });
  expect((await list).data).toMatchObject({ items: [{ endedBy: 'entered-later', overdueHours: 82 }] });
});

it('a lapse that a late entry ended is no longer than the clock it is of', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const late = entered('2020-12-01T10:00');
  await as(path, 'TL1', '2020-11-05T10:00', late)(concernsExtend, 'C1', why);
  await as(path, 'TL1', '2020-11-11T10:00')(concernsComplete, 'C1', { action: 'cleared' });
  const list = as(path, 'XO1', '2020-11-25T10:00')(concernsExceptions, null, { history: true });
  expect((await list).data).toMatchObject({ items: [{ endedBy: 'entered-later', overdueHours: 34 }] });
});

it('a lapse that a late completion ended is over when its approval is dated', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const late = entered('2020-12-01T10:00');
  await as(path, 'TL1', '2020-11-05T10:00', late)(concernsComplete, 'C1', { action: 'cleared' });
  await as(path, 'XO1', '2020-11-11T10:00', late)(concernsApprove, 'C1');
  const list = as(path, 'XO1', '2020-11-25T10:00')(concernsExceptions, null, { history: true });
  expect((await list).data).toMatchObject({ items: [{ endedBy: 'entered-later', overdueHours: 34 }] });
});

it('a step that is entered before its clock is due is no late entry', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const soon = { clock: () => at('2020-11-06T10:00') };
  const { data } = await as(
    path,
    'TL1',
    '2020-11-05T10:00',
    soon,
  )(concernsComplete, 'C1', { action: 'cleared' });
  expect(data).toMatchObject({ remarks: [] });
});
