/** A reopening as the mirror keeps it: when the request had been closed before (null: unknown), and when it was open again. */
export interface Reopening {
  readonly closedAt: number | null;
  readonly reopenedAt: number;
}

/** When a request was closed and opened again, in alternation, no instant before the one it follows (seconds). */
export interface Timeline {
  readonly closings: readonly number[];
  /** Of each closing: true when its date is known and not before the creation, so that days to close can be told. */
  readonly measured: readonly boolean[];
  readonly reopenings: readonly number[];
  /** Reopenings that a later close date contradicts: the request was closed all the while, so they are left out. */
  readonly contradicted: number;
}

/**
 * The whole life of a request. Closings and reopenings alternate and never run backwards, whatever the dates say, so
 * that open at start + opened + reopened - closed = open at end holds for any span of time. A closing without a date
 * counts when the request was last opened; one before that moment counts at that moment.
 */
export function timelineOf(
  createdAt: number,
  isOpen: boolean,
  closedAt: number | null,
  reopenings: readonly Reopening[],
): Timeline {
  const closings: number[] = [];
  const measured: boolean[] = [];
  const opened: number[] = [];
  let contradicted = 0;

  const close = (at: number | null): void => {
    while (at !== null && opened.length > 0 && at <= (opened.at(-1) ?? 0)) {
      opened.pop();
      closings.pop();
      measured.pop();
      contradicted += 1;
    }
    const since = opened.at(-1) ?? createdAt;
    closings.push(Math.max(at ?? since, since));
    measured.push(at !== null && at >= createdAt);
  };
  for (const each of reopenings) {
    close(each.closedAt);
    opened.push(Math.max(each.reopenedAt, closings.at(-1) ?? createdAt));
  }
  if (!isOpen) close(closedAt);
  return { closings, measured, reopenings: opened, contradicted };
}

/** How many of these instants lie in a span, both ends included. */
export function countWithin(instants: readonly number[], start: number, end: number): number {
  let count = 0;
  for (const at of instants) if (at >= start && at <= end) count += 1;
  return count;
}

/** Whether a request with this timeline was open at an instant (right after whatever happened in that second). */
export function isOpenAt(createdAt: number, timeline: Timeline, at: number): boolean {
  if (createdAt > at) return false;
  return countWithin(timeline.closings, 0, at) <= countWithin(timeline.reopenings, 0, at);
}
