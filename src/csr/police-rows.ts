import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import { type ListedPolice, ordersBy, policePasts, stateAfter } from './police-list.ts';
import { isOpenThere, type LeftOut, leftOutOf, policeOrders } from './police-orders.ts';
import type { Reopening } from './report-timeline.ts';

/** A period of a police request's clock. */
export interface PoliceSpan {
  readonly openedAt: number;
  readonly dueAt: number;
  readonly stoppedAt: number;
  readonly period: number;
  readonly rule: string;
}

/** What the mirror of 311 holds of a police request: its id, the ids of its words, and whether it was open there. */
export interface Mirrored {
  readonly id: number;
  readonly typeId: number;
  readonly originId: number | null;
  readonly departmentId: number | null;
  readonly open: boolean;
}

/** A police request as it stood at an instant: as its work order says, where that is silent as 311 says. */
export interface PoliceRow {
  /** Null where there is no work order: 311 alone tells of it. */
  readonly srNumber: string | null;
  /** Null where the export does not hold it. */
  readonly mirror: Mirrored | null;
  readonly createdAt: number | null;
  readonly assignedAt: number | null;
  readonly closedAt: number | null;
  readonly isClosed: boolean;
  readonly address: string | null;
  readonly district: number | null;
  readonly beat: number | null;
  readonly leftOut: LeftOut | null;
  readonly state: ListedPolice['state'];
  /** The unit of the member who has it, as it was at the assignment; null without a known member. */
  readonly unit: string | null;
  readonly assigned: boolean;
  /** More time was asked for, and neither given nor made needless. */
  readonly extensionAsked: boolean;
  readonly extendedAt: readonly Instant[];
  readonly returnedAt: readonly Instant[];
  /** Periods of its clock that had opened by then, in order. */
  readonly spans: readonly PoliceSpan[];
}

const CLOCK_RULES = ['CSR-38', 'CSR-47'];

/** Every police request that was on a work order at `until`, as it stood then, whatever the place; by number. */
export async function policeRows(
  reader: Reader,
  until: Instant,
  reopenings: ReadonlyMap<number, readonly Reopening[]>,
  policy: CsrPolicy,
): Promise<readonly PoliceRow[]> {
  const listed = await policeOrders(reader);
  if (listed.size === 0) return [];
  const spans = await clockSpans(reader, until);
  const pasts = await policePasts(reader, until);
  const directory = await loadDirectory(reader);
  const orders = await ordersBy(reader, pasts);
  return [...listed.values()].flatMap((order): readonly PoliceRow[] => {
    if (!orders.has(order.id)) return [];
    const { in311 } = order;
    const past = pasts.get(order.id) ?? [];
    const times = (name: string): readonly Instant[] =>
      past.filter((event) => event.name === name).map((event) => event.at);
    const state = stateAfter(past);
    const assigned = past.findLast(({ name, assignedTo }) => name === 'assigned' && assignedTo !== null);
    const member = assigned?.assignedTo ?? null;
    const extendedAt = times('extended');
    const askedAt = times('extension-requested').at(-1);
    const one: PoliceRow = {
      srNumber: order.id,
      mirror: in311 === null ? null : { ...in311, open: isOpenThere(in311, reopenings, until) },
      createdAt: order.createdAt,
      assignedAt: order.assignedAt,
      closedAt: order.closedAt,
      isClosed: order.state === 'closed',
      address: order.address,
      district: numberOf(order.district),
      beat: numberOf(order.beat),
      leftOut: leftOutOf(order, policy),
      state,
      unit: member === null ? null : (directory.person(member, assigned?.at ?? until)?.unit ?? null),
      assigned: past.some(({ name }) => name === 'assigned'),
      extensionAsked:
        askedAt !== undefined &&
        (state === 'assigned' || state === 'returned') &&
        askedAt >= (extendedAt.at(-1) ?? askedAt),
      extendedAt,
      returnedAt: times('returned'),
      spans: spans.get(order.id) ?? [],
    };
    return [one];
  });
}

/** Periods of every police request's clock that had opened by `until`, in order, by number. */
export async function clockSpans(
  reader: Reader,
  until: Instant,
): Promise<ReadonlyMap<string, readonly PoliceSpan[]>> {
  const rows = await reader.db
    .selectFrom('clock')
    .select(['record_id', 'opened_at', 'due_at', 'stopped_at', 'period', 'rule'])
    .where('system', '=', 'csr')
    .where('rule', 'in', CLOCK_RULES)
    .where('opened_at', '<=', until)
    .orderBy('record_id')
    .orderBy('opened_at')
    .orderBy('period')
    .orderBy('id')
    .execute();
  const spans = new Map<string, PoliceSpan[]>();
  for (const { record_id, opened_at, due_at, stopped_at, period, rule } of rows) {
    const span = { openedAt: opened_at, dueAt: due_at, stoppedAt: stopped_at, period, rule };
    const known = spans.get(record_id);
    if (known) known.push(span);
    else spans.set(record_id, [span]);
  }
  return spans;
}

function numberOf(digits: string | null): number | null {
  return digits === null || digits === '' ? null : Number(digits);
}
