import { join } from 'node:path';
import type { Bench, Result } from './bench.ts';
import { benchFolder, exportFile, removeStore } from './inputs.ts';
import { hasSqlite3, pairs, peakMegabytes, rollcall, SQLITE3, type Task } from './measure.ts';

function importInto(store: string, file: string): Task {
  return { ...rollcall('import', file, '--store', store), before: () => removeStore(store) };
}

/** A 311 export into a new store: time against sqlite3's own import, and memory at three sizes. */
export const import311: Bench = {
  name: 'import-311',
  summary: '39-column 311 export into a new store: time, and memory at three sizes',
  async run(scale) {
    const store = join(benchFolder(), 'import-311.db');
    const plain = join(benchFolder(), 'import-plain.db');
    const results: Result[] = [];
    const rows = scale.rows(500_000);
    const file = await exportFile('chicago-311', { rows });
    const what = `import ${rows} rows of 311`;
    if (hasSqlite3()) {
      const yardstick: Task = {
        command: SQLITE3,
        args: [plain, `.import --csv "${file}" t`],
        before: () => removeStore(plain),
      };
      const {
        ours,
        yardstick: theirs,
        ratio,
      } = await pairs(importInto(store, file), yardstick, scale.times(5));
      results.push({
        name: 'import-311',
        what: `${what}: ${ours.toFixed(2)} s`,
        yardstick: `sqlite3 .import: ${theirs.toFixed(2)} s`,
        value: ratio,
        unit: '',
        bound: 1.3,
      });
    } else {
      results.push({
        name: 'import-311',
        what,
        yardstick: 'no sqlite3 here',
        value: null,
        unit: '',
        bound: 1.3,
      });
    }
    const peaks: number[] = [];
    for (const size of [100_000, 500_000, 1_000_000].map(scale.rows)) {
      const peak = await peakMegabytes(importInto(store, await exportFile('chicago-311', { rows: size })));
      peaks.push(peak);
      results.push({
        name: 'import-311',
        what: `peak memory at ${size} rows`,
        yardstick: '-',
        value: peak,
        unit: ' MB',
        bound: 256,
      });
    }
    removeStore(store);
    removeStore(plain);
    results.push({
      name: 'import-311',
      what: 'peak memory at the largest size',
      yardstick: 'at the smallest',
      value: (peaks.at(-1) ?? Number.NaN) / (peaks[0] ?? Number.NaN),
      unit: '',
      bound: 1.3,
    });
    return results;
  },
};
