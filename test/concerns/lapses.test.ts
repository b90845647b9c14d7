import { describe, expect, it } from 'vitest';
import { concernsAudit } from '../../src/concerns/commands/audit.ts';
import { concernsDisapprove } from '../../src/concerns/commands/disapprove.ts';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsExtend } from '../../src/concerns/commands/extend.ts';
import { concernsReport } from '../../src/concerns/commands/report.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { at, importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

type Data = Readonly<Record<string, unknown>>;

const ASSIGNED = { accessed_at: '2020-11-02T10:00', assigned_at: '2020-11-02T10:00', assigned_unit: '5' };

async function extended(...times: readonly string[]): Promise<string> {
  const path = await office([row('C1', ASSIGNED)]);
  await tell(path, ...times.map((when) => ['extended', when] as const));
  return path;
}

async function tell(path: string, ...steps: readonly (readonly [event: string, when: string])[]) {
  await importRows(
    path,
    concernEventsProfile,
    steps.map(([event, when]) => ({
      ...{ control_number: 'C1', event, unit: '5', at: when, justification: 'long', reason: 'as told' },
    })),
  );
}

async function history(path: string, when: string): Promise<readonly Data[]> {
  const { data } = await as(path, 'XO1', when)(concernsExceptions, null, { history: true });
  return data.items as readonly Data[];
}

async function lapsesIn(path: string, month: string, when = '2021-01-04'): Promise<unknown> {
  const { data } = await as(path, 'DE1', when)(concernsReport, null, { monthly: month });
  return (data.totals as Data).lapses;
}

// Due 9 Nov; three extensions of one night make it 16, 23 and 30 Nov.
const ONE_NIGHT = ['2020-12-07T00:00:00', '2020-12-07T00:01:00', '2020-12-07T00:02:00'] as const;

describe('an extension whose due instant is past when it is granted', () => {
  it('does not end the lapse: it is one, from the first due instant that passed', async () => {
    const path = await extended(...ONE_NIGHT);
    const one = { id: 'C1', dueAt: '2020-11-10T05:59:59Z', period: 1 };
    expect(await history(path, '2020-12-08T00:00')).toMatchObject([
      { ...one, endedAt: null, endedBy: 'running', overdueHours: 672 },
    ]);
    const { data } = await as(path, 'XO1', '2020-12-08T00:00')(concernsExceptions, null);
    expect(data.items).toMatchObject([{ ...one, overdueHours: 672 }]);
    expect(await lapsesIn(path, '2020-11')).toBe(1);
    expect(await lapsesIn(path, '2020-12')).toBe(0);
    const rows = { monthly: '2020-11', rows: 'totals:lapses' };
    const behind = await as(path, 'DE1', '2021-01-04')(concernsReport, null, rows);
    expect(behind.data).toMatchObject({ figures: { lapses: 1 }, total: 1 });
    const audit = await as(path, 'DE1', '2021-01-04')(concernsAudit, null, { monthly: '2020-12' });
    expect(audit.data).toMatchObject({
      totals: { lapses: 0, overdueAtEnd: 1, extensions: { granted: 3, late: 3 } },
      byUnit: [{ key: '5', lapses: 0, overdueAtEnd: 1 }],
    });
    // Since when the executive officer has it to take up.
    const report = await as(path, 'DE1', '2021-01-04')(concernsReport, null, { monthly: '2020-12' });
    const [lapsed] = report.data.executive as readonly Data[];
    expect(lapsed).toMatchObject({ key: 'lapsed', items: [{ since: '2020-11-10T05:59:59Z' }] });
  });

  it('goes on until one that is in force is granted, and a later due instant is another lapse', async () => {
    const path = await extended(...ONE_NIGHT, '2020-12-07T00:03:00');
    expect(await history(path, '2020-12-07T12:00')).toMatchObject([
      { period: 1, endedBy: 'extended', endedAt: '2020-12-07T06:03:00Z', overdueHours: 648.1 },
    ]);
    expect(await history(path, '2020-12-08T12:00')).toMatchObject([
      { period: 1, endedBy: 'extended' },
      { period: 5, endedBy: 'running', overdueHours: 12 },
    ]);
    expect(await lapsesIn(path, '2020-12')).toBe(1);
  });

  it('is one lapse with what was sent back, and with what was completed late', async () => {
    const path = await extended(...ONE_NIGHT);
    await tell(path, ['completed', '2020-12-09T10:00:00']);
    expect(await history(path, '2020-12-10')).toMatchObject([{ period: 1, endedBy: 'stopped' }]);
    await as(path, 'XO1', '2020-12-11T10:00')(concernsDisapprove, 'C1', { reason: 'not done' });
    expect(await history(path, '2020-12-12T00:00')).toMatchObject([
      { period: 1, endedBy: 'running', overdueHours: 768 },
    ]);
    const { data } = await as(path, 'XO1', '2020-12-12T00:00')(concernsExceptions, null);
    expect(data.items).toMatchObject([{ period: 1, overdueHours: 768 }]);
    expect(await lapsesIn(path, '2020-12')).toBe(0);
  });
});

it('an extension in force ends the lapse, though what it extended is sent back past its due day', async () => {
  const path = await extended('2020-11-12T10:00:00');
  await tell(path, ['completed', '2020-11-13T10:00:00']);
  await as(path, 'XO1', '2020-11-20T10:00')(concernsDisapprove, 'C1', { reason: 'not done' });
  const { data } = await as(path, 'XO1', '2020-11-21T10:00')(concernsExceptions, null);
  expect(data.items).toMatchObject([{ period: 2, dueAt: '2020-11-17T05:59:59Z' }]);
  expect(await history(path, '2020-11-21T10:00')).toMatchObject([{ period: 1 }, { period: 2 }]);
});

it('extensions of past days that are entered in one night end one lapse, that of the first due instant', async () => {
  const path = await office([row('C1', ASSIGNED)]);
  const entered = { clock: () => at('2020-12-01T10:00') };
  for (const when of ['2020-11-05T10:00', '2020-11-16T10:00', '2020-11-23T10:00'])
    await as(path, 'TL1', when, entered)(concernsExtend, 'C1', { justification: 'court date set' });
  expect(await history(path, '2020-12-02T10:00')).toMatchObject([
    { period: 1, endedBy: 'entered-later', endedAt: '2020-12-01T16:00:00Z' },
    { period: 4, endedBy: 'running' },
  ]);
});
