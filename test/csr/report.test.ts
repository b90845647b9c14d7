import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMATS, type Outcome } from '../../src/core/command.ts';
import { reachQuery } from '../../src/csr/records.ts';
import type { Document } from '../../src/report/document.ts';
import { render } from '../../src/report/render.ts';
import { read, write } from '../../src/store/store.ts';
import { chicago, removeStores, report, storeOf, type TestOrder, type TestRequest } from './report-store.ts';

const QUARTER = { quarterly: '2020-Q4', district: '005' };

const REQUESTS: readonly TestRequest[] = [
  // Open at the start: closed in the period, still open, and closed after it.
  { sr: 'A1', created: '2020-09-20 12:00:00', closed: '2020-10-02 12:00:00', address: '100 W MAIN STREET' },
  { sr: 'A2', created: '2020-08-01', address: '100 w. main st', beat: 512 },
  { sr: 'A3', created: '2020-09-30 23:59:59', closed: '2021-01-15', type: 'Tree Trim Request' },
  // Opened in the period, at its first and its last second.
  { sr: 'B1', created: '2020-10-01 00:00:00', closed: '2020-10-01 12:00:00', address: '100 W Main St' },
  { sr: 'B2', created: '2020-12-31 23:59:59', type: 'Street Light Out Complaint', origin: null, beat: null },
  { sr: 'B3', created: '2020-11-10', closed: '2020-12-31 23:59:59', origin: 'Internet' },
  // Before, after, elsewhere.
  { sr: 'C1', created: '2020-07-05', closed: '2020-07-06' },
  { sr: 'C2', created: '2021-01-01 00:00:00' },
  { sr: 'C3', created: '2020-11-01', district: 6, beat: 611 },
  { sr: 'C4', created: '2020-11-01', district: null, beat: null },
  // In no figure.
  { sr: 'D1', created: '2020-11-11', duplicate: true, closed: '2020-11-12', address: '100 W MAIN ST' },
  { sr: 'D2', created: '2020-08-11', duplicate: true },
  { sr: 'I1', created: '2020-11-12', closed: '2020-11-12 00:00:02', type: '311 INFORMATION ONLY CALL' },
  { sr: 'I2', created: '2020-11-12', type: 'Aircraft Noise Complaint' },
];

let small: string;

beforeAll(async () => {
  small = await storeOf(REQUESTS);
});

afterAll(removeStores);

async function text(outcome: Outcome<Document>, format: (typeof FORMATS)[number]): Promise<string> {
  const pieces = await render(outcome, { format, width: 100, color: false, schema: 'rollcall/csr.report/1' });
  return [...pieces].join('');
}

