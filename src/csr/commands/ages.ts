import { optionText } from '../../casework/act-asking.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Document, Table } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { agesByType, type OpenRequest, openRequests, type TypeAges } from '../ages.ts';
import { listedPlace, placeName } from '../asking.ts';
import { lookOfTour } from '../tour-look.ts';

/** `rollcall csr ages`: how old open City requests are, by type; with --list each of the older ones. */
export const csrAges: Command<Document> = {
  name: 'csr ages',
  summary: 'how old open City requests are, by type, seasonal ones apart',
  details:
    'The directive speaks of a reasonable time and sets none (A-CSR-1): ages are printed, and beside them the local ' +
    'targets of the policy file where a department has set some, labelled as such. Seasonal types stand apart (CSR-16).',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--list', summary: 'each request over its local target or, without one, over --older-than' },
    { flags: '--older-than <days>', summary: 'with --list: days of age where no local target is set (30)' },
  ],
  examples: [
    { line: 'rollcall csr ages --district 005', says: 'by type' },
    {
      line: 'rollcall csr ages --beat 0511 --list --older-than 60',
      says: 'what to tell the sergeant of a beat',
    },
  ],
  fields: {
    'items[].type': 'type of request',
    'items[].seasonal': 'true where it waits for its weather',
    'items[].open': 'open requests of the type',
    'items[].medianDays': 'median age in calendar days',
    'items[].oldestDays': 'age of the oldest',
    'items[].targetDays': 'local target, not directive; null where none is set',
    'items[].overTarget': 'older than that; null without a target',
    'items[].reported': 'reported to the Office of Community Policing',
    'items[].id':
      'with --list an item is a request: id, type, beat, district, address, ageDays, targetDays, reported',
    total: 'number of items',
  },
  carries: [
    { rule: 'CSR-15', as: 'report' },
    { rule: 'CSR-16', as: 'report' },
    { rule: 'CSR-25', as: 'report' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const place = await listedPlace(context, input);
  const policy = loadPolicy(context.env).csr();
  const older = olderThan(input);
  await lookOfTour(context, 'csr ages', null);
  const { open, newest } = await read(context.storePath, async (reader) => ({
    open: await openRequests(reader, place, context.now, policy),
    newest: await newestImport(reader, 'csr'),
  }));
  const listed = input.options.list === true;
  const old = open.filter(
    ({ seasonal, ageDays, targetDays }) => !seasonal && ageDays > (targetDays ?? older),
  );
  const items: readonly Readonly<Record<string, unknown>>[] = listed
    ? old.map((one) => ({ ...one }))
    : agesByType(open).map((one) => ({ ...one }));
  const ages = agesByType(open);
  const blocks = listed
    ? [requestTable(old, older)]
    : [
        typeTable(
          'types',
          'Types',
          ages.filter(({ seasonal }) => !seasonal),
        ),
        typeTable(
          'seasonal',
          'Seasonal types (CSR-16)',
          ages.filter(({ seasonal }) => seasonal),
        ),
      ];
  return {
    document: {
      title: listed ? 'Older open City requests' : 'Ages of open City requests',
      subtitle: `${placeName(place)} · ${open.length} open`,
      asOf: context.now,
      newestImport: newest,
      blocks,
      notes: [
        'Targets are local targets, not directive; without one only the age is told (A-CSR-1). Police requests, information only and duplicates are left out.',
      ],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

function olderThan(input: Input): number {
  const text = optionText(input, 'olderThan') ?? '30';
  if (/^\d{1,5}d?$/.test(text)) return Number.parseInt(text, 10);
  throw usageError(`--older-than: "${text}" is no number of days.`, 'Write 30.');
}

function typeTable(id: string, title: string, ages: readonly TypeAges[]): Table {
  return {
    kind: 'table',
    id,
    title,
    columns: [
      { key: 'type', title: 'Type' },
      { key: 'open', title: 'Open', align: 'right' },
      { key: 'medianDays', title: 'Median age', unit: 'days', align: 'right' },
      { key: 'oldestDays', title: 'Oldest', unit: 'days', align: 'right' },
      { key: 'targetDays', title: 'Local target, not directive', unit: 'days', align: 'right' },
      { key: 'overTarget', title: 'Over it', align: 'right' },
      { key: 'reported', title: 'Reported to OCP', align: 'right', priority: 1 },
    ],
    rows: ages.map(({ seasonal: _, ...row }) => ({ ...row })),
    empty: 'None is open.',
  };
}

function requestTable(old: readonly OpenRequest[], older: number): Table {
  return {
    kind: 'table',
    id: 'requests',
    columns: [
      { key: 'id', title: 'SR number' },
      { key: 'type', title: 'Type' },
      { key: 'beat', title: 'Beat' },
      { key: 'address', title: 'Address', priority: 1 },
      { key: 'ageDays', title: 'Age', unit: 'days', align: 'right' },
      { key: 'targetDays', title: 'Local target', unit: 'days', align: 'right', priority: 2 },
      { key: 'reported', title: 'Reported to OCP' },
    ],
    rows: old.map(({ seasonal: _, reported, district: __, ...row }) => ({
      ...row,
      reported: reported ? 'yes' : 'no',
    })),
    empty: `None is older than its local target or, without one, ${older} days.`,
  };
}
