import { sql } from 'kysely';
import type { Base, CaseKind } from '../casework/kind.ts';
import { instantOrNull } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { newPoliceRequest, type PoliceRequestState, policeRequestWorkflow } from './workflow.ts';

/** Police service requests (SRSWO) for act and replay. */
export const policeRequestKind: CaseKind<PoliceRequestState> = {
  workflow: policeRequestWorkflow,
  system: 'csr',
  table: { name: 'srswo', key: 'sr_number' },
  policy: () => ({}),
  async bases(reader, ids) {
    const rows = await reader.db
      .selectFrom('srswo')
      .select(['sr_number', 'created_at', 'district', 'beat', 'category'])
      .where('sr_number', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
      .execute();
    const bases = new Map<string, Base<PoliceRequestState>>();
    for (const { sr_number: srNumber, created_at, district, beat, category } of rows) {
      const createdAt = instantOrNull(created_at);
      bases.set(srNumber, {
        state: newPoliceRequest({ srNumber, district, createdAt }),
        labels: { district, beat, category },
      });
    }
    return bases;
  },
  saver(writer) {
    const update = writer.prepare(
      `update srswo set state = ?, assigned_to = coalesce(?, assigned_to), assigned_at = ?, submitted_at = ?,
         action_taken = coalesce(?, action_taken), disposition = coalesce(?, disposition), extensions = ?, returns = ?,
         closed_at = ?, more_time_asked_at = ?
       where sr_number = ?`,
    );
    return (id, state) => {
      update.run(
        state.state,
        state.assignedTo,
        state.assignedAt,
        state.submittedAt,
        state.actionTaken,
        state.disposition,
        state.extensions,
        state.returns,
        state.closedAt,
        state.moreTimeAskedAt,
        id,
      );
    };
  },
  counts: ({ extensions, reassignments, assignedAt }) => ({
    extensions,
    reassignments,
    firstAssignedAt: assignedAt,
  }),
};

/** One police request as it stands, or undefined. */
export async function policeRequestById(reader: Reader, id: string) {
  return reader.db.selectFrom('srswo').selectAll().where('sr_number', '=', id).executeTakeFirst();
}
