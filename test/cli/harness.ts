import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  /** Runs a shell line in the folder; `rollcall` is on its path and $SAMPLES is data/samples. */
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
    shell: (line, { env, input } = {}) => start('/bin/sh', ['-c', line], folder, { ...base, ...env }, input),
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
