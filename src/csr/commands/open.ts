import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { placeOf } from '../../report/question.ts';
import { placeName } from '../asking.ts';
import { openTour } from '../tour.ts';

/** `rollcall csr open`: what the community policing office does each tour: takes up every new police request. */
export const csrOpen: Command<Document> = {
  name: 'csr open',
  summary: 'open the new police requests of this tour',
  details:
    'Takes up police requests of a place that nobody has opened: those imported as work orders, and those of the 311 ' +
    'mirror that have no work order yet, which get one (CSR-40). Without --district: those of the own district and of ' +
    'no known one. It counts as the access of the tour (CSR-36), also when there is nothing new.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
  ],
  examples: [{ line: 'rollcall csr open --district 005 --actor M0020', says: 'at the start of the tour' }],
  fields: {
    'items[].id': 'SR number',
    'items[].createdAt': 'when 311 took it',
    'items[].beat': 'four digits',
    'items[].category': 'as imported',
    'items[].address': 'as imported',
    'items[].from': 'orders, or 311 when its work order was made now',
    total: 'opened now',
  },
  carries: [
    { rule: 'CSR-36', as: 'evidence' },
    { rule: 'CSR-40', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { opened, place, newest } = await openTour(context, placeOf(input));
  const items = opened.map(({ createdAt, ...rest }) => ({ ...rest, createdAt }));
  return {
    document: {
      title: context.dryRun ? 'Police requests to open (dry run, nothing written)' : 'Police requests opened',
      subtitle: `${placeName(place)} · ${opened.length} new`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'opened',
          columns: [
            { key: 'id', title: 'SR number' },
            { key: 'createdAt', title: 'Created' },
            { key: 'beat', title: 'Beat' },
            { key: 'category', title: 'Category' },
            { key: 'address', title: 'Address', priority: 1 },
            { key: 'from', title: 'From', priority: 2 },
          ],
          rows: opened.map(({ instant, createdAt: _, ...row }) => ({
            ...row,
            createdAt: { kind: 'instant' as const, at: instant },
          })),
          empty: `Nothing new. The access of this tour ${context.dryRun ? 'would be' : 'is'} recorded.`,
        },
      ],
      notes:
        opened.length === 0
          ? []
          : ['Next: rollcall csr work-orders prints an SRSWO for each (CSR-40, CSR-42).'],
    },
    data: { items: items.map(({ instant: _, ...item }) => item), total: items.length },
    items: items.map(({ instant: _, ...item }) => item),
    newestImport: newest,
  };
}
