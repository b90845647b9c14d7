import { type DatedColumn, eventsProfile, recordProfile } from '../casework/case-profiles.ts';
import { localDate } from '../core/calendar.ts';
import { districtOfBeat } from '../core/place.ts';
import type { Profile } from '../import/profile.ts';
import { concernKind } from './records.ts';
import { ORIGINS } from './state.ts';

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

const RECORD = { system: 'concerns', kind: concernKind, keptBy: 'CC-03' } as const;
// Dated columns in the order in which their events of one instant happen.
const DATED: readonly DatedColumn[] = [
  { column: 'accessed_at', name: 'accessed', edge: 'start' },
  { column: 'accepted_at', name: 'accepted', edge: 'stop' },
  {
    column: 'not_accepted_at',
    name: 'not-accepted',
    edge: 'stop',
    more: (row) => ({
      detail: {
        reason: row.text('not_accepted_reason'),
        report_number: row.text('report_number'),
        investigator: row.text('investigator'),
        notified: row.text('notified'),
      },
    }),
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
export const concernsProfile: Profile = recordProfile({
  ...RECORD,
  name: 'concerns',
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
    { name: 'report_number', summary: 'case report of a crime that needs action at once (CC-19)' },
    { name: 'investigator', summary: 'sworn member of its preliminary investigation (CC-19)' },
    { name: 'notified', summary: 'who was notified (CC-19)' },
    { name: 'assigned_at', summary: 'assignment by the sergeant' },
    { name: 'assigned_unit', summary: 'one unit; more through concern-events' },
    { name: 'supervisor_id' },
    { name: 'completed_at', summary: 'Investigation Complete' },
    { name: 'approved_at', summary: 'approval by the executive officer' },
    { name: 'closed_at' },
    { name: 'primary_control_number', summary: 'the primary concern it is associated to' },
  ],
  attributes: [
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
  ],
  firstState: 'submitted',
  values(row) {
    const submittedAt = row.requiredInstant('submitted_at', 'start');
    const beat = row.beat('beat');
    return {
      origin: row.word('origin', ORIGINS) ?? row.reject('origin', 'is empty and must not be'),
      submitted_at: submittedAt,
      submitted_on: localDate(submittedAt),
      category: row.text('category'),
      description: row.text('description'),
      address: row.text('address'),
      beat,
      district: beat === null ? null : districtOfBeat(beat),
      latitude: row.number('latitude'),
      longitude: row.number('longitude'),
    };
  },
  dated: DATED,
  undated(row, last) {
    const primary = row.text('primary_control_number');
    if (primary === null) return [];
    // The row does not say when it was associated: not before the last step that it tells of.
    const at = last?.at ?? row.requiredInstant('submitted_at', 'start');
    return [
      {
        column: 'primary_control_number',
        name: 'associated',
        at,
        detail: { primary_control_number: primary },
      },
    ];
  },
});

/** One row a step of a concern's history. */
export const concernEventsProfile: Profile = eventsProfile({
  ...RECORD,
  name: 'concern-events',
  summary: 'what happened to Community Concerns, one row a step',
  columns: [
    { name: 'control_number', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'unit' },
    { name: 'reason' },
    { name: 'justification', summary: 'of an extension' },
    { name: 'primary_control_number' },
    { name: 'from_unit', summary: 'the unit that a re-assignment takes it from; else the last assigned' },
    { name: 'supervisor_id', summary: 'the supervisor of an assignment' },
    { name: 'report_number', summary: 'case report of a crime that needs action at once (CC-19)' },
    { name: 'investigator', summary: 'sworn member of its preliminary investigation (CC-19)' },
    { name: 'notified', summary: 'who was notified (CC-18, CC-19)' },
  ],
  record: 'concern',
  starts: ['accessed', 'assigned', 'reassigned'],
  step: (row) => ({
    name: row.word('event', EVENTS) ?? row.reject('event', 'is empty and must not be'),
    unit: row.text('unit'),
    detail: {
      reason: row.text('reason'),
      justification: row.text('justification'),
      primary_control_number: row.text('primary_control_number'),
      from_unit: row.text('from_unit'),
      supervisor_id: row.text('supervisor_id'),
      report_number: row.text('report_number'),
      investigator: row.text('investigator'),
      notified: row.text('notified'),
    },
  }),
});
