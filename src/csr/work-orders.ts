import { openActs } from '../casework/act.ts';
import { actorOf, eventOf } from '../casework/act-verb.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import { peopleInstant } from '../core/duration.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import type { Block, Cell, Document } from '../report/document.ts';
import { type Reader, write } from '../store/store.ts';
import type { Place } from './asking.ts';
import { policeRequestKind } from './police-records.ts';
import { OFFICE } from './police-steps.ts';

/** A Service Request Single Work Order as it is printed. */
export interface WorkOrder {
  readonly id: string;
  readonly createdAt: Instant | null;
  readonly category: string | null;
  readonly address: string | null;
  readonly beat: string | null;
  readonly district: string | null;
  readonly state: string;
  readonly assignedTo: string | null;
  readonly assignedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly dueBy: string | null;
  readonly returns: number;
  /** False when it had been printed and handed out before. */
  readonly first: boolean;
}

const UNHANDED = ['new', 'opened', 'printed'];

export interface OrdersAsk {
  readonly place: Place;
  readonly ids: readonly string[];
  /** Also those that are with a member already. */
  readonly all: boolean;
}

/** The SRSWOs asked for, marked as printed (CSR-42) where they are not with a member yet. */
export async function printOrders(
  context: Context,
  ask: OrdersAsk,
): Promise<{ readonly orders: readonly WorkOrder[]; readonly newest: Instant | null }> {
  return write(
    context.storePath,
    async (writer) => {
      const by = ['CSR-42', 'print work orders'] as const;
      const { memberId } = await actorOf(writer, context, { roles: OFFICE, by });
      const orders = await ordersOf(writer, ask, context.now);
      const acts = await openActs(writer, policeRequestKind, context.clock());
      for (const { id, state } of orders) {
        if (!UNHANDED.includes(state)) continue;
        await acts.act(id, eventOf({ name: 'printed' }, memberId, context.now), 'fine');
      }
      await acts.finish();
      return { orders, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
}

async function ordersOf(reader: Reader, { place, ids, all }: OrdersAsk, now: Instant) {
  let query = reader.db
    .selectFrom('srswo')
    .select(['sr_number', 'created_at', 'category', 'address', 'beat', 'district', 'state'])
    .select(['assigned_to', 'assigned_at', 'returns'])
    .where((where) => where.or([where('created_at', 'is', null), where('created_at', '<=', now)]))
    .orderBy('beat')
    .orderBy('sr_number');
  if (ids.length > 0) query = query.where('sr_number', 'in', ids);
  else query = query.where('state', 'in', all ? [...UNHANDED, 'assigned', 'returned'] : UNHANDED);
  if (place.district !== null) query = query.where('district', '=', place.district);
  if (place.beat !== null) query = query.where('beat', '=', place.beat);
  const rows = await query.execute();
  const missing = ids.filter((id) => !rows.some((row) => row.sr_number === id));
  if (missing.length > 0)
    throw usageError(
      `There is no police request ${missing.join(', ')} here.`,
      'rollcall csr query-report lists them.',
    );
  const due = await lastDue(reader, now);
  return rows.map((row): WorkOrder => {
    const span = due.get(row.sr_number);
    return {
      id: row.sr_number,
      createdAt: instantOrNull(row.created_at),
      category: row.category,
      address: row.address,
      beat: row.beat,
      district: row.district,
      state: row.state,
      assignedTo: row.assigned_to,
      assignedAt: instantOrNull(row.assigned_at),
      dueAt: span?.dueAt ?? null,
      dueBy: span?.rule ?? null,
      returns: row.returns,
      first: UNHANDED.includes(row.state),
    };
  });
}

/** The last period of each police request's clock that had begun by `now`: when it is due and by which rule. */
export async function lastDue(
  reader: Reader,
  now: Instant,
): Promise<
  ReadonlyMap<string, { readonly dueAt: Instant; readonly rule: string; readonly stoppedAt: number }>
> {
  const rows = await reader.db
    .selectFrom('clock')
    .select(['record_id', 'due_at', 'rule', 'stopped_at'])
    .where('system', '=', 'csr')
    .where('opened_at', '<=', now)
    .orderBy('opened_at')
    .orderBy('period')
    .orderBy('id')
    .execute();
  return new Map(
    rows.map((row) => [
      row.record_id,
      { dueAt: row.due_at as Instant, rule: row.rule, stoppedAt: row.stopped_at },
    ]),
  );
}

function instantOrNull(at: number | null): Instant | null {
  return at === null ? null : (at as Instant);
}

/** The work orders for printing: one a page, the lower half for the member's answer (CSR-38, CSR-40). */
export function ordersDocument(
  context: Context,
  orders: readonly WorkOrder[],
  newest: Instant | null,
): Document {
  const blocks: Block[] = orders.flatMap((order) => orderBlocks(order, context.now));
  if (blocks.length === 0) {
    const text = 'No police request waits for a work order here.';
    blocks.push({ kind: 'prose', id: 'none', paragraphs: [text] });
  }
  return {
    title: `Service Request Single Work Orders${context.dryRun ? ' (dry run, not marked as printed)' : ''}`,
    asOf: context.now,
    newestImport: newest,
    blocks,
  };
}

const ANSWER_LINES = 6;
/** To be filled in by hand. */
const BLANK = '_'.repeat(28);

function orderBlocks(order: WorkOrder, now: Instant): readonly Block[] {
  const { id } = order;
  const row = (what: string, value: Cell): Readonly<Record<string, Cell>> => ({ what, value });
  const instant = (at: Instant | null): Cell => ({ kind: 'instant', at });
  const due =
    order.dueAt === null
      ? '7 calendar days after the day of assignment (CSR-38)'
      : `${peopleInstant(order.dueAt)} (${order.dueBy})`;
  const again = order.returns === 0 ? '' : ` Returned ${order.returns} times: see the explanation (CSR-49).`;
  return [
    {
      kind: 'prose',
      id: `order-${id}`,
      heading: `Work order ${id}`,
      startsPage: true,
      paragraphs: [
        `District ${order.district ?? 'unknown'}, beat ${order.beat ?? 'unknown'}. ${order.first ? 'Printed' : 'Printed again'} ${peopleInstant(now)}.${again}`,
      ],
    },
    {
      kind: 'table',
      id: `facts-${id}`,
      columns: [
        { key: 'what', title: 'Request' },
        { key: 'value', title: 'As recorded', align: 'left' },
      ],
      rows: [
        row('SR number', id),
        row('Created in 311', instant(order.createdAt)),
        row('Category', order.category),
        row('Address', order.address),
        row('Investigating member', order.assignedTo ?? BLANK),
        row('Assigned', order.assignedAt === null ? BLANK : instant(order.assignedAt)),
        row('Due', due),
      ],
      caption:
        'The request stays with this district; help from another unit is asked for on form CPD-21.224 (CSR-32, CSR-33). ' +
        'If the days are not enough, hand in a copy of this order with the reason before the due day (CSR-48).',
    },
    {
      kind: 'prose',
      id: `answer-${id}`,
      heading: `Answer on ${id}`,
      lowerHalf: true,
      paragraphs: ['What was done, with whom, and with what result:'],
      ruledLines: ANSWER_LINES,
    },
    {
      kind: 'prose',
      id: `signed-${id}`,
      paragraphs: [
        'Investigating member: ______________________  Date: ____________',
        'Community policing sergeant, sufficient or returned with explanation: ______________________  Date: ____________',
      ],
      signatures: [
        { who: 'Investigating member', what: '' },
        { who: 'Community policing sergeant: sufficient, or returned with explanation (CSR-44)', what: '' },
      ],
    },
  ];
}
