import { isAbsolute, join, resolve } from 'node:path';
import type { Context, Format } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import { parseAsOf } from '../core/parse-time.ts';
import type { Globals } from './globals.ts';
import { printable } from './message.ts';
import { createProgress } from './progress.ts';
import { createPrompter } from './prompts.ts';
import type { Sink, World } from './world.ts';

/** `rollcall/rollcall.db` in the XDG data folder; a relative XDG_DATA_HOME is ignored, as its specification asks. */
function defaultStore(env: World['env'], home: string): string {
  const folder = env.XDG_DATA_HOME;
  const data = folder && isAbsolute(folder) ? folder : join(home, '.local', 'share');
  return join(data, 'rollcall', 'rollcall.db');
}

function storePath(globals: Globals, world: World): string {
  const asked = globals.store;
  if (asked === null) return defaultStore(world.env, world.home);
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(asked) ? asked : resolve(world.cwd, asked);
}

function asOf(globals: Globals): Instant | null {
  return globals.asOf === null ? null : parseAsOf(globals.asOf.text, globals.asOf.source);
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

function defaultFormat(stdout: Sink): Format {
  return isTerminal(stdout) ? 'table' : 'plain';
}

/** The context that a command runs in. Throws a usage error for a time that cannot be read. */
export function buildContext(globals: Globals, world: World): Context {
  const { env, stdin, stdout, stderr } = world;
  const given = asOf(globals);
  const terminal = isTerminal(stdout);
  const format = globals.format ?? defaultFormat(stdout);
  const line = (text: string) => stderr.write(`${printable(text)}\n`);
  return {
    storePath: storePath(globals, world),
    now: given ?? world.clock(),
    asOfGiven: given !== null,
    clock: () => world.clock(),
    actor: globals.actor,
    osUser: world.osUser,
    purpose: globals.purpose,
    format,
    formatGiven: globals.format !== null,
    outputFile: globals.output === null ? null : resolve(world.cwd, globals.output),
    dryRun: globals.dryRun,
    // Questions go to stderr, so that must be a terminal too.
    interactive: terminal && isTerminal(stdin) && isTerminal(stderr) && !globals.noInput,
    color: terminal && !globals.noColor && globals.output === null && env.TERM !== 'dumb',
    quiet: globals.quiet,
    width: stdout.columns ?? (Number(env.COLUMNS) || 80),
    cwd: world.cwd,
    env,
    stdin,
    prompt: createPrompter(stdin, stderr),
    progress: createProgress(stderr, isTerminal(stderr) && !globals.quiet),
    note: (text) => {
      if (!globals.quiet) line(text);
    },
    warn: (text) => {
      line(`warning: ${text}`);
    },
    say: (text) => {
      stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
  };
}
