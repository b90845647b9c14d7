import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';

/** One thing that waits for a member, with the rule behind it and the command that does it. */
export interface Waiting {
  readonly system: string;
  readonly id: string;
  readonly rule: string;
  readonly what: string;
  readonly command: string;
  /** Since when it waits. */
  readonly since: Instant;
  readonly dueAt: Instant | null;
  readonly unit: string | null;
  readonly beat: string | null;
  readonly category: string | null;
}

/** What of a member decides what waits for them and what they may see. */
export interface Viewer {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  readonly unit: string | null;
  readonly district: string | null;
}

/** What of a directive waits for a member; nothing for roles that see none of it. Plain SQL: `today` starts often. */
export type WaitingSource = (rows: Rows, viewer: Viewer, context: Context) => Promise<readonly Waiting[]>;
