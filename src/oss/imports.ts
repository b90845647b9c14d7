import { openAttributes } from '../casework/attributes.ts';
import { type EventFate, type ImportedEvent, openCaseImport, rowFate } from '../casework/case-import.ts';
import { type Row, rowSink } from '../casework/row-reader.ts';
import type { Edge } from '../core/calendar.ts';
import type { Profile } from '../import/profile.ts';
import { workItemKind } from './records.ts';
import { WORK_ITEM_SYNONYMS, workItemWorkflow } from './workflow.ts';

const TABLE = { name: 'work_item', key: 'work_item_id' };
const EVENTS = workItemWorkflow.transitions.map((transition) => transition.name);
const METHODS = ['in-person', 'phone', 'other'] as const;

// Dated columns in the order in which their events of one instant happen.
const FACTS: readonly {
  column: string;
  name: string;
  edge: Edge;
  more?: (row: Row) => Partial<ImportedEvent>;
}[] = [
  { column: 'generated_at', name: 'generated', edge: 'start' },
  {
    column: 'determined_at',
    name: 'determined',
    edge: 'stop',
    more: (row) => ({
      by: row.text('determined_by'),
      detail: {
        detail: row.word('determination', ['valid', 'invalid']),
        reason: row.text('determination_reason'),
      },
    }),
  },
  {
    column: 'forwarded_at',
    name: 'forwarded',
    edge: 'start',
    more: (row) => ({ detail: { area_rep_id: row.text('area_rep_id') } }),
  },
  {
    column: 'command_received_at',
    name: 'received',
    edge: 'start',
    more: (row) => ({ detail: { command_id: row.text('command_id') } }),
  },
  {
    column: 'notified_at',
    name: 'notified',
    edge: 'stop',
    more: (row) => ({ detail: notice(row) }),
  },
  {
    column: 'assigned_at',
    name: 'assigned',
    edge: 'start',
    more: (row) => ({ detail: { supervisor_id: row.text('supervisor_id') } }),
  },
  { column: 'met_at', name: 'met', edge: 'stop' },
  { column: 'plan_submitted_at', name: 'plan-submitted', edge: 'start' },
  { column: 'command_approved_at', name: 'command-approved', edge: 'stop' },
  { column: 'area_rep_approved_at', name: 'area-rep-approved', edge: 'stop' },
  { column: 'completed_at', name: 'completed', edge: 'stop' },
];

function notice(row: Row): Readonly<Record<string, string | null>> {
  const inPerson = row.word('notified_in_person', ['true', 'yes', 'y', '1', 'false', 'no', 'n', '0']);
  const detail =
    inPerson === null ? null : ['true', 'yes', 'y', '1'].includes(inPerson) ? 'in-person' : 'other';
  return { detail, reason: row.text('not_in_person_reason') };
}

/** One row a Work Item: the member, the models, and the dates of its steps. */
export const workItemsProfile: Profile = {
  name: 'oss-work-items',
  system: 'oss',
  summary: 'Officer Support System Work Items, one row each',
  columns: [
    { name: 'work_item_id', required: true },
    { name: 'member_id', required: true },
    { name: 'generated_at', required: true },
    { name: 'models', required: true, summary: 'models that flagged the member, ; between' },
    { name: 'summary' },
    { name: 'determined_at' },
    { name: 'determined_by' },
    { name: 'determination', summary: 'valid, invalid' },
    { name: 'determination_reason' },
    { name: 'forwarded_at' },
    { name: 'area_rep_id' },
    { name: 'command_received_at' },
    { name: 'command_id' },
    { name: 'notified_at' },
    { name: 'notified_in_person', summary: 'true, false' },
    { name: 'not_in_person_reason' },
    { name: 'assigned_at' },
    { name: 'supervisor_id' },
    { name: 'met_at' },
    { name: 'plan_submitted_at' },
    { name: 'command_approved_at' },
    { name: 'area_rep_approved_at' },
    { name: 'completed_at' },
  ],
  async open(session, index) {
    const cases = openCaseImport(session, workItemKind, TABLE);
    const attributes = openAttributes(
      session,
      { ...TABLE, table: TABLE.name, system: 'oss' },
      ['member_id', 'generated_at', 'models', 'summary'],
      { state: 'new' },
    );
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('work_item_id');
        if (row.text('determination') !== null && row.text('determined_at') === null) {
          row.reject('determined_at', 'is empty though there is a determination');
        }
        if (row.text('determined_at') !== null && row.text('determination') === null) {
          row.reject('determination', 'is empty though there is a time of determination');
        }
        const models = row
          .required('models')
          .split(';')
          .map((model) => model.trim());
        const values = {
          member_id: row.required('member_id'),
          generated_at: row.requiredInstant('generated_at', 'start'),
          models: JSON.stringify(models.filter((model) => model !== '')),
          summary: row.text('summary'),
        };
        const facts = FACTS.flatMap(({ column, name, edge, more }) => {
          const at = row.instant(column, edge);
          return at === null ? [] : [{ column, event: { name, at, ...more?.(row) } }];
        });
        const { isNew, changed } = attributes.put(id, values);
        if (isNew || changed) cases.touch(id);
        const fates: EventFate[] = facts.map(({ column, event }) => cases.fact(id, isNew, column, event));
        return rowFate(isNew, changed, fates);
      },
      async () => {
        await cases.finish();
      },
    );
  },
};

/** One row a step of a Work Item's history. */
export const ossEventsProfile: Profile = {
  name: 'oss-events',
  system: 'oss',
  summary: 'what happened to Work Items, one row a step',
  order: 20,
  columns: [
    { name: 'work_item_id', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'reason' },
    { name: 'detail', summary: 'valid, invalid; in-person, phone, other; the member an item is assigned to' },
  ],
  async open(session, index) {
    const cases = openCaseImport(session, workItemKind, TABLE);
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('work_item_id');
        const given = row
          .required('event')
          .toLowerCase()
          .replaceAll(/[\s_]+/g, '-');
        const name = WORK_ITEM_SYNONYMS[given] ?? given;
        if (!EVENTS.includes(name)) row.reject('event', `"${given}" is not one of ${EVENTS.join(', ')}`);
        const at = row.requiredInstant('at', 'stop');
        if (!cases.exists(id))
          row.reject('work_item_id', `there is no Work Item ${id}; import oss-work-items first`);
        const fate = cases.event(id, { name, at, by: row.text('by'), detail: detailOf(name, given, row) });
        return fate === 'new' ? 'inserted' : fate === 'known' ? 'unchanged' : 'keptLocal';
      },
      async () => {
        await cases.finish();
      },
    );
  },
};

// `detail` says different things for different steps; a step that hands the item on names the member there.
function detailOf(name: string, given: string, row: Row): Readonly<Record<string, string | null>> {
  const reason = row.text('reason');
  const detail = row.text('detail');
  switch (name) {
    case 'determined': {
      const verdict = given.endsWith('invalid') ? 'invalid' : given.endsWith('valid') ? 'valid' : detail;
      return { reason, detail: verdict?.toLowerCase() ?? null };
    }
    case 'notified':
      return { reason, detail: detail === null ? null : row.word('detail', METHODS) };
    case 'forwarded':
      return { reason, detail, area_rep_id: detail };
    case 'assigned-command':
    case 'received':
      return { reason, detail, command_id: detail };
    case 'assigned':
    case 'reassigned':
      return { reason, detail, supervisor_id: detail };
    default:
      return { reason, detail };
  }
}
