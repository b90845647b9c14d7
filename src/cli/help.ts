import { styleText } from 'node:util';
import type { Command } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { GLOBAL_OPTIONS, type GlobalOption } from './globals.ts';
import { argumentTerm } from './parse.ts';
import { commandsOf, resolveCommand } from './resolve.ts';
import { type Entry, GROUPS, schemaName } from './table.ts';

const WIDTH = 80;

/** Two columns: a term and what it means. */
export type Row = readonly [term: string, meaning: string];

/** A titled part of a help text: rows, or lines as they are. */
interface Section {
  readonly title: string;
  readonly rows?: readonly Row[];
  readonly lines?: readonly string[];
}

export interface HelpStyle {
  readonly version: string;
  readonly color: boolean;
}

/** What each exit code means, for people (contract.md). */
export const EXIT_MEANINGS: readonly Row[] = [
  ['0', 'done; also when nothing was found'],
  ['1', 'found, only with --exit-code'],
  ['2', 'the command line is wrong'],
  ['3', 'input rows or files were refused'],
  ['4', 'a rule or a role refuses it; the message names both'],
  ['5', 'the store is missing, locked, newer or broken'],
  ['70', 'a defect of rollcall'],
  ['130', 'cancelled; what was confirmed before stays'],
];

/** What the program itself answers, beside the commands of the table. */
const BUILT_IN: readonly Row[] = [
  ['help <command>', 'what --help prints'],
  ['completion <shell>', 'completion for bash, zsh or fish'],
  ['man', 'the manual page: rollcall man | man -l -'],
];

/** Words broken into lines of at most `width` characters; a longer word stands alone. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

const LONGEST_TERM = 30;

function longestTerm(rows: readonly Row[]): number {
  return Math.min(LONGEST_TERM, Math.max(0, ...rows.map(([term]) => term.length)));
}

function layRows(rows: readonly Row[], longest: number): readonly string[] {
  const indent = longest + 4;
  return rows.flatMap(([term, meaning]) => {
    const lines = wrap(meaning, WIDTH - indent);
    const head = `  ${term}`;
    const [first = '', ...more] = lines;
    const rest = more.map((line) => ' '.repeat(indent) + line);
    if (head.length + 2 > indent) return [head, ...lines.map((line) => ' '.repeat(indent) + line)];
    return [`${head.padEnd(indent)}${first}`.trimEnd(), ...rest];
  });
}

/** Sections one below the other; `aligned` gives all their rows the same first column. */
function laySections(sections: readonly Section[], color: boolean, aligned = false): string {
  const all = sections.flatMap(({ rows = [] }) => rows);
  const bold = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text);
  return sections
    .filter(({ rows, lines }) => (rows?.length ?? 0) + (lines?.length ?? 0) > 0)
    .map(({ title, rows = [], lines = [] }) =>
      [
        ...(title === '' ? [] : [bold(title)]),
        ...lines,
        ...layRows(rows, longestTerm(aligned ? all : rows)),
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}

function globalRow(option: GlobalOption): Row {
  const value = option.value ? ` <${option.value}>` : '';
  const term = option.short ? `${option.short}, ${option.long}${value}` : `${option.long}${value}`;
  const choices = option.choices ? ` (${option.choices.join(', ')})` : '';
  const env = option.env ? `; ${option.env} stands in for it` : '';
  return [term, `${option.summary}${choices}${env}`];
}

/** The options of every command as rows of help. */
export function globalRows(): readonly Row[] {
  return GLOBAL_OPTIONS.map(globalRow);
}

function globalFlags(): readonly string[] {
  const flags = GLOBAL_OPTIONS.map((option) => option.long).join(' ');
  return wrap(flags, WIDTH - 2).map((line) => `  ${line}`);
}

function summaries(entries: readonly Entry[]): readonly Row[] {
  return entries.map((entry) => [entry.path, entry.summary]);
}

function groupHelp(group: string, table: readonly Entry[]): readonly Section[] {
  return [
    {
      title: '',
      lines: [`rollcall ${group}: ${GROUPS[group] ?? GROUPS[group.split(' ', 1)[0] ?? ''] ?? ''}`],
    },
    { title: 'Commands', rows: summaries(commandsOf(group, table)) },
    { title: '', lines: [`rollcall ${group} <command> --help says more about one of them.`] },
  ];
}

function overview(table: readonly Entry[], version: string): readonly Section[] {
  const groups = Object.entries(GROUPS).map(([group, title]) => ({
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    rows: summaries(commandsOf(group, table)),
  }));
  const single = summaries(table.filter((entry) => !entry.path.includes(' ')));
  return [
    {
      title: '',
      lines: [`rollcall ${version}: five police directives carried as software, over a local store`],
    },
    { title: 'Usage', lines: ['  rollcall <command> [arguments] [options]'] },
    ...groups.slice(0, 4),
    { title: 'Across the directives', rows: single },
    ...groups.slice(4),
    { title: 'The program', rows: BUILT_IN },
    { title: 'Options of every command, anywhere on the line', rows: globalRows() },
    { title: 'Exit codes', rows: EXIT_MEANINGS },
    { title: '', lines: ['rollcall <command> --help shows arguments, options, examples and JSON fields.'] },
  ];
}

/** The usage line of a command: `rollcall show <id> [options]`. */
export function usageLine(command: Pick<Command, 'name' | 'arguments' | 'options'>): string {
  const terms = (command.arguments ?? []).map(argumentTerm);
  return ['rollcall', command.name, ...terms, '[options]'].join(' ');
}

/** The own options of a command as rows of help. */
export function optionRows(command: Pick<Command, 'options'>): readonly Row[] {
  return (command.options ?? []).map(({ flags, summary, choices, repeatable }) => {
    const words = choices ? ` (${choices.join(', ')})` : '';
    return [flags, `${summary}${words}${repeatable ? '; may be repeated' : ''}`];
  });
}

/** The fields of a command's JSON, the common ones first. */
function fieldRows(command: Pick<Command, 'name' | 'fields'>): readonly Row[] {
  const common: readonly Row[] = [
    ['schema', schemaName(command.name)],
    ['asOf', 'the instant it speaks of, UTC'],
    ['newestImport', 'the newest import behind it, UTC; null when there is none'],
  ];
  const own = Object.entries(command.fields ?? {});
  return [...common, ...own.filter(([field]) => !common.some(([name]) => name === field))];
}

function paragraphs(text: string): readonly string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((paragraph, at) => [
      ...(at > 0 ? [''] : []),
      ...wrap(paragraph, WIDTH - 2).map((line) => `  ${line}`),
    ]);
}

