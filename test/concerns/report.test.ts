import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concernsAudit } from '../../src/concerns/commands/audit.ts';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsReport } from '../../src/concerns/commands/report.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { isoInstant } from '../../src/core/instant.ts';
import { at, importRows } from '../casework/store-of.ts';
import { naiveFigures, stories } from './naive-figures.ts';
import { as, office, row } from './office.ts';
import { rows, sampleConcerns } from './sample-import.ts';

const SAMPLES = join(import.meta.dirname, '../../data/samples');
const AS_OF = '2021-01-04T09:00:00';
const ASSIGNED = { accessed_at: '2020-11-02T10:00', assigned_at: '2020-11-23T10:00', assigned_unit: '5' };

type Data = Readonly<Record<string, unknown>>;

function report(
  path: string,
  options: Readonly<Record<string, string | boolean>>,
  when = AS_OF,
  actor = 'DE1',
) {
  return as(path, actor, when)(concernsReport, null, options);
}

async function totals(path: string, month: string, when: string): Promise<Data> {
  const { data } = await report(path, { monthly: month }, when);
  return data.totals as Data;
}

const MONTHS = [
  ...[7, 8, 9, 10, 11, 12].map((month) => `2019-${String(month).padStart(2, '0')}`),
  ...Array.from({ length: 12 }, (_, month) => `2020-${String(month + 1).padStart(2, '0')}`),
];

function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

describe('figures', () => {
  it('of every month of the samples are those told from the texts of the exports, apart from the product', async () => {
    const path = await sampleConcerns(SAMPLES);
    const told = stories(
      rows(join(SAMPLES, 'concerns.csv')),
      rows(join(SAMPLES, 'concern-events.csv')),
      AS_OF,
    );
    for (const month of MONTHS) {
      const figures = await totals(path, month, AS_OF);
      expect({ month, ...figures }).toMatchObject({
        month,
        ...naiveFigures(told, `${month}-01`, lastDay(month)),
      });
    }
  });

  it('of a quarter are those of its months, and of districts, beats, categories and origins add up to them', async () => {
    const path = await sampleConcerns(SAMPLES);
    const { data } = await report(path, { quarterly: '2020-Q4' });
    const whole = data.totals as Data;
    const months: Data[] = [];
    for (const month of ['2020-10', '2020-11', '2020-12']) months.push(await totals(path, month, AS_OF));
    for (const flow of ['submitted', 'closed', 'lapses', 'returned'])
      expect(months.reduce((sum, each) => sum + Number(each[flow]), 0)).toBe(whole[flow]);
    for (const group of ['byDistrict', 'bySector', 'byBeat', 'byCategory', 'byOrigin'])
      for (const name of ['openAtStart', 'submitted', 'closed', 'openAtEnd', 'overdueAtEnd', 'lapses'])
        expect((data[group] as readonly Data[]).reduce((sum, each) => sum + Number(each[name]), 0)).toBe(
          whole[name],
        );
    // The period beside it by the same groups.
    const against = data.against as Data;
    for (const group of ['byDistrict', 'bySector', 'byBeat', 'byCategory', 'byOrigin'])
      for (const name of ['submitted', 'closed', 'openAtEnd'])
        expect((against[group] as readonly Data[]).reduce((sum, each) => sum + Number(each[name]), 0)).toBe(
          (against.totals as Data)[name],
        );
    const { document } = await report(path, { quarterly: '2020-Q4' });
    const origins = document.blocks.find(({ id }) => id === 'origins');
    expect(origins?.kind === 'table' ? origins.totals : null).toMatchObject({
      before: (against.totals as Data).submitted,
    });
    const running = await report(path, { monthly: '2020-12', against: '2021-01' });
    expect(running.data.against).toMatchObject({ label: '2021-01', soFar: true });
    const flow = running.document.blocks.find(({ id }) => id === 'flow');
    const flowTable = flow?.kind === 'table' ? flow : null;
    expect(flowTable?.columns).toContainEqual(expect.objectContaining({ title: '2021-01, so far' }));
    expect(flowTable?.rows.map(({ percent }) => percent)).toEqual(flowTable?.rows.map(() => '–'));
    const units = data.byUnit as readonly Data[];
    expect(units.reduce((sum, each) => sum + Number(each.lapses), 0)).toBe(whole.lapses);
    for (const unit of units) {
      const of = (name: string) => Number(unit[name]);
      const came = of('openAtStart') + of('assigned') + of('returned') + of('separated');
      expect(came - of('completed') - of('movedAway') - of('associated')).toBe(of('openAtEnd'));
    }
  });
});