describe('a small store, counted by hand', () => {
  test('the totals count each request where its second lies, in Chicago time', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.period).toEqual({ label: '2020-Q4', from: '2020-10-01', to: '2020-12-31' });
    expect(data.totals).toEqual({ openAtStart: 3, opened: 3, closed: 3, reopened: 0, openAtEnd: 3 });
    expect(data.against).toEqual({
      label: '2020-Q3',
      soFar: false,
      totals: { openAtStart: 0, opened: 4, closed: 1, reopened: 0, openAtEnd: 3 },
    });
  });

  test('duplicates and information-only requests are counted apart and nowhere else', async () => {
    const { data } = await report(small, QUARTER);
    expect(data).toMatchObject({ duplicates: 1, informationOnly: 2 });
    expect(data.byType).toEqual([
      { key: 'Graffiti Removal Request', opened: 2, closed: 3, openAtEnd: 1, medianDaysToClose: 12 },
      { key: 'Street Light Out Complaint', opened: 1, closed: 0, openAtEnd: 1, medianDaysToClose: null },
      { key: 'Tree Trim Request', opened: 0, closed: 0, openAtEnd: 1, medianDaysToClose: null },
    ]);
  });

  test('what is unknown is a row of its own', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.byBeat).toEqual([
      { key: '0511', opened: 2, closed: 3, openAtEnd: 1, medianDaysToClose: 12 },
      { key: '0512', opened: 0, closed: 0, openAtEnd: 1, medianDaysToClose: null },
      { key: 'Unknown', opened: 1, closed: 0, openAtEnd: 1, medianDaysToClose: null },
    ]);
    expect(data.byOrigin).toMatchObject([{ key: 'Internet' }, { key: 'Phone Call' }, { key: 'Unknown' }]);
    expect(data.byInitiator).toMatchObject([
      { key: 'Community', opened: 2 },
      { key: 'Unknown', opened: 1 },
    ]);
    expect(data.bySector).toMatchObject([
      { key: '0510', opened: 2, closed: 3, openAtEnd: 2, medianDaysToClose: 12 },
      { key: 'Unknown' },
    ]);
    expect(data.byDistrict).toMatchObject([{ key: '005', opened: 3 }]);
    const city = await report(small, { quarterly: '2020-Q4' });
    expect(city.data).toMatchObject({ district: null, totals: { opened: 5 } });
    expect(city.data.byDistrict).toMatchObject([{ key: '005' }, { key: '006' }, { key: 'Unknown' }]);
  });

  test('days to close are those of what was closed in the period, by nearest rank', async () => {
    const { data } = await report(small, QUARTER);
    // 0.5, 12, and 52 days less a second
    expect(data.daysToClose).toEqual({ median: 12, p90: 52, n: 3 });
    expect(data.daysOpen).toEqual({ median: 92, p90: 152, n: 3 });
  });

  test('every open request is in one age bucket, seasonal ones shown beside', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.ageing).toEqual([
      { bucket: '0-7', count: 1, seasonal: 0 },
      { bucket: '8-14', count: 0, seasonal: 0 },
      { bucket: '15-30', count: 0, seasonal: 0 },
      { bucket: '31-60', count: 0, seasonal: 0 },
      { bucket: '61-90', count: 0, seasonal: 0 },
      { bucket: '91+', count: 2, seasonal: 1 },
    ]);
  });

  test('a place is chronic over all written forms of its address, duplicates left out', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.chronic).toEqual([
      {
        location: '100 W MAIN ST',
        requests: 3,
        types: ['Graffiti Removal Request'],
        first: '2020-08-01',
        last: '2020-10-01',
      },
    ]);
    const earlier = await report(small, { quarterly: '2020-Q3', district: '005' });
    expect(earlier.data.chronic).toEqual([]);
  });

  test('requests without a district are said to be in no district', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.treatments).toMatchObject({ withoutDistrict: 1 });
    expect(String(data.notes)).toContain('Requests without a district: 1 opened in the period');
    const city = await report(small, { quarterly: '2020-Q4' });
    expect(city.data.treatments).toMatchObject({ withoutDistrict: 1 });
  });

  test('a month, a beat and another period to compare with', async () => {
    const { data } = await report(small, { monthly: '2020-10', beat: '511', against: '2020-08' });
    expect(data).toMatchObject({
      period: { label: '2020-10' },
      beat: '0511',
      totals: { openAtStart: 2, opened: 1, closed: 2, reopened: 0, openAtEnd: 1 },
      against: { label: '2020-08' },
    });
  });

  test('City requests have no share on time', async () => {
    const { data } = await report(small, QUARTER);
    expect(data.onTime).toEqual({ closedInPeriod: null, dueInPeriod: null });
  });

  test('the last whole quarter is the default', async () => {
    const { data } = await report(small, {}, { asOf: '2020-12-31 23:59:58' });
    expect(data.period).toMatchObject({ label: '2020-Q3' });
    const month = await report(small, { monthly: true }, { asOf: '2021-01-01' });
    expect(month.data.period).toMatchObject({ label: '2020-12' });
  });
});

