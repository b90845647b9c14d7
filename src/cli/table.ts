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
    summary: 'timeliness of all districts side by side',
    load: async () => (await import('../concerns/commands/audit.ts')).concernsAudit,
  },
  {
    path: 'concerns report',
    summary: 'the monthly status of all concerns',
    load: async () => (await import('../concerns/commands/report.ts')).concernsReport,
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
    path: 'csr overdue',
    summary: 'service request clocks past due and still running',
    load: async () => (await import('../csr/commands/overdue.ts')).csrOverdue,
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
      (await import('../desk/commands/today.ts')).makeToday(async () => [
        (await import('../concerns/today.ts')).concernsWaiting,
      ]),
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
