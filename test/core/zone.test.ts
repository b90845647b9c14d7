import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { offsetAt, transitionsOfYear, ZONE } from '../../src/core/zone.ts';
import { CHANGES, DAYLIGHT, SETTLED_UNTIL, STANDARD } from '../../src/core/zone-transitions.ts';

describe('the settled changes of the clocks', () => {
  test('are exactly those of Temporal for every year from 1900', () => {
    const asked: { hour: number; offset: number }[] = [];
    let moment = Temporal.Instant.from('1900-01-01T06:00:00Z').toZonedDateTimeISO(ZONE);
    expect(moment.offsetNanoseconds / 1e9).toBe(STANDARD);
    for (;;) {
      const next = moment.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds >= SETTLED_UNTIL * 1000) break;
      asked.push({ hour: next.epochMilliseconds / 3_600_000, offset: next.offsetNanoseconds / 1e9 });
      moment = next;
    }
    expect(CHANGES.map((hour, i) => ({ hour, offset: i % 2 === 0 ? DAYLIGHT : STANDARD }))).toEqual(asked);
  });
});

describe('the offset at an instant', () => {
  test('agrees with Temporal just before, at and after each change, settled or not', () => {
    for (const year of [
      1919, 1936, 1942, 1945, 1967, 1974, 2006, 2007, 2020, 2026, 2027, 2028, 2031, 2100, 2199,
    ]) {
      const changes = transitionsOfYear(year);
      expect(changes.length).toBeGreaterThan(0);
      for (const { at, offset } of changes) {
        expect(offsetAt(at)).toBe(offset);
        for (const second of [at - 1, at, at + 1, at + 3600, at - 3600]) {
          const zoned = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(ZONE);
          expect(offsetAt(second), `${zoned}`).toBe(zoned.offsetNanoseconds / 1e9);
        }
      }
    }
  });

  test('does not depend on what was asked before', () => {
    const instants = [2_000_000_000, 0, 1_604_215_800, SETTLED_UNTIL, SETTLED_UNTIL - 1, 4_000_000_000, -1e9];
    const forward = instants.map(offsetAt);
    const backward = instants.toReversed().map(offsetAt).toReversed();
    expect(backward).toEqual(forward);
  });
});
