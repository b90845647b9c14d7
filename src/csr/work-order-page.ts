import type { Context } from '../core/command.ts';
import { peopleInstant, plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Block, Cell, Document } from '../report/document.ts';
import { signatureBlock } from '../report/signing.ts';
import type { WorkOrder } from './work-orders.ts';

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
  const returns = order.past.filter(({ name }) => name === 'returned').length;
  const again = returns === 0 ? '' : ` Returned ${plural(returns, 'time')}: see the explanation (CSR-49).`;
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
    ...(order.past.length === 0 ? [] : [pastTable(order)]),
    {
      kind: 'prose',
      id: `answer-${id}`,
      heading: `Answer on ${id}`,
      lowerHalf: true,
      paragraphs: ['What was done, with whom, and with what result:'],
      ruledLines: ANSWER_LINES,
    },
    signatureBlock({ id: `signed-${id}` }, [
      { who: 'Investigating member', what: '' },
      { who: 'Community policing sergeant, sufficient or returned with explanation (CSR-44)', what: '' },
    ]),
  ];
}

function pastTable({ id, past }: WorkOrder): Block {
  return {
    kind: 'table',
    id: `past-${id}`,
    columns: [
      { key: 'at', title: 'So far' },
      { key: 'what', title: 'What' },
      { key: 'by', title: 'By' },
      { key: 'words', title: 'In words' },
    ],
    rows: past.map(({ at, what, by, words }) => ({ at: { kind: 'instant', at }, what, by, words })),
  };
}
