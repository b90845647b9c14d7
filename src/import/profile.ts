import type { Instant } from '../core/instant.ts';
import type { Writer } from '../store/store.ts';
import type { RowBlock } from './csv/block.ts';

/** What became of one accepted row. */
export type RowFate = 'inserted' | 'updated' | 'unchanged' | 'keptLocal';

/** Why a row is not taken: the column it is about (null for the row as a whole) and a reason a clerk can act on. */
export interface Rejection {
  readonly column: string | null;
  readonly reason: string;
}

/** Something that was taken as it is but would have been refused, or is odd: listed by `rollcall check`. */
export interface NewFinding {
  readonly system: string;
  readonly record: string;
  readonly rule: string | null;
  /** SHOUTING_WORDS, stable for scripts: UNKNOWN_MEMBER, DUPLICATE_KEY … */
  readonly code: string;
  readonly at: Instant | null;
  readonly text: string;
}

/** One file's import, inside its transaction. */
export interface ImportSession {
  readonly writer: Writer;
  readonly batchId: number;
  /** Recorded time: the system clock, seconds. */
  readonly recordedAt: Instant;
  readonly actor: string | null;
  readonly file: string;
  /** SHA-256 of the file's bytes; '' until the last row has been read, so ask in `finish`. */
  readonly sha256: string;
  finding(finding: NewFinding): void;
  /** Counted data-quality notes by text (`three-digit beats padded`), printed once with their number. */
  note(text: string): void;
  /** Remember what a row was before it is changed or (null) that it was not there, so that the batch can be undone. */
  remember(table: string, key: string, before: Readonly<Record<string, unknown>> | null): void;
}

/** Takes the rows of one file. `fields` are the raw texts in file order; the same array may be reused for the next row. */
export interface RowSink {
  add(fields: readonly string[], line: number): RowFate | Rejection;
  /**
   * For a million rows: takes a whole block instead of `add` for each row, reading only the columns it needs.
   * Rows it does not take go to `reject`. A sink that has this answers `counts` too.
   */
  addBlock?(block: RowBlock, reject: (row: number, rejection: Rejection) => void): void;
  /** After the last row: flush, replay, build indexes. */
  finish(): Promise<void>;
  /** Fates that are known only at the end; when given they replace the engine's own count. */
  counts?(): Readonly<Record<RowFate, number>>;
}

export interface ColumnSpec {
  readonly name: string;
  readonly required?: boolean;
  /** Other headers that mean this column (folded: case, spaces, hyphens and underscores do not matter). */
  readonly aliases?: readonly string[];
  readonly summary?: string;
}

/** A known export. `sample` is one believable row for `--template`. */
export interface Profile {
  readonly name: string;
  readonly system: 'desk' | 'oss' | 'concerns' | 'csr' | 'said';
  readonly summary: string;
  readonly columns: readonly ColumnSpec[];
  /** Columns that, when all present in a header, make this profile a candidate; default the required ones. */
  readonly signature?: readonly string[];
  /** Members and delegations: only an isd-admin may import them once there is one. */
  readonly guarded?: boolean;
  /** Roles that import it once a member holds one of them; absent: anyone, but isd-admin alone where it is guarded. */
  readonly importers?: readonly string[];
  /** The rule by which steps entered here are kept: a batch whose records carry some is not taken back. */
  readonly keptBy?: string;
  /** Files of one call are imported in this order, lowest first: members 0, records 10 (default), their events 20. */
  readonly order?: number;
  /** `index` answers the position of a column in this file, or -1. */
  open(session: ImportSession, index: (column: string) => number): Promise<RowSink>;
  /** Takes back what the `undo` table cannot: runs before its rows are restored. Throws a refusal when it cannot. */
  undo?(writer: Writer, batchId: number): Promise<void>;
  /** What follows from the batch being gone: runs after its rows are restored and it is marked as undone. */
  undone?(writer: Writer, batchId: number): Promise<void>;
}
