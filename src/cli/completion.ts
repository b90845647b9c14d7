import { FORMATS, PURPOSES } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { choose, GLOBAL_OPTIONS } from './globals.ts';
import { longFlag } from './parse.ts';
import type { Entry } from './table.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What completion knows of one command. */
interface Known {
  readonly path: string;
  readonly summary: string;
  readonly options: readonly {
    readonly flag: string;
    readonly summary: string;
    readonly choices: readonly string[];
  }[];
}

const BUILT_IN: readonly Known[] = [
  { path: 'help', summary: 'help for a command', options: [] },
  ...SHELLS.map((shell) => ({
    path: `completion ${shell}`,
    summary: `completion for ${shell}`,
    options: [],
  })),
  { path: 'man', summary: 'the manual page', options: [] },
];

const GLOBAL_FLAGS = GLOBAL_OPTIONS.map(({ long }) => long);

async function know(table: readonly Entry[]): Promise<readonly Known[]> {
  const own = table.map(async ({ path, summary, load }): Promise<Known> => {
    const options = (await load()).options ?? [];
    return {
      path,
      summary,
      options: options.map((option) => ({
        flag: longFlag(option),
        summary: option.summary,
        choices: option.choices ?? [],
      })),
    };
  });
  return [...(await Promise.all(own)), ...BUILT_IN];
}

function nextWords(known: readonly Known[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>();
  for (const { path } of known) {
    const words = path.split(' ');
    for (const [at, word] of words.entries()) {
      const before = words.slice(0, at).join(' ');
      const known = next.get(before) ?? [];
      if (!known.includes(word)) next.set(before, [...known, word]);
    }
  }
  return next;
}

// Options that take the next word, so that it is no part of the command.
const VALUED = GLOBAL_OPTIONS.filter((option) => 'value' in option)
  .flatMap((option) => ('short' in option ? [option.long, option.short] : [option.long]))
  .join('|');

/** A shell pattern of all whole commands. */
function whole(known: readonly Known[]): string {
  return known.map(({ path }) => `'${path}'`).join('|');
}

function bash(known: readonly Known[]): string {
  const choices = known.flatMap(({ path, options }) =>
    options
      .filter((option) => option.choices.length > 0)
      .map((option) => `    '${path}|${option.flag}') words='${option.choices.join(' ')}' ;;`),
  );
  const flags = known
    .filter(({ options }) => options.length > 0)
    .map(({ path, options }) => `    '${path}') words+=' ${options.map(({ flag }) => flag).join(' ')}' ;;`);
  const words = [...nextWords(known)].map(([path, list]) => `    '${path}') words='${list.join(' ')}' ;;`);
  return `# rollcall completion for bash:  source <(rollcall completion bash)
_rollcall() {
  local here="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word skip=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [ -z "$skip" ] || { skip=''; continue; }
    case "$path" in ${whole(known)}) break ;; esac
    case "$word" in
      ${VALUED}) skip=1 ;;
      -*) ;;
      *) path="\${path:+$path }$word" ;;
    esac
  done
  case "$before" in
    --format) words='${FORMATS.join(' ')}' ;;
    --purpose) words='${PURPOSES.join(' ')}' ;;
    --store|-o|--output) COMPREPLY=($(compgen -f -- "$here")); return ;;
  esac
  [ -n "$words" ] || case "$path|$before" in
${choices.join('\n') || '    *) ;;'}
  esac
  if [ -z "$words" ] && [ "\${here:0:1}" = - ]; then
    words='${GLOBAL_FLAGS.join(' ')}'
    case "$path" in
${flags.join('\n') || '    *) ;;'}
    esac
  fi
  [ -n "$words" ] || case "$path" in
${words.join('\n')}
    *) COMPREPLY=($(compgen -f -- "$here")); return ;;
  esac
  COMPREPLY=($(compgen -W "$(printf '%s\\n' $words)" -- "$here"))
}
complete -o filenames -F _rollcall rollcall
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function zsh(known: readonly Known[]): string {
  const described = (path: string, word: string) => {
    const summary = known.find((one) => one.path === (path === '' ? word : `${path} ${word}`))?.summary ?? '';
    return quote(`${word}:${summary.replaceAll(':', '\\:')}`);
  };
  const words = [...nextWords(known)].map(
    ([path, list]) => `    ${quote(path)}) next=(${list.map((word) => described(path, word)).join(' ')}) ;;`,
  );
  const flags = known
    .filter(({ options }) => options.length > 0)
    .map(
      ({ path, options }) =>
        `      ${quote(path)}) flags+=(${options.map(({ flag, summary }) => quote(`${flag}:${summary.replaceAll(':', '\\:')}`)).join(' ')}) ;;`,
    );
  const globals = GLOBAL_OPTIONS.map(({ long, summary }) =>
    quote(`${long}:${summary.replaceAll(':', '\\:')}`),
  );
  return `#compdef rollcall
