import type { Command, Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { System } from '../core/policy.ts';
import type { Profile } from '../import/profile.ts';
import type { Actor, Guard } from '../people/identity.ts';
import type { Cell, Document } from '../report/document.ts';
import type { Rows } from '../store/open.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { Evidence } from './evidence.ts';
import type { HiddenClocks } from './overdue.ts';
import type { WaitingSource } from './waiting.ts';

/** One record for `rollcall show`: labelled facts in the order a reader wants them. */
export interface RecordView {
  readonly system: System;
  readonly id: string;
  /** `Community Concern CC-1001`. */
  readonly title: string;
  /** Null where it is kept back from the actor. */
  readonly state: string | null;
  readonly facts: readonly RecordFact[];
  /**
   * Where its history stands: in its events (absent), in the changes of a mirror, or in both. An id may be shared: the
   * events belong to the record that has not only `changes`.
   */
  readonly history?: 'changes' | 'both';
}

/** A finding that stands in no table: it is found anew whenever it is asked for. */
export interface Checked {
  readonly record: string;
  readonly rule: string;
  /** SHOUTING_WORDS, stable for scripts. */
  readonly code: string;
  readonly at: Instant | null;
  readonly text: string;
}

/** One fact of a record; `words` marks what is for those alone who reach it, as what a resident or a member wrote. */
export interface RecordFact {
  readonly label: string;
  readonly key: string;
  readonly value: Cell;
  /** Roles that it is told to; absent: to everyone who may see the record. */
  readonly roles?: readonly string[];
  readonly words?: true;
}

/** How far an actor reaches into one record. */
export interface Reach {
  /** False when the record exists and is in other hands. */
  readonly reached: boolean;
  /** For whom texts are kept back, and why, after "Texts are not shown": of a record whose bare facts are for everyone. */
  readonly bare?: string;
  /** What the actor has to know of reading it: a line below the record. */
  readonly note?: string;
  /** Of a bare record its state is kept back as well. */
  readonly stateless?: true;
  /** What is kept back of an event of this name: its words, or that it happened at all; null for nothing. */
  withholds(event: string): 'words' | 'whole' | null;
}

/** All of a record. */
export const FULL_REACH: Reach = { reached: true, withholds: () => null };

/** Ids, dates, rules, units and districts of a record, and no text (contract.md, Roles). */
export function bareReach(why: string): Reach {
  return { reached: false, bare: why, withholds: () => 'words' };
}

/** What a finding is about. */
export interface FindingHead {
  readonly id: string;
  readonly code: string;
  readonly rule: string | null;
  readonly at: Instant | null;
}

/** What a directive's records are, which clocks run on them, and what the code carries of its rules. */
export interface Directive {
  readonly system: System;
  /** `Community Concerns`. */
  readonly title: string;
  readonly cite: string;
  readonly banner: readonly string[];
  readonly profiles: readonly Profile[];
  /** The record with this id as it stood at `now`, or null. */
  find(reader: Reader, id: string, now: Instant): Promise<RecordView | null>;
  /** Every record with this id, where two kinds share one series of numbers; absent, `find` answers them all. */
  findAll?(reader: Reader, id: string, now: Instant): Promise<readonly RecordView[]>;
  /** Who may see a record in full; null when every member may. */
  readonly sees: { readonly roles: readonly string[]; readonly guard: Guard } | null;
  /**
   * Records that are for this actor as if they were not there: no list, count or refusal may tell of them (OSS-12).
   * Who may know of every record but their own has their own id among them. Absent where no record is hidden from anyone.
   */
  hidden?(reader: Reader, context: Context, actor: Actor | null): Promise<ReadonlySet<string> | null>;
  /** False for who may read the logs and not what they say of this system's records; absent: true. */
  readsLog?(context: Context, actor: Actor): boolean;
  /** Names of events that the log of events tells nobody but those who may know of each; absent: none. */
  hiddenEvents?(context: Context, actor: Actor): readonly string[];
  /** The same for lists of clocks, by plain SQL: which are left out for the acting member, or for cron without one. */
  hiddenClocks?(rows: Rows, context: Context): Promise<HiddenClocks | null>;
  /**
   * What one actor may see of one record; absent where it is all or nothing. Where `sees` is null, one who does not
   * reach it, and nobody known, gets its bare facts.
   */
  reach?(reader: Reader, context: Context, actor: Actor | null, view: RecordView): Promise<Reach>;
  /** Whether an actor, or nobody known, is told that there is this finding; absent: those whose role may see the system. */
  tells?(reader: Reader, context: Context, actor: Actor | null): Promise<(finding: FindingHead) => boolean>;
  /** Whether the text of a finding, of those given, is kept back from an actor, or from nobody known; absent: of none. */
  mutes?(
    reader: Reader,
    context: Context,
    actor: Actor | null,
    found: readonly FindingHead[],
  ): Promise<(finding: FindingHead) => boolean>;
  /** True when looking takes a --purpose. */
  readonly needsPurpose: boolean;
  /** Rules carried by workflow tables and imports; commands name theirs themselves. */
  readonly carries: NonNullable<Command<Document>['carries']>;
  /** Judges every record's history anew, when the members that it is judged by have changed; absent without histories. */
  replayAll?(writer: Writer): Promise<void>;
  /**
   * What is found by no record's own steps, as of `now`: a duty of each day that was left out, a unit that is not as it
   * is set up; of one record alone where one is named.
   */
  checks?(reader: Reader, now: Instant, record: string | undefined): Promise<readonly Checked[]>;
  /** Refuses evidence that is not this actor's to record (rollcall evidence add); absent: whoever is known records any. */
  requireEvidence?(reader: Reader, context: Context, actorId: string, evidence: Evidence): Promise<void>;
  /** What waits for a member on a tour of duty (rollcall today); absent where nothing does. */
  readonly waiting?: WaitingSource;
  /** Its verbs, loaded when asked for: what help, completion and coverage read. */
  commands(): Promise<readonly Command<Document>[]>;
}