function commandHelp(command: Command): readonly Section[] {
  const examples = (command.examples ?? []).flatMap(({ line, says }, at) => [
    ...(at > 0 ? [''] : []),
    `  ${line.startsWith('rollcall') ? line : `rollcall ${line}`}`,
    ...wrap(says, WIDTH - 6).map((text) => `      ${text}`),
  ]);
  const writes = command.writes ? 'It writes: --dry-run shows the same and writes nothing.' : '';
  const without = command.without?.length ? `It has no ${command.without.join(', ')} form.` : '';
  const details = [command.details ?? '', `${writes} ${without}`.trim()].filter(Boolean).join('\n\n');
  return [
    { title: '', lines: wrap(`rollcall ${command.name}: ${command.summary}`, WIDTH) },
    { title: 'Usage', lines: [`  ${usageLine(command)}`] },
    { title: 'What it does', lines: details === '' ? [] : paragraphs(details) },
    {
      title: 'Arguments',
      rows: (command.arguments ?? []).map((argument) => [argumentTerm(argument), argument.summary]),
    },
    { title: 'Options', rows: optionRows(command) },
    { title: 'Options of every command (rollcall --help explains them)', lines: globalFlags() },
    { title: 'Examples', lines: examples },
    { title: 'JSON fields (--json)', rows: fieldRows(command) },
    { title: 'Exit codes', rows: EXIT_MEANINGS },
  ];
}

/** The help for a command, a group or, without words, the program. Throws a usage error for unknown words. */
export async function helpFor(
  words: readonly string[],
  table: readonly Entry[],
  { version, color }: HelpStyle,
): Promise<string> {
  const named = words.slice(0, words.findIndex((word) => word.startsWith('-')) >>> 0);
  const [first] = named;
  if (first === undefined) return laySections(overview(table, version), color, true);
  const builtIn = BUILT_IN.find(([term]) => term.split(' ', 1)[0] === first);
  if (builtIn) return laySections([{ title: `rollcall ${builtIn[0]}`, lines: [`  ${builtIn[1]}`] }], color);
  const resolved = resolveCommand(named, table);
  if (resolved.kind === 'group') return laySections(groupHelp(resolved.group, table), color);
  const command = await resolved.entry.load();
  if (command.name !== resolved.entry.path) throw usageError(`no help for ${resolved.entry.path}`);
  return laySections(commandHelp(command), color);
}
