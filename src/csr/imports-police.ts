import { openAttributes } from '../casework/attributes.ts';
import { type EventFate, type ImportedEvent, openCaseImport, rowFate } from '../casework/case-import.ts';
import { districtOr, type Row, rowSink } from '../casework/row-reader.ts';
import type { Edge } from '../core/calendar.ts';
import type { Profile } from '../import/profile.ts';
import { policeRequestKind } from './police-records.ts';
import { policeRequestWorkflow } from './workflow.ts';

const TABLE = { name: 'srswo', key: 'sr_number' };
const EVENTS = policeRequestWorkflow.transitions.map((transition) => transition.name);

// Dated columns in the order in which their events of one instant happen.
const FACTS: readonly {
  column: string;
  name: string;
  edge: Edge;
  more?: (row: Row) => Partial<ImportedEvent>;
}[] = [
  { column: 'opened_at', name: 'opened', edge: 'start' },
  {
    column: 'assigned_at',
    name: 'assigned',
    edge: 'start',
    more: (row) => ({ detail: { assigned_to: row.text('assigned_to') } }),
  },
  { column: 'extension_requested_at', name: 'extension-requested', edge: 'stop' },
  {
    column: 'extension_approved_at',
    name: 'extended',
    edge: 'start',
    more: (row) => ({
      by: row.text('extension_approved_by'),
      detail: { reason: row.text('extension_reason') },
    }),
  },
  {
    column: 'submitted_at',
    name: 'submitted',
    edge: 'stop',
    more: (row) => ({ detail: { action_taken: row.text('action_taken') } }),
  },
  {
    column: 'returned_at',
    name: 'returned',
    edge: 'stop',
    more: (row) => ({ detail: { reason: row.text('return_reason') } }),
  },
  {
    column: 'closed_at',
    name: 'closed',
    edge: 'stop',
    more: (row) => ({ detail: { disposition: row.text('disposition') } }),
  },
];

/** One row a police request: its own facts and the dates of its steps. */
export const csrPoliceProfile: Profile = {
  name: 'csr-police',
  system: 'csr',
  summary: 'police service requests (SRSWO), one row each',
  columns: [
    { name: 'sr_number', required: true },
    { name: 'created_at', required: true },
    { name: 'category' },
    { name: 'address' },
    { name: 'beat', summary: 'three or four digits' },
    { name: 'opened_at' },
    { name: 'assigned_to', summary: 'the investigating member' },
    { name: 'assigned_at', summary: 'assignment to that member' },
    { name: 'submitted_at' },
    { name: 'action_taken' },
    { name: 'returned_at' },
    { name: 'return_reason' },
    { name: 'extension_requested_at' },
    { name: 'extension_approved_at' },
    { name: 'extension_approved_by' },
    { name: 'extension_reason' },
    { name: 'closed_at' },
    { name: 'disposition' },
  ],
  signature: ['sr_number', 'created_at', 'assigned_at', 'submitted_at'],
  async open(session, index) {
    const cases = openCaseImport(session, policeRequestKind, TABLE);
    const attributes = openAttributes(
      session,
      { ...TABLE, table: TABLE.name, system: 'csr' },
      ['created_at', 'category', 'address', 'beat', 'district', 'action_taken', 'disposition'],
      { state: 'new' },
    );
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('sr_number');
        const beat = row.beat('beat');
        const values = {
          created_at: row.requiredInstant('created_at', 'start'),
          category: row.text('category'),
          address: row.text('address'),
          beat,
          district: districtOr(null, beat),
          action_taken: row.text('action_taken'),
          disposition: row.text('disposition'),
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

/** One row a step of a police request's history. */
export const csrPoliceEventsProfile: Profile = {
  name: 'csr-police-events',
  system: 'csr',
  summary: 'what happened to police service requests, one row a step',
  order: 20,
  columns: [
    { name: 'sr_number', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'reason' },
  ],
  async open(session, index) {
    const cases = openCaseImport(session, policeRequestKind, TABLE);
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('sr_number');
        const name = row.word('event', EVENTS) ?? row.reject('event', 'is empty and must not be');
        const at = row.requiredInstant('at', name === 'assigned' || name === 'extended' ? 'start' : 'stop');
        if (!cases.exists(id))
          row.reject('sr_number', `there is no police request ${id}; import csr-police first`);
        const fate = cases.event(id, {
          name,
          at,
          by: row.text('by'),
          detail: { reason: row.text('reason') },
        });
        return fate === 'new' ? 'inserted' : fate === 'known' ? 'unchanged' : 'keptLocal';
      },
      async () => {
        await cases.finish();
      },
    );
  },
};
