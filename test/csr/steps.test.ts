import { describe, expect, it } from 'vitest';
import type { Command, Context } from '../../src/core/command.ts';
import { csrAssign } from '../../src/csr/commands/assign.ts';
import { csrClose } from '../../src/csr/commands/close.ts';
import { csrExtend } from '../../src/csr/commands/extend.ts';
import { csrIdssr } from '../../src/csr/commands/idssr.ts';
import { csrOpen } from '../../src/csr/commands/open.ts';
import { csrReply } from '../../src/csr/commands/reply.ts';
import { csrRequestExtension } from '../../src/csr/commands/request-extension.ts';
import { csrReturn } from '../../src/csr/commands/return.ts';
import { csrSubmit } from '../../src/csr/commands/submit.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from '../../src/csr/imports-police.ts';
import { policeRequestById } from '../../src/csr/police-records.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import type { Document } from '../../src/report/document.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { as as asAt, policeOffice } from './police-office.ts';

async function office(): Promise<string> {
  const path = freshStore();
  await importRows(path, membersProfile, [
    { member_id: 'S5', rank: 'Sergeant', district: '005', roles: 'cp-sergeant' },
    { member_id: 'O5', rank: 'Police Officer', district: '005' },
    { member_id: 'CP5', rank: 'Police Officer', district: '005', roles: 'cp-officer' },
    { member_id: 'C5', rank: 'Commander', district: '005', roles: 'district-commander' },
    { member_id: 'S6', rank: 'Sergeant', unit: '6', district: '006', roles: 'cp-sergeant' },
    { member_id: 'CP6', rank: 'Police Officer', unit: '6', district: '006', roles: 'cp-officer' },
    { member_id: 'C6', rank: 'Commander', unit: '6', district: '006', roles: 'district-commander' },
    { member_id: 'SX', rank: 'Sergeant', roles: 'cp-sergeant' },
    { member_id: 'N1', rank: 'Police Officer', unit: '189' },
  ]);
  await importRows(path, csrPoliceProfile, [
    { sr_number: 'A', created_at: '2020-11-01T08:00:00', beat: '0511' },
    {
      sr_number: 'B',
      created_at: '2020-11-01T08:00:00',
      beat: '0511',
      assigned_to: 'O5',
      assigned_at: '2020-11-02T08:00:00',
      submitted_at: '2020-11-02T09:00:00',
      action_taken: 'done',
      closed_at: '2020-11-02T10:00:00',
      disposition: 'resolved',
    },
  ]);
  return path;
}

/** Runs a step as a member on 3 Nov 2020; warnings are gathered. */
function as(path: string, actor: string | null, over: Partial<Context> = {}) {
  const warned: string[] = [];
  const warn = (text: string) => void warned.push(text);
  const context = contextFor(path, { actor, now: at('2020-11-03T10:00'), warn, ...over });
  return async (command: Command<Document>, number: string | string[], options = {}) => {
    const outcome = await command.run(context, input({ number }, options));
    return { ...outcome, warned };
  };
}

async function findings(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['record_id', 'rule', 'code']).orderBy('id').execute(),
  );
  return rows.map(({ record_id, rule, code }) => `${record_id} ${rule} ${code}`);
}

async function events(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('event').select('name').where('origin', '=', 'local').execute(),
  );
  return rows.map(({ name }) => name);
}

