import { readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import process from 'node:process';
import type { Instant } from '../core/instant.ts';

/** A stream that people or programs read; `isTTY` and `columns` as Node's own have them. */
export interface Sink extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The process as the program sees it: the only source of time, environment and streams. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly osUser: string;
  readonly version: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The system clock in whole seconds. */
  clock(): Instant;
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no account has.
    return '';
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The world of this process. */
export function thisProcess(): World {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    osUser: loginName(),
    get version() {
      return packageVersion();
    },
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: () => Math.floor(Date.now() / 1000) as Instant,
  };
}
