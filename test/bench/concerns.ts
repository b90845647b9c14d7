import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { benchFolder, exportFile, removeStore, storeOf } from './inputs.ts';
import { median, pairs, rollcall, seconds } from './measure.ts';

async function filesOf(count: number): Promise<readonly string[]> {
  return [await exportFile('concerns', { rows: count }), await exportFile('concern-events', { of: count })];
}

async function importSeconds(count: number, times: number): Promise<number> {
  const store = join(benchFolder(), 'import-concerns.db');
  const files = await filesOf(count);
  const task = {
    ...rollcall('import', ...files, '--store', store),
    before: () => removeStore(store),
    exits: [3],
  };
  const took: number[] = [];
  for (let i = 0; i < times; i++) took.push(await seconds(task));
  removeStore(store);
  return median(took);
}

/** Concerns with their histories replayed: seconds, and whether they grow in step with their number. */
export const importConcerns: Bench = {
  name: 'import-concerns',
  summary: 'concerns with their histories replayed: seconds, and growth',
  async run(scale) {
    const many = scale.rows(100_000);
    const few = many / 4;
    const short = await importSeconds(few, scale.times(3));
    const long = await importSeconds(many, 1);
    const shortAgain = await importSeconds(few, 1);
    return [
      {
        name: 'import-concerns',
        what: `import ${many} concerns with their events`,
        yardstick: '-',
        value: long,
        unit: ' s',
        bound: 60,
      },
      {
        name: 'import-concerns',
        what: `four times as many: ${long.toFixed(1)} s`,
        yardstick: `${few} concerns: ${short.toFixed(1)} s`,
        value: long / median([short, shortAgain]),
        unit: '',
        bound: 5,
      },
    ];
  },
};

/** The overdue list over a store of a hundred thousand concerns, against a Node that does nothing. */
export const concernsOverdue: Bench = {
  name: 'concerns-overdue',
  summary: 'the overdue list over a hundred thousand concerns',
  async run(scale) {
    const count = scale.rows(100_000);
    const store = await storeOf(`concerns-${count}`, await filesOf(count));
    const ours = rollcall('concerns', 'overdue', '--store', store, '--as-of', '2021-01-04');
    await seconds(ours);
    const node = { command: process.execPath, args: ['-e', '0'] };
    const pair = await pairs(ours, node, scale.times(15));
    return [
      {
        name: 'concerns-overdue',
        what: `rollcall concerns overdue, ${count} concerns: ${Math.round(pair.ours * 1000)} ms`,
        yardstick: `node -e 0: ${Math.round(pair.yardstick * 1000)} ms`,
        value: pair.ratio,
        unit: '',
        bound: 3,
      },
    ];
  },
};

/** The start of the program alone. */
export const version: Bench = {
  name: 'version',
  summary: 'the start of the program alone',
  async run(scale) {
    const ours = { ...rollcall(), args: [...rollcall().args.slice(0, 1), '--version'] };
    const pair = await pairs(ours, { command: process.execPath, args: ['-e', '0'] }, scale.times(21));
    return [
      {
        name: 'version',
        what: `rollcall --version: ${Math.round(pair.ours * 1000)} ms`,
        yardstick: `node -e 0: ${Math.round(pair.yardstick * 1000)} ms`,
        value: pair.ratio,
        unit: '',
        bound: 1.5,
      },
    ];
  },
};
