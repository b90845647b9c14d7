import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { listedPlace } from '../asking.ts';
import { lookOfTour } from '../tour-look.ts';
import { ordersDocument } from '../work-order-page.ts';
import { ordersToPrint } from '../work-orders.ts';

/** `rollcall csr work-orders --beat 0511 -o orders.pdf`: one SRSWO a page. */
export const csrWorkOrders: Command<Document> = {
  name: 'csr work-orders',
  summary: 'print SRSWOs, one a page, with room for the answer',
  details:
    'One Service Request Single Work Order for each police request number (CSR-40), the lower half for what the member ' +
    'did. Without numbers: what is not with a member yet, and without --district that of the own one. The first ' +
    'print is marked (CSR-42) once the output is written, also of an order that is with a member already; later ones print again, with what has happened since. -o orders.pdf and -o orders.html are made for paper.',
  arguments: [{ name: 'number', summary: 'SR numbers', variadic: true }],
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--all', summary: 'also those that are with a member already' },
  ],
  examples: [
    { line: 'rollcall csr work-orders --beat 0511 -o orders.pdf --actor M0020', says: 'to hand out' },
    { line: 'rollcall csr work-orders SR20-01 -o order.pdf --actor M0020', says: 'one of them, again' },
  ],
  fields: {
    'items[].id': 'SR number',
    'items[].state': 'state before printing',
    'items[].createdAt': 'when 311 took it',
    'items[].assignedTo': 'investigating member, or null',
    'items[].dueAt': 'due instant, or null',
    'items[].dueBy': 'rule of that due instant',
    'items[].past[]':
      'name, at, what, by, words of answers, returns, extensions and requests for help so far',
    'items[].first': 'false when it had been printed before',
    total: 'number of orders',
  },
  carries: [
    { rule: 'CSR-36', as: 'evidence' },
    { rule: 'CSR-40', as: 'check' },
    { rule: 'CSR-42', as: 'check' },
    { rule: 'CSR-43', as: 'evidence' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const named = input.args.number;
  const ids = named === undefined ? [] : typeof named === 'string' ? [named] : [...new Set(named)];
  const ask = { place: await listedPlace(context, input), ids, all: input.options.all === true };
  await lookOfTour(context, 'csr work-orders', ids.length > 0 ? null : ask.place);
  const { orders, newest, printed } = await ordersToPrint(context, ask);
  const items = orders.map(({ past, ...order }) => ({
    ...order,
    returns: past.filter(({ name }) => name === 'returned').length,
    past: past.map(({ at, ...each }) => ({ at: isoInstant(at), ...each })),
    createdAt: isoOrNull(order.createdAt),
    assignedAt: isoOrNull(order.assignedAt),
    dueAt: isoOrNull(order.dueAt),
  }));
  return {
    document: ordersDocument(context, orders, newest),
    data: { items, total: items.length },
    items,
    settle: context.dryRun ? undefined : printed,
    newestImport: newest,
  };
}
