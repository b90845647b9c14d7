import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, localDay } from '../../src/core/calendar.ts';
import type { Instant } from '../../src/core/instant.ts';
import { monthOf, type Period, previous, quarterOf } from '../../src/core/period.ts';
import type { RequestRow } from '../../src/csr/records.ts';
import { planReport } from '../../src/csr/report-plan.ts';
import { openTally } from '../../src/csr/report-tally.ts';
import type { Reopening } from '../../src/csr/report-timeline.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { read } from '../../src/store/store.ts';
import { chicago, removeStores, report, storeOf, type TestRequest } from './report-store.ts';

const policy = loadPolicy({}).csr();
const FIRST = chicago('2019-06-01');
const LAST = chicago('2021-06-01');
const INFORMATION = '311 INFORMATION ONLY CALL';

afterAll(removeStores);

describe('with any data whatever', () => {
  const instant = fc.integer({ min: FIRST, max: LAST });
  const place = fc.option(fc.integer({ min: 1, max: 3 }));
  const request = fc.record({
    type: fc.integer({ min: 1, max: 4 }),
    district: place,
    beat: place,
    origin: place,
    unit: place,
    isOpen: fc.integer({ min: 0, max: 1 }),
    created: instant,
    closed: fc.option(instant),
    duplicate: fc.integer({ min: 0, max: 1 }),
    changes: fc.array(fc.record({ closedAt: fc.option(instant), reopenedAt: instant }), { maxLength: 3 }),
  });
  const words = new Map([1, 2, 3, 4].map((id) => [id, `Type ${id}`]));
  const counted = {
    words,
    informationOnly: new Set([4]),
    seasonal: new Set([3]),
    onForms: new Set([1, 5]),
    unitOf: new Map([[2, 0]]),
    units: ['Police, unit 005'],
  };

  function tallied(
    period: Period,
    against: Period,
    now: Instant,
    requests: readonly RequestRow[],
    changes: ReadonlyMap<number, readonly Reopening[]>,
  ) {
    const tally = openTally(planReport(period, against, now, policy), policy, counted, changes);
    for (const row of requests) tally.add(row);
    return tally.result();
  }

  test('the totals add up, each breakdown sums to them, and every open request has an age', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 25 }),
        instant,
        instant,
        fc.boolean(),
        (drawn, inPeriod, other, quarters) => {
          const day = localDate(Math.min(inPeriod, other) as Instant);
          const period = quarters ? quarterOf(day) : monthOf(day);
          const now = Math.max(inPeriod, other) as Instant;
          const rows = drawn.map(
            (each, i): RequestRow => [
              i,
              each.type,
              each.origin,
              each.district,
              each.beat,
              each.isOpen,
              each.created,
              localDay(each.created as Instant),
              each.closed,
              each.duplicate,
              null,
              each.unit,
            ],
          );
          const changes = new Map(
            drawn.map((each, i) => [i, each.changes] as const).filter(([, list]) => list.length > 0),
          );
          const found = tallied(period, previous(period), now, rows, changes);
          for (const { openAtStart, opened, reopened, closed, openAtEnd } of [
            found.totals,
            found.againstTotals,
          ]) {
            expect(openAtStart + opened + reopened - closed).toBe(openAtEnd);
          }
          for (const groups of Object.values(found.groups)) {
            for (const key of ['opened', 'closed', 'openAtEnd'] as const) {
              expect(groups.reduce((sum, group) => sum + group[key], 0)).toBe(found.totals[key]);
            }
          }
          expect(found.ageing.reduce((sum, { count }) => sum + count, 0)).toBe(found.totals.openAtEnd);
          // What is open at the end of one period is open at the start of the next.
          expect(found.againstTotals.openAtEnd).toBe(found.totals.openAtStart);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('beside SQL over the same store', () => {
  let store: string;

  /** 400 requests of two years, a quarter of them closed and opened again, from a fixed sequence of numbers. */
  function requests(): readonly TestRequest[] {
    let state = 11;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * limit);
    };
    return Array.from({ length: 400 }, (_, i) => {
      const created = FIRST + next(LAST - FIRST);
      const firstClosed = created + 1 + next(4_000_000);
      const again = firstClosed + 1 + next(4_000_000);
      const reopened = next(4) === 0;
      const closed = next(3) === 0 ? null : reopened ? again + 1 + next(4_000_000) : firstClosed;
      return {
        sr: `SR-${i}`,
        created,
        closed,
        type: next(8) === 0 ? INFORMATION : `Type ${next(5)}`,
        district: 5 + next(3),
        duplicate: next(12) === 0,
        reopened: reopened ? [{ closed: firstClosed, at: again }] : [],
      };
    });
  }

  beforeAll(async () => {
    store = await storeOf(requests());
  });

  async function bySql(start: number, end: number, district: number | null) {
    const sql = `
      with ask (first, last, place) as (values (?, ?, ?)), counted as (
        select r.* from ask, csr_request r join csr_word w on w.id = r.type_id
        where r.duplicate = 0 and w.word <> '${INFORMATION}' and (place is null or r.district = place)
      ), happening (at, what) as (
        select created_at, 'opened' from counted
        union all select was_closed_at, 'closed' from csr_change join counted on counted.id = request_id
        union all select reopened_at, 'reopened' from csr_change join counted on counted.id = request_id
        union all select closed_at, 'closed' from counted where is_open = 0
      )
      select
        total(case when at < first then iif(what = 'closed', -1, 1) end),
        count(case when at between first and last and what = 'opened' then 1 end),
        count(case when at between first and last and what = 'closed' then 1 end),
        count(case when at between first and last and what = 'reopened' then 1 end),
        total(case when at <= last then iif(what = 'closed', -1, 1) end)
      from happening, ask`;
    const [row] = await read(store, (reader) => reader.rows({ sql, parameters: [start, end, district] }));
    const [openAtStart, opened, closed, reopened, openAtEnd] = row ?? [];
    return { openAtStart, opened, closed, reopened, openAtEnd };
  }

  const asOfs = ['2019-12-15', '2020-04-01', '2020-08-20 13:00:00', '2020-12-31 23:59:59', '2021-07-01'];

  test.each(asOfs)('the totals of every quarter and month as of %s are those of SQL', async (asOf) => {
    const now = chicago(asOf);
    for (let period = quarterOf(localDate(now)); period.end > FIRST; period = previous(period)) {
      for (const district of [null, 6]) {
        const options = { quarterly: period.label, ...(district === null ? {} : { district: '006' }) };
        const { data } = await report(store, options, { asOf });
        expect(data.totals).toEqual(await bySql(period.start, Math.min(period.end, now), district));
      }
    }
    const month = previous(monthOf(localDate(now)));
    const { data } = await report(store, { monthly: month.label }, { asOf });
    expect(data.totals).toEqual(await bySql(month.start, month.end, null));
  });
});