describe('a lapse', () => {
  it('at the last second of a month is of that month and of no other', async () => {
    const path = await office([row('L1', ASSIGNED)]);
    const event = { control_number: 'L1', event: 'assigned', unit: '145', at: '2020-11-23T10:00:00' };
    await importRows(path, concernEventsProfile, [event]);
    const later = '2021-02-10T09:00';
    expect(await totals(path, '2020-11', later)).toMatchObject({
      lapses: 2,
      overdueAtEnd: 2,
      investigated: { dueInPeriod: { onTime: 0, total: 2 } },
    });
    expect(await totals(path, '2020-12', later)).toMatchObject({ lapses: 0, overdueAtEnd: 2 });
    const { data } = await report(path, { quarterly: '2020-Q4' }, later);
    expect(data.totals).toMatchObject({ lapses: 2 });
    // In that very second it is not late yet.
    expect(await totals(path, '2020-11', '2020-11-30T23:59:59')).toMatchObject({
      lapses: 0,
      overdueAtEnd: 0,
    });
  });

  const step = fc.record({
    hour: fc.integer({ min: 1, max: 2400 }),
    name: fc.constantFrom(
      ...['assigned', 'reassigned', 'extended', 'completed', 'disapproved', 'separated', 'associated'],
    ),
    unit: fc.constantFrom('5', '145', ''),
  });

  it('belongs to exactly one month: the months add up to all lapses there have been', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(step, { selector: ({ hour }) => hour, maxLength: 14 }),
        async (steps) => {
          const path = await office([
            row('C1', { assigned_at: '2020-10-02T08:00', submitted_at: '2020-10-01T08:00' }),
            row('C2'),
          ]);
          const start = at('2020-10-03T00:00:00');
          await importRows(
            path,
            concernEventsProfile,
            steps.map(({ hour, name, unit }) => ({
              control_number: 'C1',
              event: name,
              at: isoInstant((start + hour * 3600 - 1) as typeof start),
              unit,
              reason: 'as told',
              primary_control_number: name === 'associated' ? 'C2' : '',
            })),
          );
          const asOf = '2021-01-31T23:59:58';
          const { data } = await as(path, 'DE1', asOf)(concernsExceptions, null, { history: true });
          const all = (data.items as readonly Data[]).filter(({ rule }) => rule === 'CC-35').length;
          let sum = 0;
          for (const month of ['2020-10', '2020-11', '2020-12', '2021-01'])
            sum += Number((await totals(path, month, asOf)).lapses);
          expect(sum).toBe(all);
        },
      ),
      { numRuns: 25 },
    );
  });
});

it('a unit answers for its own extensions, returns and moves, not for those of another with the same concern', async () => {
  const path = await office([row('C1', { ...ASSIGNED, assigned_at: '2020-11-03T10:00' })]);
  const event = (name: string, unit: string, when: string, more = {}) => ({
    control_number: 'C1',
    event: name,
    unit,
    at: when,
    reason: 'as told',
    ...more,
  });
  await importRows(path, concernEventsProfile, [
    event('assigned', '241', '2020-11-03T10:00:00'),
    event('extended', '5', '2020-11-04T10:00:00', { justification: 'long' }),
    event('completed', '5', '2020-11-05T10:00:00'),
    event('completed', '241', '2020-11-06T10:00:00'),
    event('disapproved', '', '2020-11-07T10:00:00'),
    event('reassigned', '145', '2020-11-08T10:00:00', { from_unit: '5' }),
  ]);
  const { data } = await as(path, 'DE1', AS_OF)(concernsAudit, null, { monthly: '2020-11' });
  expect(data.byUnit).toMatchObject([
    { key: '5', returned: 1, movedAway: 1, extensions: { granted: 1, late: 0, refused: 0 } },
    { key: '145', assigned: 1, returned: 0, movedAway: 0, extensions: { granted: 0, refused: 0 }, lapses: 1 },
    { key: '241', returned: 0, movedAway: 0, completed: 1, extensions: { granted: 0, refused: 0 } },
  ]);
});