describe('as of a day inside the period', () => {
  test('the figures stop at the as-of and say so', async () => {
    const outcome = await report(small, QUARTER, { asOf: '2020-11-20' });
    expect(outcome.data).toMatchObject({
      soFar: true,
      totals: { openAtStart: 3, opened: 2, closed: 2, reopened: 0, openAtEnd: 3 },
      duplicates: 1,
    });
    expect(outcome.document.banner?.join()).toContain('So far');
    expect(outcome.document.footer?.at(-1)?.text).toContain('--as-of 2020-11-20T06:00:00Z');
  });

  test('of a period that is over nothing but the as-of changes with the as-of', async () => {
    const [early, late] = await Promise.all([
      report(small, QUARTER, { asOf: '2021-01-01' }),
      report(small, QUARTER, { asOf: '2024-06-01' }),
    ]);
    expect(late.data).toEqual(early.data);
    // The command that repeats it names the as-of, too.
    const alike = (footer: (typeof early)['document']['footer']) =>
      footer?.filter(({ label }) => label !== 'Command');
    expect({ ...late.document, asOf: 0, footer: alike(late.document.footer) }).toEqual({
      ...early.document,
      asOf: 0,
      footer: alike(early.document.footer),
    });
  });
});

describe('data that contradict themselves', () => {
  const at = '2020-10-10 12:00:00';
  const odd: readonly TestRequest[] = [
    {
      sr: 'R1',
      created: '2020-09-01',
      closed: '2020-12-20',
      reopened: [{ closed: '2020-09-15', at: '2020-11-01' }],
    },
    { sr: 'R2', created: at, open: true, reopened: [{ closed: '2020-10-12', at: '2020-11-02' }] },
    { sr: 'R3', created: at, closed: '2020-10-20', reopened: [{ closed: '2020-10-20', at: '2020-11-03' }] },
    { sr: 'X1', created: at, open: false, closed: null },
    { sr: 'X2', created: at, open: true, closed: '2020-11-11' },
    { sr: 'X3', created: at, closed: '2020-10-09 12:00:00' },
    { sr: 'X4', created: at, closed: '2020-10-10 00:00:00' },
  ];

  test('the totals add up, and each treatment is said with its count', async () => {
    const { data } = await report(await storeOf(odd), QUARTER);
    // Closings: R1 on 20 Dec, R2 on 12 Oct, R3, X1, X3, X4. R1 and R2 were opened again, R3 was not.
    expect(data.totals).toEqual({ openAtStart: 0, opened: 6, closed: 6, reopened: 2, openAtEnd: 2 });
    expect(data.treatments).toMatchObject({
      closedWithoutDate: 1,
      openWithCloseDate: 1,
      closedBeforeCreated: 1,
      reopeningContradicted: 1,
    });
    expect(data.notes).toEqual([
      expect.stringContaining('Duplicates: 0 opened'),
      expect.stringContaining('Requests without a district: 0 opened'),
      expect.stringContaining('Repeated numbers'),
      expect.stringContaining('1 request closed without a close date'),
      expect.stringContaining('1 request open by status but with a close date'),
      expect.stringContaining('1 request closed before being created'),
      expect.stringContaining('1 request opened again according to one import but not to a later one'),
      expect.stringContaining('without an address'),
      expect.stringContaining('rollcall check'),
    ]);
  });

  test('days to close leave out what cannot be measured; a close day without a time is that day', async () => {
    const { data } = await report(await storeOf(odd), QUARTER);
    expect(data.daysToClose).toMatchObject({ n: 4 });
    const { data: one } = await report(await storeOf(odd.filter(({ sr }) => sr === 'X4')), QUARTER);
    expect(one.daysToClose).toEqual({ median: 0, p90: 0, n: 1 });
  });
});

