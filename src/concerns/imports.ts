import { openAttributes } from '../casework/attributes.ts';
import { type EventFate, type ImportedEvent, openCaseImport, rowFate } from '../casework/case-import.ts';
import { districtOr, type Row, rowSink } from '../casework/row-reader.ts';
import type { Edge } from '../core/calendar.ts';
import { localDate } from '../core/calendar.ts';
import type { Profile } from '../import/profile.ts';
import { concernKind } from './records.ts';

export const ORIGINS = ['webportal', 'beat-meeting', 'phone', 'email', 'in-person', 'other'] as const;

const EVENTS = [
  'accessed',
  'accepted',
  'not-accepted',
  'assigned',
  'reassigned',
  'extended',
  'submitted',
  'completed',
  'approved',
  'disapproved',
  'associated',
  'separated',
  'criminal',
  'disputed',
  'decided',
  'replied',
  'closed',
] as const;

const TABLE = { name: 'concern', key: 'control_number' };
const ATTRIBUTES = [
  'origin',
  'submitted_at',
  'submitted_on',
  'category',
  'description',
  'address',
  'beat',
  'district',
  'latitude',
  'longitude',
];

// Dated columns in the order in which their events of one instant happen.
const FACTS: readonly {
  column: string;
  name: string;
  edge: Edge;
  more?: (row: Row) => Partial<ImportedEvent>;
}[] = [
  { column: 'accessed_at', name: 'accessed', edge: 'start' },
  { column: 'accepted_at', name: 'accepted', edge: 'stop' },
  {
    column: 'not_accepted_at',
    name: 'not-accepted',
    edge: 'stop',
    more: (row) => ({ detail: { reason: row.text('not_accepted_reason') } }),
  },
  {
    column: 'assigned_at',
    name: 'assigned',
    edge: 'start',
    more: (row) => ({
      unit: row.text('assigned_unit'),
      detail: { supervisor_id: row.text('supervisor_id') },
    }),
  },
  { column: 'completed_at', name: 'completed', edge: 'stop' },
  { column: 'approved_at', name: 'approved', edge: 'stop' },
  { column: 'closed_at', name: 'closed', edge: 'stop' },
];

/** One row a concern: its own facts and the dates of its steps. */
export const concernsProfile: Profile = {
  name: 'concerns',
  system: 'concerns',
  summary: 'Community Concerns, one row each',
  columns: [
    { name: 'control_number', required: true, summary: 'its control number' },
    { name: 'origin', required: true, summary: ORIGINS.join(', ') },
    { name: 'submitted_at', required: true, summary: 'when it was submitted' },
    { name: 'category' },
    { name: 'description' },
    { name: 'address' },
    { name: 'beat', summary: 'three or four digits' },
    { name: 'latitude' },
    { name: 'longitude' },
    { name: 'accessed_at', summary: 'first access by the community policing sergeant' },
    { name: 'accepted_at' },
    { name: 'not_accepted_at' },
    { name: 'not_accepted_reason' },
    { name: 'assigned_at', summary: 'assignment by the sergeant' },
    { name: 'assigned_unit', summary: 'one unit; more through concern-events' },
    { name: 'supervisor_id' },
    { name: 'completed_at', summary: 'Investigation Complete' },
    { name: 'approved_at', summary: 'approval by the executive officer' },
    { name: 'closed_at' },
    { name: 'primary_control_number', summary: 'the primary concern it is associated to' },
  ],
  async open(session, index) {
    const cases = openCaseImport(session, concernKind, TABLE);
    const attributes = openAttributes(
      session,
      { ...TABLE, table: TABLE.name, system: 'concerns' },
      ATTRIBUTES,
      {
        state: 'submitted',
      },
    );
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('control_number');
        const origin = row.word('origin', ORIGINS) ?? row.reject('origin', 'is empty and must not be');
        const submittedAt = row.requiredInstant('submitted_at', 'start');
        const beat = row.beat('beat');
        const facts = factsOf(row);
        const primary = row.text('primary_control_number');
        const values = {
          origin,
          submitted_at: submittedAt,
          submitted_on: localDate(submittedAt),
          category: row.text('category'),
          description: row.text('description'),
          address: row.text('address'),
          beat,
          district: districtOr(null, beat),
          latitude: row.number('latitude'),
          longitude: row.number('longitude'),
        };
        const { isNew, changed } = attributes.put(id, values);
        if (isNew || changed) cases.touch(id);
        const fates: EventFate[] = facts.map(({ column, event }) => cases.fact(id, isNew, column, event));
        if (primary !== null) {
          // The row does not say when: the concern's own submission is the earliest it can have been.
          const at = facts.at(-1)?.event.at ?? submittedAt;
          const event = { name: 'associated', at, detail: { primary_control_number: primary } };
          fates.push(cases.fact(id, isNew, 'primary_control_number', event));
        }
        return rowFate(isNew, changed, fates);
      },
      async () => {
        await cases.finish();
      },
    );
  },
};

function factsOf(row: Row): readonly { readonly column: string; readonly event: ImportedEvent }[] {
  return FACTS.flatMap(({ column, name, edge, more }) => {
    const at = row.instant(column, edge);
    return at === null ? [] : [{ column, event: { name, at, ...more?.(row) } }];
  });
}

/** One row a step of a concern's history. */
export const concernEventsProfile: Profile = {
  name: 'concern-events',
  system: 'concerns',
  summary: 'what happened to Community Concerns, one row a step',
  order: 20,
  columns: [
    { name: 'control_number', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'unit' },
    { name: 'reason' },
    { name: 'justification', summary: 'of an extension' },
    { name: 'primary_control_number' },
  ],
  async open(session, index) {
    const cases = openCaseImport(session, concernKind, TABLE);
    return rowSink(
      session,
      index,
      (row) => {
        const id = row.required('control_number');
        const name = row.word('event', EVENTS) ?? row.reject('event', 'is empty and must not be');
        const at = row.requiredInstant('at', name === 'accessed' || name === 'assigned' ? 'start' : 'stop');
        if (!cases.exists(id))
          row.reject('control_number', `there is no concern ${id}; import concerns first`);
        const fate = cases.event(id, {
          name,
          at,
          unit: row.text('unit'),
          by: row.text('by'),
          detail: {
            reason: row.text('reason'),
            justification: row.text('justification'),
            primary_control_number: row.text('primary_control_number'),
          },
        });
        return fate === 'new' ? 'inserted' : fate === 'known' ? 'unchanged' : 'keptLocal';
      },
      async () => {
        await cases.finish();
      },
    );
  },
};
