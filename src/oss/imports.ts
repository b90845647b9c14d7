import { type DatedColumn, eventsProfile, recordProfile, stepWords } from '../casework/case-profiles.ts';
import type { Profile } from '../import/profile.ts';
import type { Row } from '../import/row-reader.ts';
import { workItemKind } from './records.ts';
import { SUPPORT_STATUSES, UNSAID } from './workflow-state.ts';
import { WORK_ITEM_SYNONYMS } from './workflow-words.ts';

const RECORD = {
  system: 'oss',
  kind: workItemKind,
  // What an import answers tells whether there is such a Work Item: for those who may know of every one (OSS-12).
  importers: ['oss-analyst', 'ossu-supervisor', 'isd-admin'],
  keptBy: 'OSS-14',
} as const;
const EVENTS = stepWords(workItemKind);
const METHODS = ['in-person', 'phone', 'other'] as const;

// Dated columns in the order in which their events of one instant happen.
const DATED: readonly DatedColumn[] = [
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
export const workItemsProfile: Profile = recordProfile({
  ...RECORD,
  name: 'oss-work-items',
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
  attributes: ['member_id', 'generated_at', 'models', 'summary'],
  firstState: 'new',
  values(row) {
    const determined = row.text('determined_at') !== null;
    if (determined !== (row.text('determination') !== null)) {
      const missing = determined ? 'determination' : 'determined_at';
      row.reject(missing, 'is empty: a determination and its time go together');
    }
    const models = row
      .required('models')
      .split(';')
      .map((model) => model.trim());
    return {
      member_id: row.required('member_id'),
      generated_at: row.requiredInstant('generated_at', 'start'),
      models: JSON.stringify(models.filter((model) => model !== '')),
      summary: row.text('summary'),
    };
  },
  dated: DATED,
});

/** One row a step of a Work Item's history. */
export const ossEventsProfile: Profile = eventsProfile({
  ...RECORD,
  name: 'oss-events',
  summary: 'what happened to Work Items, one row a step',
  columns: [
    { name: 'work_item_id', required: true },
    { name: 'event', required: true, summary: EVENTS.join(', ') },
    { name: 'at', required: true },
    { name: 'by', summary: 'member id; blank leaves the role unjudged' },
    { name: 'reason' },
    {
      name: 'detail',
      summary:
        'valid, invalid; in-person, phone, other; the member an item is assigned to; supports of a plan; peer-support: completed',
    },
  ],
  record: 'Work Item',
  starts: ['generated', 'received', 'assigned-command', 'plan-submitted'],
  step(row, note) {
    const given = row
      .required('event')
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-');
    const name = WORK_ITEM_SYNONYMS[given] ?? given;
    if (!EVENTS.includes(name)) row.reject('event', `"${given}" is not one of ${EVENTS.join(', ')}`);
    return { name, detail: detailOf(name, given, row, note) };
  },
});

// `detail` says different things for different steps; a step that hands the item on names the member there.
function detailOf(
  name: string,
  given: string,
  row: Row,
  note: (text: string) => void,
): Readonly<Record<string, string | null>> {
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
    case 'received': {
      // A-OSS-2: an opening is no receipt
      const receipt = given.startsWith('open') ? 'inferred' : null;
      return { reason, detail, command_id: detail, receipt };
    }
    case 'assigned-command':
    case 'reassigned-command':
      return { reason, detail, command_id: detail };
    case 'assigned':
    case 'reassigned':
      return { reason, detail, supervisor_id: detail };
    case 'met': {
      const checklist = checklistIn(detail);
      // OSS-41: what was said is in no log; it is recorded where few may read it
      if (detail !== null && checklist === null) note(WORDS_OF_MEETING);
      return { reason, checklist };
    }
    case 'planned':
      return { reason, detail, add: detail };
    case 'plan-submitted':
      return { reason, detail, supports: detail?.toLowerCase() === 'none' ? 'none' : (detail ?? UNSAID) };
    case 'returned':
    case 'modifications-asked':
      return { reason, detail, dramatic: detail?.toLowerCase() === 'dramatic' ? 'yes' : null };
    case 'progressed': {
      const [, support, status] = PROGRESS.exec(detail ?? '') ?? [];
      // Not taken without a word: the step itself happened.
      if (detail !== null && support === undefined) note(WORDS_OF_PROGRESS);
      return { reason, detail, support: support ?? null, status: status?.toLowerCase() ?? null };
    }
    case 'discrepancy':
      return { reason, detail, documents: detail?.toLowerCase() === 'none' ? 'none' : detail };
    default:
      return { reason, detail };
  }
}

const PROGRESS = new RegExp(`^\\s*(.+?)\\s*:\\s*(${SUPPORT_STATUSES.join('|')})\\s*$`, 'i');

const WORDS_OF_PROGRESS =
  'words on a support that do not say how far it is, kept and not read: peer-support: completed';

const WORDS_OF_MEETING = 'words on a meeting, not taken: what was said is recorded with rollcall oss meet';

// Letters of the meeting's checklist: `abcdef`, `a;b;c`; other words tell nothing of it.
function checklistIn(detail: string | null): string | null {
  const letters = (detail ?? '').toLowerCase().replaceAll(/[\s;,]/g, '');
  return /^[a-f]+$/.test(letters) ? letters : null;
}
