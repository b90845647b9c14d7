import { type RollcallError, usageError } from '../core/errors.ts';
import { nearest } from '../core/text.ts';
import type { Entry } from './table.ts';

/** What the words of a command line lead to: a command and what follows it, or a group of commands. */
export type Resolved =
  | { readonly kind: 'command'; readonly entry: Entry; readonly rest: readonly string[] }
  | { readonly kind: 'group'; readonly group: string };

/** The commands behind a group's word, in table order. */
export function commandsOf(group: string, table: readonly Entry[]): readonly Entry[] {
  return table.filter((entry) => entry.path.startsWith(`${group} `));
}

function lastWord(entry: Entry): string {
  return entry.path.slice(entry.path.lastIndexOf(' ') + 1);
}

function unknown(typed: string, guesses: readonly string[]): RollcallError {
  const remedy =
    guesses.length > 0 ? `Did you mean ${guesses.map((guess) => `rollcall ${guess}`).join(' or ')}?` : null;
  return usageError(`there is no command "${typed}"`, remedy ?? 'rollcall --help lists all commands.');
}

function guessGroup(first: string, second: string, table: readonly Entry[]): readonly string[] {
  // `rollcall triage`: the verb without its group.
  const verbs = table.filter((entry) => lastWord(entry) === first);
  if (verbs.length > 0) return verbs.map((entry) => entry.path);
  const heads = new Set(table.map((entry) => entry.path.split(' ', 1)[0] ?? ''));
  const head = nearest(first, [...heads]);
  if (!head) return [];
  const verb = nearest(second, wordsAfter(head, table));
  return [verb ? `${head} ${verb}` : head];
}

/** Finds the command that the leading words name. Throws a usage error with the nearest ones when there is none. */
export function resolveCommand(words: readonly string[], table: readonly Entry[]): Resolved {
  const [first = '', second = ''] = words;
  if (first.startsWith('-')) {
    throw usageError(
      `unknown option ${first}`,
      'Options of a command follow its name; rollcall --help lists both.',
    );
  }
  for (const count of [3, 2, 1]) {
    const entry = table.find(({ path }) => path === words.slice(0, count).join(' '));
    if (entry && words.length >= count) return { kind: 'command', entry, rest: words.slice(count) };
  }
  if (commandsOf(first, table).length === 0) throw unknown(first, guessGroup(first, second, table));
  const inner = `${first} ${second}`;
  const [group, typed] = commandsOf(inner, table).length > 0 ? [inner, words[2] ?? ''] : [first, second];
  if (typed === '' || typed.startsWith('-')) return { kind: 'group', group };
  const verbs = wordsAfter(group, table);
  const verb = nearest(typed, verbs);
  if (verb) throw unknown(`${group} ${typed}`, [`${group} ${verb}`]);
  throw usageError(
    `there is no command "${group} ${typed}"`,
    `After ${group} comes one of: ${verbs.join(', ')}.`,
  );
}

/** The words that may follow a group's, in table order. */
function wordsAfter(group: string, table: readonly Entry[]): readonly string[] {
  const at = group.split(' ').length;
  return [...new Set(commandsOf(group, table).map(({ path }) => path.split(' ')[at] ?? ''))];
}
