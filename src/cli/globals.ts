import { extname } from 'node:path';
import { FORMATS, type Format, PURPOSES, type Purpose } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { nearest } from '../core/text.ts';
import type { World } from './world.ts';

/** One option that every command has. */
export interface GlobalOption {
  readonly long: string;
  readonly short?: string;
  /** The word for its value; absent for a switch. */
  readonly value?: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  /** The environment variable that stands in for it. */
  readonly env?: string;
}

/** The options of every command, in the order of the help. */
export const GLOBAL_OPTIONS = [
  {
    long: '--store',
    value: 'path or URL',
    summary: "the store; else rollcall.db in the user's data folder",
    env: 'ROLLCALL_STORE',
  },
  {
    long: '--as-of',
    value: 'when',
    summary: 'act as if now were 2020-11-05, 2020-11-05T14:30, …Z or …-06:00',
    env: 'ROLLCALL_AS_OF',
  },
  {
    long: '--actor',
    value: 'member id',
    summary: 'who acts; else the member whose os_user is the login name',
    env: 'ROLLCALL_ACTOR',
  },
  {
    long: '--purpose',
    value: 'purpose',
    summary: 'why SAID subjects are looked at',
    choices: PURPOSES,
    env: 'ROLLCALL_PURPOSE',
  },
  {
    long: '--format',
    value: 'format',
    summary: 'default: table on a terminal, plain (also tsv) when piped',
    choices: FORMATS,
  },
  { long: '--json', summary: 'short for --format json' },
  { long: '--output', short: '-o', value: 'file', summary: 'write there; the format follows the extension' },
  { long: '--dry-run', summary: 'the same output, nothing written' },
  { long: '--no-input', summary: 'never prompt' },
  { long: '--no-color', summary: 'no colour', env: 'NO_COLOR' },
  { long: '--quiet', summary: 'no messages on stderr but warnings and errors' },
  { long: '--help', short: '-h', summary: 'help for the command' },
  { long: '--version', short: '-V', summary: 'the version of rollcall' },
] as const satisfies readonly GlobalOption[];

type GlobalName = (typeof GLOBAL_OPTIONS)[number]['long'];

/** Global options as typed, and the rest of the line in its order. */
export interface GlobalsAndRest {
  readonly given: ReadonlyMap<GlobalName, string>;
  readonly rest: readonly string[];
}

/** What the globals and the environment say together. */
export interface Globals {
  readonly store: string | null;
  readonly asOf: { readonly text: string; readonly source: string } | null;
  readonly actor: string | null;
  readonly purpose: Purpose | null;
  readonly format: Format | null;
  readonly output: string | null;
  readonly dryRun: boolean;
  readonly noInput: boolean;
  readonly noColor: boolean;
  readonly quiet: boolean;
}

function findGlobal(flag: string): (typeof GLOBAL_OPTIONS)[number] | undefined {
  return GLOBAL_OPTIONS.find(
    (option) => option.long === flag || ('short' in option && option.short === flag),
  );
}

/**
 * Takes the global options out of a command line wherever they stand; nothing after `--` is touched. The last of a
 * repeated one counts. Throws a usage error for a missing value or a value on a switch.
 */
export function takeGlobals(argv: readonly string[]): GlobalsAndRest {
  const given = new Map<GlobalName, string>();
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') {
      rest.push(...argv.slice(i));
      break;
    }
    const { flag, attached } = splitFlag(word);
    const option = findGlobal(flag);
    if (!option) {
      rest.push(word);
      continue;
    }
    if (!('value' in option)) {
      if (attached !== null) throw usageError(`${flag} takes no value`);
      given.set(option.long, '');
      continue;
    }
    const value = attached ?? argv[++i];
    if (value === undefined || value === '' || (attached === null && value.startsWith('--'))) {
      throw usageError(`${flag} needs a value: ${flag} <${option.value}>`);
    }
    given.set(option.long, value);
  }
  return { given, rest };
}

function splitFlag(word: string): { flag: string; attached: string | null } {
  if (/^-o./.test(word)) return { flag: '-o', attached: word.slice(word[2] === '=' ? 3 : 2) };
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  if (equals < 0) return { flag: word, attached: null };
  return { flag: word.slice(0, equals), attached: word.slice(equals + 1) };
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'md',
  '.csv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.tsv': 'plain',
  '.txt': 'plain',
  '.pdf': 'pdf',
};

/** Extensions of forms that single commands have (Command.extensions): their text as it stands. */
export const OWN_EXTENSIONS: readonly string[] = ['.ics'];

/** The word as one of `words`; else a usage error that lists them and names the nearest. */
export function choose<T extends string>(source: string, word: string, words: readonly T[]): T {
  const found = words.find((one) => one === word);
  if (found) return found;
  const near = nearest(word, words);
  throw usageError(
    `${source}: "${word}" is none of ${words.join(', ')}`,
    near ? `Did you mean ${near}?` : undefined,
  );
}

// The extension of plain is a name for it too: whoever writes -o x.tsv may ask for the same on the terminal.
function formatNamed(word: string): Format {
  return word === 'tsv' ? 'plain' : choose('--format', word, FORMATS);
}

function outputFormat(output: string, asked: Format | null): Format {
  const extension = extname(output).toLowerCase();
  const implied = OWN_EXTENSIONS.includes(extension) ? 'plain' : EXTENSIONS[extension];
  if (asked && implied && asked !== implied && !(asked === 'table' && implied === 'plain')) {
    throw usageError(`--output ${output}: ends in ${extension}, but the format asked for is ${asked}`);
  }
  const format = asked ?? implied;
  if (format) return format;
  throw usageError(
    `--output ${output}: no format is known for ${extension === '' ? 'a file without extension' : extension}`,
    `End it in ${Object.keys(EXTENSIONS).join(', ')}, or add --format.`,
  );
}

/** Joins options and environment, and checks the closed words. Throws usage errors that name option or variable. */
export function settleGlobals({ given }: GlobalsAndRest, env: World['env']): Globals {
  const pick = (name: GlobalName, variable: string) => {
    const typed = given.get(name);
    if (typed !== undefined) return { text: typed, source: name };
    const inherited = env[variable];
    return inherited ? { text: inherited, source: variable } : null;
  };
  const purpose = pick('--purpose', 'ROLLCALL_PURPOSE');
  const written = given.get('--format');
  const named = written === undefined ? null : formatNamed(written);
  if (given.has('--json') && named && named !== 'json')
    throw usageError(`--json and --format ${named} disagree`);
  const asked = given.has('--json') ? 'json' : named;
  const output = given.get('--output') ?? null;
  return {
    store: pick('--store', 'ROLLCALL_STORE')?.text ?? null,
    asOf: pick('--as-of', 'ROLLCALL_AS_OF'),
    actor: pick('--actor', 'ROLLCALL_ACTOR')?.text ?? null,
    purpose: purpose ? choose(purpose.source, purpose.text, PURPOSES) : null,
    format: output === null ? asked : outputFormat(output, asked),
    output,
    dryRun: given.has('--dry-run'),
    noInput: given.has('--no-input'),
    noColor: given.has('--no-color') || Boolean(env.NO_COLOR),
    quiet: given.has('--quiet'),
  };
}
