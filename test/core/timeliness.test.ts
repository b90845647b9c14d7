import { expect, test } from 'vitest';
import { FAR_FUTURE, type Instant } from '../../src/core/instant.ts';
import { isRunningAt, lateBy, timelinessOf } from '../../src/core/timeliness.ts';

const i = (n: number) => n as Instant;
const facts = (stoppedAt: number) => ({ startedAt: i(0), dueAt: i(100), stoppedAt: i(stoppedAt) });

test('exactly at the limit is on time, a second later is late', () => {
  expect(timelinessOf(facts(100), i(500))).toBe('onTime');
  expect(timelinessOf(facts(101), i(500))).toBe('late');
  expect(lateBy(facts(100), i(500))).toBe(0);
  expect(lateBy(facts(160), i(500))).toBe(60);
});

test('what stopped after the as-of was running then and is judged by the as-of', () => {
  expect(timelinessOf(facts(160), i(90))).toBe('onTime');
  expect(timelinessOf(facts(160), i(101))).toBe('late');
  expect(lateBy(facts(FAR_FUTURE), i(130))).toBe(30);
  expect(isRunningAt(i(160), i(160))).toBe(false);
  expect(isRunningAt(FAR_FUTURE, i(160))).toBe(true);
});

test('a missing date cannot tell, and no due instant in the directive is no deadline', () => {
  expect(timelinessOf({ ...facts(50), startedAt: null }, i(500))).toBe('cannotTell');
  expect(timelinessOf({ ...facts(50), dueAt: null }, i(500))).toBe('cannotTell');
  expect(timelinessOf({ ...facts(50), stoppedAt: null }, i(500))).toBe('cannotTell');
  expect(timelinessOf({ ...facts(50), dueAt: undefined }, i(500))).toBe('noDeadline');
  expect(lateBy({ ...facts(50), dueAt: undefined }, i(500))).toBeNull();
});
