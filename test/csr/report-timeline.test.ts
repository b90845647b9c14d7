import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countWithin, isOpenAt, timelineOf } from '../../src/csr/report-timeline.ts';

test('a request that is opened again and closed again has two closings and one reopening', () => {
  const timeline = timelineOf(100, false, 900, [{ closedAt: 300, reopenedAt: 500 }]);
  expect(timeline.closings).toEqual([300, 900]);
  expect(timeline.reopenings).toEqual([500]);
  expect([200, 300, 499, 500, 899, 900].map((at) => isOpenAt(100, timeline, at))).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('a reopening that the close date of today contradicts is left out and counted', () => {
  const timeline = timelineOf(100, false, 300, [{ closedAt: 300, reopenedAt: 500 }]);
  expect(timeline).toMatchObject({ closings: [300], reopenings: [], contradicted: 1 });
});

test('a closing without a date counts when the request was last opened, and is not measured', () => {
  expect(timelineOf(100, false, null, [])).toMatchObject({ closings: [100], measured: [false] });
  expect(timelineOf(100, false, null, [{ closedAt: 200, reopenedAt: 400 }])).toMatchObject({
    closings: [200, 400],
    measured: [true, false],
  });
});

test('a closing before the creation counts at the creation, and is not measured', () => {
  expect(timelineOf(100, false, 50, [])).toMatchObject({ closings: [100], measured: [false] });
});

test('whatever the dates say, open at start + opened + reopened - closed is open at end, and nothing is open twice', () => {
  const instant = fc.integer({ min: 0, max: 60 });
  const change = fc.record({ closedAt: fc.option(instant), reopenedAt: instant });
  fc.assert(
    fc.property(
      instant,
      fc.boolean(),
      fc.option(instant),
      fc.array(change, { maxLength: 4 }),
      instant,
      instant,
      (created, open, closed, changes, a, b) => {
        const timeline = timelineOf(created, open, closed, changes);
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const opened = created >= start && created <= end ? 1 : 0;
        const moved =
          opened + countWithin(timeline.reopenings, start, end) - countWithin(timeline.closings, start, end);
        const openAt = (at: number): number => (isOpenAt(created, timeline, at) ? 1 : 0);
        expect(openAt(start - 1) + moved).toBe(openAt(end));
        expect(openAt(1_000_000)).toBe(open ? 1 : 0);
      },
    ),
    { numRuns: 2000 },
  );
});
