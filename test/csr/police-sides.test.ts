import { afterAll, describe, expect, test } from 'vitest';
import { csrAudit } from '../../src/csr/commands/audit.ts';
import { csrQueryReport } from '../../src/csr/commands/query-report.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { chicago, removeStores, report, storeOf, type TestOrder, type TestRequest } from './report-store.ts';

afterAll(removeStores);

const QUARTER = { quarterly: '2020-Q4' };
const type = 'Police Miscellaneous';
const overdue = [{ opened: '2020-10-09', due: '2020-10-16' }];

type Items = readonly Readonly<Record<string, unknown>>[];

const context = (path: string) => contextFor(path, { now: chicago('2021-02-01'), asOfGiven: true });

async function audit(path: string) {
  return (await csrAudit.run(context(path), input({}, QUARTER))).data;
}

async function rowsOf(path: string, rows: string, options = {}): Promise<Items> {
  return (await report(path, { ...QUARTER, ...options, rows })).data.items as Items;
}

describe('311 and the work order of a request tell different places and days', () => {
  const mirror: readonly TestRequest[] = [
    { sr: 'Q1', created: '2020-10-05', type, district: 6, beat: 631 },
    { sr: 'Q2', created: '2020-10-05', type, district: null, beat: null },
    { sr: 'Q3', created: '2020-12-05', type },
    { sr: 'Q4', created: '2020-10-05', type, address: '4 E A ST' },
  ];
  const orders: readonly TestOrder[] = [
    { sr: 'Q1', created: '2020-10-05', beat: '0531', spans: overdue },
    { sr: 'Q2', created: '2020-10-05', beat: '0531', spans: overdue },
    { sr: 'Q3', created: '2020-09-05', closed: '2020-09-11', beat: '0531' },
    { sr: 'Q4', district: null, beat: null },
  ];

  test('every figure of the report and of the audit follows the order (CSR-34)', async () => {
    const path = await storeOf(mirror, orders);
    const { data } = await report(path, QUARTER);
    expect(data.totals).toMatchObject({ openAtStart: 0, opened: 3, openAtEnd: 3 });
    expect(data.policeByDistrict).toMatchObject([{ district: '005', received: 3, overdue: 2, openAtEnd: 3 }]);
    expect((await audit(path)).all).toMatchObject({ received: 3, overdue: 2 });
    expect(await rowsOf(path, 'policeByDistrict:005:overdue')).toMatchObject([
      { srNumber: 'Q1', district: '005', beat: '0531' },
      { srNumber: 'Q2', district: '005', beat: '0531' },
    ]);
    expect(data.treatments).toMatchObject({ withoutDistrict: 0 });
  });

  test('no other district counts what an order says is elsewhere', async () => {
    const path = await storeOf(mirror, orders);
    const six = await report(path, { ...QUARTER, district: '006' });
    expect(six.data.totals).toMatchObject({ opened: 0, openAtEnd: 0 });
    expect(six.data.police).toMatchObject({ received: 0 });
    const five = await report(path, { ...QUARTER, district: '005' });
    expect(five.data.police).toMatchObject({ received: 3, overdue: 2 });
  });

  test('what the order does not tell is told as 311 has it, in every list', async () => {
    const path = await storeOf(mirror, orders);
    const told = { district: '005', beat: '0511', address: '4 E A ST', createdAt: '2020-10-05T05:00:00Z' };
    const rows = await rowsOf(path, 'police:received');
    expect(rows.find(({ srNumber }) => srNumber === 'Q4')).toMatchObject(told);
    const { data } = await csrQueryReport.run(
      contextFor(path, { now: chicago('2021-02-01'), asOfGiven: true }),
      input({}, { district: '005' }),
    );
    expect((data.items as Items).find(({ id }) => id === 'Q4')).toMatchObject(told);
  });

  test('a request without a district on its order alone is among those without a district', async () => {
    const path = await storeOf([], [{ sr: 'N1', created: '2020-10-05', district: null, beat: null }]);
    const { data } = await report(path, QUARTER);
    expect(data.treatments).toMatchObject({ withoutDistrict: 1 });
    expect(await rowsOf(path, 'treatments:withoutDistrict')).toMatchObject([{ srNumber: 'N1' }]);
  });
});

describe('a work order whose number 311 holds as a duplicate, or as information only', () => {
  const mirror: readonly TestRequest[] = [
    { sr: 'Z1', created: '2020-10-05', type, duplicate: true },
    { sr: 'Z2', created: '2020-10-05', type: '311 INFORMATION ONLY CALL' },
  ];
  const orders: readonly TestOrder[] = ['Z1', 'Z2'].map((sr) => ({
    sr,
    created: '2020-10-05',
    spans: overdue,
  }));
  const none = { received: 0, overdue: 0, lapses: 0 };

  test('is in no figure of the report nor of the audit, and both say so', async () => {
    const path = await storeOf(mirror, orders);
    const { data } = await report(path, QUARTER);
    expect(data).toMatchObject({ duplicates: 1, informationOnly: 1, police: { ...none, openAtEnd: 0 } });
    expect(data.totals).toMatchObject({ opened: 0, openAtEnd: 0 });
    const audited = await csrAudit.run(context(path), input({}, QUARTER));
    expect(audited.data).toMatchObject({ duplicates: 1, informationOnly: 1, all: { ...none, open: 0 } });
    expect(audited.data.failures).toEqual([]);
    expect(audited.document?.notes).toContain(
      '1 police request on a work order that 311 holds as a duplicate: in no figure here.',
    );
  });
});
