import { recordBefore } from '../casework/act.ts';
import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordFact, RecordView } from '../casework/directive.ts';
import { instantFact } from '../casework/facts.ts';
import { replayAll } from '../casework/replay.ts';
import { endOfDay } from '../core/calendar.ts';
import { peopleInstant, plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { cityRequestById } from './city-records.ts';
import { formById, formKind } from './form-records.ts';
import { missedReviews } from './form-reviews.ts';
import { formWorkflow } from './form-workflow.ts';
import { cityProfiles } from './imports-311.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from './imports-police.ts';
import { OFFICE } from './own-district.ts';
import { policeRequestById, policeRequestKind } from './police-records.ts';
import { purgedForm } from './retention.ts';
import { mutedRequests, reachOfRequest } from './visibility.ts';
import { type PoliceRequestState, policeRequestWorkflow } from './workflow.ts';

/** City and police service requests, S02-03-03 IV and V. */
export const csrDirective: Directive = {
  system: 'csr',
  title: 'City service requests',
  cite: 'S02-03-03',
  banner: [],
  profiles: [...cityProfiles(), csrPoliceProfile, csrPoliceEventsProfile],
  find: async (reader, id, now) => (await findAll(reader, id, now))[0] ?? null,
  findAll,
  sees: null,
  reach: reachOfRequest,
  mutes: mutedRequests,
  needsPurpose: false,
  waiting: async (...asked) => (await import('./today.ts')).csrWaiting(...asked),
  async replayAll(writer) {
    await replayAll(writer, policeRequestKind);
    await replayAll(writer, formKind);
  },
  checks: async (reader, now) =>
    (await missedReviews(reader, { district: null, beat: null }, now)).map(
      ({ day, district, forms, oldest }) => ({
        record: oldest,
        rule: 'CSR-19',
        code: 'REVIEW_MISSED',
        at: endOfDay(day),
        text: `no review in ${district === null ? 'an unknown district' : `district ${district}`} on ${day}, when ${plural(forms, 'form')} waited`,
      }),
    ),
  async commands() {
    return [
      (await import('./commands/report.ts')).csrReport,
      (await import('./commands/approve-report.ts')).csrApproveReport,
      (await import('./commands/audit.ts')).csrAudit,
      (await import('./commands/open.ts')).csrOpen,
      (await import('./commands/work-orders.ts')).csrWorkOrders,
      (await import('./commands/query-report.ts')).csrQueryReport,
      (await import('./commands/crossref.ts')).csrCrossref,
      (await import('./commands/assign.ts')).csrAssign,
      (await import('./commands/submit.ts')).csrSubmit,
      (await import('./commands/return.ts')).csrReturn,
      (await import('./commands/request-extension.ts')).csrRequestExtension,
      (await import('./commands/extend.ts')).csrExtend,
      (await import('./commands/close.ts')).csrClose,
      (await import('./commands/reply.ts')).csrReply,
      (await import('./commands/idssr.ts')).csrIdssr,
      (await import('./commands/overdue.ts')).csrOverdue,
      (await import('./commands/ages.ts')).csrAges,
      (await import('./commands/report-ocp.ts')).csrReportOcp,
      (await import('./commands/retention.ts')).csrRetention,
      (await import('./commands/form-add.ts')).csrFormAdd,
      (await import('./commands/form-amend.ts')).csrFormAmend,
      (await import('./commands/form-submit.ts')).csrFormSubmit,
      (await import('./commands/form-review.ts')).csrFormReview,
      (await import('./commands/form-return.ts')).csrFormReturn,
      (await import('./commands/form-number.ts')).csrFormNumber,
      (await import('./commands/form-complete.ts')).csrFormComplete,
      (await import('./commands/form-list.ts')).csrFormList,
    ];
  },
  carries: [
    ...ruleCarriers(policeRequestWorkflow, [
      'CSR-31',
      'CSR-32',
      'CSR-33',
      'CSR-34',
      'CSR-35',
      'CSR-45',
      'CSR-47',
      'CSR-48',
    ]),
    ...ruleCarriers(formWorkflow, ['CSR-03', 'CSR-11', 'CSR-13', 'CSR-19']),
    { rule: 'CSR-10', as: 'report' },
    // The foot of the report cites the CALEA chapters that the order meets.
    { rule: 'CSR-01', as: 'report' },
  ],
};

// One number may name a mirrored request and the work order on it.
async function findAll(reader: Reader, id: string, now: Instant): Promise<readonly RecordView[]> {
  const police = await findPolice(reader, id, now);
  const city = await findCity(reader, id, police === null ? 'both' : 'changes');
  return [police, await findForm(reader, id, now), city].filter((view) => view !== null);
}

async function findPolice(reader: Reader, id: string, now: Instant): Promise<RecordView | null> {
  const row = await policeRequestById(reader, id);
  const stood = row === undefined ? null : await recordBefore(reader, policeRequestKind, id, now);
  if (row === undefined || stood === null) return null;
  return {
    system: 'csr',
    id,
    title: `Police service request ${id}`,
    state: stood.state,
    facts: [
      instantFact('createdAt', 'Created', row.created_at),
      { key: 'category', label: 'Category', value: row.category },
      { key: 'address', label: 'Address', value: row.address },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat },
      { key: 'assignedTo', label: 'Investigating member', value: stood.assignedTo },
      instantFact('assignedAt', 'Assigned', stood.assignedAt),
      instantFact('submittedAt', 'Submitted', stood.submittedAt),
      {
        key: 'actionTaken',
        label: 'Action taken',
        value: stood.actionTaken ?? (row.submitted_at === null ? row.action_taken : null),
        words: true,
      },
      {
        key: 'disposition',
        label: 'Disposition',
        value: stood.disposition ?? (row.closed_at === null ? row.disposition : null),
      },
      instantFact('closedAt', 'Closed', stood.closedAt),
      instantFact('moreTimeAskedAt', 'More time asked for', stood.moreTimeAskedAt),
      { key: 'extensions', label: 'Extensions', value: stood.extensions },
      { key: 'returns', label: 'Returned', value: stood.returns },
      ...supportFacts(stood),
    ],
  };
}

