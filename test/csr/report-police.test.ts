import { afterAll, describe, expect, test } from 'vitest';
import { csrAudit } from '../../src/csr/commands/audit.ts';
import { csrExtend } from '../../src/csr/commands/extend.ts';
import { csrRequestExtension } from '../../src/csr/commands/request-extension.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { as, policeOffice } from './police-office.ts';
import { chicago, removeStores, report, storeOf, type TestOrder, type TestRequest } from './report-store.ts';

afterAll(removeStores);

const QUARTER = { quarterly: '2020-Q4', district: '005' };
const type = 'Police Miscellaneous';

interface Row {
  readonly srNumber: string;
  readonly status: string;
  readonly closedAt: string | null;
}

async function rowsOf(path: string, rows: string, options = QUARTER): Promise<readonly string[]> {
  const { data } = await report(path, { ...options, rows });
  return (data.items as readonly Row[]).map(({ srNumber }) => srNumber);
}

describe('police requests of 311 that nobody took up (CSR-35, CSR-36, CSR-51)', () => {
  const mirror: readonly TestRequest[] = [
    { sr: 'M1', created: '2020-10-05', type },
    { sr: 'M2', created: '2020-11-05', type, beat: 512 },
    { sr: 'M3', created: '2020-10-05', closed: '2020-10-09', type },
    { sr: 'M4', created: '2020-09-05', closed: '2021-01-09', type },
    { sr: 'M5', created: '2020-11-05', type, duplicate: true },
    { sr: 'M6', created: '2020-11-05', type, district: 6, beat: 611 },
    // Closed at the end, opened again after it; and never closed by a date.
    {
      sr: 'M7',
      created: '2020-10-05',
      type,
      open: true,
      reopened: [{ closed: '2020-10-20', at: '2021-01-05' }],
    },
    { sr: 'M8', created: '2020-10-06', type, open: false, closed: null },
    { sr: 'G1', created: '2020-10-05' },
  ];

  test('are received, and while they are open never opened and without a member', async () => {
    const { data } = await report(await storeOf(mirror), QUARTER);
    expect(data.police).toMatchObject({
      received: 5,
      closed: 3,
      closedWithoutClock: 3,
      openAtEnd: 3,
      neverOpened: 3,
      withoutMember: 3,
    });
    expect(data.byType).toContainEqual(
      expect.objectContaining({ key: type, opened: 5, closed: 3, openAtEnd: 3 }),
    );
    const city = await report(await storeOf(mirror), { quarterly: '2020-Q4' });
    expect(city.data.policeByDistrict).toMatchObject([
      { district: '005', received: 5, openAtEnd: 3 },
      { district: '006', received: 1, neverOpened: 1 },
    ]);
  });

  test('are what the audit counts, and listed behind each figure', async () => {
    const path = await storeOf(mirror);
    const city = { quarterly: '2020-Q4' };
    const { data } = await report(path, city);
    const now = chicago('2021-02-01');
    const audit = await csrAudit.run(contextFor(path, { now, asOfGiven: true }), input({}, city));
    const both = ({ received, neverOpened }: Readonly<Record<string, unknown>>) => ({
      received,
      neverOpened,
    });
    expect(both(data.police as Record<string, unknown>)).toEqual(
      both(audit.data.all as Record<string, unknown>),
    );
    expect(await rowsOf(path, 'police:neverOpened')).toEqual(['M4', 'M1', 'M2']);
    expect(await rowsOf(path, 'police:closed')).toEqual(['M3', 'M7', 'M8']);
    expect(
      await rowsOf(path, 'policeByDistrict:006:received', { quarterly: '2020-Q4' } as typeof QUARTER),
    ).toEqual(['M6']);
  });

  test('as of a day before their work order was made count as 311 says', async () => {
    const orders: readonly TestOrder[] = [{ sr: 'M3', created: '2020-10-05', later: true }];
    const { data } = await report(await storeOf(mirror, orders), QUARTER);
    expect(data.police).toMatchObject({ received: 5, closed: 3 });
  });
});

