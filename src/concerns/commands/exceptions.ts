import { newestImport } from '../../casework/newest-import.ts';
import { districtOption, requirePlace } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { hoursBetween } from '../../core/due.ts';
import { isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Block, Cell, Document, Table } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { chains, type Lapse, lapses, type Moved, movedOften } from '../exceptions.ts';
import { type ListedConcern, listConcerns } from '../list.ts';
import { lookAround } from '../looking.ts';

/** `rollcall concerns exceptions`: the lists that the executive officer addresses (CC-34, CC-35). */
export const concernsExceptions: Command<Document> = {
  name: 'concerns exceptions',
  summary: 'moved too often without an owner; past 7 days without an extension',
  details:
    'CC-34: re-assigned more than 3 times and nobody holds it now; those that somebody holds are listed with their ' +
    'unit as owner and counted apart (A-CC-6). CC-35: past the due day without an extension in force; a late extension whose own due day is past ends no ' +
    'lapse. A lapse stays history when it has ended: --history lists those too. Without an actor, or for a member who may see no concern, it holds ids, dates, rules, ' +
    'units and districts (CC-10). What the executive officer did about one: rollcall evidence add CC-34 (or CC-35) --note <id>.',
  options: [
    { flags: '--district <district>', summary: 'only this district (005)' },
    { flags: '--history', summary: 'lapses that have ended as well' },
  ],
  examples: [
    { line: 'rollcall concerns exceptions --district 005', says: 'what the executive officer must take up' },
    { line: 'rollcall concerns exceptions --history', says: 'every lapse there has been' },
  ],
  fields: {
    'items[].rule': 'CC-34 or CC-35',
    'items[].id': 'control number',
    'items[].unit': 'the unit of a CC-35',
    'items[].district': 'three digits',
    'items[].reassignments': 'moves so far, for an actor who may see it, else null',
    'items[].unassigned': 'true when nobody holds it (CC-34); null for a CC-35',
    'items[].dueAt':
      'due instant that passed (CC-35); of a lapse that late extensions did not end, the first',
    'items[].endedAt': 'instant at which the lapse ended; null while it runs',
    'items[].endedBy':
      'running, extended, entered-later, stopped, reassigned, associated or handed-over; for an actor who may see it, else null',
    'items[].overdueHours':
      'hours of the lapse, one decimal; of one that was under a primary, since it was separated',
    'items[].period': 'period of that due instant: 1 is the initial one, 2 the first extension; the same',
    'items[].addressedOn': 'day on which it was recorded as addressed',
    'chains[]': 'id and primary of associations that stand in a chain (CC-06)',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-34', as: 'check' },
    { rule: 'CC-35', as: 'check' },
    { rule: 'CC-06', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { now } = context;
  const { district: asked, history } = input.options;
  const district = typeof asked === 'string' ? districtOption(asked) : undefined;
  await requirePlace(context, { district });
  const { moreThan } = loadPolicy(context.env).concerns().reassignment;
  const { looker, seen } = await lookAround(context, 'concerns exceptions', { district }, () => false);
  const detailed = looker !== null;
  const found = await read(context.storePath, async (reader) => {
    const list = await listConcerns(reader, { district }, looker?.scope ?? null, now);
    const seen = new Map(list.map((concern) => [concern.id, concern]));
    return {
      moved: (await movedOften(reader, list, moreThan, now)).filter(
        ({ concern }) => concern.state !== 'closed',
      ),
      lapses: (await lapses(reader, now, history === true)).filter(({ id }) => seen.has(id)),
      chains: (await chains(reader)).filter(({ id }) => seen.has(id)),
      seen,
      newest: await newestImport(reader, 'concerns'),
    };
  });
  const items = [
    ...found.moved.map(movedItem),
    ...found.lapses.map((lapse) => lapseItem(lapse, found.seen.get(lapse.id), now)),
  ].map((item) => (detailed ? item : bareItem(item)));
  const running = found.lapses.filter(({ endedAt }) => endedAt === null).length;
  const lost = found.moved.filter(({ unassigned }) => unassigned).length;
  const often = `${found.moved.length} moved more than ${moreThan} times${found.moved.length === 0 ? '' : `, ${lost} without an owner`}`;
  return {
    document: {
      title: 'Concerns for the executive officer',
      subtitle: `${often}; ${running} past due without an extension${detailed ? '' : ` · ${seen}`}`,
      asOf: now,
      newestImport: found.newest,
      blocks: [
        movedTable(found.moved, moreThan, detailed),
        lapseTable(found.lapses, now, detailed),
        ...chainTable(found.chains),
      ],
    },
    data: { items, total: items.length, chains: found.chains },
    items,
    newestImport: found.newest,
  };
}

// As cron prints it: ids, dates, rules, units and districts.
function bareItem(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...item, reassignments: null, endedBy: null, period: null };
}

function movedItem({ concern, unassigned, addressedOn }: Moved): Readonly<Record<string, unknown>> {
  return {
    rule: 'CC-34',
    id: concern.id,
    unit: concern.tasks[0]?.unit ?? null,
    district: concern.district,
    reassignments: concern.reassignments,
    unassigned,
    dueAt: isoOrNull(concern.dueAt),
    endedAt: null,
    endedBy: null,
    overdueHours: null,
    period: null,
    addressedOn,
  };
}

function lapseItem(
  lapse: Lapse,
  concern: ListedConcern | undefined,
  now: Context['now'],
): Readonly<Record<string, unknown>> {
  return {
    rule: 'CC-35',
    id: lapse.id,
    unit: lapse.unit,
    district: lapse.district,
    reassignments: concern?.reassignments ?? null,
    unassigned: null,
    dueAt: isoInstant(lapse.dueAt),
    endedAt: isoOrNull(lapse.endedAt),
    endedBy: lapse.endedBy,
    overdueHours: hoursBetween(lapse.lateFrom, lapse.endedAt ?? now),
    period: lapse.period,
    addressedOn: lapse.addressedOn,
  };
}

function movedTable(moved: readonly Moved[], moreThan: number, detailed: boolean): Table {
  const more = [
    { key: 'moves', title: 'Moves', align: 'right' as const },
    { key: 'state', title: 'State' },
  ];
  return {
    kind: 'table',
    id: 'moved',
    title: `Re-assigned more than ${moreThan} times (CC-34)`,
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'owner', title: 'Owner' },
      ...(detailed ? more : []),
      { key: 'district', title: 'District' },
      { key: 'addressed', title: 'Addressed', priority: 2 },
    ],
    rows: moved.map(({ concern, unassigned, addressedOn }) => ({
      id: concern.id,
      moves: concern.reassignments,
      owner: unassigned
        ? { kind: 'tone', tone: 'bad', text: 'nobody' }
        : concern.tasks.flatMap(({ unit }) => (unit === null ? [] : `unit ${unit}`)).join(', ') || null,
      state: concern.state,
      district: concern.district,
      addressed: addressedOn,
    })),
    empty: `None was moved more than ${moreThan} times.`,
  };
}

