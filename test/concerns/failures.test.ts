import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concernsAudit } from '../../src/concerns/commands/audit.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';
import { sampleConcerns } from './sample-import.ts';

type Data = Readonly<Record<string, unknown>>;

const ASSIGNED = { accessed_at: '2020-11-02T10:00', accepted_at: '2020-11-02T10:00', assigned_unit: '5' };
const TASK = { ...ASSIGNED, assigned_at: '2020-11-02T10:00' };

async function tell(path: string, ...steps: readonly Readonly<Record<string, string>>[]) {
  await importRows(
    path,
    concernEventsProfile,
    steps.map((step) => ({ justification: 'long', reason: 'as told', ...step })),
  );
}

async function audit(path: string, month: string, when: string, actor = 'DE1') {
  const { data } = await as(path, actor, when)(concernsAudit, null, { monthly: month });
  return data;
}

async function failures(path: string, month: string, when: string, actor?: string) {
  return (await audit(path, month, when, actor)).failures as readonly Data[];
}

function inShort(list: readonly Data[]) {
  return list.map(({ id, kind, unit, rule, days }) => [id, kind, unit, rule, days]);
}

/** The Chicago day of an instant at a day's last second, 05:59:59Z or 04:59:59Z. */
function dayOf(instant: string): string {
  return new Date(Date.parse(instant) - 6 * 3_600_000).toISOString().slice(0, 10);
}

// Due 9 Nov, at its last second.
const DUE = '2020-11-10T05:59:59Z';

