import type { Instant } from '../core/instant.ts';
import type { Open } from './standing.ts';

/** What of the open concerns the executive officer addresses, by rule. */
export interface Matter {
  readonly key: 'moved' | 'lapsed' | 'waiting' | 'disputed';
  readonly rule: string;
  readonly what: string;
  readonly concerns: readonly (Open & { readonly since: Instant | null })[];
}

/** The executive officer's lists at the end of a period (CC-30, CC-33, CC-34, CC-35), longest waiting first. */
export function mattersOf(open: readonly Open[], moreThan: number): readonly Matter[] {
  const matter = (
    key: Matter['key'],
    rule: string,
    what: string,
    sinceOf: (each: Open) => Instant | null | undefined,
  ): Matter => ({
    key,
    rule,
    what,
    concerns: open
      .flatMap((each) => {
        const since = sinceOf(each);
        return since === undefined ? [] : [{ ...each, since }];
      })
      .sort((a, b) => (a.since ?? 0) - (b.since ?? 0)),
  });
  return [
    matter(
      'lapsed',
      'CC-35',
      'past due without an extension',
      ({ standing }) => standing.lapsedAt ?? undefined,
    ),
    matter('moved', 'CC-34', `moved more than ${moreThan} times, nobody's`, ({ standing }) =>
      bothSince(standing.movedAt[moreThan], standing.unassignedSince),
    ),
    matter('waiting', 'CC-30', 'waits for approval', ({ standing }) => standing.waitsSince ?? undefined),
    matter('disputed', 'CC-33', 'in dispute', ({ standing }) => standing.disputedAt ?? undefined),
  ];
}

/** Since when it is moved too often and nobody's: the later of the two (CC-34). */
function bothSince(moved: Instant | undefined, unassigned: Instant | null): Instant | undefined {
  if (moved === undefined || unassigned === null) return undefined;
  return Math.max(moved, unassigned) as Instant;
}