describe('police requests', () => {
  const orders: readonly TestOrder[] = [
    {
      sr: 'P1',
      created: '2020-10-05',
      closed: '2020-10-14',
      address: '7 E OAK ST',
      spans: [{ opened: '2020-10-06', due: '2020-10-13 23:59:59', stopped: '2020-10-13 23:59:59' }],
    },
    {
      sr: 'P2',
      created: '2020-10-05',
      closed: '2020-11-20',
      spans: [
        { opened: '2020-10-06', due: '2020-10-13 23:59:59', stopped: '2020-10-20' },
        { opened: '2020-10-20', due: '2020-11-04 23:59:59', stopped: '2020-11-03', period: 2 },
      ],
    },
    {
      sr: 'P3',
      created: '2020-10-05',
      spans: [{ opened: '2020-12-01', due: '2020-12-08 23:59:59' }],
    },
    { sr: 'P4', created: '2020-12-28', spans: [{ opened: '2020-12-29', due: '2021-01-05 23:59:59' }] },
    { sr: 'P5', created: '2020-12-28' },
    { sr: 'P6' },
    {
      sr: 'P7',
      created: '2020-10-05',
      district: '006',
      beat: '0611',
      spans: [{ opened: '2020-10-06', due: '2020-10-13' }],
    },
    { sr: 'A1', created: '2020-09-20', closed: '2020-10-02 12:00:00' },
  ];

  test('the last due day decides, and what is unfinished counts among the due', async () => {
    const { data } = await report(await storeOf([], orders), QUARTER);
    expect(data.onTime).toEqual({
      closedInPeriod: { onTime: 2, total: 2 },
      dueInPeriod: { onTime: 2, total: 3 },
    });
    expect(data.police).toMatchObject({
      received: 5,
      closed: 3,
      clocksRunning: 2,
      overdue: 1,
      closedAfterExtension: 1,
      closedWithoutClock: 1,
      // P2's first due day, missed before it was extended, and P3's.
      lapses: 2,
    });
  });

  test('one that is on time now was late as of a day before it was extended', async () => {
    const { data } = await report(await storeOf([], orders), QUARTER, { asOf: '2020-10-16' });
    expect(data.onTime).toEqual({
      closedInPeriod: { onTime: 1, total: 1 },
      dueInPeriod: { onTime: 1, total: 2 },
    });
  });

  test('those that 311 does not hold are counted by type Police Miscellaneous, those in both once', async () => {
    const { data } = await report(await storeOf(REQUESTS, orders), QUARTER);
    expect(data.totals).toMatchObject({ openAtStart: 3, opened: 8 });
    expect(data.byType).toContainEqual({
      key: 'Police Miscellaneous',
      opened: 5,
      closed: 2,
      openAtEnd: 3,
      medianDaysToClose: 9,
    });
    expect(data.treatments).toMatchObject({ policeRequestsNotIn311: 5, policeRequestsWithoutAnyDate: 1 });
  });
});

