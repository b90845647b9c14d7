import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { peopleAge } from '../../core/duration.ts';
import { isoInstant } from '../../core/instant.ts';
import type { Document, Table } from '../../report/document.ts';
import { mirrorEntries } from '../record-changes.ts';
import { type Entry, recordEvents } from '../record-events.ts';
import { type DirectiveList, readRecords, recordId } from '../record-find.ts';
import { bannersOf, sectionHead, titleOf } from '../record-text.ts';
import { directives } from '../registry.ts';

/** `rollcall history` over the given directives; tests give their own. */
export function makeHistoryCommand(list: DirectiveList): Command<Document> {
  return {
    name: 'history',
    summary: 'what happened to a record, and when it was entered',
    details:
      'Every event of a record by the time it happened, with the time it was entered, who, for which unit, why, and ' +
      'from which import. What was later corrected or taken back is shown and says so. What was said in a meeting on ' +
      'a Work Item is never shown, what was written on a concern or a request to those alone who may see it (CC-10). ' +
      'City requests: the batch that brought them, every change since, and what was recorded here.',
    arguments: [{ name: 'id', summary: 'record id, to the letter', required: true }],
    examples: [
      { line: 'rollcall history CC-1001', says: 'from its submission to today' },
      { line: 'rollcall history SR20-0100001 --json', says: 'the same for a script' },
    ],
    fields: {
      id: 'record id',
      'items[].system': 'oss, concerns, csr or said',
      'items[].seq':
        'number within the record, in the order of entry; null for a change of a mirrored City request',
      'items[].event': 'what happened',
      'items[].at': 'instant it happened',
      'items[].recordedAt': 'instant it was entered',
      'items[].enteredAfterHours': 'hours between the two, one decimal',
      'items[].by': 'member id; null when nobody is named',
      'items[].unit': 'unit it is about',
      'items[].reason': 'as given; null when none is, or when it is not for this actor',
      'items[].detail[]': 'further facts; null when they are not for this actor',
      'items[].origin': 'local or import',
      'items[].batch': '{id, file} of the import; null for local ones',
      'items[].undone': 'what took it back; null while it stands',
      total: 'number of items',
    },
    carries: [
      { rule: 'OSS-13', as: 'evidence' },
      { rule: 'OSS-39', as: 'block' },
      { rule: 'OSS-41', as: 'block' },
      { rule: 'CC-03', as: 'evidence' },
      { rule: 'CC-10', as: 'block' },
    ],
    run: (context, input) => run(list, context, input),
  };
}

/** `rollcall history <record id>`. */
export const history = makeHistoryCommand(directives);

async function run(list: DirectiveList, context: Context, input: Input): Promise<Outcome<Document>> {
  const id = recordId(input.args.id);
  const { sections, notes, kept, newest } = await readRecords<readonly Entry[]>(
    context,
    list,
    id,
    'history',
    async (reader, found) => {
      const { id: record, history } = found.view;
      const events = history === 'changes' ? [] : await recordEvents(reader, found, context.now);
      const changes = history === undefined ? [] : await mirrorEntries(reader, record, context.now);
      return [...changes, ...events].toSorted((a, b) => a.at - b.at);
    },
  );
  const founds = sections.map(({ found }) => found);
  const items = sections.flatMap(({ found, value }) =>
    value.map((entry) => itemOf(found.view.system, id, entry)),
  );
  return {
    document: {
      title: `History: ${titleOf(founds, id)}`,
      banner: bannersOf(founds),
      asOf: context.now,
      newestImport: newest,
      blocks: sections.flatMap(({ found, value }, at) => [
        ...sectionHead(found, sections.length, at),
        tableOf(value, at),
      ]),
      notes: [...notes, ...kept],
    },
    data: { id, items, total: items.length },
    items,
    newestImport: newest,
  };
}

function itemOf(system: string, id: string, entry: Entry): Readonly<Record<string, unknown>> {
  const { seq, name, at, recordedAt, ...rest } = entry;
  const hours = Math.round((recordedAt - at) / 360) / 10;
  return {
    id,
    system,
    seq,
    event: name,
    at: isoInstant(at),
    recordedAt: isoInstant(recordedAt),
    enteredAfterHours: hours,
    ...rest,
  };
}

function tableOf(entries: readonly Entry[], at: number): Table {
  return {
    kind: 'table',
    id: `history-${at}`,
    columns: [
      { key: 'at', title: 'When' },
      { key: 'event', title: 'Event' },
      { key: 'by', title: 'By' },
      { key: 'unit', title: 'Unit', priority: 1 },
      { key: 'what', title: 'Why and what' },
      { key: 'entered', title: 'Entered', priority: 2 },
      { key: 'origin', title: 'From', priority: 4 },
      { key: 'undone', title: 'Since', priority: 3 },
    ],
    rows: entries.map((entry) => ({
      at: { kind: 'instant', at: entry.at },
      event: entry.undone === null ? entry.name : { kind: 'tone', tone: 'muted', text: entry.name },
      by: entry.by,
      unit: entry.unit,
      what:
        entry.detail === null
          ? 'not shown'
          : [entry.reason, ...entry.detail].filter((part) => part).join('; '),
      entered: enteredText(entry),
      origin: entry.batch === null ? entry.origin : `batch ${entry.batch.id}, ${entry.batch.file}`,
      undone: entry.undone ?? '',
    })),
    empty: 'No step is recorded of it; what its export says stands in: rollcall show.',
  };
}

/** `entered 26 h later` in the words of a history: at once means within the minute. */
function enteredText({ at, recordedAt }: Entry): string {
  const seconds = recordedAt - at;
  if (Math.abs(seconds) < 60) return 'at once';
  return `${peopleAge(seconds)} ${seconds < 0 ? 'before' : 'later'}`;
}
