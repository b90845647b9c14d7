import { sameUnit } from '../casework/units.ts';
import type { Instant } from '../core/instant.ts';
import type { ConcernHistory } from './history-rows.ts';

/** An extension on record: who granted it, and what the rules say to it. */
export interface ExtensionRow {
  readonly id: string;
  readonly district: string | null;
  readonly unit: string | null;
  readonly at: Instant;
  readonly by: string | null;
  readonly justification: string | null;
  /** False: a rule would have refused it, and it moved nothing. */
  readonly counted: boolean;
  /** Seconds after the due instant that it extended; 0 in time. */
  readonly lateBy: number;
}

/** The extensions of a concern, in order, each with what the rules say to it. */
export function extensionsOf({ id, district, steps, clocks }: ConcernHistory): readonly ExtensionRow[] {
  return steps
    .filter(({ name }) => name === 'extended')
    .map(({ at, unit, by, justification }) => {
      const before = clocks
        .filter((run) => unit === null || run.unit === null || sameUnit(run.unit, unit))
        .flatMap(({ spans }) => spans)
        .filter(({ endedBy, stoppedAt }) => endedBy === 'extended' && stoppedAt === at);
      const lateBy = Math.max(0, ...before.map(({ dueAt }) => at - dueAt));
      return { id, district, unit, at, by, justification, counted: before.length > 0, lateBy };
    });
}
