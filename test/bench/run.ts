import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Bench, keeps, type Result, scaleOf, table } from './bench.ts';
import { concernsOverdue, duplicates, importConcerns, today, version } from './concerns.ts';
import { csrReportPdf } from './csr-pdf.ts';
import { import311 } from './import-311.ts';
import { clearBench } from './inputs.ts';
import { ossModels } from './oss-models.ts';
import { csrReport, saidScore } from './reports.ts';

const BENCHES: readonly Bench[] = [
  version,
  import311,
  importConcerns,
  concernsOverdue,
  today,
  duplicates,
  csrReport,
  csrReportPdf,
  saidScore,
  ossModels,
];

const HELP = `Measures the program against yardsticks in the same run; ratios hold where times do not.

  npm run bench [-- <name…>] [--quick] [--no-fail]

${BENCHES.map((bench) => `  ${bench.name.padEnd(18)}${bench.summary}`).join('\n')}

  --quick     a tenth of the rows, at most three pairs: for a look, not for a verdict
  --no-fail   exit 0 even where a bound is missed (as with --quick)

ROLLCALL_BENCH_DIR names a folder for the generated files and stores, to keep and use them again.
`;

function header(quick: boolean): string {
  const processors = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `Node ${process.versions.node}, ${processors.length} x ${processors[0]?.model.trim() ?? 'processor'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GB; load before: ${load.join(', ')}.`,
    'Each ratio is the median over alternating pairs of whole processes in this run. Times drift with whatever else',
    'runs on the machine, and a ratio with it where only one side can use a second processor.',
    ...(quick ? ['Quick: a tenth of the rows, few pairs. No verdict.'] : []),
  ].join('\n');
}

async function measured(bench: Bench, quick: boolean): Promise<readonly Result[]> {
  process.stderr.write(`bench: ${bench.name} …\n`);
  return await bench.run(scaleOf(quick));
}

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, 'no-fail': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`bench: there is no ${unknown.join(', ')}; see --help\n`);
    return 2;
  }
  const quick = values.quick === true;
  process.stdout.write(`${header(quick)}\n\n`);
  const results: Result[] = [];
  let failed = false;
  for (const bench of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    try {
      results.push(...(await measured(bench, quick)));
    } catch (error) {
      failed = true;
      process.stderr.write(
        `bench: ${bench.name}: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
  process.stdout.write(`${table(results)}\n`);
  const missed = results.filter((result) => keeps(result) === false);
  if (missed.length > 0) process.stdout.write(`\n${missed.length} of ${results.length} bounds missed.\n`);
  if (failed) return 1;
  return quick || values['no-fail'] === true || missed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  clearBench();
}
