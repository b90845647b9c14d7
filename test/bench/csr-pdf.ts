import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { districtStore } from './inputs.ts';
import { pairs, rollcall, seconds } from './measure.ts';

/** The quarterly report over a million requests as PDF, against the same report as JSON. */
export const csrReportPdf: Bench = {
  name: 'csr-report-pdf',
  summary: 'the quarterly report over a million requests as PDF',
  async run(scale) {
    const { store, requests } = await districtStore(scale);
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-pdf-'));
    try {
      const report = (extension: string) =>
        rollcall(
          ...['csr', 'report', '--quarterly', '2020-Q4', '--store', store, '--as-of', '2021-01-04'],
          ...['-o', join(folder, `report.${extension}`), '--quiet'],
        );
      await seconds(report('pdf'));
      const pair = await pairs(report('pdf'), report('json'), scale.times(5));
      return [
        {
          name: 'csr-report-pdf',
          what: `csr report --quarterly 2020-Q4 -o report.pdf, ${requests} requests: ${pair.ours.toFixed(2)} s`,
          yardstick: `the same with -o report.json: ${pair.yardstick.toFixed(2)} s`,
          value: pair.ratio,
          unit: '',
          bound: 3,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
