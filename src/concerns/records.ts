import { sql } from 'kysely';
import type { Base, CaseKind } from '../casework/kind.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { concernRemarkStands } from './objections.ts';
import { type ConcernState, newConcern } from './state.ts';
import { concernWorkflow } from './workflow.ts';

function among(ids: readonly string[]) {
  return sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;
}

/** Community Concerns for act and replay. */
export const concernKind: CaseKind<ConcernState> = {
  workflow: concernWorkflow,
  system: 'concerns',
  table: { name: 'concern', key: 'control_number' },
  policy: () => ({ building: loadPolicy().concerns().building }),
  async bases(reader, ids) {
    const rows = await reader.db
      .selectFrom('concern')
      .select(['control_number', 'origin', 'category', 'district', 'beat', 'submitted_at'])
      .where('control_number', 'in', among(ids))
      .execute();
    const bases = new Map<string, Base<ConcernState>>();
    for (const row of rows) {
      const { control_number: controlNumber, origin, category, district, beat } = row;
      const submittedAt = row.submitted_at as Instant;
      bases.set(controlNumber, {
        state: newConcern({ controlNumber, origin, category, district, submittedAt }),
        labels: { district, beat, category },
        began: submittedAt,
      });
    }
    return bases;
  },
  saver(writer) {
    const update = writer.prepare(
      `update concern set state = ?, primary_control_number = ?, first_accessed_at = ?, first_assigned_at = ?,
         completed_at = ?, closed_at = ?, extensions = ?, reassignments = ?
       where control_number = ?`,
    );
    return (id, state) => {
      update.run(
        state.state,
        state.primary,
        state.firstAccessedAt,
        state.firstAssignedAt,
        state.completedAt,
        state.closedAt,
        state.extensions,
        state.reassignments,
        id,
      );
    };
  },
  stands: concernRemarkStands,
  links: {
    tie: 'associated',
    part: 'separated',
    to: 'primary_control_number',
    ends: ['closed', 'not-accepted'],
  },
  // A-CC-12: each unit's task has a clock of its own, with its own extensions and the moves that brought it there.
  counts: (state, { key, period }) => ({
    extensions: period - 1,
    reassignments: state.tasks.findLast(({ unit }) => unit === key)?.moves ?? 0,
    firstAssignedAt: state.firstAssignedAt,
  }),
};

/** One concern as it stands, or undefined. */
export async function concernById(reader: Reader, id: string) {
  return reader.db.selectFrom('concern').selectAll().where('control_number', '=', id).executeTakeFirst();
}

/** The concerns that are associated to one now. */
export async function associatesOf(reader: Reader, id: string): Promise<readonly string[]> {
  const rows = await reader.db
    .selectFrom('concern')
    .select('control_number')
    .where('primary_control_number', '=', id)
    .where('state', '=', 'associated')
    .orderBy('control_number')
    .execute();
  return rows.map(({ control_number: associate }) => associate);
}

/** The districts or beats that concerns bear. */
export async function placesOfConcerns(
  reader: Reader,
  kind: 'district' | 'beat',
): Promise<readonly string[]> {
  const rows = await reader.db.selectFrom('concern').select(kind).distinct().execute();
  return rows.flatMap((row) => row[kind] ?? []);
}
