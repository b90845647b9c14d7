import { localDay } from '../core/calendar.ts';
import { isLate } from '../core/due.ts';
import type { Instant } from '../core/instant.ts';
import type { Span } from '../report/spans.ts';
import type { PoliceRow, PoliceSpan } from './police-rows.ts';
import type { RequestRow, Scope } from './records.ts';
import { closedAsOf, lifeOf } from './report-counter.ts';
import type { Reopening } from './report-timeline.ts';

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
  furtherAsked: 0,
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
  // At the end closed on the work order alone, or in 311 alone: counted as the work order says (CSR-34).
  closedHereOpenIn311: 0,
  openHereClosedIn311: 0,
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

/** What was done with police requests that are contradictory or told of on one side only, and the measure of each. */
export const POLICE_TREATMENTS = {
  policeRequestsNotIn311: 'notIn311',
  policeRequestsWithoutAnyDate: 'withoutAnyDate',
  policeClosedHereOpenIn311: 'closedHereOpenIn311',
  policeOpenHereClosedIn311: 'openHereClosedIn311',
} as const satisfies Readonly<Record<string, PoliceMeasure>>;

/** The measure of a treatment of police requests; null for any other. */
export function policeTreatment(name: string): PoliceMeasure | null {
  return Object.entries(POLICE_TREATMENTS).find(([key]) => key === name)?.[1] ?? null;
}

/** How one police request counts in each figure of a period. */
export function policeCounts(row: PoliceRow, { start, end }: Span): PoliceCounts {
  const counts = { ...NONE };
  if (row.leftOut !== null) return counts;
  const createdAt = createdOf(row);
  if (createdAt === null) {
    if (row.mirror === null) counts.withoutAnyDate = 1;
    return counts;
  }
  const within = (at: number | null): boolean => at !== null && at >= start && at <= end;
  // As the count of all requests: a closing without a date, or before the creation, counts at the creation.
  const endedAt = row.isClosed ? Math.max(row.closedAt ?? createdAt, createdAt) : null;
  const closed = within(endedAt);
  const open = createdAt <= end && (endedAt === null || endedAt > end);
  counts.received = Number(within(createdAt));
  counts.closed = Number(closed);
  counts.openAtEnd = Number(open);
  counts.neverOpened = Number(open && row.state === 'new');
  counts.withoutMember = Number(open && !row.assigned);
  counts.awaitingReview = Number(open && row.state === 'submitted');
  counts.returnedToMember = Number(open && row.state === 'returned');
  counts.extensionAsked = Number(open && row.extensionAsked);
  // One that was extended before takes the district commander (CSR-47).
  counts.furtherAsked = Number(open && row.extensionAsked && row.spans.some(({ period }) => period > 1));
  const periodOf = (at: Instant): number =>
    row.spans.find(({ period, openedAt }) => period > 1 && openedAt === at)?.period ?? 0;
  const extended = row.extendedAt.filter(within);
  counts.extensions = extended.length;
  counts.extensionsNotCounted = extended.filter((at) => periodOf(at) === 0).length;
  counts.furtherExtensions = extended.filter((at) => periodOf(at) > 2).length;
  counts.returns = row.returnedAt.filter(within).length;
  counts.closedAfterReturn = Number(closed && row.returnedAt.length > 0);
  counts.notIn311 = Number(row.mirror === null && createdAt <= end && (endedAt === null || endedAt >= start));
  const ended = endedAt !== null && endedAt <= end;
  counts.closedHereOpenIn311 = Number(ended && row.mirror?.open === true);
  counts.openHereClosedIn311 = Number(open && row.mirror?.open === false);
  countClock(counts, row, closed, { start, end });
  return counts;
}

function countClock(
  counts: Record<PoliceMeasure, number>,
  row: PoliceRow,
  closed: boolean,
  { start, end }: Pick<Span, 'start' | 'end'>,
): void {
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
  counts.lapses = lapsesOf(row.spans, { start, end }).length;
}

/**
 * Periods whose due day lies between `start` and `end` and passed without a submission, also where it was extended later
 * (A-CSR-4). One that was handed over to another member goes on with its due day: one lapse.
 */
export function lapsesOf(
  spans: readonly PoliceSpan[],
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly PoliceSpan[] {
  const late = spans.filter(
    ({ dueAt, stoppedAt }) =>
      dueAt >= start && dueAt <= end && isLate(Math.min(stoppedAt, end) as Instant, dueAt as Instant),
  );
  return [...new Map(late.map((span) => [span.dueAt, span])).values()];
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

/** A police request on its work order as it counts among all requests, under an `id`; null without any date, and after `until`. */
export function asRequest(row: PoliceRow, until: Instant, id: number): RequestRow | null {
  const createdAt = createdOf(row);
  if (row.leftOut === 'duplicate' || createdAt === null || createdAt > until) return null;
  const isOpen = row.isClosed ? 0 : 1;
  const { district, beat, closedAt, address, mirror } = row;
  return [
    mirror?.id ?? id,
    mirror?.typeId ?? POLICE_TYPE_ID,
    mirror === null ? POLICE_TYPE_ID : mirror.originId,
    district,
    beat,
    isOpen,
    createdAt,
    localDay(createdAt as Instant),
    isOpen === 1 ? null : closedAt,
    0,
    address,
    mirror?.departmentId ?? null,
  ];
}

/** A police request of 311 that is on no work order, as it stood at `end`: nobody opened it, nobody has it. */
export function untakenRow(request: RequestRow, reopenings: readonly Reopening[], end: Instant): PoliceRow {
  const [id, typeId, originId, district, beat, isOpen, createdAt, , givenClose, , address, departmentId] =
    request;
  const closedAt = closedAsOf(createdAt, lifeOf(createdAt, isOpen === 1, givenClose, reopenings), end);
  const open = closedAt === null;
  return {
    srNumber: null,
    mirror: { id, typeId, originId, departmentId, open },
    createdAt,
    assignedAt: null,
    closedAt,
    isClosed: !open,
    address,
    district,
    beat,
    leftOut: null,
    state: open ? 'new' : 'closed',
    unit: null,
    assigned: false,
    extensionAsked: false,
    extendedAt: [],
    returnedAt: [],
    spans: [],
  };
}

/** A police request of the place on its work order, and how it counts among all requests (null: it does not). */
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
