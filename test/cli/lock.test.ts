import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../bin/lock.mjs';

function lockPath(onTestFinished: (done: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'lock');
}

test('a second holder waits for the first, is told once, and the lock is gone after both', async ({
  onTestFinished,
}) => {
  const path = lockPath(onTestFinished);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = withLock(path, async () => {
    await gate.promise;
    order.push('first');
  });
  const second = withLock(
    path,
    () => order.push('second'),
    () => {
      order.push('waiting');
      gate.resolve();
    },
  );
  await Promise.all([first, second]);
  expect(order).toEqual(['waiting', 'first', 'second']);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that is dead holds nobody up', async ({ onTestFinished }) => {
  const path = lockPath(onTestFinished);
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  writeFileSync(path, String(pid));
  expect(await withLock(path, () => 'done')).toBe('done');
});

test('a failure inside frees the lock', async ({ onTestFinished }) => {
  const path = lockPath(onTestFinished);
  await expect(
    withLock(path, () => {
      throw new Error('inside');
    }),
  ).rejects.toThrow('inside');
  expect(existsSync(path)).toBe(false);
});