describe('the failures to respond of an audit (CC-37)', () => {
  it('are what nobody opened, decided or has, and what is overdue, as it stood at the end', async () => {
    const path = await office([
      row('C1', TASK),
      row('C2', { submitted_at: '2020-11-20T00:00', beat: '0711' }),
      row('C3', { submitted_at: '2020-11-20T00:00', accessed_at: '2020-11-28T23:59:59' }),
      row('C4', { submitted_at: '2020-11-20T00:00', origin: 'phone' }),
      row('C5', { ...TASK, assigned_at: '2020-11-26T00:00' }),
    ]);
    await tell(path, { control_number: 'C5', event: 'reassigned', unit: '', at: '2020-11-28T00:00:00' });
    expect(inShort(await failures(path, '2020-11', '2020-12-01'))).toEqual([
      ['C1', 'overdue', '5', 'CC-22', 21],
      ['C2', 'not opened', null, 'CC-14', 11],
      ['C4', 'no unit', null, 'CC-17', 11],
      ['C5', 'no unit', null, 'CC-17', 3],
      ['C3', 'not decided', null, 'CC-15', 0.5],
    ]);
  });

  it('leave out what came, or was given up, on the last day', async () => {
    const path = await office([
      row('C1', { submitted_at: '2020-11-30T08:00' }),
      row('C2', { submitted_at: '2020-11-30T08:00', origin: 'phone' }),
      row('C3', { ...TASK, assigned_at: '2020-11-26T00:00' }),
    ]);
    await tell(path, { control_number: 'C3', event: 'reassigned', unit: '', at: '2020-11-30T08:00:00' });
    expect(await failures(path, '2020-11', '2020-12-01')).toEqual([]);
    expect(await failures(path, '2020-12', '2021-01-04')).toHaveLength(4);
  });

  it('tell how each ended in the period, and later when it was made up for', async () => {
    const path = await office([
      row('C1', { ...TASK, completed_at: '2020-11-12T10:00' }),
      row('C2', TASK),
      row('C3', TASK),
      row('C4', { submitted_at: '2020-11-20T00:00' }),
      row('C5', { accessed_at: '2020-11-02T10:00', accepted_at: '2020-11-04T10:00' }),
    ]);
    await tell(
      path,
      { control_number: 'C2', event: 'extended', unit: '5', at: '2020-11-11T10:00:00' },
      { control_number: 'C2', event: 'completed', unit: '5', at: '2020-11-12T10:00:00' },
      { control_number: 'C3', event: 'reassigned', unit: '145', at: '2020-11-11T10:00:00' },
      { control_number: 'C3', event: 'completed', unit: '145', at: '2020-12-03T10:00:00' },
      { control_number: 'C4', event: 'accessed', unit: '', at: '2020-12-02T10:00:00' },
    );
    const made = async (when: string) =>
      (await failures(path, '2020-11', when)).map(({ id, kind, madeUpAt }) => [id, kind, madeUpAt]);
    const ended = [
      ['C5', 'decided late', '2020-11-04T16:00:00Z'],
      ['C5', 'no unit', null],
      ['C1', 'completed late', '2020-11-12T16:00:00Z'],
      ['C2', 'extended late', '2020-11-11T16:00:00Z'],
      ['C3', 'moved late', null],
    ];
    expect(await made('2020-12-01')).toEqual([...ended, ['C3', 'overdue', null], ['C4', 'not opened', null]]);
    expect(await made('2020-12-04')).toEqual([
      ...ended,
      ['C3', 'overdue', '2020-12-03T16:00:00Z'],
      ['C4', 'not opened', '2020-12-02T16:00:00Z'],
    ]);
    // What ended in one month is no failure of the next.
    expect((await failures(path, '2020-12', '2021-01-04')).map(({ id, kind }) => [id, kind])).toEqual([
      ['C5', 'no unit'],
      ['C3', 'completed late'],
      ['C4', 'not decided'],
    ]);
  });

  it('are one for a delay that late extensions did not end', async () => {
    const path = await office([row('C1', TASK)]);
    const extended = { control_number: 'C1', event: 'extended', unit: '5' };
    await tell(path, { ...extended, at: '2020-11-25T10:00:00' }, { ...extended, at: '2020-11-25T11:00:00' });
    expect(await failures(path, '2020-11', '2020-12-04')).toMatchObject([
      { kind: 'overdue', dueAt: DUE, days: 21, madeUpAt: null },
    ]);
  });

  it('of the samples are those that are counted', async () => {
    const path = await sampleConcerns(join(import.meta.dirname, '../../data/samples'));
    for (const month of ['2020-08', '2020-10', '2020-11', '2020-12']) {
      const data = await audit(path, month, '2021-01-04T09:00');
      const totals = data.totals as Readonly<Record<string, number>>;
      const found = data.failures as readonly Data[];
      const { from = '', to = '' } = data.period as Readonly<Record<string, string>>;
      const of = (...kinds: readonly string[]) =>
        found.filter(({ kind }) => kinds.includes(String(kind))).length;
      expect({ month, overdue: of('overdue', 'not decided') }).toEqual({
        month,
        overdue: totals.overdueAtEnd,
      });
      expect({ month, unopened: of('not opened') }).toEqual({ month, unopened: totals.unopened });
      const dueIn = found.filter(({ rule, dueAt }) => {
        const day = rule === 'CC-22' ? dayOf(String(dueAt)) : '';
        return day >= from && day <= to;
      });
      expect({ month, lapses: dueIn.length }).toEqual({ month, lapses: totals.lapses });
    }
  });

  it('are those of the Area alone for an Area Deputy Chief', async () => {
    const path = await office([row('C1', TASK), row('C2', { ...TASK, beat: '2011' })]);
    const [members] = peopleProfiles;
    if (members === undefined) throw new Error('no profile of members');
    await importRows(path, members, [
      { member_id: 'AD3', rank: 'Deputy Chief', area: '3', sworn: 'yes', roles: 'area-deputy-chief' },
    ]);
    const ids = async (actor: string) =>
      (await failures(path, '2020-11', '2020-12-01', actor)).map(({ id, district }) => [id, district]);
    expect(await ids('DE1')).toEqual([
      ['C1', '005'],
      ['C2', '020'],
    ]);
    expect(await ids('AD3')).toEqual([['C2', '020']]);
  });
});
