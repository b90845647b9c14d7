import { localDay } from '../core/calendar.ts';
import { isLate } from '../core/due.ts';
import type { Instant } from '../core/instant.ts';
import type { Span } from '../report/spans.ts';
import type { PoliceRow } from './police-rows.ts';
import type { RequestRow, Scope } from './records.ts';

/** So many of so many on time. */
export interface OnTime {
  readonly onTime: number;
  readonly total: number;
}

/** What is counted of police requests (CSR-35, CSR-38, CSR-47); every figure is a sum over requests. */
const NONE = {
  received: 0,
  closed: 0,
  openAtEnd: 0,
  // Of what is open at the end.
  neverOpened: 0,
  withoutMember: 0,
  awaitingReview: 0,
  returnedToMember: 0,
  extensionAsked: 0,
  // Clocks that run at the end, and those of them past due.
  clocksRunning: 0,
  overdue: 0,
  // Closed in the period: with a clock, on time, after an extension, after a return, without ever a clock.
  closedWithClock: 0,
  closedOnTime: 0,
  closedAfterExtension: 0,
  closedAfterReturn: 0,
  closedWithoutClock: 0,
  // The last due day lies in the period.
  due: 0,
  dueOnTime: 0,
  // Happened in the period. A lapse is a due day, also one extended later, that passed without a submission.
  extensions: 0,
  extensionsNotCounted: 0,
  furtherExtensions: 0,
  returns: 0,
  lapses: 0,
  // Counted from the work orders, since the 311 export does not hold them; and without any date: in no figure.
  notIn311: 0,
  withoutAnyDate: 0,
  // Had a clock at any time.
  clocked: 0,
};
export type PoliceMeasure = keyof typeof NONE;
export type PoliceCounts = Readonly<Record<PoliceMeasure, number>>;

/** Whether a word names a figure of police requests. */
export function isPoliceMeasure(name: string): name is PoliceMeasure {
  return Object.hasOwn(NONE, name);
}

export const POLICE_MEASURES = Object.keys(NONE).filter(isPoliceMeasure);

/** How one police request counts in each figure of a period. */
export function policeCounts(row: PoliceRow, { start, end }: Span): PoliceCounts {
  const counts = { ...NONE };
  if (row.duplicate) return counts;
  const createdAt = createdOf(row);
  if (createdAt === null) {
    if (row.requestId === null) counts.withoutAnyDate = 1;
    return counts;
  }
  const within = (at: number | null): boolean => at !== null && at >= start && at <= end;
  const endedAt = row.isClosed ? (row.closedAt ?? createdAt) : row.closedAt;
  const closed = within(row.closedAt);
  const open = createdAt <= end && (endedAt === null || endedAt > end);
  counts.received = Number(within(createdAt));
  counts.closed = Number(closed);
  counts.openAtEnd = Number(open);
  counts.neverOpened = Number(open && row.state === 'new');
  counts.withoutMember = Number(open && !row.assigned);
  counts.awaitingReview = Number(open && row.state === 'submitted');
  counts.returnedToMember = Number(open && row.state === 'returned');
  counts.extensionAsked = Number(open && row.extensionAsked);
  const periodOf = (at: Instant): number =>
    row.spans.find(({ period, openedAt }) => period > 1 && openedAt === at)?.period ?? 0;
  const extended = row.extendedAt.filter(within);
  counts.extensions = extended.length;
  counts.extensionsNotCounted = extended.filter((at) => periodOf(at) === 0).length;
  counts.furtherExtensions = extended.filter((at) => periodOf(at) > 2).length;
  counts.returns = row.returnedAt.filter(within).length;
  counts.closedAfterReturn = Number(closed && row.returnedAt.length > 0);
  counts.notIn311 = Number(
    row.requestId === null && createdAt <= end && (!row.isClosed || (row.closedAt ?? createdAt) >= start),
  );
  countClock(counts, row, closed, { start, end });
  return counts;
}

function countClock(
  counts: Record<PoliceMeasure, number>,
  row: PoliceRow,
  closed: boolean,
  { start, end }: Pick<Span, 'start' | 'end'>,
): void {
  const late = ({ dueAt, stoppedAt }: PoliceRow['spans'][number]): boolean =>
    isLate(Math.min(stoppedAt, end) as Instant, dueAt as Instant);
  const last = row.spans.at(-1);
  if (last === undefined) {
    counts.closedWithoutClock = Number(closed);
    return;
  }
  const onTime = !isLate(last.stoppedAt as Instant, last.dueAt as Instant);
  const due = last.dueAt >= start && last.dueAt <= end;
  const running = last.stoppedAt > end;
  counts.clocked = 1;
  counts.closedWithClock = Number(closed);
  counts.closedOnTime = Number(closed && onTime);
  counts.closedAfterExtension = Number(closed && last.period > 1);
  counts.due = Number(due);
  counts.dueOnTime = Number(due && onTime);
  counts.clocksRunning = Number(running);
  counts.overdue = Number(running && last.dueAt < end);
  // A period handed over to another member goes on with its due day: one lapse.
  counts.lapses = new Set(
    row.spans
      .filter((span) => span.dueAt >= start && span.dueAt <= end && late(span))
      .map(({ dueAt }) => dueAt),
  ).size;
}

/** The figures of several requests together. */
export function sumOf(counts: readonly PoliceCounts[]): PoliceCounts {
  const sums = { ...NONE };
  for (const each of counts) for (const measure of POLICE_MEASURES) sums[measure] += each[measure];
  return sums;
}

/** Shares on time of those closed and of those due; null without any clock: the directive sets no deadline for others. */
export function onTimeOf(counts: PoliceCounts): {
  readonly closedInPeriod: OnTime | null;
  readonly dueInPeriod: OnTime | null;
} {
  if (counts.clocked === 0) return { closedInPeriod: null, dueInPeriod: null };
  return {
    closedInPeriod: { onTime: counts.closedOnTime, total: counts.closedWithClock },
    dueInPeriod: { onTime: counts.dueOnTime, total: counts.due },
  };
}

/** Whether a police request lies in a place. */
export function isIn({ district, beat }: PoliceRow, scope: Scope): boolean {
  return (
    (scope.district === null || district === scope.district) && (scope.beat === null || beat === scope.beat)
  );
}

/** The id under which police requests stand that no word of the mirror names. */
export const POLICE_TYPE_ID = 0;

/** A police request created by `until` that the mirror does not hold, to be counted beside those it holds under an `id`; else null. */
export function asRequest(row: PoliceRow, until: Instant, id: number): RequestRow | null {
  const createdAt = createdOf(row);
  if (row.requestId !== null || createdAt === null || createdAt > until) return null;
  const isOpen = row.isClosed ? 0 : 1;
  const day = localDay(createdAt as Instant);
  const { district, beat, closedAt, address } = row;
  return [
    id,
    POLICE_TYPE_ID,
    POLICE_TYPE_ID,
    district,
    beat,
    isOpen,
    createdAt,
    day,
    isOpen === 1 ? null : closedAt,
    0,
    address,
    null,
  ];
}

/** A police request of the place, and what is counted of it beside the mirror's (null: the mirror has it, or nothing). */
export interface PoliceEntry {
  readonly row: PoliceRow;
  readonly request: RequestRow | null;
}

/** When it was received, as far as anything tells. */
function createdOf({ createdAt, assignedAt, closedAt }: PoliceRow): number | null {
  if (createdAt !== null) return createdAt;
  if (assignedAt === null || closedAt === null) return assignedAt ?? closedAt;
  return Math.min(assignedAt, closedAt);
}
