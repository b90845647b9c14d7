import type { Span } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseState, Objection, Workflow } from '../core/workflow.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { Links } from './associations.ts';

/** What a clock row repeats of its record, so that `overdue` is one indexed query. */
export interface ClockLabels {
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
}

/** A record before anything happened to it, with what its clocks repeat of it. */
export interface Base<S extends CaseState> {
  readonly state: S;
  readonly labels: ClockLabels;
  /** When it began, where that decides which of several tied records is the earliest. */
  readonly began?: Instant;
  /** Members that the record itself names, apart from its events. */
  readonly members?: readonly string[];
}

/** How the records of one workflow are read and written; supplied by the directive, used by act and replay. */
export interface CaseKind<S extends CaseState> {
  readonly workflow: Workflow<S>;
  /** The hash chain and the `system` of clocks and findings. */
  readonly system: string;
  /** Its table and the key column, for imports and replays of all. */
  readonly table: { readonly name: string; readonly key: string };
  /** Words and thresholds for the workflow's rules. */
  policy(): Readonly<Record<string, unknown>>;
  /** The records with these ids as they were before anything happened to them. */
  bases(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Base<S>>>;
  /** Writes what the history led to back to the record. */
  saver(writer: Writer): (id: string, state: S) => void;
  /** Whether a remark on a step holds of what the record is after a later step; absent: every one does. */
  stands?(state: S, event: CaseEvent, remark: Objection): boolean;
  /** How its records are tied to one another; absent when they are not. */
  readonly links?: Links;
  /** What a stretch of a clock is told with: the counts that hold as it opens, of what it is a clock of. */
  counts(
    state: S,
    span: Span,
  ): {
    readonly extensions: number;
    readonly reassignments: number;
    readonly firstAssignedAt: number | null;
  };
}
