import { localDay } from '../core/calendar.ts';
import { isLate } from '../core/due.ts';
import type { Instant } from '../core/instant.ts';
import type { Span } from '../report/spans.ts';
import type { PoliceRow, RequestRow, Scope } from './records.ts';

/** So many of so many on time. */
export interface OnTime {
  readonly onTime: number;
  readonly total: number;
}

/** Police requests on the clocks of their work orders (CSR-38, CSR-47). */
export interface PoliceFigures {
  /** Null when no police request of the place has had a clock: the directive sets no deadline for the others. */
  readonly closedInPeriod: OnTime | null;
  readonly dueInPeriod: OnTime | null;
  /** At the end: clocks running, and those of them past due. */
  readonly running: number;
  readonly overdue: number;
  /** Of those closed in the period, how many had been extended. */
  readonly extended: number;
  /** Closed in the period without ever having had a clock: in neither share. */
  readonly closedWithoutClock: number;
  /** Police requests open in the period that the 311 export does not hold; they are counted from the work orders. */
  readonly onlyPolice: number;
  /** Work orders that tell no time at all, left out of every figure. */
  readonly withoutAnyDate: number;
}

/**
 * Police requests in a place: figures of their clocks, and those created by `until` that are to be counted beside the
 * mirrored ones.
 */
export function policeFigures(
  rows: readonly PoliceRow[],
  scope: Scope,
  { start, end }: Span,
  until: Instant,
): { readonly figures: PoliceFigures; readonly requests: readonly RequestRow[] } {
  const requests: RequestRow[] = [];
  const closed = { onTime: 0, total: 0 };
  const due = { onTime: 0, total: 0 };
  let clocked = 0;
  let running = 0;
  let overdue = 0;
  let extended = 0;
  let closedWithoutClock = 0;
  let withoutAnyDate = 0;
  for (const row of rows) {
    if (!isIn(row, scope) || row.duplicate) continue;
    const createdAt = row.createdAt ?? earliest(row.assignedAt, row.closedAt);
    if (createdAt === null) {
      if (!row.mirrored) withoutAnyDate += 1;
    } else if (!row.mirrored && createdAt <= until) requests.push(asRequest(row, createdAt));
    const closedNow = row.closedAt !== null && row.closedAt >= start && row.closedAt <= end;
    if (row.clock === null) {
      if (closedNow) closedWithoutClock += 1;
      continue;
    }
    clocked += 1;
    const { dueAt, stoppedAt, period } = row.clock;
    const late = isLate(stoppedAt as Instant, dueAt as Instant);
    if (closedNow) {
      closed.total += 1;
      if (!late) closed.onTime += 1;
      if (period > 1) extended += 1;
    }
    if (dueAt >= start && dueAt <= end) {
      due.total += 1;
      if (!late) due.onTime += 1;
    }
    if (stoppedAt > end) {
      running += 1;
      if (dueAt < end) overdue += 1;
    }
  }
  const figures = {
    closedInPeriod: clocked === 0 ? null : closed,
    dueInPeriod: clocked === 0 ? null : due,
    running,
    overdue,
    extended,
    closedWithoutClock,
    onlyPolice: requests.filter(
      ([, , , , , isOpen, createdAt, , closedAt]) =>
        createdAt <= end && (isOpen === 1 || (closedAt ?? createdAt) >= start),
    ).length,
    withoutAnyDate,
  };
  return { figures, requests };
}

/** The id under which police requests stand that no word of the mirror names. */
export const POLICE_TYPE_ID = 0;

function asRequest(row: PoliceRow, createdAt: number): RequestRow {
  const isOpen = row.isClosed ? 0 : 1;
  const day = localDay(createdAt as Instant);
  const { district, beat, closedAt, address } = row;
  return [
    -1,
    POLICE_TYPE_ID,
    null,
    district,
    beat,
    isOpen,
    createdAt,
    day,
    isOpen === 1 ? null : closedAt,
    0,
    address,
  ];
}

function isIn(row: PoliceRow, scope: Scope): boolean {
  return (
    (scope.district === null || row.district === scope.district) &&
    (scope.beat === null || row.beat === scope.beat)
  );
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
