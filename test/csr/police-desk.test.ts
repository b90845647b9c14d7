import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/core/instant.ts';
import { auditPolice } from '../../src/csr/audit.ts';
import { csrAssign } from '../../src/csr/commands/assign.ts';
import { csrOpen } from '../../src/csr/commands/open.ts';
import { csrQueryReport } from '../../src/csr/commands/query-report.ts';
import { crossReference } from '../../src/csr/crossref.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from '../../src/csr/imports-police.ts';
import { listPolice } from '../../src/csr/police-list.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { place } from '../import/harness.ts';
import { as, policeOffice } from './police-office.ts';

const ALL = { district: null, beat: null } as const;
const MEMBERS: readonly Readonly<Record<string, string>>[] = [
  { member_id: 'S5', rank: 'Sergeant', district: '005', roles: 'cp-sergeant' },
  { member_id: 'C5', rank: 'Commander', district: '005', roles: 'district-commander' },
  { member_id: 'O5', rank: 'Police Officer', district: '005' },
  { member_id: 'O7', rank: 'Police Officer', district: '007' },
];

async function storeOf(
  rows: readonly Readonly<Record<string, string>>[],
  events: readonly Readonly<Record<string, string>>[] = [],
): Promise<string> {
  const path = freshStore();
  await importRows(path, membersProfile, MEMBERS);
  await importRows(
    path,
    csrPoliceProfile,
    rows.map((row) => ({ created_at: '2020-11-01T08:00:00', beat: '0511', ...row })),
  );
  if (events.length > 0) await importRows(path, csrPoliceEventsProfile, events);
  return path;
}

async function findings(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['rule', 'code']).execute(),
  );
  return rows.map(({ rule, code }) => `${rule} ${code}`);
}

