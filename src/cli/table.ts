import type { Command } from '../core/command.ts';
import type { Document } from '../report/document.ts';

/** One command: what help and completion know without loading it, and how to load it. */
export interface Entry {
  /** As typed: `concerns overdue`. */
  readonly path: string;
  readonly summary: string;
  readonly load: () => Promise<Command<Document>>;
}

/** The name of a command's JSON: `rollcall/concerns.overdue/1`. */
export function schemaName(path: string): string {
  return `rollcall/${path.replaceAll('-', '').replaceAll(' ', '.')}/1`;
}

/** The first words of commands with two, and what stands behind them. */
export const GROUPS: Readonly<Record<string, string>> = {
  oss: 'Officer Support System: Work Items',
  concerns: 'Community Concerns',
  csr: 'City service requests',
  said: 'Subject Assessment and Information Dashboard',
  evidence: 'proof for rules that ask for a record',
  audit: 'what was changed, and who looked',
  db: 'the store itself',
};

/** Every command, in the order of the help. A module is loaded only when its command is run. */
export const TABLE: readonly Entry[] = [
  {
    path: 'oss triage',
    summary: 'the queue of Work Items whose validity is not determined',
    load: async () => (await import('../oss/commands/triage.ts')).ossTriage,
  },
  {
    path: 'oss reopen',
    summary: 'correct a wrong determination by a further event',
    load: async () => (await import('../oss/commands/reopen.ts')).ossReopen,
  },
  {
    path: 'oss overdue',
    summary: 'Work Item clocks past due and still running',
    load: async () => (await import('../oss/commands/overdue.ts')).ossOverdue,
  },
  {
    path: 'oss determine',
    summary: 'find one Work Item valid or invalid',
    load: async () => (await import('../oss/commands/determine.ts')).ossDetermine,
  },
  {
    path: 'oss forward',
    summary: 'pass a valid Work Item to the Area Representative',
    load: async () => (await import('../oss/commands/forward.ts')).ossForward,
  },
  {
    path: 'oss assign',
    summary: 'pass a Work Item on: to command, then to the supervisor',
    load: async () => (await import('../oss/commands/assign.ts')).ossAssign,
  },
  {
    path: 'oss receive',
    summary: 'confirm that a Work Item reached command',
    load: async () => (await import('../oss/commands/receive.ts')).ossReceive,
  },
  {
    path: 'oss notify',
    summary: 'record that the member was notified',
    load: async () => (await import('../oss/commands/notify.ts')).ossNotify,
  },
  {
    path: 'oss reassign',
    summary: 'give a Work Item to another supervisor',
    load: async () => (await import('../oss/commands/reassign.ts')).ossReassign,
  },
  {
    path: 'oss review',
    summary: 'record that a Work Item and the jacket were reviewed',
    load: async () => (await import('../oss/commands/review.ts')).ossReview,
  },
  {
    path: 'oss consult',
    summary: 'record that supervisor and Area Representative conferred',
    load: async () => (await import('../oss/commands/consult.ts')).ossConsult,
  },
  {
    path: 'oss meet',
    summary: 'record the meeting with the member, its checklist and its highlights',
    load: async () => (await import('../oss/commands/meet.ts')).ossMeet,
  },
  {
    path: 'oss plan',
    summary: 'choose supports and answer the questions of the Action Plan',
    load: async () => (await import('../oss/commands/plan.ts')).ossPlan,
  },
  {
    path: 'oss submit',
    summary: 'submit the Action Plan for review',
    load: async () => (await import('../oss/commands/submit.ts')).ossSubmit,
  },
  {
    path: 'oss return',
    summary: 'send an Action Plan back for corrections',
    load: async () => (await import('../oss/commands/return.ts')).ossReturn,
  },
  {
    path: 'oss approve',
    summary: 'approve a submitted Action Plan',
    load: async () => (await import('../oss/commands/approve.ts')).ossApprove,
  },
  {
    path: 'oss progress',
    summary: 'record how far a support of the plan is',
    load: async () => (await import('../oss/commands/progress.ts')).ossProgress,
  },
  {
    path: 'oss complete',
    summary: 'complete a Work Item whose supports are all settled',
    load: async () => (await import('../oss/commands/complete.ts')).ossComplete,
  },
  {
    path: 'oss discrepancy',
    summary: 'data that a member says are wrong: open, document, contact …',
    load: async () => (await import('../oss/commands/discrepancy.ts')).ossDiscrepancy,
  },
  {
    path: 'oss response',
    summary: "attach the member's written response to the plan",
    load: async () => (await import('../oss/commands/response.ts')).ossResponse,
  },
  {
    path: 'oss queue',
    summary: 'what waits for the acting member, oldest first',
    load: async () => (await import('../oss/commands/queue.ts')).ossQueue,
  },
  {
    path: 'oss show',
    summary: 'one Work Item, as far as the acting member may see it',
    load: async () => (await import('../oss/commands/show.ts')).ossShow,
  },
  {
    path: 'oss status',
    summary: 'Work Items with their state, age and the evidence triad',
    load: async () => (await import('../oss/commands/status.ts')).ossStatus,
  },
  {
    path: 'oss jacket',
    summary: "a member's jacket: training, complaints, use of force, units",
    load: async () => (await import('../oss/commands/jacket.ts')).ossJacket,
  },
  {
    path: 'oss highlights',
    summary: 'what was said in the meetings on one Work Item, for the few who may read it',
    load: async () => (await import('../oss/commands/highlights.ts')).ossHighlights,
  },
  {
    path: 'oss staffing',
    summary: 'the staff of the unit beside the directive, and items heaped on one supervisor',
    load: async () => (await import('../oss/commands/staffing.ts')).ossStaffing,
  },
  {
    path: 'oss supports',
    summary: 'the supports that an Action Plan can hold, and its questions',
    load: async () => (await import('../oss/commands/supports.ts')).ossSupports,
  },
  {
    path: 'oss views',
    summary: 'who may see what of a Work Item: the view matrix',
    load: async () => (await import('../oss/commands/views.ts')).ossViews,
  },
  {
    path: 'oss report',
    summary: 'a period in counts: validity, time to each step, plans, supports',
    load: async () => (await import('../oss/commands/report.ts')).ossReport,
  },
  {
    path: 'oss export',
    summary: 'states and dates of Work Items; outside the Department only on a named authority',
    load: async () => (await import('../oss/commands/export.ts')).ossExport,
  },
  {
    path: 'oss models',
    summary: 'the four data models, and the card of one',
    load: async () => (await import('../oss/commands/models.ts')).ossModels,
  },
  {
    path: 'oss generate',
    summary: 'score all sworn members and write Work Items for those flagged',
    load: async () => (await import('../oss/commands/generate.ts')).ossGenerate,
  },
  {
    path: 'oss explain',
    summary: 'why a Work Item was generated: models, factors, their parts',
    load: async () => (await import('../oss/commands/explain.ts')).ossExplain,
  },
  {
    path: 'oss answer',
    summary: "record whether you agree with a Work Item's flags and factors",
    load: async () => (await import('../oss/commands/answer.ts')).ossAnswer,
  },
  {
    path: 'oss validate',
    summary: 'how well a data model foretells what happened after a day',
    load: async () => (await import('../oss/commands/validate.ts')).ossValidate,
  },
  {
    path: 'oss train',
    summary: 'fit a data model on history up to a day',
    load: async () => (await import('../oss/commands/train.ts')).ossTrain,
  },
  {
    path: 'concerns add',
    summary: 'enter a concern from a beat meeting, a call, mail or a visit',
    load: async () => (await import('../concerns/commands/add.ts')).concernsAdd,
  },
  {
    path: 'concerns access',
    summary: 'open a concern; the first look starts the 36 hours',
    load: async () => (await import('../concerns/commands/access.ts')).concernsAccess,
  },
  {
    path: 'concerns accept',
    summary: 'accept a concern for investigation',
    load: async () => (await import('../concerns/commands/accept.ts')).concernsAccept,
  },
  {
    path: 'concerns not-accept',
    summary: 'turn a concern down, with a coded reason',
    load: async () => (await import('../concerns/commands/not-accept.ts')).concernsNotAccept,
  },
  {
    path: 'concerns assign',
    summary: 'assign a concern to units, a supervisor or a member',
    load: async () => (await import('../concerns/commands/assign.ts')).concernsAssign,
  },
  {
    path: 'concerns reassign',
    summary: 'move a concern to another unit, or leave it without one',
    load: async () => (await import('../concerns/commands/reassign.ts')).concernsReassign,
  },
  {
    path: 'concerns extend',
    summary: 'add 7 days to an investigation, with a justification',
    load: async () => (await import('../concerns/commands/extend.ts')).concernsExtend,
  },
  {
    path: 'concerns submit',
    summary: 'document the action taken and send it up for approval',
    load: async () => (await import('../concerns/commands/submit.ts')).concernsSubmit,
  },
  {
    path: 'concerns complete',
    summary: 'end the investigation of a unit',
    load: async () => (await import('../concerns/commands/complete.ts')).concernsComplete,
  },
  {
    path: 'concerns approve',
    summary: 'approve what district personnel have finished',
    load: async () => (await import('../concerns/commands/approve.ts')).concernsApprove,
  },
  {
    path: 'concerns disapprove',
    summary: 'return an investigation for more to be done',
    load: async () => (await import('../concerns/commands/disapprove.ts')).concernsDisapprove,
  },
  {
    path: 'concerns dispute',
    summary: 'dispute which lieutenant owns a concern',
    load: async () => (await import('../concerns/commands/dispute.ts')).concernsDispute,
  },
  {
    path: 'concerns decide',
    summary: 'decide a dispute on who owns a concern',
    load: async () => (await import('../concerns/commands/decide.ts')).concernsDecide,
  },
  {
    path: 'concerns criminal',
    summary: 'record that the station supervisor was told of a crime',
    load: async () => (await import('../concerns/commands/criminal.ts')).concernsCriminal,
  },
  {
    path: 'concerns hazard',
    summary: 'record that OEMC and the supervisor were told of a hazard',
    load: async () => (await import('../concerns/commands/hazard.ts')).concernsHazard,
  },
  {
    path: 'concerns reply',
    summary: 'record what the resident was told',
    load: async () => (await import('../concerns/commands/reply.ts')).concernsReply,
  },
  {
    path: 'concerns associate',
    summary: 'hang a like concern at the same place under its primary',
    load: async () => (await import('../concerns/commands/associate.ts')).concernsAssociate,
  },
  {
    path: 'concerns separate',
    summary: 'take a concern away from its primary',
    load: async () => (await import('../concerns/commands/separate.ts')).concernsSeparate,
  },
  {
    path: 'concerns close',
    summary: 'close a concern',
    load: async () => (await import('../concerns/commands/close.ts')).concernsClose,
  },
  {
    path: 'concerns pin',
    summary: 'give a webportal concern its PIN, shown once',
    load: async () => (await import('../concerns/commands/pin.ts')).concernsPin,
  },
  {
    path: 'concerns status',
    summary: 'the public status of a concern, for whoever has its PIN',
    load: async () => (await import('../concerns/commands/status.ts')).concernsStatus,
  },
  {
    path: 'concerns list',
    summary: 'concerns by state, place, unit and origin',
    load: async () => (await import('../concerns/commands/list.ts')).concernsList,
  },
  {
    path: 'concerns worklist',
    summary: 'what waits for the acting role, and what runs',
    load: async () => (await import('../concerns/commands/worklist.ts')).concernsWorklist,
  },
  {
    path: 'concerns exceptions',
    summary: 'moved too often without an owner; past 7 days without an extension',
    load: async () => (await import('../concerns/commands/exceptions.ts')).concernsExceptions,
  },
  {
    path: 'concerns duplicates',
    summary: 'concerns alike in nature and place, each with its primary',
    load: async () => (await import('../concerns/commands/duplicates.ts')).concernsDuplicates,
  },
  {
    path: 'concerns audit',
    summary: 'timeliness and failure to respond, all districts side by side',
    load: async () => (await import('../concerns/commands/audit.ts')).concernsAudit,
  },
  {
    path: 'concerns report',
    summary: 'the Community Concerns Status Report',
    load: async () => (await import('../concerns/commands/report.ts')).concernsReport,
  },
  {
    path: 'concerns approve-report',
    summary: 'approve the status report that was submitted, or return it',
    load: async () => (await import('../concerns/commands/approve-report.ts')).concernsApproveReport,
  },
  {
    path: 'concerns overdue',
    summary: 'Community Concern clocks past due and still running',
    load: async () => (await import('../concerns/commands/overdue.ts')).concernsOverdue,
  },
  {
    path: 'csr report',
    summary: 'the City Service Request Status Report',
    load: async () => (await import('../csr/commands/report.ts')).csrReport,
  },
  {
    path: 'csr approve-report',
    summary: 'approve the status report that was submitted, or return it',
    load: async () => (await import('../csr/commands/approve-report.ts')).csrApproveReport,
  },
  {
    path: 'csr audit',
    summary: 'timeliness and failure to respond, all districts side by side',
    load: async () => (await import('../csr/commands/audit.ts')).csrAudit,
  },
  {
    path: 'csr open',
    summary: 'open the new police requests of this tour',
    load: async () => (await import('../csr/commands/open.ts')).csrOpen,
  },
  {
    path: 'csr work-orders',
    summary: 'print SRSWOs, one a page, with room for the answer',
    load: async () => (await import('../csr/commands/work-orders.ts')).csrWorkOrders,
  },
  {
    path: 'csr query-report',
    summary: 'the Service Request Query Report: police requests by beat',
    load: async () => (await import('../csr/commands/query-report.ts')).csrQueryReport,
  },
  {
    path: 'csr crossref',
    summary: 'where SRSWOs, forms and 311 do not match',
    load: async () => (await import('../csr/commands/crossref.ts')).csrCrossref,
  },
  {
    path: 'csr assign',
    summary: 'assign police requests to an investigating member',
    load: async () => (await import('../csr/commands/assign.ts')).csrAssign,
  },
  {
    path: 'csr submit',
    summary: "hand in the investigating member's explanation of an SRSWO",
    load: async () => (await import('../csr/commands/submit.ts')).csrSubmit,
  },
  {
    path: 'csr return',
    summary: 'return an insufficient SRSWO to its member with an explanation',
    load: async () => (await import('../csr/commands/return.ts')).csrReturn,
  },
  {
    path: 'csr request-extension',
    summary: 'record that a member asks for more time on an SRSWO',
    load: async () => (await import('../csr/commands/request-extension.ts')).csrRequestExtension,
  },
  {
    path: 'csr extend',
    summary: 'approve more time for an SRSWO: 15 days from the approval',
    load: async () => (await import('../csr/commands/extend.ts')).csrExtend,
  },
  {
    path: 'csr close',
    summary: 'enter the disposition of a sufficient SRSWO and close it',
    load: async () => (await import('../csr/commands/close.ts')).csrClose,
  },
  {
    path: 'csr reply',
    summary: 'record what the person who asked was told',
    load: async () => (await import('../csr/commands/reply.ts')).csrReply,
  },
  {
    path: 'csr idssr',
    summary: "ask another unit's help with a police request (form CPD-21.224)",
    load: async () => (await import('../csr/commands/idssr.ts')).csrIdssr,
  },
  {
    path: 'csr overdue',
    summary: 'service request clocks past due and still running',
    load: async () => (await import('../csr/commands/overdue.ts')).csrOverdue,
  },
  {
    path: 'csr ages',
    summary: 'how old open City requests are, by type, seasonal ones apart',
    load: async () => (await import('../csr/commands/ages.ts')).csrAges,
  },
  {
    path: 'csr report-ocp',
    summary: 'record that requests were reported to the Office of Community Policing',
    load: async () => (await import('../csr/commands/report-ocp.ts')).csrReportOcp,
  },
  {
    path: 'csr retention',
    summary: 'forms whose 180 days are over, and their purging under a certificate',
    load: async () => (await import('../csr/commands/retention.ts')).csrRetention,
  },
  {
    path: 'csr form add',
    summary: 'fill in a form CPD-21.208 for another City agency',
    load: async () => (await import('../csr/commands/form-add.ts')).csrFormAdd,
  },
  {
    path: 'csr form amend',
    summary: 'mend a form that is drafted or was returned',
    load: async () => (await import('../csr/commands/form-amend.ts')).csrFormAmend,
  },
  {
    path: 'csr form submit',
    summary: 'hand forms to the community policing office',
    load: async () => (await import('../csr/commands/form-submit.ts')).csrFormSubmit,
  },
  {
    path: 'csr form review',
    summary: "record the day's review of the forms that wait at the office",
    load: async () => (await import('../csr/commands/form-review.ts')).csrFormReview,
  },
  {
    path: 'csr form return',
    summary: 'return an incomplete or inappropriate form to its author',
    load: async () => (await import('../csr/commands/form-return.ts')).csrFormReturn,
  },
  {
    path: 'csr form number',
    summary: 'record the 311 number under which a form was entered',
    load: async () => (await import('../csr/commands/form-number.ts')).csrFormNumber,
  },
  {
    path: 'csr form complete',
    summary: 'record that the requested service was done',
    load: async () => (await import('../csr/commands/form-complete.ts')).csrFormComplete,
  },
  {
    path: 'csr form list',
    summary: 'forms CPD-21.208 with their age and what they wait for',
    load: async () => (await import('../csr/commands/form-list.ts')).csrFormList,
  },
  {
    path: 'said score',
    summary: 'tiers for every subject who can be scored',
    load: async () => (await import('../said/commands/score.ts')).saidScore,
  },
  {
    path: 'said overdue',
    summary: 'SAID clocks past due and still running',
    load: async () => (await import('../said/commands/overdue.ts')).saidOverdue,
  },
  {
    path: 'today',
    summary: 'your tour: what waits, what falls due, which looks are owed',
    // Not through the manifests: those bring imports and histories along, and this starts often.
    load: async () =>
      (await import('../desk/commands/today.ts')).makeToday(
        async () => [
          (await import('../concerns/today.ts')).concernsWaiting,
          (await import('../csr/today.ts')).csrWaiting,
          (await import('../oss/waiting.ts')).ossWaiting,
        ],
        async (...asked) => (await import('../oss/hidden-clocks.ts')).hiddenClocks(...asked),
      ),
  },
  {
    path: 'calendar',
    summary: 'due dates for a calendar program',
    load: async () => (await import('../desk/commands/calendar.ts')).calendar,
  },
  {
    path: 'overdue',
    summary: 'every clock past due, of all directives',
    load: async () => (await import('../desk/commands/overdue.ts')).overdue,
  },
  {
    path: 'show',
    summary: 'one record of any directive',
    load: async () => (await import('../desk/commands/show.ts')).show,
  },
  {
    path: 'why',
    summary: 'the clocks of a record: dates, extensions, arithmetic, cites',
    load: async () => (await import('../desk/commands/why.ts')).why,
  },
  {
    path: 'history',
    summary: 'what happened to a record, and when it was entered',
    load: async () => (await import('../desk/commands/history.ts')).history,
  },
  {
    path: 'check',
    summary: 'findings: what the rules would have refused',
    load: async () => (await import('../desk/commands/check.ts')).check,
  },
  {
    path: 'import',
    summary: 'read CSV exports into the store',
    load: async () => (await import('../desk/commands/import.ts')).importCommand,
  },
  {
    path: 'rules',
    summary: 'the rules of the directives, and what the program makes of them',
    load: async () => (await import('../desk/commands/rules.ts')).rulesCommand,
  },
  {
    path: 'evidence add',
    summary: 'record the proof that a rule asks for',
    load: async () => (await import('../desk/commands/evidence-add.ts')).evidenceAdd,
  },
  {
    path: 'cron',
    summary: 'crontab lines and systemd timers for the overdue checks',
    load: async () => (await import('../desk/commands/cron.ts')).cron,
  },
  {
    path: 'audit log',
    summary: 'events and accesses as they were recorded',
    load: async () => (await import('../desk/commands/audit-log.ts')).auditLog,
  },
  {
    path: 'audit verify',
    summary: 'check the event and access chains',
    load: async () => (await import('../desk/commands/audit-verify.ts')).auditVerify,
  },
  {
    path: 'db info',
    summary: 'what the store holds',
    load: async () => (await import('../desk/commands/db-info.ts')).dbInfo,
  },
  {
    path: 'db check',
    summary: 'check the store for damage',
    load: async () => (await import('../desk/commands/db-check.ts')).dbCheck,
  },
  {
    path: 'db migrate',
    summary: 'bring the store to this version',
    load: async () => (await import('../desk/commands/db-migrate.ts')).dbMigrate,
  },
  {
    path: 'db backup',
    summary: 'copy the store while it is in use',
    load: async () => (await import('../desk/commands/db-backup.ts')).dbBackup,
  },
];
