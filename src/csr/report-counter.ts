import { localDate, startOfDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { Span } from '../report/spans.ts';
import { countWithin, isOpenAt, type Reopening, type Timeline, timelineOf } from './report-timeline.ts';

/** openAtStart + opened + reopened - closed = openAtEnd, always. */
export interface Totals {
  readonly openAtStart: number;
  readonly opened: number;
  readonly closed: number;
  readonly reopened: number;
  readonly openAtEnd: number;
}

/** The figures of a span. */
export const TOTALS = ['openAtStart', 'opened', 'closed', 'reopened', 'openAtEnd'] as const;
/** What can be odd about a request's dates; see Treatments. */
export const ODDITIES = [
  'closedWithoutDate',
  'openWithCloseDate',
  'closedBeforeCreated',
  'reopeningContradicted',
  'withoutAddress',
  'beatOfOtherDistrict',
] as const;

/** Counts one span. `once` takes a request that was closed at most once, `life` one with a longer story. */
export function counter({ start, end }: Span) {
  let openAtStart = 0;
  let opened = 0;
  let closed = 0;
  let reopened = 0;
  let openAtEnd = 0;
  return {
    once(createdAt: number, closedAt: number): void {
      if (createdAt > end || closedAt < start) return;
      if (createdAt >= start) opened += 1;
      else openAtStart += 1;
      if (closedAt <= end) closed += 1;
      else openAtEnd += 1;
    },
    life(createdAt: number, timeline: Timeline): void {
      if (isOpenAt(createdAt, timeline, start - 1)) openAtStart += 1;
      if (createdAt >= start && createdAt <= end) opened += 1;
      closed += countWithin(timeline.closings, start, end);
      reopened += countWithin(timeline.reopenings, start, end);
      if (isOpenAt(createdAt, timeline, end)) openAtEnd += 1;
    },
    totals: (): Totals => ({ openAtStart, opened, closed, reopened, openAtEnd }),
  };
}

/** The life of a request as the mirror tells it; a close day without a time, on the day of creation, is that day. */
export function lifeOf(
  createdAt: number,
  isOpen: boolean,
  closedAt: number | null,
  reopenings: readonly Reopening[],
): Timeline {
  const midnight = closedAt !== null && !isOpen && isMidnightOf(closedAt, createdAt);
  return timelineOf(createdAt, isOpen, midnight ? createdAt : closedAt, reopenings);
}

/** When a request was closed that was closed at an instant; null for one that was open then. */
export function closedAsOf(createdAt: number, life: Timeline, at: number): number | null {
  return isOpenAt(createdAt, life, at) ? null : (life.closings.findLast((closing) => closing <= at) ?? null);
}

/** A close date without a time of day, on the day of creation: closed that day, not before it was created. */
export function isMidnightOf(closedAt: number, createdAt: number): boolean {
  if (closedAt > createdAt || createdAt - closedAt > 25 * 3600) return false;
  return startOfDay(localDate(createdAt as Instant)) === closedAt;
}
