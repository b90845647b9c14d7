import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { listedPlace, placeName } from '../asking.ts';
import { crossReference } from '../crossref.ts';
import { lookOfTour } from '../tour-look.ts';

/** `rollcall csr crossref`: SRSWOs against the query report, forms against 311: only what does not match. */
export const csrCrossref: Command<Document> = {
  name: 'csr crossref',
  summary: 'where SRSWOs, forms and 311 do not match',
  details:
    'Matches printed SRSWOs with the police requests of 311 (CSR-42) and forms with the numbers under which they were ' +
    'entered (CSR-27), and lists what stands on one side only, is closed on one side only (CSR-34), is a duplicate in ' +
    '311, or tells another service, place or day than 311 says.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--exit-code', summary: 'exit 1 when something does not match' },
  ],
  examples: [{ line: 'rollcall csr crossref --district 005', says: 'what does not match' }],
  fields: {
    'items[].id': 'SR number or form',
    'items[].code':
      'NO_ORDER, CLOSED_WITHOUT_ORDER, NOT_PRINTED, NOT_IN_311, DUPLICATE_IN_311, OTHER_TYPE_IN_311, ORDER_DIFFERS, CLOSED_HERE_ONLY, CLOSED_THERE_ONLY, FORM_NOT_IN_311 or FORM_DIFFERS',
    'items[].rule': 'rule that asks for the match',
    'items[].text': 'what does not match',
    total: 'number of items',
    orders: 'work orders looked at',
    mirrored:
      'requests of the 311 export looked at, of the police or on a work order; 0: nothing is said about that side',
    forms: 'forms looked at',
  },
  carries: [
    { rule: 'CSR-27', as: 'check' },
    { rule: 'CSR-34', as: 'check' },
    { rule: 'CSR-36', as: 'evidence' },
    { rule: 'CSR-40', as: 'check' },
    { rule: 'CSR-42', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const place = await listedPlace(context, input);
  const policy = loadPolicy(context.env);
  await lookOfTour(context, 'csr crossref', place);
  const { crossed, newest } = await read(context.storePath, async (reader) => ({
    crossed: await crossReference(reader, place, context.now, policy.csr()),
    newest: await newestImport(reader, 'csr'),
  }));
  const { mismatches: items, orders, mirrored, forms } = crossed;
  return {
    document: {
      title: 'Cross-reference of service requests',
      subtitle: `${placeName(place)} · ${orders} work orders, ${mirrored} police requests of 311, ${forms} forms`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'mismatches',
          columns: [
            { key: 'id', title: 'Number' },
            { key: 'beat', title: 'Beat' },
            { key: 'rule', title: 'Rule' },
            { key: 'text', title: 'What does not match' },
          ],
          rows: items.map(({ code: _, ...row }) => ({ ...row })),
          empty: 'Everything matches.',
        },
      ],
      notes:
        mirrored > 0
          ? []
          : [`The 311 export holds no ${policy.csr().police.type} here: that side cannot be matched.`],
    },
    data: { items, total: items.length, orders, mirrored, forms },
    items: items.map((item) => ({ ...item })),
    newestImport: newest,
    exitCode: input.options.exitCode === true && items.length > 0 ? 1 : 0,
  };
}
