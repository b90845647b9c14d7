import { expect, test } from 'vitest';
import { proveGuard } from '../../bin/guard.mjs';

test('the linter catches every planted import against the direction of the rooms, and nothing else', () => {
  const { problems, planted } = proveGuard();
  expect(problems).toEqual([]);
  expect(planted).toBeGreaterThanOrEqual(20);
});