describe('the output', () => {
  test('is the same bytes for the same store and options in every format', async () => {
    const before = await read(small, (reader) =>
      reader.rows({ sql: 'select count(*), max(seq) from event', parameters: [] }),
    );
    for (const format of FORMATS) {
      // Only --rows and --list have a list for it.
      if (format === 'ndjson') continue;
      const [first, second] = [await report(small, QUARTER), await report(small, QUARTER)];
      expect(await text(second, format)).toBe(await text(first, format));
    }
    const after = await read(small, (reader) =>
      reader.rows({ sql: 'select count(*), max(seq) from event', parameters: [] }),
    );
    expect(after).toEqual(before);
  });

  test('of a period that is over is the same bytes whatever the clock says, told as of the last change', async () => {
    const [early, late] = await Promise.all(
      ['2021-06-01', '2024-06-01'].map((asOf) => report(small, QUARTER, { asOf, asOfGiven: false })),
    );
    if (early === undefined || late === undefined) throw new Error('two reports');
    expect(await text(late, 'md')).toBe(await text(early, 'md'));
    expect(late.document.asOf).toBe(chicago('2021-03-01 08:00:00'));
    const running = { quarterly: '2021-Q1', district: '005' };
    const soFar = await report(small, running, { asOf: '2021-03-20', asOfGiven: false });
    expect(soFar.document.asOf).toBe(chicago('2021-03-20'));
  });

  test('names its files, its rules and the command that repeats it', async () => {
    const { document, data, newestImport } = await report(small, { ...QUARTER, against: '2019-Q4' });
    expect(data.sources).toEqual([
      {
        file: 'requests.csv',
        sha256: 'ab'.repeat(32),
        rows: REQUESTS.length,
        repeated: 0,
        rejected: 0,
        importedAt: '2021-03-01T14:00:00Z',
      },
    ]);
    expect(newestImport).toBe(chicago('2021-03-01 08:00:00'));
    expect(data.auditHead).toBe('0'.repeat(64));
    expect(document.footer?.at(-1)?.text).toMatch(
      /^rollcall csr report --quarterly 2020-Q4 --district 005 --against 2019-Q4 --as-of 20\d\d-\d\d-\d\dT[\d:]{8}Z$/,
    );
  });

  test('lists a file that was imported again once, as it first was', async () => {
    const path = await storeOf(REQUESTS);
    const before = await report(path, QUARTER);
    await write(path, (writer) =>
      writer.write
        .insertInto('batch')
        .values({
          profile: 'csr',
          file: 'again.csv',
          sha256: 'ab'.repeat(32),
          rows: REQUESTS.length,
          unchanged: REQUESTS.length,
          imported_at: chicago('2021-03-02 08:00:00'),
        })
        .execute(),
    );
    const after = await report(path, QUARTER);
    expect(after.data).toEqual(before.data);
    expect(after.newestImport).toBe(chicago('2021-03-02 08:00:00'));
  });

  test('of a store without requests says so, with zeros', async () => {
    const outcome = await report(await storeOf([]), QUARTER);
    expect(outcome.data.totals).toEqual({ openAtStart: 0, opened: 0, closed: 0, reopened: 0, openAtEnd: 0 });
    expect(outcome.newestImport).toBeNull();
    expect(await text(outcome, 'plain')).toContain('holds no service request');
    expect(outcome.exitCode ?? 0).toBe(0);
  });

  test('of a place that no geography and no request has is a usage error with the known ones', async () => {
    await expect(report(small, { quarterly: '2020-Q4', district: '99' })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/^--district: 099 /),
      remedy: expect.stringContaining('005, 006'),
    });
    await expect(report(small, { quarterly: '2020-Q4', beat: '0599' })).rejects.toMatchObject({
      kind: 'usage',
      remedy: expect.stringMatching(/of its district: 0511, /),
    });
    // Given up in 2012, and one that only an export bears.
    for (const district of ['013', '021', '023'])
      expect((await report(small, { quarterly: '2020-Q4', district })).data.district).toBe(district);
    const path = await storeOf([{ sr: 'A', created: '2020-11-01', district: 99, beat: 9911 }]);
    const { data } = await report(path, { quarterly: '2020-Q4', district: '99' });
    expect(data.totals).toMatchObject({ opened: 1 });
    expect(data.notes).toContainEqual(
      expect.stringContaining('Not in the geography of this program: district 099'),
    );
    expect((await report(path, { quarterly: '2020-Q4', beat: '9911' })).data.beat).toBe('9911');
  });

  test('beside one that is not over tells no change in percent, in any format', async () => {
    const path = await storeOf(
      Array.from({ length: 60 }, (_, i) => ({
        sr: `N${i}`,
        created: i < 40 ? '2020-11-01' : '2021-01-02',
      })),
    );
    const beside = { quarterly: '2020-Q4', against: '2021-Q1' };
    const running = await report(path, beside, { asOf: '2021-01-04 09:00:00' });
    expect(running.data.against).toMatchObject({ label: '2021-Q1', soFar: true, totals: { opened: 20 } });
    expect(running.data.notes).toContainEqual(expect.stringContaining('2021-Q1 is not over'));
    for (const format of FORMATS.filter((each) => each !== 'ndjson' && each !== 'pdf')) {
      const told = await text(running, format);
      expect(told).not.toMatch(/up \d|down \d/);
      if (format !== 'json') expect(told).toContain('2021-Q1, so far');
    }
    // Without --as-of too: no period is told as of a day before its end.
    const unasked = await report(path, beside, { asOf: '2021-04-01 09:00:00', asOfGiven: false });
    expect(unasked.data.against).toMatchObject({ soFar: false });
    const over = await report(path, beside, { asOf: '2021-04-01 09:00:00' });
    expect(await text(over, 'plain')).toContain('20 in 2021-Q1, up 100.0%');
  });

  test('beside a part of itself says that both sides count the same', async () => {
    const { data } = await report(small, { quarterly: '2020-Q4', against: '2020-11' });
    expect(data.notes).toContain(
      '2020-11 is a part of 2020-Q4: what falls into it stands on both sides of the comparison.',
    );
  });
});

