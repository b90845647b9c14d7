import { ruleCarriers } from '../casework/carries.ts';
import type { Directive, RecordView } from '../casework/directive.ts';
import { replayAll } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { cityRequestById } from './city-records.ts';
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
  find: async (reader, id) => (await findAll(reader, id))[0] ?? null,
  findAll,
  sees: null,
  needsPurpose: false,
  replayAll: (writer) => replayAll(writer, policeRequestKind),
  async commands() {
    return [
      (await import('./commands/report.ts')).csrReport,
      (await import('./commands/overdue.ts')).csrOverdue,
    ];
  },
  carries: [
    ...ruleCarriers(policeRequestWorkflow, ['CSR-34', 'CSR-45', 'CSR-47']),
    { rule: 'CSR-10', as: 'report' },
  ],
};

function instant(key: string, label: string, at: number | null) {
  return { key, label, value: { kind: 'instant' as const, at: at as Instant | null } };
}

// One number may name a mirrored request and the work order on it.
async function findAll(reader: Reader, id: string): Promise<readonly RecordView[]> {
  return [await findPolice(reader, id), await findCity(reader, id)].filter((view) => view !== null);
}

async function findPolice(reader: Reader, id: string): Promise<RecordView | null> {
  const row = await policeRequestById(reader, id);
  if (row === undefined) return null;
  return {
    system: 'csr',
    id,
    title: `Police service request ${id}`,
    state: row.state,
    facts: [
      instant('createdAt', 'Created', row.created_at),
      { key: 'category', label: 'Category', value: row.category },
      { key: 'address', label: 'Address', value: row.address },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat },
      { key: 'assignedTo', label: 'Investigating member', value: row.assigned_to },
      instant('assignedAt', 'Assigned', row.assigned_at),
      instant('submittedAt', 'Submitted', row.submitted_at),
      { key: 'actionTaken', label: 'Action taken', value: row.action_taken },
      { key: 'disposition', label: 'Disposition', value: row.disposition },
      instant('closedAt', 'Closed', row.closed_at),
      { key: 'extensions', label: 'Extensions', value: row.extensions },
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
      instant('createdAt', 'Created', row.createdAt),
      instant('updatedAt', 'Updated', row.updatedAt),
      instant('closedAt', 'Closed', row.closedAt),
      { key: 'address', label: 'Address', value: row.address },
      { key: 'district', label: 'District', value: row.district },
      { key: 'beat', label: 'Beat', value: row.beat },
      { key: 'duplicate', label: 'Duplicate', value: row.duplicate ? 'yes' : 'no' },
      { key: 'parentSrNumber', label: 'Duplicate of', value: row.parentSrNumber },
    ],
  };
}