// Most requests need no other unit: nothing is said of it on them.
function supportFacts({ support }: PoliceRequestState): readonly RecordFact[] {
  if (support.length === 0) return [];
  const asked = support.map(
    ({ at, unit, form }) => `unit ${unit}, ${form ?? 'no number'}, ${peopleInstant(at)}`,
  );
  return [{ key: 'support', label: 'Help asked of', value: asked.join('; '), words: true }];
}

async function findForm(reader: Reader, id: string, now: Instant): Promise<RecordView | null> {
  const row = await formById(reader, id);
  if (row === undefined) return findPurged(reader, id);
  if (row.created_at > now) return null;
  const stood = await recordBefore(reader, formKind, id, now);
  if (stood === null) return null;
  return {
    system: 'csr',
    id,
    title: `Form CPD-21.208 ${id}`,
    state: stood.state,
    facts: [
      instantFact('createdAt', 'Filled in', row.created_at),
      { key: 'type', label: 'Type', value: stood.type },
      { key: 'department', label: 'Agency', value: stood.department },
      { key: 'address', label: 'Address', value: stood.address },
      { key: 'district', label: 'District', value: stood.district },
      { key: 'beat', label: 'Beat', value: stood.beat },
      { key: 'description', label: 'Description', value: stood.description, words: true },
      { key: 'vehicle', label: 'Vehicle', value: stood.vehicle, words: true },
      // Who asked is told to the office that answers them (CSR-17).
      { key: 'requester', label: 'Asked for by', value: row.requester, roles: OFFICE, words: true },
      { key: 'hazard', label: 'Immediate hazard', value: stood.hazard ? 'yes' : 'no' },
      { key: 'oemcNotified', label: 'OEMC told', value: stood.oemc },
      { key: 'supervisorNotified', label: 'Supervisor told', value: stood.supervisor },
      instantFact('submittedAt', 'Submitted', stood.submittedAt),
      { key: 'srNumber', label: '311 number', value: stood.srNumber },
      instantFact('enteredAt', 'Entered in 311', stood.enteredAt),
      instantFact('reportedOcpAt', 'Reported to OCP', stood.reportedOcpAt),
      instantFact('closedAt', 'Done', stood.completedAt),
      { key: 'returns', label: 'Returned', value: stood.returns },
      { key: 'returnReason', label: 'Returned because', value: stood.returnReason, words: true },
    ],
  };
}

// Of a purged form only this is left, and the hashes of its steps.
async function findPurged(reader: Reader, id: string): Promise<RecordView | null> {
  const purged = await purgedForm(reader, id);
  if (purged === null) return null;
  return {
    system: 'csr',
    id,
    title: `Form CPD-21.208 ${id}`,
    state: 'purged',
    facts: [
      instantFact('purgedAt', 'Purged', purged.at),
      { key: 'certificate', label: 'Under certificate', value: purged.certificate },
      { key: 'purgedBy', label: 'By', value: purged.by },
    ],
  };
}

async function findCity(reader: Reader, id: string, history: 'changes' | 'both'): Promise<RecordView | null> {
  const row = await cityRequestById(reader, id);
  if (row === undefined) return null;
  return {
    system: 'csr',
    id,
    title: `City service request ${id}`,
    state: row.status,
    history,
    facts: [
      { key: 'type', label: 'Type', value: row.type },
      { key: 'department', label: 'Department', value: row.department },
      { key: 'origin', label: 'Origin', value: row.origin },
      instantFact('createdAt', 'Created', row.createdAt),
      instantFact('updatedAt', 'Updated', row.updatedAt),
      instantFact('closedAt', 'Closed', row.closedAt),
      { key: 'address', label: 'Address', value: row.address },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat },
      { key: 'duplicate', label: 'Duplicate', value: row.duplicate ? 'yes' : 'no' },
      { key: 'parentSrNumber', label: 'Duplicate of', value: row.parentSrNumber },
    ],
  };
}
