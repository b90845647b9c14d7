import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeScene, ROOT } from '../cli/harness.ts';

const FOLDER = join(process.env.ROLLCALL_REALDATA ?? join(ROOT, '../shared/realdata'), 'officers');

// Public records that are not part of the project: without them there is nothing to test here.
describe.skipIf(!existsSync(FOLDER))('the public officer records', () => {
  test('are read whole, and the model finds more than the count of five years', {
    timeout: 180_000,
  }, async () => {
    const scene = makeScene();
    onTestFinished(() => scene.remove());
    const files = ['members', 'complaints', 'trr', 'unit-history'].map((name) =>
      join(FOLDER, `${name}.csv.gz`),
    );
    const actor = scene.file('actor.csv', 'member_id,rank,roles\nE1,Civilian,evaluator\n');
    const imported = await scene.run(['import', ...files, actor, '--json']);
    const { items } = JSON.parse(imported.stdout);
    expect(items.map((item: { rows: number; rejected: number }) => [item.rows, item.rejected])).toEqual(
      expect.arrayContaining([
        [33_693, 0],
        [244_436, 9],
        [66_732, 0],
        [106_874, 0],
      ]),
    );
    for (const outcome of ['on-duty', 'off-duty', 'complaints', 'force']) {
      const ran = await scene.run([
        ...['oss', 'validate', '--outcome', outcome, '--train-until', '2012-12-31'],
        ...['--actor', 'E1', '--json'],
      ]);
      const { methods, population } = JSON.parse(ran.stdout);
      expect(population).toBe(12_268);
      const precision = new Map<string, number>(
        methods.map((method: { id: string; tops: readonly { precision: { expected: number } }[] }) => [
          method.id,
          method.tops[0]?.precision.expected,
        ]),
      );
      expect(precision.get('model'), outcome).toBeGreaterThan(precision.get('complaints-5y') ?? 1);
    }
  });
});
