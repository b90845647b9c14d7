import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoInstant } from '../../src/core/instant.ts';
import { labelledConcerns } from '../concerns/duplicate-set.ts';
import type { Bench } from './bench.ts';
import {
  benchFolder,
  concernFiles,
  districtStore,
  removeStore,
  SERGEANT,
  sergeantFiles,
  storeOf,
} from './inputs.ts';
import { median, pairs, rollcall, seconds } from './measure.ts';

async function importSeconds(count: number, times: number): Promise<number> {
  const store = join(benchFolder(), 'import-concerns.db');
  const files = await concernFiles(count);
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

/** A process that lists or judges the whole district's store, against a Node that does nothing. */
function beside(name: string, summary: string, args: readonly string[]): Bench {
  return {
    name,
    summary,
    async run(scale) {
      const { store, concerns, requests } = await districtStore(scale);
      const ours = rollcall(...args, '--store', store);
      await seconds(ours);
      const pair = await pairs(ours, { command: process.execPath, args: ['-e', '0'] }, scale.times(15));
      return [
        {
          name,
          what:
            `rollcall ${args.slice(0, name === 'today' ? 1 : 2).join(' ')}, ${concerns} concerns, ` +
            `${requests} requests: ${Math.round(pair.ours * 1000)} ms`,
          yardstick: `node -e 0: ${Math.round(pair.yardstick * 1000)} ms`,
          value: pair.ratio,
          unit: '',
          bound: 3,
        },
      ];
    },
  };
}

export const concernsOverdue: Bench = beside(
  'concerns-overdue',
  'the overdue list over a hundred thousand concerns and a million requests',
  ['concerns', 'overdue', '--as-of', '2021-01-04'],
);

export const today: Bench = beside(
  'today',
  "a sergeant's day over a hundred thousand concerns and a million requests",
  ['today', '--actor', SERGEANT, '--as-of', '2021-01-05T09:00'],
);

/** An export of open concerns, one in eight of them told before by someone else in other words. */
function likeConcerns(count: number): string {
  const file = join(benchFolder(), `like-${count}.csv`);
  if (existsSync(file)) return file;
  const lines = ['control_number,origin,submitted_at,category,description,beat,latitude,longitude'];
  for (const each of labelledConcerns(Math.ceil(count / 1.25), 3, 0.2).slice(0, count)) {
    const { id, submittedAt, category, description, latitude, longitude } = each;
    const place = `${latitude?.toFixed(6)},${longitude?.toFixed(6)}`;
    lines.push(`${id},phone,${isoInstant(submittedAt)},${category},${description},0511,${place}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Proposals among a hundred thousand open concerns, against a process that only reads them. */
export const duplicates: Bench = {
  name: 'duplicates',
  summary: 'proposals among a hundred thousand open concerns',
  async run(scale) {
    const count = scale.rows(100_000);
    const store = await storeOf(`like-seen-${count}`, [...sergeantFiles(), likeConcerns(count)]);
    const ours = rollcall(
      'concerns',
      'duplicates',
      '--actor',
      SERGEANT,
      '--store',
      store,
      '--format',
      'json',
    );
    const reads = {
      command: process.execPath,
      args: [join(import.meta.dirname, 'read-concerns.mjs'), store],
    };
    await seconds(ours);
    const pair = await pairs(ours, reads, scale.times(7));
    return [
      {
        name: 'duplicates',
        what: `rollcall concerns duplicates, ${count} concerns: ${Math.round(pair.ours * 1000)} ms`,
        yardstick: `reading them: ${Math.round(pair.yardstick * 1000)} ms`,
        value: pair.ratio,
        unit: '',
        bound: 5,
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