describe('a step on several police requests', () => {
  it('is taken by those that may, and tells why the others are left', async () => {
    const path = await office();
    const { data, exitCode, warned, document } = await as(path, 'S5')(csrAssign, ['A', 'B', 'C'], {
      to: 'O5',
    });
    expect([data.kept, data.refused, exitCode]).toEqual([1, 2, 4]);
    expect(data.items).toMatchObject([
      { id: 'A', kept: true, state: 'assigned', assignedTo: 'O5', dueBy: 'CSR-38' },
      { id: 'B', kept: false, rule: expect.stringMatching(/^CSR-/) },
      { id: 'C', kept: false, rule: null, text: expect.stringContaining('there is no') },
    ]);
    expect(document.title).toBe('1 of 3 assigned to O5');
    expect(warned).toHaveLength(2);
    expect(warned[0]).toMatch(/^B: .*\(CSR-\d+, S02-03-03 /);
    expect(await events(path)).toEqual(['assigned']);
  });

  it('writes nothing on a dry run', async () => {
    const path = await office();
    const { document } = await as(path, 'S5', { dryRun: true })(csrAssign, ['A'], { to: 'O5' });
    expect(document.title).toBe('A is assigned to O5 (dry run, nothing written)');
    expect(await events(path)).toEqual([]);
  });
});

describe('a step on one police request', () => {
  it('is refused by the rule, with its cite', async () => {
    const again = as(await office(), 'S5')(csrAssign, 'B', { to: 'O5' });
    await expect(again).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/\(CSR-/) });
  });

  it('is judged by role before anything is asked, and asks on a terminal', async () => {
    const path = await office();
    const asked: string[] = [];
    const never = () => Promise.reject(new Error('not asked'));
    const text = async (question: string) => {
      asked.push(question);
      return 'O5';
    };
    const over = { interactive: true, prompt: { select: never, confirm: never, secret: never, text } };
    await expect(as(path, 'O5', over)(csrReturn, 'A')).rejects.toThrow(/O5 may not return an SRSWO.*CSR-44/);
    expect(asked).toEqual([]);
    expect((await as(path, 'S5', over)(csrAssign, 'A')).data).toMatchObject({ kept: 1 });
    expect(asked).toEqual(['Which member is to investigate?']);
  });

  it('of the investigating member takes a known one, and its place in the order', async () => {
    const path = await office();
    const submit = (actor: string | null) => as(path, actor)(csrSubmit, 'A', { action: 'done' });
    await expect(submit(null)).rejects.toThrow(/must know who acts.*CSR-38/);
    await expect(submit('O5')).rejects.toThrow(/does not follow/);
  });

  it('is never a forwarding to another unit (CSR-32)', async () => {
    const forward = as(await office(), 'S5')(csrAssign, 'A', { unit: '189' });
    await expect(forward).rejects.toThrow(/not forwarded to unit 189.*CSR-32/);
  });
});