describe('a police request both in 311 and on a work order (CSR-34)', () => {
  const mirror: readonly TestRequest[] = [
    // Closed on the order and open in 311; the other way round; on both sides, on different days; in 311 long before.
    { sr: 'B1', created: '2020-10-05', type },
    { sr: 'B2', created: '2020-10-06', closed: '2020-11-06', type },
    { sr: 'B3', created: '2020-10-07', closed: '2020-10-08', type },
    { sr: 'B4', created: '2020-01-07', closed: '2020-01-08', type },
    { sr: 'B5', created: '2020-10-09', type, duplicate: true },
  ];
  const orders: readonly TestOrder[] = [
    { sr: 'B1', created: '2020-10-05', closed: '2020-10-15' },
    { sr: 'B2', created: '2020-10-06' },
    { sr: 'B3', created: '2020-10-07', closed: '2020-10-17' },
    { sr: 'B4', created: '2020-01-07', closed: '2020-12-07' },
    { sr: 'B5', created: '2020-10-09' },
  ];

  test('is told one way in every figure: as the work order says', async () => {
    const path = await storeOf(mirror, orders);
    const { data } = await report(path, QUARTER);
    expect(data.totals).toEqual({ openAtStart: 1, opened: 3, closed: 3, reopened: 0, openAtEnd: 1 });
    expect(data.byType).toMatchObject([{ key: type, opened: 3, closed: 3, openAtEnd: 1 }]);
    expect(data.police).toMatchObject({ received: 3, closed: 3, openAtEnd: 1 });
    expect(data.daysToClose).toMatchObject({ median: 10, n: 3 });
    expect(data.duplicates).toBe(1);
    expect(await rowsOf(path, 'totals:closed')).toEqual(['B4', 'B1', 'B3']);
    expect(await rowsOf(path, 'ageing:61-90')).toEqual(['B2']);
    const { items } = (await report(path, { ...QUARTER, rows: 'totals:closed' })).data;
    expect((items as readonly Row[])[1]).toMatchObject({
      type,
      status: 'closed',
      closedAt: '2020-10-15T05:00:00Z',
    });
  });

  test('and where 311 differs at the end, the notes say how often and the records are listed', async () => {
    const path = await storeOf(mirror, orders);
    const { data } = await report(path, QUARTER);
    expect(data.treatments).toMatchObject({ policeClosedHereOpenIn311: 1, policeOpenHereClosedIn311: 1 });
    expect(String(data.notes)).toContain(
      '1 request of the police closed on the work order and open in 311 at the end: counted as closed',
    );
    expect(await rowsOf(path, 'treatments:policeClosedHereOpenIn311')).toEqual(['B1']);
    expect(await rowsOf(path, 'treatments:policeOpenHereClosedIn311')).toEqual(['B2']);
  });
});

test('a further extension waits for the commander until it is approved (CSR-47)', async () => {
  const path = await policeOffice([
    { sr_number: 'A', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' },
  ]);
  const figures = async (asOf: string) => {
    const { extensionAsked, furtherAsked, furtherExtensions } = (await report(path, QUARTER, { asOf })).data
      .police as Readonly<Record<string, number>>;
    return [extensionAsked, furtherAsked, furtherExtensions];
  };
  const ask = (when: string) => as(path, 'O5', when)(csrRequestExtension, ['A'], { reason: 'away' });
  await ask('2020-11-04T08:00');
  expect(await figures('2020-11-04 12:00:00')).toEqual([1, 0, 0]);
  await as(path, 'S5', '2020-11-05T08:00')(csrExtend, ['A'], { reason: 'away' });
  await ask('2020-11-18T08:00');
  expect(await figures('2020-11-18 12:00:00')).toEqual([1, 1, 0]);
  expect(await rowsOf(path, 'police:furtherAsked')).toEqual(['A']);
  await as(path, 'C5', '2020-11-19T08:00')(csrExtend, ['A'], { reason: 'still away' });
  expect(await figures('2020-11-19 12:00:00')).toEqual([0, 0, 1]);
});
