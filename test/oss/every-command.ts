import { TABLE } from '../../src/cli/table.ts';
import type { ArgumentDef, Command, OptionDef } from '../../src/core/command.ts';
import type { Document } from '../../src/report/document.ts';

/** What stands for an argument or a value, by its name or by the words in its brackets. */
export type Stand = Readonly<Record<string, readonly string[]>>;

const FALLBACK = ['x'];

/** Commands and values that make files outside of the store; imports have tests of their own. */
const FILES = new Set(['import', 'db backup', 'db migrate']);
const FILE_WORDS = new Set(['file', 'path', 'folder', 'batch']);

/**
 * Lines that try every command of the table: each of its arguments with every stand-in, bare, with all of its values at
 * once, and with each of its options alone. What writes is tried only (--dry-run).
 */
export async function everyLine(stand: Stand): Promise<readonly string[]> {
  const tried = TABLE.filter(({ path }) => !FILES.has(path));
  const commands = await Promise.all(tried.map(async ({ path, load }) => ({ path, command: await load() })));
  return commands.flatMap(({ path, command }) => linesOf(path, command, stand));
}

function linesOf(path: string, command: Command<Document>, stand: Stand): readonly string[] {
  const dry = command.writes === true ? ' --dry-run' : '';
  const options = (command.options ?? []).flatMap((option) => optionText(option, stand) ?? []);
  // Of a verb the values belong together; of a list each option is a list of its own.
  const verb = (command.arguments ?? []).length > 0 && command.writes === true;
  const tails = verb ? ['', options.filter((text) => text.includes(' ')).join(' ')] : ['', ...options];
  const heads = argumentTexts(command.arguments ?? [], stand).map((texts) => `${path} ${texts}`.trim());
  return heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`.trim() + dry));
}

function argumentTexts(args: readonly ArgumentDef[], stand: Stand): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined) return [''];
  const known = stand[first.name] ?? (first.required ? FALLBACK : []);
  const own = first.required ? known : ['', ...known];
  return own.flatMap((text) =>
    text === '' ? [''] : argumentTexts(rest, stand).map((more) => `${text} ${more}`.trim()),
  );
}

function optionText({ flags, choices }: OptionDef, stand: Stand): string | null {
  const long = /--[a-z][\w-]*/.exec(flags)?.[0] ?? flags;
  const value = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  if (value === undefined) return long;
  if (FILE_WORDS.has(value)) return null;
  return `${long} ${stand[long]?.[0] ?? choices?.[0] ?? stand[value]?.[0] ?? FALLBACK[0]}`;
}