test.each([
  [{ quarterly: '2020-5' }, '--quarterly', '2020-Q4'],
  [{ monthly: '2020-13' }, '--monthly', '2020-11'],
  [{ quarterly: true, monthly: true }, '--quarterly and --monthly', ''],
  [{ quarterly: '2021-Q2' }, '2021-Q2 has not begun', '2020-Q4'],
  [{ quarterly: '2020-Q4', against: 'spring' }, '--against', '2020-Q4'],
  [{ quarterly: '2020-Q4', against: 'Q4 2020' }, '2020-Q4 is the period of the report itself', '2020-Q3'],
  [{ district: 'five' }, '--district', '005'],
  [{ beat: '51' }, '--beat', '0511'],
  [{ district: '006', beat: '0511' }, '--beat', ''],
])('%o is a usage error that shows how it is written', async (options, says, example) => {
  await expect(report(small, options)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(says),
    remedy: expect.stringContaining(example),
  });
});

describe('--submit', () => {
  async function storeWithSergeant(): Promise<string> {
    const path = await storeOf(REQUESTS);
    await write(path, async (writer) => {
      for (const [member_id, role] of [
        ['S1', 'cp-sergeant'],
        ['O1', 'cp-officer'],
      ] as const) {
        await writer.write
          .insertInto('member')
          .values({ member_id, rank: 'Sergeant', rank_level: 3, district: '005' })
          .execute();
        await writer.write.insertInto('member_role').values({ member_id, role }).execute();
      }
    });
    return path;
  }

  test('archives the report under its digest, as an event and as evidence of CSR-22', async () => {
    const path = await storeWithSergeant();
    const plain = await report(path, QUARTER);
    const { data } = await report(path, { ...QUARTER, submit: true }, { actor: 'S1' });
    expect(data.submitted).toMatchObject({ recordId: 'report:2020-Q4:005' });
    const events = await read(path, (reader) =>
      reader.db.selectFrom('event').select(['chain', 'record_id', 'name', 'actor_id']).execute(),
    );
    expect(events).toEqual([
      { chain: 'csr', record_id: 'report:2020-Q4:005', name: 'submitted', actor_id: 'S1' },
      { chain: 'csr', record_id: expect.stringMatching(/^CSR-22:/), name: 'evidence', actor_id: 'S1' },
    ]);
    const after = await report(path, { ...QUARTER, submit: true }, { actor: 'S1', dryRun: true });
    expect(after.data.submitted).toEqual({ ...(data.submitted as object), already: true });
    const same = { submitted: 0, auditHead: 0, state: 0, decision: 0 };
    expect({ ...after.data, ...same }).toEqual({ ...plain.data, ...same });
    expect([plain.data.state, after.data.state]).toEqual(['draft', 'submitted']);
    const evidence = await read(path, (reader) => reader.db.selectFrom('evidence').selectAll().execute());
    expect(evidence).toMatchObject([{ rule: 'CSR-22', by_member: 'S1', district: '005' }]);
  });

  test('takes a community policing sergeant, and a period that is over', async () => {
    const path = await storeWithSergeant();
    const submit = { ...QUARTER, submit: true };
    const refused = { kind: 'refused', message: expect.stringContaining('CSR-22') };
    await expect(report(path, submit, { actor: 'O1' })).rejects.toMatchObject(refused);
    await expect(report(path, submit)).rejects.toMatchObject(refused);
    await expect(report(path, submit, { actor: 'S1', asOf: '2020-12-01' })).rejects.toMatchObject(refused);
  });
});

test('a district is read by its index, without a sort', async () => {
  const plan = await read(small, (reader) => {
    const start = chicago('2020-10-01');
    const reach = { until: start, openSince: start, createdSince: start, addressSince: start };
    const query = reachQuery(reader.db, { district: 5, beat: null }, reach);
    return reader.rows({ sql: `explain query plan ${query.sql}`, parameters: query.parameters });
  });
  expect(plan.map((row) => row[3])).toEqual([
    'SEARCH csr_request USING INDEX csr_request_created (district=? AND created_at<?)',
  ]);
});
