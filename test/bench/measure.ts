import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One whole process to time: its output is thrown away. */
export interface Task {
  readonly command: string;
  readonly args: readonly string[];
  /** A file for its standard input. */
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are fine besides 0. */
  readonly exits?: readonly number[];
  /** Brings the world back to where it was, outside the time measured. */
  readonly before?: () => void;
}

/** The shell whose own import and aggregates are yardsticks. */
export const SQLITE3 = 'sqlite3';

const ROOT = join(import.meta.dirname, '../..');

/** The program as it is shipped, with these arguments. Input is never asked for. */
export function rollcall(...args: readonly string[]): Task {
  return {
    command: process.execPath,
    args: [join(ROOT, 'bin/rollcall.js'), ...args, '--no-input', '--quiet'],
  };
}

/** Runs a process to its end; answers seconds of wall time. Throws with its messages when it fails. */
export async function seconds(task: Task): Promise<number> {
  task.before?.();
  const input = task.stdin === undefined ? 'ignore' : openSync(task.stdin, 'r');
  try {
    const start = process.hrtime.bigint();
    const child = spawn(task.command, [...task.args], {
      cwd: ROOT,
      env: { ...process.env, ...task.env },
      stdio: [input, 'ignore', 'pipe'],
    });
    let messages = '';
    child.stderr?.on('data', (chunk) => {
      messages = `${messages}${chunk}`.slice(-2000);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const took = Number(process.hrtime.bigint() - start) / 1e9;
    if (code !== 0 && !(task.exits ?? []).includes(code ?? -1)) {
      throw new Error(`${task.command} ${task.args.join(' ')} ended with ${code}\n${messages}`);
    }
    return took;
  } finally {
    if (typeof input === 'number') closeSync(input);
  }
}

/** Largest resident memory of a Node process and of those it starts, in MB. */
export async function peakMegabytes(task: Task): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-peak-'));
  try {
    const file = join(folder, 'peak');
    const preload = join(import.meta.dirname, 'peak.mjs');
    await seconds({
      ...task,
      env: { ...task.env, NODE_OPTIONS: `--import ${JSON.stringify(preload)}`, ROLLCALL_BENCH_PEAK: file },
    });
    if (!existsSync(file)) throw new Error('the process did not say its peak memory');
    return Math.max(...readFileSync(file, 'utf8').trim().split('\n').map(Number)) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Pair {
  /** Medians, seconds. */
  readonly ours: number;
  readonly yardstick: number;
  /** Median of the ratios of the pairs: load that comes and goes weighs on both of a pair alike. */
  readonly ratio: number;
}

/** Times two tasks in turn, `times` times; which of the two goes first alternates. */
export async function pairs(ours: Task, yardstick: Task, times: number): Promise<Pair> {
  const first: number[] = [];
  const second: number[] = [];
  for (let i = 0; i < times; i++) {
    if (i % 2 === 0) second.push(await seconds(yardstick));
    first.push(await seconds(ours));
    if (i % 2 === 1) second.push(await seconds(yardstick));
  }
  return {
    ours: median(first),
    yardstick: median(second),
    ratio: median(first.map((value, i) => value / (second[i] ?? Number.NaN))),
  };
}

/** The middle value (the mean of the two middle ones). */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Whether that shell is installed here. */
export function hasSqlite3(): boolean {
  return spawnSync(SQLITE3, ['--version']).status === 0;
}
