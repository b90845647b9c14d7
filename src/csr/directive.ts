import { recordBefore } from '../casework/act.ts';
import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordView } from '../casework/directive.ts';
import { instantFact } from '../casework/facts.ts';
import { replayAll } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { cityRequestById } from './city-records.ts';
import { formById, formKind } from './form-records.ts';
import { formWorkflow } from './form-workflow.ts';
import { cityProfiles } from './imports-311.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from './imports-police.ts';
import { policeRequestById, policeRequestKind } from './police-records.ts';
import { policeRequestWorkflow } from './workflow.ts';

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
  needsPurpose: false,
  waiting: async (...asked) => (await import('./today.ts')).csrWaiting(...asked),
  async replayAll(writer) {
    await replayAll(writer, policeRequestKind);
    await replayAll(writer, formKind);
  },
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
    ...ruleCarriers(formWorkflow, ['CSR-03', 'CSR-11', 'CSR-13']),
    { rule: 'CSR-10', as: 'report' },
    // The foot of the report cites the CALEA chapters that the order meets.
    { rule: 'CSR-01', as: 'report' },
  ],
};

// One number may name a mirrored request and the work order on it.
async function findAll(reader: Reader, id: string, now: Instant): Promise<readonly RecordView[]> {
  return [await findPolice(reader, id, now), await findForm(reader, id), await findCity(reader, id)].filter(
    (view) => view !== null,
  );
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
    ],
  };
}

async function findForm(reader: Reader, id: string): Promise<RecordView | null> {
  const row = await formById(reader, id);
  if (row === undefined) return null;
  return {
    system: 'csr',
    id,
    title: `Form CPD-21.208 ${id}`,
    state: row.state,
    facts: [
      instantFact('createdAt', 'Filled in', row.created_at),
      { key: 'type', label: 'Type', value: row.type },
      { key: 'department', label: 'Agency', value: row.department },
      { key: 'address', label: 'Address', value: row.address },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat },
      { key: 'description', label: 'Description', value: row.description },
      { key: 'vehicle', label: 'Vehicle', value: row.vehicle },
      { key: 'hazard', label: 'Immediate hazard', value: row.hazard === 1 ? 'yes' : 'no' },
      { key: 'oemcNotified', label: 'OEMC told', value: row.oemc_notified },
      { key: 'supervisorNotified', label: 'Supervisor told', value: row.supervisor_notified },
      instantFact('submittedAt', 'Submitted', row.submitted_at),
      { key: 'srNumber', label: '311 number', value: row.sr_number },
      instantFact('enteredAt', 'Entered in 311', row.entered_at),
      instantFact('reportedOcpAt', 'Reported to OCP', row.reported_ocp_at),
      instantFact('closedAt', 'Done', row.completed_at),
      { key: 'returns', label: 'Returned', value: row.returns },
    ],
  };
}

async function findCity(reader: Reader, id: string): Promise<RecordView | null> {
  const row = await cityRequestById(reader, id);
  if (row === undefined) return null;
  return {
    system: 'csr',
    id,
    title: `City service request ${id}`,
    state: row.status,
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
