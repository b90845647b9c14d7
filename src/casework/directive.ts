import type { Command } from '../core/command.ts';
import type { System } from '../core/policy.ts';
import type { Profile } from '../import/profile.ts';
import type { Guard } from '../people/identity.ts';
import type { Cell, Document } from '../report/document.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { WaitingSource } from './waiting.ts';

/** One record for `rollcall show`: labelled facts in the order a reader wants them. */
export interface RecordView {
  readonly system: System;
  readonly id: string;
  /** `Community Concern CC-1001`. */
  readonly title: string;
  readonly state: string;
  readonly facts: readonly { readonly label: string; readonly key: string; readonly value: Cell }[];
}

/** What a directive's records are, which clocks run on them, and what the code carries of its rules. */
export interface Directive {
  readonly system: System;
  /** `Community Concerns`. */
  readonly title: string;
  readonly cite: string;
  readonly banner: readonly string[];
  readonly profiles: readonly Profile[];
  /** The record with this id, or null. */
  find(reader: Reader, id: string): Promise<RecordView | null>;
  /** Every record with this id, where two kinds share one series of numbers; absent, `find` answers them all. */
  findAll?(reader: Reader, id: string): Promise<readonly RecordView[]>;
  /** Who may see a record in full; null when every member may. */
  readonly sees: { readonly roles: readonly string[]; readonly guard: Guard } | null;
  /** True when looking takes a --purpose. */
  readonly needsPurpose: boolean;
  /** Rules carried by workflow tables and imports; commands name theirs themselves. */
  readonly carries: NonNullable<Command<Document>['carries']>;
  /** Judges every record's history anew, when the members that it is judged by have changed; absent without histories. */
  replayAll?(writer: Writer): Promise<void>;
  /** What waits for a member on a tour of duty (rollcall today); absent where nothing does. */
  readonly waiting?: WaitingSource;
  /** Its verbs, loaded when asked for: what help, completion and coverage read. */
  commands(): Promise<readonly Command<Document>[]>;
}