describe('a police request of a district', () => {
  const assigned = async () => {
    const path = await office();
    await as(path, 'S5')(csrAssign, 'A', { to: 'O5' });
    return path;
  };

  it('is worked by that district alone (CSR-35)', async () => {
    const path = await assigned();
    await expect(as(path, 'S6')(csrAssign, 'A', { to: 'O5' })).rejects.toThrow(
      /S6, who acts for district 006.*district 005 \(CSR-35, S02-03-03 V\.C\.1\)/,
    );
    await expect(as(path, 'S6')(csrExtend, 'A', { reason: 'away' })).rejects.toThrow(/district 006.*CSR-47/);
    await as(path, 'S5')(csrExtend, 'A', { reason: 'away' });
    const later = { now: at('2020-11-04T10:00') };
    await expect(as(path, 'C6', later)(csrExtend, 'A', { reason: 'away' })).rejects.toThrow(
      /district 006.*CSR-47/,
    );
    expect((await as(path, 'C5', later)(csrExtend, 'A', { reason: 'away' })).data.kept).toBe(1);
    await expect(as(path, 'S6')(csrIdssr, 'A', { unit: '189', form: '1', helpWanted: 'x' })).rejects.toThrow(
      /CSR-35/,
    );
  });

  it('may be worked by a member of no known district, and by one who is lent the role', async () => {
    const path = await assigned();
    const later = { now: at('2020-11-04T10:00') };
    expect((await as(path, 'SX', later)(csrAssign, 'A', { to: 'O5' })).data.kept).toBe(1);
    const delegations = peopleProfiles.find(({ name }) => name === 'delegations');
    if (delegations === undefined) throw new Error('no profile');
    const loan = { role: 'district-commander', starts: '2020-11-01', ends: '2020-11-30' };
    await importRows(path, delegations, [{ ...loan, from_member: 'C5', to_member: 'CP6' }]);
    expect((await as(path, 'CP6', later)(csrExtend, 'A', { reason: 'away' })).data.kept).toBe(1);
    // What one district lends holds in no other one.
    const other = await office();
    await importRows(other, delegations, [{ ...loan, from_member: 'C6', to_member: 'O5' }]);
    await as(other, 'S5')(csrAssign, 'A', { to: 'O5' });
    await expect(as(other, 'O5', later)(csrExtend, 'A', { reason: 'away' })).rejects.toThrow(/district 006/);
  });

  it('is a finding where an export says that another district acted', async () => {
    const path = await office();
    await importRows(path, csrPoliceEventsProfile, [
      { sr_number: 'A', event: 'assigned', at: '2020-11-02T08:00:00', by: 'S6' },
      { sr_number: 'A', event: 'extended', at: '2020-11-03T08:00:00', by: 'S6', reason: 'away' },
    ]);
    expect(await findings(path)).toEqual(['A CSR-35 OTHER_DISTRICT', 'A CSR-47 OTHER_DISTRICT']);
    const row = await read(path, (reader) => policeRequestById(reader, 'A'));
    expect(row).toMatchObject({ state: 'assigned', extensions: 0 });
  });

  it('is not handed to a member of another unit, district or none (CSR-32)', async () => {
    const path = await office();
    await expect(as(path, 'S5')(csrAssign, 'A', { to: 'N1' })).rejects.toThrow(/N1.*unit 189.*CSR-32/);
    await expect(as(path, 'S5')(csrAssign, 'A', { to: 'CP6' })).rejects.toThrow(/district 006.*CSR-32/);
    await importRows(path, csrPoliceProfile, [
      {
        sr_number: 'D',
        created_at: '2020-11-01T08:00:00',
        beat: '0511',
        assigned_to: 'N1',
        assigned_at: '2020-11-02T08:00:00',
      },
    ]);
    expect(await findings(path)).toEqual(['D CSR-32 OTHER_UNIT']);
  });

  it('is asked no help of its own unit (CSR-33)', async () => {
    const ask = { unit: '5', form: '1', helpWanted: 'x' };
    await expect(as(await office(), 'S5')(csrIdssr, 'A', ask)).rejects.toThrow(/district's own.*CSR-33/);
  });

  it('is not assigned before it was created; an import that says so is a finding', async () => {
    const path = await office();
    const early = { now: at('2020-10-31T10:00') };
    await expect(as(path, 'S5', early)(csrAssign, 'A', { to: 'O5' })).rejects.toThrow(
      /before the request was created.*CSR-37/,
    );
    const row = { created_at: '2020-11-01T08:00:00', beat: '0511', assigned_to: 'O5' };
    await importRows(path, csrPoliceProfile, [
      { ...row, sr_number: 'D', assigned_at: '2020-10-31T08:00:00' },
      { ...row, sr_number: 'E', assigned_at: '2020-11-01' },
    ]);
    expect(await findings(path)).toEqual(['D CSR-37 BEFORE_CREATED']);
  });

  it('is closed on the review of a sergeant, never on the own one (CSR-44)', async () => {
    const path = await office();
    await as(path, 'S5')(csrAssign, 'A', { to: 'CP5' });
    const later = { now: at('2020-11-05T10:00') };
    await as(path, 'CP5', { now: at('2020-11-04T10:00') })(csrSubmit, 'A', { action: 'done' });
    const close = (by: string, reviewedBy?: string) =>
      as(path, by, later)(csrClose, 'A', {
        disposition: 'resolved',
        ...(reviewedBy === undefined ? {} : { reviewedBy }),
      });
    await expect(close('CP5')).rejects.toThrow(/CP5 is no community policing sergeant.*CSR-44/);
    await expect(close('CP5', 'O5')).rejects.toThrow(/review of O5.*CSR-44/);
    await expect(close('CP5', 'S6')).rejects.toThrow(/review of S6.*CSR-44/);
    expect((await close('CP5', 'S5')).data.kept).toBe(1);
  });

  it('is a finding where its own investigator closed it', async () => {
    const path = await office();
    const row = { created_at: '2020-11-01T08:00:00', beat: '0511', assigned_to: 'CP5', action_taken: 'done' };
    const done = { assigned_at: '2020-11-02T08:00:00', submitted_at: '2020-11-03T08:00:00' };
    await importRows(path, csrPoliceProfile, [
      { ...row, ...done, sr_number: 'D' },
      { ...row, ...done, sr_number: 'E', assigned_to: 'O5' },
    ]);
    await importRows(path, csrPoliceEventsProfile, [
      { sr_number: 'D', event: 'closed', at: '2020-11-04T08:00:00', by: 'CP5' },
      { sr_number: 'E', event: 'closed', at: '2020-11-04T08:00:00', by: 'CP5' },
    ]);
    expect(await findings(path)).toEqual(['D CSR-44 NO_REVIEW']);
  });
});

describe('what stands on an SRSWO', () => {
  const assigned = { sr_number: 'A', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' };
  const states = async (path: string) =>
    (await read(path, (reader) => policeRequestById(reader, 'A')))?.state ?? null;

  it('is handed in by the member who investigates it, and by no other (CSR-38, CSR-48)', async () => {
    const path = await policeOffice([assigned]);
    for (const other of ['CQ5', 'S5', 'X5', 'C5', 'S6', 'D0']) {
      const run = as(path, other);
      await expect(run(csrSubmit, 'A', { action: 'done' })).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(/O5.*\(CSR-38, S02-03-03 V\.C\.3\.a, V\.E\.1\)/),
      });
      await expect(run(csrRequestExtension, 'A', { reason: 'away' })).rejects.toThrow(/O5.*\(CSR-48, /);
    }
    expect(await states(path)).toBe('assigned');
    expect((await as(path, 'O5')(csrRequestExtension, 'A', { reason: 'away' })).data.kept).toBe(1);
    expect((await as(path, 'O5')(csrSubmit, 'A', { action: 'done' })).data.kept).toBe(1);
  });

  it('is entered by the office of the district for the member whom it names', async () => {
    const path = await policeOffice([assigned]);
    const paper = { action: 'done', writtenBy: 'O5' };
    await expect(as(path, 'CP5')(csrSubmit, 'A', { action: 'done' })).rejects.toMatchObject({
      remedy: expect.stringContaining('--written-by O5'),
    });
    await expect(as(path, 'CP5')(csrSubmit, 'A', { ...paper, writtenBy: 'CQ5' })).rejects.toThrow(
      /CQ5.*CSR-38/,
    );
    await expect(as(path, 'S6')(csrSubmit, 'A', paper)).rejects.toThrow(/office.*CSR-38/);
    await expect(as(path, 'C5')(csrSubmit, 'A', paper)).rejects.toThrow(/office.*CSR-38/);
    expect((await as(path, 'CP5')(csrSubmit, 'A', paper)).data.kept).toBe(1);
  });

  it("is nobody else's where the member who investigates names the writer", async () => {
    const path = await policeOffice([assigned]);
    const own = as(path, 'O5');
    const other = { writtenBy: 'CQ5' };
    await expect(own(csrSubmit, 'A', { action: 'done', ...other })).rejects.toThrow(/CQ5.*O5 \(CSR-38, /);
    await expect(own(csrRequestExtension, 'A', { reason: 'away', ...other })).rejects.toThrow(/CQ5.*CSR-48/);
    expect((await own(csrSubmit, 'A', { action: 'done', writtenBy: 'O5' })).data.kept).toBe(1);
  });

  it('is a finding where an export tells that another one handed it in', async () => {
    const path = await policeOffice([assigned], {
      events: [
        { sr_number: 'A', event: 'extension-requested', at: '2020-11-03T08:00:00', by: 'C5' },
        { sr_number: 'A', event: 'submitted', at: '2020-11-04T08:00:00', by: 'CQ5', reason: 'done' },
        { sr_number: 'A', event: 'returned', at: '2020-11-05T08:00:00', by: 'S5', reason: 'again' },
        { sr_number: 'A', event: 'submitted', at: '2020-11-06T08:00:00', by: 'O5', reason: 'done' },
      ],
    });
    expect(await findings(path)).toEqual(['A CSR-48 NOT_THE_MEMBER', 'A CSR-38 NOT_THE_MEMBER']);
    expect(await states(path)).toBe('submitted');
  });

  it('is told to the caller by the own district (CSR-35)', async () => {
    const path = await policeOffice([assigned]);
    const reply = (actor: string) =>
      csrReply.run(contextFor(path, { actor, now: at('2020-11-03T10:00') }), {
        args: { number: 'A' },
        options: { said: 'we looked' },
      });
    await expect(reply('S6')).rejects.toThrow(/district 006.*\(CSR-35, /);
    expect((await reply('O5')).data.kind).toBe('police');
  });

  it('is remarked on where who investigated it reviews it or grants the time for it', async () => {
    const path = await policeOffice([{ ...assigned, assigned_to: 'S5' }]);
    const inTime = { clock: () => at('2020-11-03T10:00') };
    await as(path, 'S5', inTime)(csrExtend, 'A', { reason: 'away' });
    await as(path, 'S5', inTime)(csrSubmit, 'A', { action: 'done' });
    await as(path, 'S5', inTime)(csrClose, 'A', { disposition: 'resolved' });
    expect(await findings(path)).toEqual(['A CSR-45 OWN_EXTENSION', 'A CSR-44 OWN_REVIEW']);
  });
});

describe('an answer that is entered late', () => {
  const assigned = { sr_number: 'A', assigned_to: 'O5', assigned_at: '2020-11-02T10:00:00' };
  const answer = async (path: string, entered: string) =>
    await asAt(path, 'O5', '2020-11-05T10:00', { clock: () => at(entered) })(csrSubmit, ['A'], {
      action: 'done',
    });
  const codes = async (path: string) =>
    await read(path, (reader) => reader.db.selectFrom('finding').select(['rule', 'code']).execute());

  it('in time by its date and past due by its entry is told for good', async () => {
    const path = await policeOffice([assigned]);
    await answer(path, '2020-11-12T10:00');
    expect(await codes(path)).toEqual([{ rule: 'CSR-38', code: 'ENTERED_AFTER_DUE' }]);
  });

  it('is told of no more than any other where it is entered in time', async () => {
    const path = await policeOffice([assigned]);
    await answer(path, '2020-11-06T10:00');
    expect(await codes(path)).toEqual([]);
  });
});

describe('the tour of an office', () => {
  it('opens the requests of its own district and refuses those of another', async () => {
    const path = await office();
    await importRows(path, csrPoliceProfile, [
      { sr_number: 'D', created_at: '2020-11-01T08:00:00', beat: '0611' },
      { sr_number: 'E', created_at: '2020-11-01T08:00:00' },
    ]);
    const opened = async (actor: string, options = {}) => {
      const { data } = await as(path, actor)(csrOpen, [], options);
      return [data.items].flat().map((item) => (item as { id: string }).id);
    };
    await expect(opened('CP6', { district: '005' })).rejects.toThrow(/CP6 may not.*005.*006.*CSR-36/);
    await expect(opened('CP6', { beat: '0511' })).rejects.toThrow(/CSR-36/);
    expect(await opened('CP6')).toEqual(['D', 'E']);
    expect(await opened('CP5')).toEqual(['A']);
  });
});