function lapseTable(list: readonly Lapse[], now: Context['now'], detailed: boolean): Table {
  return {
    kind: 'table',
    id: 'lapses',
    title: 'Past due without an extension in force (CC-35)',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'unit', title: 'Unit' },
      { key: 'district', title: 'District', priority: 3 },
      { key: 'due', title: 'Was due' },
      { key: 'late', title: 'By', align: 'right' },
      { key: 'ended', title: 'Ended' },
      { key: 'addressed', title: 'Addressed', priority: 2 },
    ],
    rows: list.map(
      (lapse): Readonly<Record<string, Cell>> => ({
        id: lapse.id,
        unit: lapse.unit,
        district: lapse.district,
        due: { kind: 'instant', at: lapse.dueAt },
        late: { kind: 'duration', seconds: (lapse.endedAt ?? now) - lapse.lateFrom },
        ended:
          lapse.endedAt === null
            ? { kind: 'tone', tone: 'bad', text: 'not yet' }
            : detailed
              ? endText(lapse.endedBy)
              : { kind: 'instant', at: lapse.endedAt },
        addressed: lapse.addressedOn,
      }),
    ),
    empty: 'None is past due without an extension.',
  };
}

function endText(endedBy: string): string {
  if (endedBy === 'extended') return 'by a late extension';
  if (endedBy === 'stopped') return 'completed late';
  if (endedBy === 'entered-later') return 'entered late';
  return endedBy;
}

function chainTable(found: readonly { readonly id: string; readonly primary: string }[]): readonly Block[] {
  if (found.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'chains',
      title: 'Associated to a concern that is associated itself (CC-06)',
      columns: [
        { key: 'id', title: 'Concern' },
        { key: 'primary', title: 'Primary' },
      ],
      rows: found.map(({ id, primary }) => ({ id, primary })),
    },
  ];
}
