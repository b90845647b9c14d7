import { type DatedColumn, eventsProfile, recordProfile, stepWords } from '../casework/case-profiles.ts';
import { districtOfBeat } from '../core/place.ts';
import type { Profile } from '../import/profile.ts';
import { policeRequestKind } from './police-records.ts';

const RECORD = { system: 'csr', kind: policeRequestKind, keptBy: 'CSR-27' } as const;
const EVENTS = stepWords(policeRequestKind);

// Dated columns in the order in which their events of one instant happen.
const DATED: readonly DatedColumn[] = [
  { column: 'opened_at', name: 'opened', edge: 'start' },
  {
    column: 'assigned_at',
    name: 'assigned',
    edge: 'start',
    more: (row) => ({ detail: { assigned_to: row.text('assigned_to') } }),
  },
  {
    column: 'extension_requested_at',
    name: 'extension-requested',
    edge: 'stop',
    more: (row) => ({ detail: { reason: row.text('extension_reason') } }),
  },
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

// What goes with a date and says nothing about when without it.
const COMPANIONS: readonly (readonly [column: string, dates: readonly string[], rule: string])[] = [
  ['assigned_to', ['assigned_at'], 'CSR-37'],
  ['return_reason', ['returned_at'], 'CSR-44'],
  ['extension_approved_by', ['extension_approved_at'], 'CSR-45'],
  ['extension_reason', ['extension_approved_at', 'extension_requested_at'], 'CSR-46'],
];

/** One row a police request: its own facts and the dates of its steps. */
export const csrPoliceProfile: Profile = recordProfile({
  ...RECORD,
  name: 'csr-police',
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
  attributes: ['created_at', 'category', 'address', 'beat', 'district', 'action_taken', 'disposition'],
  firstState: 'new',
  values(row) {
    const beat = row.beat('beat');
    return {
      created_at: row.requiredInstant('created_at', 'start'),
      category: row.text('category'),
      address: row.text('address'),
      beat,
      district: beat === null ? null : districtOfBeat(beat),
      // With a date they are facts of the submission and of the closing; alone they are the row's own.
      action_taken: row.text('submitted_at') === null ? row.text('action_taken') : null,
      disposition: row.text('closed_at') === null ? row.text('disposition') : null,
    };
  },
  dated: DATED,
  remarks: (row) =>
    COMPANIONS.flatMap(([column, dates, rule]) => {
      const said = row.text(column);
      if (said === null || dates.some((date) => row.text(date) !== null)) return [];
      const text = `${column} is "${said}" and ${dates[0]} is blank: when is not known, so it is not counted`;
      return [{ rule, code: 'UNDATED', text }];
    }),
});

/** One row a step of a police request's history. */
export const csrPoliceEventsProfile: Profile = eventsProfile({
  ...RECORD,
  name: 'csr-police-events',
  summary: 'what happened to police service requests, one row a step',
  columns: [
    { name: 'sr_number', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'reason' },
  ],
  record: 'police request',
  starts: ['assigned', 'extended'],
  step: (row) => ({
    name: row.word('event', EVENTS) ?? row.reject('event', 'is empty and must not be'),
    detail: { reason: row.text('reason') },
  }),
});
