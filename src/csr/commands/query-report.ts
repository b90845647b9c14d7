import { hash } from 'node:crypto';
import { canonical } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { type Instant, isoOrNull } from '../../core/instant.ts';
import { requireRole } from '../../people/identity.ts';
import type { Document, Table } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read, write } from '../../store/store.ts';
import { type Place, placeName, placeOption } from '../asking.ts';
import { OFFICE } from '../own-district.ts';
import { type ListedPolice, listPolice } from '../police-list.ts';

/** `rollcall csr query-report`: the Service Request Query Report, by beat. */
export const csrQueryReport: Command<Document> = {
  name: 'csr query-report',
  summary: 'the Service Request Query Report: police requests by beat',
  details:
    'Every police request of a place that is not closed, by beat, with its member and due day (CSR-40, CSR-41); --all ' +
    'also the closed ones. --forward records as evidence that it went to the executive officer.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--all', summary: 'also closed requests' },
    { flags: '--forward', summary: 'record that it went to the executive officer (CSR-41)' },
  ],
  examples: [
    { line: 'rollcall csr query-report --district 005', says: 'what is open, by beat' },
    {
      line: 'rollcall csr query-report --district 005 --forward -o query.pdf --actor M0019',
      says: 'for the XO',
    },
  ],
  fields: {
    'items[].id': 'SR number',
    'items[].beat': 'four digits',
    'items[].state': 'new, opened, printed, assigned, returned, submitted or closed, as of then',
    'items[].printed': 'true when its SRSWO was printed',
    'items[].assignedTo': 'investigating member',
    'items[].dueAt': 'due instant of the last period',
    'items[].overdue': 'true when its clock runs past that',
    'items[].extensions': 'extensions on record',
    'items[].ageDays': 'calendar days since 311 took it',
    total: 'number of items',
    overdue: 'how many are overdue',
    unassigned: 'how many have no member',
    forwarded: 'with --forward: sha256 of the items',
  },
  carries: [
    { rule: 'CSR-35', as: 'report' },
    { rule: 'CSR-37', as: 'check' },
    { rule: 'CSR-40', as: 'check' },
    { rule: 'CSR-41', as: 'report' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const place = placeOption(input);
  const { all, newest } = await read(context.storePath, async (reader) => ({
    all: await listPolice(reader, place, context.now),
    newest: await newestImport(reader, 'csr'),
  }));
  const listed = input.options.all === true ? all : all.filter(({ state }) => state !== 'closed');
  const items = listed.map((request) => ({
    ...request,
    createdAt: isoOrNull(request.createdAt),
    openedAt: isoOrNull(request.openedAt),
    assignedAt: isoOrNull(request.assignedAt),
    submittedAt: isoOrNull(request.submittedAt),
    closedAt: isoOrNull(request.closedAt),
    dueAt: isoOrNull(request.dueAt),
  }));
  const forwarded = input.options.forward === true ? await forward(context, place, items) : null;
  const overdue = listed.filter((request) => request.overdue).length;
  const unassigned = listed.filter(({ assignedAt }) => assignedAt === null).length;
  return {
    document: queryDocument(context, place, listed, newest, { overdue, unassigned, forwarded }),
    data: {
      items,
      total: items.length,
      overdue,
      unassigned,
      ...(forwarded === null ? {} : { forwarded }),
    },
    items,
    newestImport: newest,
  };
}

async function forward(context: Context, place: Place, items: readonly unknown[]): Promise<string> {
  const digest = hash('sha256', canonical(items), 'hex');
  const cite = loadPolicy(context.env).cite('CSR-41');
  await write(
    context.storePath,
    async (writer) => {
      const guard = { rule: 'CSR-41', cite, what: 'forward the query report' };
      const actor = await requireRole(writer, context, OFFICE, guard);
      await writer.write
        .insertInto('evidence')
        .values({
          rule: 'CSR-41',
          on_day: localDate(context.now),
          by_member: actor.memberId,
          district: place.district ?? '',
          note: `query report of ${items.length} police requests forwarded to the executive officer`,
          document: `sha256 ${digest}`,
          batch_id: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    { dryRun: context.dryRun },
  );
  return digest;
}

function queryDocument(
  context: Context,
  place: Place,
  listed: readonly ListedPolice[],
  newest: Instant | null,
  counts: { readonly overdue: number; readonly unassigned: number; readonly forwarded: string | null },
): Document {
  const beats = [...new Set(listed.map(({ beat }) => beat))];
  return {
    title: 'Service Request Query Report',
    subtitle: `${placeName(place)} · ${listed.length} police requests`,
    asOf: context.now,
    newestImport: newest,
    blocks: [
      {
        kind: 'figures',
        id: 'counts',
        figures: [
          { label: 'Listed', value: listed.length },
          { label: 'Without a member', value: counts.unassigned, note: 'CSR-37' },
          { label: 'Overdue', value: counts.overdue, note: 'CSR-38, CSR-47' },
        ],
      },
      ...beats.map((beat) =>
        beatTable(
          beat,
          listed.filter((request) => request.beat === beat),
        ),
      ),
    ],
    notes: ['SRSWOs are matched with this report by rollcall csr crossref (CSR-42).'],
    footer: counts.forwarded === null ? [] : [{ label: 'Forwarded', text: `sha256 ${counts.forwarded}` }],
  };
}

function beatTable(beat: string | null, requests: readonly ListedPolice[]): Table {
  return {
    kind: 'table',
    id: `beat-${beat ?? 'unknown'}`,
    title: beat === null ? 'Beat unknown' : `Beat ${beat}`,
    columns: [
      { key: 'id', title: 'SR number' },
      { key: 'created', title: 'Created' },
      { key: 'category', title: 'Category' },
      { key: 'address', title: 'Address', priority: 2 },
      { key: 'state', title: 'State' },
      { key: 'member', title: 'Member' },
      { key: 'due', title: 'Due' },
    ],
    rows: requests.map((request) => ({
      id: request.id,
      created: { kind: 'instant', at: request.createdAt },
      category: request.category,
      address: request.address,
      state: request.overdue
        ? { kind: 'tone', tone: 'bad', text: `${request.state}, overdue` }
        : request.state,
      member: request.assignedTo,
      due: { kind: 'instant', at: request.dueAt },
    })),
  };
}