describe('a police request', () => {
  test('given to a member of another district is a finding: it is not forwarded (CSR-32)', async () => {
    const path = await storeOf([
      { sr_number: 'A', assigned_to: 'O7', assigned_at: '2020-11-02T08:00:00' },
      { sr_number: 'B', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' },
    ]);
    expect(await findings(path)).toEqual(['CSR-32 OTHER_UNIT']);
  });

  test('whose extension is asked for after the due day is a finding (CSR-48)', async () => {
    const row = { sr_number: 'A', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' };
    const late = await storeOf([{ ...row, extension_requested_at: '2020-11-10T08:00:00' }]);
    expect(await findings(late)).toEqual(['CSR-48 LATE_REQUEST']);
    expect(
      await findings(await storeOf([{ ...row, extension_requested_at: '2020-11-09T08:00:00' }])),
    ).toEqual([]);
  });

  test('is listed as it stood at an earlier as-of', async () => {
    const path = await storeOf([
      {
        sr_number: 'A',
        opened_at: '2020-11-01T09:00:00',
        assigned_to: 'O5',
        assigned_at: '2020-11-02T08:00:00',
        submitted_at: '2020-11-12T08:00:00',
        closed_at: '2020-11-13T08:00:00',
        disposition: 'resolved',
        action_taken: 'done',
      },
    ]);
    const seen = async (when: string) => {
      const [request] = await read(path, (reader) => listPolice(reader, ALL, at(when), loadPolicy({}).csr()));
      return [request?.state, request?.overdue, request?.late];
    };
    expect(await seen('2020-11-01T12:00:00')).toEqual(['opened', false, null]);
    expect(await seen('2020-11-09T23:59:59')).toEqual(['assigned', false, null]);
    expect(await seen('2020-11-10T00:00:00')).toEqual(['assigned', true, null]);
    expect(await seen('2020-11-12T12:00:00')).toEqual(['submitted', false, true]);
    expect(await seen('2020-11-14T12:00:00')).toEqual(['closed', false, true]);
  });
});

describe('the audit of timeliness', () => {
  const end = (at('2020-12-01') - 1) as Instant;
  const span = { start: at('2020-11-01'), end, now: end };

  test('puts districts side by side and adds them up', async () => {
    const path = await storeOf([
      {
        sr_number: 'A',
        assigned_to: 'O5',
        assigned_at: '2020-11-02T08:00:00',
        submitted_at: '2020-11-09T08:00:00',
        closed_at: '2020-11-11T08:00:00',
        action_taken: 'done',
      },
      { sr_number: 'B', assigned_to: 'O5', assigned_at: '2020-11-03T08:00:00' },
      { sr_number: 'C', beat: '0711' },
      { sr_number: 'D', beat: '' },
    ]);
    const { districts, all, failures } = await read(path, (reader) =>
      auditPolice(reader, span, loadPolicy({}).csr()),
    );
    const figures = districts.map(({ district, open, overdue, neverOpened }) => [
      district,
      open,
      overdue,
      neverOpened,
    ]);
    // Every district that works has its row, also one without a request.
    expect(figures).toContainEqual(['001', 0, 0, 0]);
    expect(figures.filter(([, open]) => open !== 0)).toEqual([
      ['005', 1, 1, 0],
      ['007', 1, 0, 1],
      [null, 1, 0, 1],
    ]);
    expect(districts.find(({ district }) => district === '005')).toMatchObject({
      received: 2,
      closedInPeriod: { onTime: 1, total: 1 },
      dueInPeriod: { onTime: 1, total: 2 },
      reviewDays: 2,
    });
    expect(all).toMatchObject({ received: 4, open: 3, overdue: 1, neverAssigned: 2 });
    expect(failures.map(({ id, kind, rule }) => `${id} ${kind} ${rule}`)).toEqual([
      'D not opened CSR-36',
      'B overdue CSR-38',
      'C not opened CSR-36',
    ]);
  });

  test('says who approved each extension, in which role, and whether it counted', async () => {
    const path = await storeOf(
      [{ sr_number: 'A', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' }],
      [
        { sr_number: 'A', event: 'extended', at: '2020-11-05T08:00:00', by: 'O5', reason: 'self' },
        { sr_number: 'A', event: 'extended', at: '2020-11-06T08:00:00', by: 'S5', reason: 'away' },
        { sr_number: 'A', event: 'extended', at: '2020-11-10T08:00:00', by: 'S5', reason: 'away' },
        { sr_number: 'A', event: 'extended', at: '2020-11-12T08:00:00', by: 'C5', reason: 'still' },
      ],
    );
    const { extensions, all } = await read(path, (reader) => auditPolice(reader, span, loadPolicy({}).csr()));
    expect(extensions.map(({ by, roles, counted, further }) => [by, roles, counted, further])).toEqual([
      ['O5', [], false, false],
      ['S5', ['cp-sergeant'], true, false],
      ['S5', ['cp-sergeant'], false, false],
      ['C5', ['district-commander'], true, true],
    ]);
    expect(all).toMatchObject({ extensions: 4, extensionsNotCounted: 2 });
  });
});

test('the cross-reference tells what was never printed, and says nothing of a 311 side that is not there', async () => {
  const path = await storeOf([{ sr_number: 'A', opened_at: '2020-11-01T09:00:00' }]);
  const crossed = await read(path, (reader) =>
    crossReference(reader, ALL, at('2020-11-05'), loadPolicy({}).csr()),
  );
  expect(crossed).toMatchObject({ orders: 1, mirrored: 0, forms: 0 });
  expect(crossed.mismatches.map(({ id, code }) => `${id} ${code}`)).toEqual(['A NOT_PRINTED']);
});

describe('police requests of the 311 mirror', () => {
  const mirror: readonly Readonly<Record<string, string>>[] = [
    { sr_number: 'M1' },
    { sr_number: 'M2', status: 'Completed', closed_at: '2020-11-03T08:00:00' },
    { sr_number: 'M3', status: 'Open - Dup', duplicate: 'true' },
    { sr_number: 'M4', district: '006', beat: '0611' },
    { sr_number: 'M5', created_at: '2020-11-30T20:00:00' },
  ];
  const end = (at('2020-12-01') - 1) as Instant;
  const november = { start: at('2020-11-01'), end, now: at('2020-12-05') };
  const policy = loadPolicy({}).csr();

  test('that nobody took up are failures to respond of their district (CSR-50)', async () => {
    const path = await policeOffice([{ sr_number: 'A', created_at: '2020-11-30T20:00:00' }], { mirror });
    await as(path, 'CP5', '2020-12-01T08:00')(csrOpen);
    const { districts, failures } = await read(path, (reader) => auditPolice(reader, november, policy));
    const of = (name: string) => districts.find(({ district }) => district === name);
    expect(of('005')).toMatchObject({ received: 4, open: 3, neverOpened: 3 });
    expect(of('006')).toMatchObject({ received: 1, open: 1, neverOpened: 1 });
    // A and M5 came on the last evening and were taken up in the next tour.
    expect(failures.map(({ id, kind, rule, madeUpAt }) => [id, kind, rule, madeUpAt])).toEqual([
      ['M1', 'not opened', 'CSR-36', at('2020-12-01T08:00')],
      ['M2', 'closed without an SRSWO', 'CSR-40', null],
      ['M4', 'not opened', 'CSR-36', null],
    ]);
  });

  test('are missed by the cross-reference neither open nor closed, and are on no order before they were opened', async () => {
    const path = await policeOffice([], { mirror });
    await as(path, 'CP5', '2020-11-05T08:00')(csrOpen);
    const crossed = async (when: string) => {
      const { mismatches } = await read(path, (reader) => crossReference(reader, ALL, at(when), policy));
      return mismatches.map(({ id, code }) => `${id} ${code}`);
    };
    expect(await crossed('2020-11-02')).toEqual(['M1 NO_ORDER', 'M2 NO_ORDER', 'M4 NO_ORDER']);
    expect(await crossed('2020-11-04')).toEqual(['M1 NO_ORDER', 'M2 CLOSED_WITHOUT_ORDER', 'M4 NO_ORDER']);
    expect(await crossed('2020-11-06')).toEqual(['M2 CLOSED_WITHOUT_ORDER', 'M4 NO_ORDER', 'M1 NOT_PRINTED']);
  });
});

test('a request answered late within the period is told, also when it was closed since', async () => {
  const path = await storeOf([
    {
      sr_number: 'A',
      assigned_to: 'O5',
      assigned_at: '2020-11-02T08:00:00',
      submitted_at: '2020-11-12T08:00:00',
      closed_at: '2020-11-13T08:00:00',
      action_taken: 'done',
    },
    {
      sr_number: 'B',
      assigned_to: 'O5',
      assigned_at: '2020-11-20T08:00:00',
      submitted_at: '2020-12-02T08:00:00',
    },
  ]);
  const end = (at('2020-12-01') - 1) as Instant;
  const november = { start: at('2020-11-01'), end, now: at('2020-12-05') };
  const { failures } = await read(path, (reader) => auditPolice(reader, november, loadPolicy({}).csr()));
  expect(failures.map(({ id, kind, madeUpAt }) => [id, kind, madeUpAt])).toEqual([
    ['A', 'answered late', at('2020-11-12T08:00')],
    ['B', 'overdue', at('2020-12-02T08:00')],
  ]);
});

test('a lapse stays a failure when more time was given after it, and that approval is marked (CSR-50, A-CSR-4)', async () => {
  const path = await storeOf(
    [
      {
        sr_number: 'A',
        assigned_to: 'O5',
        assigned_at: '2020-11-02T08:00:00',
        submitted_at: '2020-11-20T08:00:00',
        closed_at: '2020-11-21T08:00:00',
        action_taken: 'done',
      },
      { sr_number: 'B', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' },
    ],
    [
      { sr_number: 'A', event: 'extended', at: '2020-11-12T08:00:00', by: 'S5', reason: 'away' },
      { sr_number: 'B', event: 'extended', at: '2020-11-09T08:00:00', by: 'S5', reason: 'away' },
    ],
  );
  const end = (at('2020-12-01') - 1) as Instant;
  const november = { start: at('2020-11-01'), end, now: at('2020-12-05') };
  const audited = await read(path, (reader) => auditPolice(reader, november, loadPolicy({}).csr()));
  expect(
    audited.failures.map(({ id, kind, rule, dueAt, madeUpAt }) => [id, kind, rule, dueAt, madeUpAt]),
  ).toEqual([
    ['A', 'lapsed, extended later', 'CSR-38', at('2020-11-10') - 1, at('2020-11-20T08:00')],
    ['B', 'overdue', 'CSR-47', at('2020-11-25') - 1, null],
  ]);
  expect(audited.all).toMatchObject({ lapses: 2, closedInPeriod: { onTime: 1, total: 1 } });
  expect(audited.extensions.map(({ id, counted, afterDue }) => [id, counted, afterDue])).toEqual([
    ['B', true, false],
    ['A', true, true],
  ]);
});

test('the looks of an office: days without one, the longest gap, and tours of the roster without one (CSR-36)', async () => {
  const path = await policeOffice([{ sr_number: 'A' }]);
  for (const day of ['02', '03', '10']) await as(path, 'CP5', `2020-11-${day}T08:00`)(csrOpen);
  const span = { start: at('2020-11-01'), end: at('2020-11-10T23:59:59'), now: at('2020-12-05') };
  const looks = async () =>
    (await read(path, (reader) => auditPolice(reader, span, loadPolicy({}).csr()))).looks;
  expect(await looks()).toEqual([
    { district: '005', looks: 3, days: 10, daysWithout: 7, longestGap: 7, tours: null, toursWithout: null },
  ]);
  const roster = peopleProfiles.find(({ name }) => name === 'duty-roster');
  if (roster === undefined) throw new Error('no profile');
  const tour = (day: string) => ({
    tour_start: `2020-11-${day}T06:00:00`,
    tour_end: `2020-11-${day}T15:00:00`,
  });
  await importRows(path, roster, [
    { member_id: 'CP5', ...tour('02') },
    { member_id: 'CQ5', ...tour('02') },
    { member_id: 'CQ5', ...tour('04') },
    { member_id: 'O5', ...tour('05') },
  ]);
  expect(await looks()).toMatchObject([{ tours: 2, toursWithout: 1 }]);
});

test('a look and a tour are of the office whose role it was then, lent or given up since (CSR-36)', async () => {
  const here = place();
  const members = (roles: Readonly<Record<string, string>>) =>
    here.one(
      'members.csv',
      `member_id,rank,district,roles\n${Object.entries(roles)
        .map(([id, role]) => `${id},Sergeant,00${id.at(-1)},${role}\n`)
        .join('')}`,
    );
  await members({ S5: 'cp-sergeant', S6: 'cp-sergeant', CP5: 'cp-officer', O5: '' });
  await here.one(
    'delegations.csv',
    'role,from_member,to_member,starts,ends\ncp-sergeant,S6,O5,2020-11-05,2020-11-05\n',
  );
  await here.one(
    'roster.csv',
    `member_id,tour_start,tour_end,role
O5,2020-11-05T06:00,2020-11-05T15:00,cp-sergeant
S5,2020-11-06T06:00,2020-11-06T15:00,
`,
  );
  const looked = ['O5,05', 'S5,06', 'S6,07', 'O5,08'].map((each) => each.split(','));
  await here.one(
    'accesses.csv',
    `member_id,role,at,system\n${looked
      .map(([id, day]) => `${id},cp-sergeant,2020-11-${day}T10:00,csr\n`)
      .join('')}`,
  );
  await as(here.store, 'CP5', '2020-11-09T08:00')(csrOpen);
  const span = { start: at('2020-11-01'), end: at('2020-11-10T23:59:59'), now: at('2020-12-05') };
  const looks = async () =>
    (await read(here.store, (reader) => auditPolice(reader, span, loadPolicy({}).csr()))).looks;
  const both = [
    { district: '005', looks: 2, tours: 1, toursWithout: 0 },
    { district: '006', looks: 2, tours: 1, toursWithout: 0 },
  ];
  expect(await looks()).toMatchObject(both);
  await members({ S5: '', S6: '', CP5: '' });
  expect(await looks()).toMatchObject(both);
});

describe('the query report', () => {
  const PLACES = [
    { sr_number: 'A', beat: '0511' },
    { sr_number: 'B', beat: '' },
    { sr_number: 'C', beat: '0611' },
  ];
  const listed = async (path: string, actor: string | null, options = {}) => {
    const { data, document } = await as(path, actor, '2020-11-02T09:00')(csrQueryReport, [], options);
    const { items } = data as { items: readonly { id: string }[] };
    return [
      items.map(({ id }) => id).toSorted(),
      (document.notes ?? []).join(' ').includes('Left out: 1 request'),
    ];
  };

  test('is of the own district and of what is of no known one, as csr open opens it (CSR-41)', async () => {
    const path = await policeOffice(PLACES);
    for (const actor of ['S5', 'X5', 'C5', 'O5'])
      expect([actor, ...(await listed(path, actor))]).toEqual([actor, ['A', 'B'], false]);
    expect(await listed(path, 'S6')).toEqual([['B', 'C'], false]);
    // Oversight and cron see all.
    for (const actor of ['D0', null]) expect(await listed(path, actor)).toEqual([['A', 'B', 'C'], false]);
  });

  test('of a district that is named says what it leaves out', async () => {
    const path = await policeOffice(PLACES);
    expect(await listed(path, 'S5', { district: '005' })).toEqual([['A'], true]);
    expect(await listed(path, null, { district: '006' })).toEqual([['C'], true]);
    expect(await listed(path, 'S5', { beat: '0511' })).toEqual([['A'], false]);
  });
});

test('a request is assigned to a member whom the store knows; an export may name others (CSR-37)', async () => {
  const path = await policeOffice([
    { sr_number: 'A' },
    { sr_number: 'B', assigned_to: 'X9', assigned_at: '2020-11-02T08:00:00' },
  ]);
  await expect(as(path, 'S5', '2020-11-02T09:00')(csrAssign, ['A'], { to: 'NOBODY' })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('no member NOBODY'),
  });
  const states = await read(path, (reader) =>
    reader.db.selectFrom('srswo').select(['sr_number', 'state']).execute(),
  );
  expect(states).toEqual([
    { sr_number: 'A', state: 'new' },
    { sr_number: 'B', state: 'assigned' },
  ]);
});