it('every figure of the samples is the sum of the records behind it', async () => {
  const path = await sampleConcerns(SAMPLES);
  const quarter = { quarterly: '2020-Q4' };
  const { data } = await report(path, quarter);
  const behind = async (asked: string): Promise<Data> =>
    (await report(path, { ...quarter, rows: asked })).data.figures as Data;
  const whole = data.totals as Data;
  for (const name of [
    'openAtStart',
    'submitted',
    'closed',
    'notAccepted',
    'associated',
    'openAtEnd',
    'lapses',
  ])
    expect(await behind(`totals:${name}`)).toEqual({ [name]: whole[name] });
  const { investigated } = whole as {
    readonly investigated: Readonly<Record<string, { total: number; onTime: number }>>;
  };
  expect(await behind('totals:completedOnTime')).toEqual({
    completedOnTime: investigated.closedInPeriod?.onTime,
  });
  expect(await behind('totals:investigationsDue')).toEqual({
    investigationsDue: investigated.dueInPeriod?.total,
  });
  for (const [section, group] of Object.entries(data).filter(([name]) => name.startsWith('by'))) {
    for (const { key, submitted, assigned, closed, completed, openAtEnd } of (group as readonly Data[]).slice(
      0,
      3,
    )) {
      if (section === 'byMonth') continue;
      const units = section === 'byUnit';
      expect({ section, key, ...(await behind(`${section}:${key}`)) }).toEqual({
        ...{ section, key, openAtEnd },
        ...(units ? { assigned, completed } : { submitted, closed }),
      });
    }
  }
  // A median of a group is of records that its rows tell with their days.
  for (const section of ['byBeat', 'byCategory', 'byUnit'])
    for (const { key, days } of (data[section] as readonly Data[]).slice(0, 3)) {
      const { median, n } = days as { readonly median: number | null; readonly n: number };
      const found = (await report(path, { ...quarter, rows: `${section}:${key}:median` })).data
        .items as readonly Data[];
      const told = found.flatMap((item) => item.days as readonly number[]).toSorted((a, b) => a - b);
      expect({ section, key, n: told.length, median: told[Math.ceil(told.length / 2) - 1] ?? null }).toEqual({
        ...{ section, key, n, median },
      });
    }
  for (const { bucket, count } of data.ageing as readonly Data[])
    expect(await behind(`ageing:${bucket}`)).toEqual({ count });
  for (const { key, count } of data.executive as readonly Data[])
    expect(await behind(`executive:${key}`)).toEqual({ count });
  // Every printed column beside them, and what the two sections count.
  const lastYear = data.lastYear as { readonly totals: Data };
  expect(await behind('lastYear:submitted')).toEqual({ submitted: lastYear.totals.submitted });
  const against = data.against as Data;
  for (const [section, group] of Object.entries(against).filter(([name]) => name.startsWith('by')))
    for (const { key, submitted, assigned } of (group as readonly Data[]).slice(0, 3)) {
      const measure = section === 'byUnit' ? 'assigned' : 'submitted';
      expect(await behind(`against:${section}:${key}:${measure}`)).toEqual({
        [measure]: submitted ?? assigned,
      });
    }
  expect(await behind('executive:returned')).toEqual({ count: whole.returned });
  for (const name of ['overdueAtEnd', 'lapses', 'returned', 'unopened'])
    expect(await behind(`commander:${name}`)).toEqual({ [name]: whole[name] });
  expect(await behind('totals:median')).toEqual({ measured: (whole.days as Data).n });
});

it('a figure that no record stands behind says what it is made of, and an unknown one what there is', async () => {
  const path = await sampleConcerns(SAMPLES);
  const behind = (rows: string) => report(path, { quarterly: '2020-Q4', rows });
  for (const asked of ['looks:CC-26', 'executive:looks'])
    await expect(behind(asked)).rejects.toThrow(/counts tours of the duty roster/);
  await expect(behind('totals:lost')).rejects.toMatchObject({
    message: '--rows: totals has no lost.',
    remedy: expect.stringContaining('submitted; reopened; closed'),
  });
  await expect(behind('lost:1')).rejects.toMatchObject({ remedy: expect.stringContaining('lastYear, byD') });
  await expect(behind('byDistrict:005:lost')).rejects.toThrow(/byDistrict has no measure lost/);
  await expect(behind('against:byBeat:9999')).rejects.toThrow(/byBeat has no 9999/);
});

describe('who reads', () => {
  it('a part is told so, without the head of the chain, and cannot submit it', async () => {
    const path = await sampleConcerns(SAMPLES);
    const month = { monthly: '2020-12' };
    expect((await report(path, month)).data.auditHead).toMatch(/^[0-9a-f]{64}$/);
    const part = await report(path, month, AS_OF, 'DC1');
    expect(part.data).toMatchObject({ auditHead: null, state: null });
    expect(part.document.banner?.[0]).toContain('District 005');
    expect(part.document.footer?.map(({ label }) => label)).not.toContain('Audit head');
    await expect(report(path, { ...month, submit: true }, AS_OF, 'DC1')).rejects.toThrow(/whole report/);
    const district = await report(path, { ...month, district: '005' }, AS_OF, 'DC1');
    expect(district.data).toMatchObject({ auditHead: null, state: 'draft' });
  });

  it('gets the same district report, to the byte of its archive, whoever may see all of it', async () => {
    const path = await sampleConcerns(SAMPLES);
    const options = { monthly: '2020-12', district: '005' };
    await report(path, { ...options, submit: true }, AS_OF, 'XO1');
    for (const actor of ['DC1', 'SG1', 'DE1'])
      expect((await report(path, options, '2021-01-05', actor)).data.state).toBe('submitted');
  });
});
