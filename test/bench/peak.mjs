// Loaded before a measured program: when it ends it leaves its largest resident memory (kB) as a line of a file.
import { appendFileSync } from 'node:fs';

process.on('exit', () =>
  appendFileSync(process.env.ROLLCALL_BENCH_PEAK, `${process.resourceUsage().maxRSS}\n`),
);
