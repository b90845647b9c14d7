import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { ANALYST, analystFile, districtStore, exportFile, storeOf } from './inputs.ts';
import { hasSqlite3, pairs, rollcall, SQLITE3, seconds } from './measure.ts';

/** The quarterly report over a million requests, against the plain SQL aggregates in sqlite3. */
export const csrReport: Bench = {
  name: 'csr-report',
  summary: 'the quarterly report over a million requests',
  async run(scale) {
    const rows = scale.rows(1_000_000);
    const what = `csr report --quarterly 2020-Q4, ${rows} requests`;
    const bound = 2;
    if (!hasSqlite3()) {
      return [{ name: 'csr-report', what, yardstick: 'no sqlite3 here', value: null, unit: '', bound }];
    }
    const { store } = await districtStore(scale);
    const ours = rollcall(
      'csr',
      'report',
      '--quarterly',
      '2020-Q4',
      '--json',
      '--store',
      store,
      '--as-of',
      '2021-01-04',
    );
    const aggregates = {
      command: SQLITE3,
      args: ['-readonly', store],
      stdin: join(import.meta.dirname, 'csr-report-yardstick.sql'),
    };
    await seconds(ours);
    const pair = await pairs(ours, aggregates, scale.times(5));
    return [
      {
        name: 'csr-report',
        what: `${what}: ${pair.ours.toFixed(2)} s`,
        yardstick: `plain aggregates in sqlite3: ${pair.yardstick.toFixed(2)} s`,
        value: pair.ratio,
        unit: '',
        bound,
      },
    ];
  },
};

/** Tiers for every subject, against a bare loop of the driver over the same columns. */
export const saidScore: Bench = {
  name: 'said-score',
  summary: 'tiers for 400,000 subjects with 2,400,000 incidents',
  async run(scale) {
    const subjects = scale.rows(400_000);
    const incidents = subjects * 6;
    const store = await storeOf(`subjects-${subjects}`, [
      analystFile(),
      await exportFile('said-subjects', { rows: subjects }),
      await exportFile('said-incidents', { rows: incidents, of: subjects }),
    ]);
    const ours = rollcall(
      ...['said', 'score', '--json', '--store', store, '--as-of', '2021-01-04'],
      ...['--actor', ANALYST, '--purpose', 'evaluation'],
    );
    const loop = { command: process.execPath, args: [join(import.meta.dirname, 'bare-loop.mjs'), store] };
    await seconds(ours);
    const pair = await pairs(ours, loop, scale.times(5));
    return [
      {
        name: 'said-score',
        what: `said score, ${subjects} subjects, ${incidents} incidents: ${pair.ours.toFixed(2)} s`,
        yardstick: `bare loop over the same columns: ${pair.yardstick.toFixed(2)} s`,
        value: pair.ratio,
        unit: '',
        bound: 2,
      },
    ];
  },
};
