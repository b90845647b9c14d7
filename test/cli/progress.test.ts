import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function bar(shown: boolean) {
  const stderr = new PassThrough();
  const said = () => (stderr.read() as Buffer | null)?.toString() ?? '';
  let now = 0;
  const progress = createProgress(stderr, shown, () => now);
  return { progress, said, at: (milliseconds: number) => (now = milliseconds) };
}

test('nothing is shown in the first second, a bar with the numbers after it', async () => {
  const { progress, said, at } = bar(true);
  await import('cli-progress');
  progress.start('reading', 2000, 'rows');
  await new Promise((done) => setImmediate(done));
  at(999);
  progress.update(500);
  expect(said()).toBe('');
  at(1001);
  progress.update(600);
  expect(said()).toContain('reading');
  progress.stop();
});

test('nothing at all is shown where it is not wanted', () => {
  const { progress, said, at } = bar(false);
  progress.start('reading', 2000, 'rows');
  at(5000);
  progress.update(600);
  progress.stop();
  expect(said()).toBe('');
});
