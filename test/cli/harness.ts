import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { thisProcess } from '../../src/cli/world.ts';
import { main } from '../../src/main.ts';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a run of the program ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** A temporary folder in which the built program runs, with a store and a home of its own. */
export interface Scene {
  readonly folder: string;
  /** Runs `rollcall` with these arguments; no terminal, no colour, no user settings. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /**
   * Runs a shell line in the folder; `rollcall` is on its path and $SAMPLES is data/samples. A line that is nothing but
   * the program and plain words runs in this process, which is much quicker.
   */
  shell(line: string, options?: RunOptions): Promise<Ran>;
  /** Writes a file into the folder; answers its path. */
  file(name: string, content: string | Uint8Array): string;
  remove(): void;
}

function environment(folder: string, bin: string): Record<string, string> {
  return {
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    HOME: folder,
    ROLLCALL_STORE: join(folder, 'rollcall.db'),
    SAMPLES: join(ROOT, 'data', 'samples'),
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    // One cache for all scenes: the program's code is the same in each.
    XDG_CACHE_HOME: join(ROOT, 'node_modules', '.cache'),
  };
}

function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  input = '' as RunOptions['input'],
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(program, [...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', fail);
    child.on('close', (code) =>
      done({
        code: code ?? -1,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
  });
}

const NEEDS_A_SHELL = /[|<>;&$`*?~\\(){}[\]#!=]/;

/** The words of a line that a shell would split in the same way; null where it needs one. */
function plainWords(line: string): readonly string[] | null {
  if (NEEDS_A_SHELL.test(line)) return null;
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

/** Runs a command line of the program in this process, with streams, folder and environment of its own. */
async function inProcess(argv: readonly string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => out.push(chunk));
  stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const { osUser, version, clock } = thisProcess();
  const stdin = new PassThrough().end();
  const code = await main(argv, { env, cwd, home: cwd, osUser, version, stdin, stdout, stderr, clock });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

/** Makes a scene; its owner removes it. */
export function makeScene(): Scene {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-test-')));
  const bin = join(folder, '.bin');
  const shim = join(ROOT, 'bin', 'rollcall.js');
  mkdirSync(bin);
  writeFileSync(join(bin, 'rollcall'), `#!/bin/sh\nexec "${process.execPath}" "${shim}" "$@"\n`, {
    mode: 0o755,
  });
  const base = environment(folder, bin);
  return {
    folder,
    run: (args, { env, input } = {}) =>
      start(process.execPath, [shim, ...args], folder, { ...base, ...env }, input),
    shell: (line, { env, input } = {}) => {
      const [program, ...argv] = plainWords(line) ?? [];
      if (program === 'rollcall' && input === undefined) return inProcess(argv, folder, { ...base, ...env });
      return start('/bin/sh', ['-c', line], folder, { ...base, ...env }, input);
    },
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
