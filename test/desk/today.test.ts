import { describe, expect, it } from 'vitest';
import { concernsWorklist } from '../../src/concerns/commands/worklist.ts';
import { concernsWaiting } from '../../src/concerns/today.ts';
import { statesQuery } from '../../src/concerns/waiting-states.ts';
import { calendarText } from '../../src/desk/calendar-text.ts';
import { calendar } from '../../src/desk/commands/calendar.ts';
import { makeToday } from '../../src/desk/commands/today.ts';
import { dueForMeQueries } from '../../src/desk/today-due.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import type { Query } from '../../src/store/open.ts';
import { read } from '../../src/store/store.ts';
import { at, importRows } from '../casework/store-of.ts';
import { as, office, row } from '../concerns/office.ts';

const today = makeToday(async () => [concernsWaiting]);

async function people(path: string, name: string, rows: readonly Readonly<Record<string, string>>[]) {
  const profile = peopleProfiles.find((each) => each.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  await importRows(path, profile, rows);
}

const TOUR = { tour_start: '2020-11-04T06:00:00', tour_end: '2020-11-04T15:00:00' };
const ASSIGNED = {
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};

describe('today', () => {
  it('says which look of the tour is owed, until a list is opened in that tour', async () => {
    const path = await office([row('C1')]);
    await people(path, 'duty-roster', [{ member_id: 'SG1', ...TOUR, role: 'cp-sergeant' }]);
    await people(path, 'accesses', [
      { member_id: 'SG1', role: 'cp-sergeant', at: '2020-11-03T10:00:00', system: 'concerns' },
    ]);
    const owed = async (when: string) =>
      [(await as(path, 'SG1', when)(today, null)).data.owed]
        .flat()
        .filter((look) => JSON.stringify(look).includes('CC-14'));
    const look = { rule: 'CC-14', cite: 'S02-03-03 VII.B.1', command: 'rollcall concerns worklist' };
    expect(await owed('2020-11-04T10:00')).toMatchObject([{ ...look, doneAt: null }]);
    await as(path, 'SG1', '2020-11-04T11:00')(concernsWorklist, null);
    expect(await owed('2020-11-04T12:00')).toMatchObject([{ doneAt: '2020-11-04T17:00:00Z' }]);
    // Seen from before it was opened it is still owed.
    expect(await owed('2020-11-04T10:30')).toMatchObject([{ doneAt: null }]);
    expect(await owed('2020-11-04T16:00')).toEqual([]);
  });

  it('is there for a member of no unit too', async () => {
    const path = await office([row('C1')]);
    await people(path, 'members', [{ member_id: 'N1', rank: 'Civilian', roles: 'cp-sergeant' }]);
    const { data } = await as(path, 'N1', '2020-11-04T10:00')(today, null);
    expect(data).toMatchObject({ member: 'N1' });
  });

  it('lists what is due before the tour ends with its step, and what else waits', async () => {
    const path = await office([
      row('C1', { accessed_at: '2020-11-03T00:00:00' }),
      row('C2', { accessed_at: '2020-11-04T05:00:00' }),
      row('C3'),
      row('C7', { beat: '0711' }),
    ]);
    await people(path, 'duty-roster', [{ member_id: 'SG1', ...TOUR }]);
    const { data } = await as(path, 'SG1', '2020-11-04T10:00')(today, null);
    expect(data).toMatchObject({ until: '2020-11-04T21:00:00Z', total: 3 });
    expect(data.items).toMatchObject([
      { kind: 'due', id: 'C1', rule: 'CC-15', overdue: false, command: 'rollcall concerns accept C1' },
      { kind: 'waiting', id: 'C2', dueAt: '2020-11-05T23:00:00Z' },
      { kind: 'waiting', id: 'C3', rule: 'CC-14', command: 'rollcall concerns access C3' },
    ]);
  });

  it('takes the rest of the day and names the next tour when none runs', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    await people(path, 'duty-roster', [{ member_id: 'LT1', ...TOUR, role: 'watch-operations-lieutenant' }]);
    const { data } = await as(path, 'LT1', '2020-11-03T20:00')(today, null);
    expect(data).toMatchObject({
      tour: null,
      nextTour: { start: '2020-11-04T12:00:00Z' },
      until: '2020-11-04T05:59:59Z',
      owed: [],
    });
  });

  it("shows a unit's overdue clocks to those who answer for it, and a lent role to its borrower", async () => {
    const path = await office([
      row('C1', ASSIGNED),
      row('C3', { ...ASSIGNED, completed_at: '2020-11-03T10:00:00' }),
    ]);
    const seen = async (actor: string) => (await as(path, actor, '2020-11-12T10:00')(today, null)).data.items;
    expect(await seen('TL1')).toMatchObject([{ kind: 'due', id: 'C1', rule: 'CC-22', overdue: true }]);
    expect(await seen('PO1')).toEqual([]);
    const loan = { role: 'executive-officer', from_member: 'XO1', to_member: 'PO1' };
    await people(path, 'delegations', [{ ...loan, starts: '2020-11-10', ends: '2020-11-20' }]);
    expect(await seen('PO1')).toMatchObject([{ id: 'C3', rule: 'CC-30' }]);
  });

  it('shows the past as it was', async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const seen = async (when: string) => (await as(path, 'SG1', when)(today, null)).data.items;
    expect(await seen('2020-11-02T09:00')).toMatchObject([{ id: 'C1', rule: 'CC-14' }]);
    expect(await seen('2020-11-02T09:45')).toMatchObject([{ id: 'C1', rule: 'CC-17' }]);
    expect(await seen('2020-11-02T11:00')).toEqual([]);
  });

  it('must know who acts', async () => {
    const path = await office();
    await expect(as(path, null, '2020-11-04')(today, null)).rejects.toMatchObject({ kind: 'usage' });
    await expect(as(path, 'NOBODY', '2020-11-04')(today, null)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('finds everything by index, however many concerns there are', async () => {
    const path = await office();
    const member = { memberId: 'SG1', roles: new Set(['cp-sergeant']), unit: '5', district: '005' };
    const scope = { all: false, districts: ['005'], units: [], member: null };
    const now = at('2020-11-04');
    const queries: readonly Query[] = [
      ...dueForMeQueries(member, now, now),
      statesQuery(['submitted', 'accessed'], scope, { now, since: new Map() }),
    ];
    const plans = await read(path, (reader) =>
      Promise.all(
        queries.map(({ sql, parameters }) => reader.rows({ sql: `explain query plan ${sql}`, parameters })),
      ),
    );
    for (const plan of plans) {
      const steps = plan.map((step) => String(step[3])).filter((step) => /\b(clock|concern|c)\b/.test(step));
      expect(steps).not.toEqual([]);
      for (const step of steps) expect(step).toMatch(/^SEARCH/);
    }
  });
});

describe('the calendar', () => {
  it('holds ids, rules and units, each clock once, and moves with its due date', async () => {
    const path = await office([
      row('C1', { ...ASSIGNED, description: 'a private matter', address: '1 N STATE ST' }),
    ]);
    const made = await as(path, null, '2020-11-04T10:00')(calendar, null);
    expect(made.text).toContain('UID:concerns-C1-CC-22-5@rollcall\r\n');
    expect(made.text).toContain('DTSTART:20201110T055959Z\r\n');
    expect(made.text).toContain('SUMMARY:Due: C1 (CC-22\\, unit 5)\r\n');
    expect(made.text).not.toMatch(/private|STATE/);
    const soon = await as(path, null, '2020-11-04T10:00')(calendar, null, { within: '1d' });
    expect(soon.data).toMatchObject({ total: 0 });
  });

  it("holds an actor's own dates and what their roles answer for, and for nobody known all of them", async () => {
    const path = await office([row('C1', ASSIGNED)]);
    const own = (actor: string | null, options = {}) =>
      as(path, actor, '2020-11-04T10:00')(calendar, null, options);
    const uids = async (actor: string | null) => [(await own(actor)).data.items].flat();
    expect(await uids('TL1')).toMatchObject([{ uid: 'concerns-C1-CC-22-5@rollcall' }]);
    expect(await uids(null)).toEqual(await uids('TL1'));
    for (const other of ['SG7', 'PO1', 'DC1']) expect(await uids(other)).toEqual([]);
    await expect(own('NOBODY')).rejects.toMatchObject({ kind: 'refused' });
    await expect(own(null, { mine: true })).rejects.toMatchObject({ kind: 'usage' });
  });

  it('is folded at 75 octets without breaking a character, and escapes what RFC 5545 escapes', () => {
    const text = calendarText(
      [
        {
          uid: 'a',
          sequence: 0,
          changedAt: at('2020-11-03'),
          cancelled: false,
          at: at('2020-11-04T10:00'),
          summary: 'é'.repeat(60),
          description: 'a;b,c\\d\ne',
          overdue: true,
        },
      ],
      at('2020-11-04'),
    );
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'é'.repeat(60)}\r\n`);
    expect(text).toContain('DESCRIPTION:a\\;b\\,c\\\\d\\ne\r\n');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });
});