# rollcall completion for zsh:  rollcall completion zsh > a folder of $fpath/_rollcall
_rollcall() {
  local path='' word skip=''
  local -a next flags
  for word in \${words[2,CURRENT-1]}; do
    [[ -z $skip ]] || { skip=''; continue; }
    case $path in (${whole(known)}) break ;; esac
    case $word in
      (${VALUED}) skip=1 ;;
      (-*) ;;
      (*) path="\${path:+$path }$word" ;;
    esac
  done
  case \${words[CURRENT-1]} in
    --format) compadd ${FORMATS.join(' ')}; return ;;
    --purpose) compadd ${PURPOSES.join(' ')}; return ;;
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    flags=(${globals.join(' ')})
    case $path in
${flags.join('\n')}
    esac
    _describe option flags
    return
  fi
  case $path in
${words.join('\n')}
    *) _files; return ;;
  esac
  _describe command next
}
if [[ \${funcstack[1]} == _rollcall ]]; then _rollcall "$@"; else compdef _rollcall rollcall; fi
`;
}

function fish(known: readonly Known[]): string {
  const lines = [
    '# rollcall completion for fish:  rollcall completion fish | source',
    'complete -c rollcall -f',
  ];
  for (const { long, summary, ...rest } of GLOBAL_OPTIONS) {
    const value =
      'choices' in rest ? ` -x -a ${quote(rest.choices.join(' '))}` : 'value' in rest ? ' -r' : '';
    lines.push(`complete -c rollcall -l ${long.slice(2)}${value} -d ${quote(summary)}`);
  }
  const offered = new Set<string>();
  const after = (words: readonly string[]): string =>
    words.length === 0
      ? '-n __fish_use_subcommand'
      : `-n '${words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')}'`;
  for (const { path, summary, options } of known) {
    const words = path.split(' ');
    for (const [at, word] of words.entries()) {
      const here = words.slice(0, at + 1).join(' ');
      if (offered.has(here)) continue;
      offered.add(here);
      const says = here === path ? ` -d ${quote(summary)}` : '';
      lines.push(`complete -c rollcall ${after(words.slice(0, at))} -a ${word}${says}`);
    }
    const at = after(words);
    for (const { flag, summary: says, choices } of options) {
      const values = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : '';
      lines.push(`complete -c rollcall ${at} -l ${flag.slice(2)}${values} -d ${quote(says)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The completion script for one shell, made from the table and every definition. Throws a usage error otherwise. */
export async function completionScript(words: readonly string[], table: readonly Entry[]): Promise<string> {
  const [asked] = words;
  if (asked === undefined) throw usageError(`completion needs a shell: ${SHELLS.join(', ')}`);
  const shell = choose('completion', asked, SHELLS);
  const known = await know(table);
  switch (shell) {
    case 'bash':
      return bash(known);
    case 'zsh':
      return zsh(known);
    case 'fish':
      return fish(known);
  }
}
