import type { Instant } from '../core/instant.ts';

/** One value of a table or figure. Instants, dates and durations are typed so that each renderer writes them its way. */
export type Cell =
  | string
  | number
  | null
  | { readonly kind: 'instant'; readonly at: Instant | null }
  /** A day, `2020-11-05`. */
  | { readonly kind: 'date'; readonly date: string | null }
  | { readonly kind: 'duration'; readonly seconds: number | null }
  | { readonly kind: 'percent'; readonly share: number | null; readonly base: number }
  | { readonly kind: 'tone'; readonly tone: Tone; readonly text: string };

export type Tone = 'good' | 'warn' | 'bad' | 'muted' | 'strong';

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Lower numbers are dropped last when a terminal is narrow; 0 or absent is never dropped. */
  readonly priority?: number;
  /** On a terminal its text stands whole on a line of its own below each row: a command, which is no use when cut. */
  readonly below?: boolean;
  /** Its text is never cut on a terminal: columns of lower rank go first. */
  readonly whole?: boolean;
  readonly unit?: string;
}

export interface Table {
  readonly kind: 'table';
  readonly id: string;
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** Tables of one name have the same columns and are laid out as if they were one. */
  readonly alike?: string;
  /** Said instead of an empty table. */
  readonly empty?: string;
  readonly totals?: Readonly<Record<string, Cell>>;
  readonly caption?: string;
}

/** A few headline numbers, each with its base or definition. */
export interface Figures {
  readonly kind: 'figures';
  readonly id: string;
  readonly title?: string;
  readonly figures: readonly { readonly label: string; readonly value: Cell; readonly note?: string }[];
}

export interface Chart {
  readonly kind: 'chart';
  readonly id: string;
  readonly title: string;
  readonly form: 'bar' | 'stacked-bar' | 'line' | 'histogram';
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly unit?: string;
  /** One sentence for those who cannot see the picture. */
  readonly alt: string;
}

/** Paragraphs; `heading` opens a section. */
export interface Prose {
  readonly kind: 'prose';
  readonly id: string;
  readonly heading?: string;
  readonly paragraphs: readonly string[];
  /** On paper (pdf, printed html) it begins a page: a work order that goes to one member. */
  readonly startsPage?: boolean;
  /** On paper it stands no higher than the middle of its page: the half that comes back. */
  readonly lowerHalf?: boolean;
  /** On paper so many ruled lines after it, for an answer by hand. */
  readonly ruledLines?: number;
  /** On paper a line to sign and date for each of these; elsewhere the paragraphs say it. */
  readonly signatures?: readonly Signature[];
}

/** Where one signs: who, for what, and, once it was done, the member with the role and the time. */
export interface Signature {
  readonly who: string;
  readonly what: string;
  readonly signed?: { readonly by: string; readonly on: string };
}

export type Block = Table | Figures | Chart | Prose;

/** What every renderer takes. Says on itself: as of when, which period, which definitions, which files, which command. */
export interface Document {
  readonly title: string;
  readonly subtitle?: string;
  /** A line every output of this kind carries, e.g. the non-disciplinary banner (OSS-06) or SAID-05. */
  readonly banner?: readonly string[];
  readonly asOf: Instant;
  readonly period?: { readonly label: string; readonly from: string; readonly to: string };
  readonly newestImport: Instant | null;
  readonly blocks: readonly Block[];
  readonly notes?: readonly string[];
  /** Key and value lines at the end: ruleset, audit head, sources, the command that repeats it. */
  readonly footer?: readonly { readonly label: string; readonly text: string }[];
}
