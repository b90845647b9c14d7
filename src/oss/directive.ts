import { recordBefore } from '../casework/act.ts';
import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordView } from '../casework/directive.ts';
import { instantFact } from '../casework/facts.ts';
import { replayAll } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import {
  hiddenWorkItemEvents,
  hiddenWorkItems,
  reachOfWorkItem,
  readsWorkItemLog,
  toldOfWorkItems,
} from './act-reach.ts';
import { hiddenClocks } from './hidden-clocks.ts';
import { ossEventsProfile, workItemsProfile } from './imports.ts';
import { officerProfiles } from './officer-imports.ts';
import { workItemById, workItemKind } from './records.ts';
import { ossChecks } from './store-checks.ts';
import { OSS_BANNER } from './triage.ts';
import { workItemWorkflow } from './workflow.ts';

/** The Officer Support System, D20-04. */
export const ossDirective: Directive = {
  system: 'oss',
  title: 'Officer Support System',
  cite: 'D20-04',
  banner: OSS_BANNER,
  profiles: [workItemsProfile, ossEventsProfile, ...officerProfiles],
  find,
  sees: {
    roles: [
      'oss-analyst',
      'oss-area-rep',
      'ossu-supervisor',
      'watch-operations-lieutenant',
      'commanding-officer',
      'unit-supervisor',
      'supervisor',
    ],
    guard: { rule: 'OSS-58', cite: 'D20-04 V.C', what: 'see a Work Item' },
  },
  hidden: hiddenWorkItems,
  hiddenEvents: hiddenWorkItemEvents,
  readsLog: readsWorkItemLog,
  hiddenClocks,
  reach: reachOfWorkItem,
  tells: toldOfWorkItems,
  checks: ossChecks,
  needsPurpose: false,
  waiting: async (...asked) => (await import('./waiting.ts')).ossWaiting(...asked),
  replayAll: (writer) => replayAll(writer, workItemKind),
  async commands() {
    return [
      (await import('./commands/triage.ts')).ossTriage,
      (await import('./commands/reopen.ts')).ossReopen,
      (await import('./commands/overdue.ts')).ossOverdue,
      (await import('./commands/determine.ts')).ossDetermine,
      (await import('./commands/forward.ts')).ossForward,
      (await import('./commands/assign.ts')).ossAssign,
      (await import('./commands/receive.ts')).ossReceive,
      (await import('./commands/notify.ts')).ossNotify,
      (await import('./commands/reassign.ts')).ossReassign,
      (await import('./commands/review.ts')).ossReview,
      (await import('./commands/consult.ts')).ossConsult,
      (await import('./commands/meet.ts')).ossMeet,
      (await import('./commands/plan.ts')).ossPlan,
      (await import('./commands/submit.ts')).ossSubmit,
      (await import('./commands/return.ts')).ossReturn,
      (await import('./commands/approve.ts')).ossApprove,
      (await import('./commands/progress.ts')).ossProgress,
      (await import('./commands/complete.ts')).ossComplete,
      (await import('./commands/discrepancy.ts')).ossDiscrepancy,
      (await import('./commands/response.ts')).ossResponse,
      (await import('./commands/queue.ts')).ossQueue,
      (await import('./commands/show.ts')).ossShow,
      (await import('./commands/status.ts')).ossStatus,
      (await import('./commands/jacket.ts')).ossJacket,
      (await import('./commands/highlights.ts')).ossHighlights,
      (await import('./commands/staffing.ts')).ossStaffing,
      (await import('./commands/supports.ts')).ossSupports,
      (await import('./commands/views.ts')).ossViews,
      (await import('./commands/report.ts')).ossReport,
      (await import('./commands/export.ts')).ossExport,
      (await import('./commands/models.ts')).ossModels,
      (await import('./commands/generate.ts')).ossGenerate,
      (await import('./commands/explain.ts')).ossExplain,
      (await import('./commands/answer.ts')).ossAnswer,
      (await import('./commands/validate.ts')).ossValidate,
      (await import('./commands/train.ts')).ossTrain,
    ];
  },
  carries: ruleCarriers(workItemWorkflow, [
    'OSS-02',
    'OSS-03',
    'OSS-04',
    'OSS-05',
    'OSS-06',
    'OSS-08',
    'OSS-09',
    'OSS-10',
    'OSS-11',
    'OSS-12',
    'OSS-17',
    'OSS-18',
    'OSS-19',
    'OSS-21',
    'OSS-23',
    'OSS-25',
    'OSS-27',
    'OSS-28',
    'OSS-31',
    'OSS-33',
    'OSS-34',
    'OSS-35',
    'OSS-36',
    'OSS-37',
    'OSS-38',
    'OSS-39',
    'OSS-40',
    'OSS-43',
    'OSS-44',
    'OSS-48',
    'OSS-49',
    'OSS-51',
    'OSS-52',
    'OSS-53',
    'OSS-54',
  ]),
};

async function find(reader: Reader, id: string, now: Instant): Promise<RecordView | null> {
  const row = await workItemById(reader, id);
  const stood = row === undefined ? null : await recordBefore(reader, workItemKind, id, now);
  if (row === undefined || stood === null) return null;
  return {
    system: 'oss',
    id,
    title: `Work Item ${id}`,
    state: stood.state,
    facts: [
      { key: 'memberId', label: 'Member', value: row.member_id },
      instantFact('generatedAt', 'Generated', row.generated_at),
      { key: 'models', label: 'Models', value: row.models.join(', ') },
      { key: 'summary', label: 'Summary', value: row.summary },
      { key: 'determination', label: 'Determination', value: stood.determination },
      { key: 'determinationReason', label: 'Reason', value: stood.reason },
      instantFact('determinedAt', 'Determined', stood.determinedAt),
      { key: 'areaRepId', label: 'Area representative', value: stood.areaRepId },
      { key: 'commandId', label: 'Command', value: stood.commandId },
      { key: 'supervisorId', label: 'Supervisor', value: stood.supervisorId },
    ],
  };
}
