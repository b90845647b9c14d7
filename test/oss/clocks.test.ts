import { describe, expect, it } from 'vitest';
import { overdueClocks } from '../../src/casework/overdue.ts';
import { isoInstant } from '../../src/core/instant.ts';
import { ossEventsProfile, workItemsProfile } from '../../src/oss/imports.ts';
import { triageQueue, workItemById } from '../../src/oss/records.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';

const item = {
  work_item_id: 'W1',
  member_id: 'M1',
  generated_at: '2020-10-30T10:00:00',
  models: 'oss-force;oss-complaints',
};
const valid = { determined_at: '2020-10-31T10:00:00', determination: 'valid' };

async function overdue(path: string, when: string) {
  const found = await read(path, (reader) => overdueClocks(reader, { system: 'oss', within: 0 }, at(when)));
  return found.map((clock) => `${clock.rule} due ${isoInstant(clock.dueAt)}`);
}

async function findings(path: string) {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['rule', 'code']).execute(),
  );
  return rows
    .map((row) => `${row.rule} ${row.code}`)
    .filter((text) => !text.includes('UNKNOWN_MEMBER'))
    .sort();
}

async function imported(
  row: Readonly<Record<string, string>>,
  events: readonly Readonly<Record<string, string>>[] = [],
) {
  const path = freshStore();
  await importRows(path, workItemsProfile, [{ ...item, ...row }]);
  if (events.length > 0)
    await importRows(
      path,
      ossEventsProfile,
      events.map((event) => ({ work_item_id: 'W1', ...event })),
    );
  return path;
}

describe('the 48 hours of validity (OSS-16)', () => {
  it('are elapsed hours across the end of summer time', async () => {
    const path = await imported({ generated_at: '2020-10-31T10:00:00' });
    expect(await overdue(path, '2020-11-02T09:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-02T09:00:01')).toEqual(['OSS-16 due 2020-11-02T15:00:00Z']);
  });

  it('leave the queue once determined, and are in it again as seen from before', async () => {
    const path = await imported(valid);
    const queue = (when: string) => read(path, (reader) => triageQueue(reader, at(when), null));
    expect(await queue('2020-11-05')).toEqual([]);
    expect(await queue('2020-10-31T09:00:00')).toMatchObject([
      { id: 'W1', models: ['oss-force', 'oss-complaints'] },
    ]);
  });

  it('go on from generation when a determination is reopened', async () => {
    const path = await imported(valid, [
      { event: 'reopened', at: '2020-11-02T10:00:00', reason: 'wrong member' },
    ]);
    expect(await overdue(path, '2020-11-02T11:00:00')).toEqual(['OSS-16 due 2020-11-01T15:00:00Z']);
  });

  it('take an invalid item without a reason as it is and find fault with it', async () => {
    const path = await imported({ determined_at: '2020-10-31T10:00:00', determination: 'invalid' });
    expect(await findings(path)).toEqual(['OSS-17 REASON_MISSING']);
    const row = await read(path, (reader) => workItemById(reader, 'W1'));
    expect(row).toMatchObject({ state: 'invalid', determination_reason: null, reason_missing: 1 });
  });
});

describe('the later 48-hour clocks', () => {
  const forwarded = {
    ...valid,
    forwarded_at: '2020-10-31T11:00:00',
    command_received_at: '2020-11-01T09:00:00',
    command_id: 'M9',
  };

  it('run from receipt by command to the notice (OSS-29)', async () => {
    const path = await imported(forwarded);
    expect(await overdue(path, '2020-11-03T09:00:01')).toEqual(['OSS-29 due 2020-11-03T15:00:00Z']);
    const notified = await imported({
      ...forwarded,
      notified_at: '2020-11-02T09:00:00',
      notified_in_person: 'yes',
    });
    expect(await overdue(notified, '2020-12-01')).toEqual([]);
  });

  it('run from the opening where no receipt is on record, with a remark that says so (A-OSS-2)', async () => {
    const opened = { event: 'opened', at: '2020-11-01T09:00:00', detail: 'M9' };
    const path = await imported({ ...valid, forwarded_at: '2020-10-31T11:00:00' }, [opened]);
    expect(await overdue(path, '2020-11-03T09:00:01')).toEqual(['OSS-29 due 2020-11-03T15:00:00Z']);
    expect(await findings(path)).toEqual(['OSS-29 RECEIPT_INFERRED']);
    expect(await findings(await imported(forwarded, [opened]))).toEqual([]);
  });

  it('run anew for each plan that is submitted (OSS-31)', async () => {
    const steps = {
      notified_at: '2020-11-02T09:00:00',
      assigned_at: '2020-11-02T10:00:00',
      met_at: '2020-11-03T10:00:00',
      plan_submitted_at: '2020-11-04T10:00:00',
    };
    const path = await imported({ ...forwarded, ...steps }, [
      { event: 'returned', at: '2020-11-05T10:00:00', reason: 'add a support' },
      { event: 'plan-submitted', at: '2020-11-07T10:00:00', detail: 'chaplain' },
    ]);
    expect(await overdue(path, '2020-11-06T11:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-10')).toEqual(['OSS-31 due 2020-11-09T16:00:00Z']);
    expect(await findings(path)).toEqual([]);
  });

  it('find a plan without a support in a log of steps, and a completion without its evidence', async () => {
    const steps = { notified_at: '2020-11-02T09:00:00', assigned_at: '2020-11-02T10:00:00' };
    const path = await imported({ ...forwarded, ...steps }, [
      { event: 'met', at: '2020-11-03T10:00:00' },
      { event: 'plan-submitted', at: '2020-11-04T10:00:00' },
      { event: 'command-approved', at: '2020-11-05T10:00:00' },
      { event: 'area-rep-approved', at: '2020-11-05T11:00:00' },
      { event: 'completed', at: '2020-12-05T11:00:00' },
    ]);
    expect(await findings(path)).toEqual(['OSS-05 TRIAD_INCOMPLETE', 'OSS-43 NO_SUPPORT']);
  });
});

describe('roles and ranks', () => {
  const members: readonly Readonly<Record<string, string>>[] = [
    { member_id: 'M1', rank: 'Detective', sworn: 'yes', supervisor_id: 'M3' },
    { member_id: 'M2', rank: 'Police Officer', sworn: 'yes' },
    { member_id: 'M3', rank: 'Sergeant', sworn: 'yes', roles: 'supervisor' },
    { member_id: 'A1', rank: 'Civilian', sworn: 'no', roles: 'oss-analyst' },
  ];
  const members_profile = peopleProfiles.find((profile) => profile.name === 'members');

  it('flag a determination by somebody else than the analyst and a supervisor of the same rank', async () => {
    if (!members_profile) throw new Error('no members profile');
    const path = freshStore();
    await importRows(path, members_profile, members);
    const row = {
      ...item,
      ...valid,
      determined_by: 'M3',
      forwarded_at: '2020-10-31T11:00:00',
      command_received_at: '2020-11-01T09:00:00',
      assigned_at: '2020-11-01T10:00:00',
      supervisor_id: 'M2',
    };
    await importRows(path, workItemsProfile, [row]);
    expect(await findings(path)).toEqual(['OSS-14 WRONG_ROLE', 'OSS-28 RANK_NOT_HIGHER']);
  });
});
