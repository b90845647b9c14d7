import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordView } from '../casework/directive.ts';
import { replayAll } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { ossEventsProfile, workItemsProfile } from './imports.ts';
import { officerProfiles } from './officer-imports.ts';
import { workItemById, workItemKind } from './records.ts';
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
  needsPurpose: false,
  replayAll: (writer) => replayAll(writer, workItemKind),
  async commands() {
    return [
      (await import('./commands/triage.ts')).ossTriage,
      (await import('./commands/reopen.ts')).ossReopen,
      (await import('./commands/overdue.ts')).ossOverdue,
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
    'OSS-08',
    'OSS-10',
    'OSS-11',
    'OSS-12',
    'OSS-17',
    'OSS-28',
    'OSS-33',
    'OSS-34',
  ]),
};

async function find(reader: Reader, id: string): Promise<RecordView | null> {
  const row = await workItemById(reader, id);
  if (row === undefined) return null;
  const at = (key: string, label: string, value: number | null) => ({
    key,
    label,
    value: { kind: 'instant' as const, at: value as Instant | null },
  });
  return {
    system: 'oss',
    id,
    title: `Work Item ${id}`,
    state: row.state,
    facts: [
      { key: 'memberId', label: 'Member', value: row.member_id },
      at('generatedAt', 'Generated', row.generated_at),
      { key: 'models', label: 'Models', value: row.models.join(', ') },
      { key: 'summary', label: 'Summary', value: row.summary },
      { key: 'determination', label: 'Determination', value: row.determination },
      { key: 'determinationReason', label: 'Reason', value: row.determination_reason },
      at('determinedAt', 'Determined', row.determined_at),
      { key: 'areaRepId', label: 'Area representative', value: row.area_rep_id },
      { key: 'commandId', label: 'Command', value: row.command_id },
      { key: 'supervisorId', label: 'Supervisor', value: row.supervisor_id },
    ],
  };
}
