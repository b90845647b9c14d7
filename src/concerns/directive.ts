import { recordBefore } from '../casework/act.ts';
import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordFact, RecordView } from '../casework/directive.ts';
import { instantFact } from '../casework/facts.ts';
import { replayAll } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { concernEventsProfile, concernsProfile } from './imports.ts';
import { concernById, concernKind } from './records.ts';
import type { ConcernState } from './state.ts';
import { minutesToStation } from './station.ts';
import { mutedConcerns, reachOfConcern } from './visibility.ts';
import { concernWorkflow } from './workflow.ts';

/** Community Concerns, S02-03-03 VI and VII. */
export const concernsDirective: Directive = {
  system: 'concerns',
  title: 'Community Concerns',
  cite: 'S02-03-03',
  banner: [],
  profiles: [concernsProfile, concernEventsProfile],
  find,
  sees: null,
  reach: reachOfConcern,
  mutes: mutedConcerns,
  needsPurpose: false,
  replayAll: (writer) => replayAll(writer, concernKind),
  requireEvidence: async (...asked) => (await import('./addressing.ts')).requireAddressing(...asked),
  waiting: async (...asked) => (await import('./today.ts')).concernsWaiting(...asked),
  async commands() {
    return [
      (await import('./commands/add.ts')).concernsAdd,
      (await import('./commands/access.ts')).concernsAccess,
      (await import('./commands/accept.ts')).concernsAccept,
      (await import('./commands/not-accept.ts')).concernsNotAccept,
      (await import('./commands/assign.ts')).concernsAssign,
      (await import('./commands/reassign.ts')).concernsReassign,
      (await import('./commands/extend.ts')).concernsExtend,
      (await import('./commands/submit.ts')).concernsSubmit,
      (await import('./commands/complete.ts')).concernsComplete,
      (await import('./commands/approve.ts')).concernsApprove,
      (await import('./commands/disapprove.ts')).concernsDisapprove,
      (await import('./commands/dispute.ts')).concernsDispute,
      (await import('./commands/decide.ts')).concernsDecide,
      (await import('./commands/criminal.ts')).concernsCriminal,
      (await import('./commands/hazard.ts')).concernsHazard,
      (await import('./commands/reply.ts')).concernsReply,
      (await import('./commands/associate.ts')).concernsAssociate,
      (await import('./commands/separate.ts')).concernsSeparate,
      (await import('./commands/close.ts')).concernsClose,
      (await import('./commands/pin.ts')).concernsPin,
      (await import('./commands/status.ts')).concernsStatus,
      (await import('./commands/list.ts')).concernsList,
      (await import('./commands/worklist.ts')).concernsWorklist,
      (await import('./commands/exceptions.ts')).concernsExceptions,
      (await import('./commands/duplicates.ts')).concernsDuplicates,
      (await import('./commands/audit.ts')).concernsAudit,
      (await import('./commands/report.ts')).concernsReport,
      (await import('./commands/approve-report.ts')).concernsApproveReport,
      (await import('./commands/overdue.ts')).concernsOverdue,
    ];
  },
  carries: ruleCarriers(concernWorkflow, ['CC-05', 'CC-06', 'CC-07', 'CC-08', 'CC-09', 'CC-16', 'CC-35']),
};

async function find(reader: Reader, id: string, now: Instant): Promise<RecordView | null> {
  const row = await concernById(reader, id);
  const stood = row === undefined ? null : await recordBefore(reader, concernKind, id, now);
  if (row === undefined || stood === null) return null;
  return {
    system: 'concerns',
    id,
    title: `Community Concern ${id}`,
    state: stood.state,
    facts: [
      // The clocks of a concern tell whether it came by the webportal (CC-15), so this is kept from nobody.
      { key: 'origin', label: 'Origin', value: row.origin },
      instantFact('submittedAt', 'Submitted', row.submitted_at),
      { key: 'category', label: 'Category', value: row.category, words: true },
      { key: 'description', label: 'Description', value: row.description, words: true },
      { key: 'address', label: 'Address', value: row.address, words: true },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat, words: true },
      { key: 'meeting', label: 'Beat meeting', value: stood.meeting, words: true },
      { key: 'primaryControlNumber', label: 'Associated to', value: stood.primary },
      instantFact('firstAccessedAt', 'First accessed', stood.firstAccessedAt),
      instantFact('stationToldAt', 'Station supervisor told', stood.stationToldAt),
      {
        key: 'minutesToStation',
        label: 'Minutes from access to telling',
        value: minutesToStation(stood.firstAccessedAt, stood.stationToldAt),
        words: true,
      },
      instantFact('firstAssignedAt', 'First assigned', stood.firstAssignedAt),
      instantFact('completedAt', 'Investigation Complete', stood.completedAt),
      instantFact('closedAt', 'Closed', stood.closedAt),
      ...disputeFacts(stood),
      ...hazardFacts(stood),
      { key: 'extensions', label: 'Extensions', value: stood.extensions, words: true },
      { key: 'reassignments', label: 'Re-assignments', value: stood.reassignments, words: true },
    ],
  };
}

// Most concerns are never disputed: nothing is said of it on them.
function disputeFacts({ disputedAt, decision }: ConcernState): readonly RecordFact[] {
  const open = disputedAt === null ? [] : [instantFact('disputedAt', 'In dispute since', disputedAt)];
  const settled: readonly RecordFact[] =
    decision === null
      ? []
      : [
          instantFact('decidedAt', 'Dispute decided', decision.at),
          { key: 'decision', label: 'Decision', value: decision.reason },
          { key: 'responsible', label: 'Owner by decision', value: decision.responsible },
        ];
  return [...open, ...settled].map((fact) => ({ ...fact, words: true }));
}

function hazardFacts({ hazard, oemc, supervisor }: ConcernState): readonly RecordFact[] {
  if (!hazard && oemc === null && supervisor === null) return [];
  return [
    { key: 'hazard', label: 'Immediate hazard', value: hazard ? 'yes' : 'no', words: true },
    { key: 'oemcNotified', label: 'OEMC told', value: oemc, words: true },
    { key: 'supervisorNotified', label: 'Supervisor told', value: supervisor, words: true },
  ];
}
