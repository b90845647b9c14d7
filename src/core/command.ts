import type { Instant } from './instant.ts';

/** Output formats of the contract. */
export const FORMATS = ['table', 'plain', 'json', 'ndjson', 'csv', 'md', 'html', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

/** Purposes for which a SAID subject may be looked at. */
export const PURPOSES = ['outreach', 'review', 'evaluation', 'investigation'] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** Questions to a person; never called when `interactive` is false. Ctrl-C rejects with kind `cancelled`. */
export interface Prompter {
  select<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  text(
    message: string,
    options?: { readonly required?: boolean; readonly initial?: string },
  ): Promise<string>;
  confirm(message: string, initial?: boolean): Promise<boolean>;
  /** A text that nobody looking on may read: what is typed shows as stars. */
  secret(message: string): Promise<string>;
}

/** Progress on stderr; shown only on a terminal and only once the work has taken over a second. */
export interface Progress {
  start(label: string, total: number, unit: string): void;
  update(done: number): void;
  stop(): void;
}

/** Everything a command may know of the outside. `now` is the only time; recorded time is `clock()`. */
export interface Context {
  readonly storePath: string;
  /** Act and read as of this instant (seconds). */
  readonly now: Instant;
  /** True when --as-of or ROLLCALL_AS_OF was given. */
  readonly asOfGiven: boolean;
  /** The system clock, for recorded time only (seconds). */
  readonly clock: () => Instant;
  /** --actor or ROLLCALL_ACTOR, else null: `people/identity.ts` then looks up `osUser`. */
  readonly actor: string | null;
  readonly osUser: string;
  readonly purpose: Purpose | null;
  readonly format: Format;
  /** True when --format, --json or -o was given by hand. */
  readonly formatGiven: boolean;
  readonly outputFile: string | null;
  readonly dryRun: boolean;
  /** stdin and stdout are terminals and --no-input is absent. */
  readonly interactive: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
  /** Columns of the terminal (80 when unknown). */
  readonly width: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
  readonly prompt: Prompter;
  readonly progress: Progress;
  /** A line for people, on stderr (silenced by --quiet unless it is a warning). */
  note(text: string): void;
  warn(text: string): void;
  /** Print text to stdout at once, outside the document: only for interactive walks. */
  say(text: string): void;
}

export interface ArgumentDef {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
}

export interface OptionDef {
  /** commander flags: `--district <district>`, `--list`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
}

/** Parsed arguments and options by camelCase name; every value is text, a list of texts, or true. */
export interface Input {
  readonly args: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | readonly string[] | boolean | undefined>>;
}

/** A list of machine-readable items; an array is one. Long ones are made a stretch at a time, when a renderer asks. */
export interface ItemList<Item extends object = Readonly<Record<string, unknown>>> {
  readonly length: number;
  slice(start?: number, end?: number): readonly Item[];
}

/**
 * What a command returns; the shell prints it. `Doc` is report's Document, `Row` one machine-readable item.
 * JSON is `{schema, asOf, newestImport, ...data}`; `items`, when given, also feed ndjson and csv.
 */
export interface Outcome<Doc> {
  readonly document: Doc;
  readonly data: Readonly<Record<string, unknown>>;
  readonly items?: ItemList;
  /** newest import behind the figures (seconds), null when nothing was imported. */
  readonly newestImport: Instant | null;
  readonly exitCode?: number;
  /** What holds only once the output has arrived: the shell calls it after writing; a lost output is told again. */
  readonly settle?: () => Promise<void>;
  /** What `table` and `plain` print instead of the document, as it stands: '' prints nothing. */
  readonly text?: string;
}

/** One verb: data from which help, completion, docs check and JSON field lists come. `run` returns data, prints nothing. */
export interface Command<Doc = unknown> {
  /** As typed: `concerns overdue`. */
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly arguments?: readonly ArgumentDef[];
  readonly options?: readonly OptionDef[];
  readonly examples?: readonly { readonly line: string; readonly says: string }[];
  /** JSON fields, dotted, with a short meaning each. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Rules that this command carries, for `rules --coverage`. */
  readonly carries?: readonly {
    readonly rule: string;
    readonly as: 'check' | 'report' | 'block' | 'evidence';
  }[];
  readonly writes?: boolean;
  /** Formats this command cannot give (exit code 2 when asked). */
  readonly without?: readonly Format[];
  /** Extensions of files in a form of its own (`.ics`); other commands have no such form. */
  readonly extensions?: readonly string[];
  run(context: Context, input: Input): Promise<Outcome<Doc>>;
}
