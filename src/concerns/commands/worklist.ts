import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import { type Instant, isoOrNull } from '../../core/instant.ts';
import type { Document, Table } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Reader, read } from '../../store/store.ts';
import { changedLater } from '../later.ts';
import { type ListedConcern, listConcerns } from '../list.ts';
import { concernItem, concernTable } from '../list-output.ts';
import { lookAs, viewingRoles } from '../looking.ts';
import { WORKING } from '../state.ts';
import { concernStatesAt } from '../state-at.ts';
import { scopeText } from '../visibility.ts';
import { waitingFor } from '../waiting.ts';
import { waitingItem, waitingTable } from '../waiting-output.ts';

/** `rollcall concerns worklist`: what waits for the acting role, and what runs (CC-14, CC-20, CC-26, CC-29). */
export const concernsWorklist: Command<Document> = {
  name: 'concerns worklist',
  summary: 'what waits for the acting role, and what runs',
  details:
    'For a sergeant: new concerns to decide and assign (CC-14). For lieutenants, commanding officers and unit ' +
    'supervisors: tasks of their unit (CC-20). For a supervisor: tasks of their own (CC-26). For an executive officer: ' +
    'approvals, disputes, concerns without an owner (CC-29). Opening it counts as the look of the tour.',
  examples: [{ line: 'rollcall concerns worklist --actor M0019', says: "the sergeant's list" }],
  fields: {
    'items[].id': 'control number',
    'items[].rule': 'rule that asks for the next step',
    'items[].cite': 'directive and paragraph',
    'items[].what': 'the next step',
    'items[].since': 'instant since when it waits',
    'items[].dueAt': 'instant it is due, where a clock runs',
    'items[].command': 'the command of the next step',
    'running[]': 'concerns under investigation as in concerns list, with updatedAt',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-14', as: 'check' },
    { rule: 'CC-20', as: 'check' },
    { rule: 'CC-24', as: 'report' },
    { rule: 'CC-26', as: 'check' },
    { rule: 'CC-29', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context): Promise<Outcome<Document>> {
  const { now } = context;
  const what = 'open the worklist';
  const { actor, scope } = await lookAs(context, 'concerns worklist', viewingRoles(), 'CC-10', what);
  const found = await read(context.storePath, async (reader) => {
    const since = await concernStatesAt(reader, await changedLater(reader, now), now);
    const running = await listConcerns(reader, { states: WORKING }, scope, now);
    return {
      waiting: await waitingFor(reader, actor, scope, { now, since }),
      running,
      updated: await lastUpdates(reader, running, now),
      newest: await newestImport(reader, 'concerns'),
    };
  });
  const policy = loadPolicy(context.env);
  const items = found.waiting.map((waiting) => waitingItem(waiting, policy.cite));
  const running = found.running.map((concern) => ({
    ...concernItem(concern, true),
    updatedAt: isoOrNull(found.updated.get(concern.id) ?? null),
  }));
  return {
    document: {
      title: 'Worklist',
      subtitle: `${actor.memberId} · ${scopeText(scope)} · ${plural(items.length, 'step')} to do, ${found.running.length} under investigation`,
      asOf: now,
      newestImport: found.newest,
      blocks: [
        waitingTable(found.waiting, now, { id: 'waiting', title: 'To do', empty: 'Nothing waits for you.' }),
        runningTable(found.running, found.updated, now),
      ],
    },
    data: { items, total: items.length, running },
    items,
    newestImport: found.newest,
  };
}

/** CC-24: when each concern was last written to; a look is no update. */
async function lastUpdates(
  reader: Reader,
  list: readonly ListedConcern[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await reader.rows({
    sql: `select e.record_id, max(e.at) from json_each(?) j join event e on e.chain = 'concerns'
        and e.record_id = j.value
      where e.at <= ? and e.name not in ('accessed', 'corrected') group by e.record_id`,
    parameters: [JSON.stringify(list.map(({ id }) => id)), now],
  });
  return new Map(rows.map(([id, at]) => [String(id), Number(at) as Instant]));
}

function runningTable(
  list: readonly ListedConcern[],
  updated: ReadonlyMap<string, Instant>,
  now: Instant,
): Table {
  const table = concernTable(list, now, { empty: 'Nothing is under investigation.' });
  return {
    ...table,
    id: 'running',
    title: 'Under investigation',
    columns: [...table.columns, { key: 'updated', title: 'Updated', align: 'right', priority: 1 }],
    rows: table.rows.map((row, at) => {
      const last = updated.get(list[at]?.id ?? '');
      return { ...row, updated: last === undefined ? null : { kind: 'duration', seconds: now - last } };
    }),
    caption: 'Updated: time since something was last written to it (CC-24).',
  };
}
