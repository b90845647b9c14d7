import { sql } from 'kysely';
import type { Base, CaseKind } from '../casework/kind.ts';
import { instantOf, parseLocalDate } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { areasByDistrict } from '../people/areas.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { workItemWorkflow } from './workflow.ts';
import { newWorkItem, type WorkItemState } from './workflow-state.ts';

/** Work Items for act and replay. */
export const workItemKind: CaseKind<WorkItemState> = {
  workflow: workItemWorkflow,
  system: 'oss',
  table: { name: 'work_item', key: 'work_item_id' },
  policy() {
    const { scope, plan, modelCount } = loadPolicy().oss();
    return {
      scope: scope.map((row) => ({ district: row.district, fromInstant: startOf(row.from) })),
      disciplinary: plan.disciplinary,
      supportive: plan.supportive,
      facts: plan.questions.filter(({ facts }) => facts).map(({ code }) => code),
      models: modelCount.names,
      areas: areasByDistrict(),
    };
  },
  async bases(reader, ids) {
    const rows = await reader.db
      .selectFrom('work_item as w')
      .leftJoin('member as m', 'm.member_id', 'w.member_id')
      .select(['w.work_item_id', 'w.member_id', 'w.generated_at', 'w.models', 'm.district'])
      .where('w.work_item_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
      .execute();
    const bases = new Map<string, Base<WorkItemState>>();
    for (const row of rows) {
      bases.set(row.work_item_id, {
        state: newWorkItem({
          workItemId: row.work_item_id,
          memberId: row.member_id,
          generatedAt: row.generated_at as Instant,
          models: modelsOf(row.models),
        }),
        labels: { district: row.district, beat: null, category: null },
        members: [row.member_id],
      });
    }
    return bases;
  },
  saver(writer) {
    const update = writer.prepare(
      `update work_item set state = ?, determination = ?, determination_reason = ?, reason_missing = ?, determined_at = ?,
         area_rep_id = ?, command_id = ?, supervisor_id = ?
       where work_item_id = ?`,
    );
    return (id, state) => {
      const missing = state.determination === 'invalid' && (state.reason ?? '').trim() === '' ? 1 : 0;
      update.run(
        state.state,
        state.determination,
        state.reason,
        missing,
        state.determinedAt,
        state.areaRepId,
        state.commandId,
        state.supervisorId,
        id,
      );
    };
  },
  counts: () => ({ extensions: 0, reassignments: 0, firstAssignedAt: null }),
};

function startOf(day: string): number {
  const date = parseLocalDate(day);
  return date === null ? 0 : instantOf(date, 0, 'start').at;
}

function modelsOf(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

/** A Work Item that waits for its validity to be determined. */
export interface QueuedItem {
  readonly id: string;
  readonly memberId: string;
  readonly generatedAt: Instant;
  readonly dueAt: Instant;
  readonly models: readonly string[];
  readonly summary: string | null;
}

/**
 * Work Items whose validity was not determined at `now`, oldest due first, without those of the member who looks. For
 * everyone (null) without those that were found invalid since, of which only analyst and OSSU supervisor may know
 * (OSS-12).
 */
export async function triageQueue(
  reader: Reader,
  now: Instant,
  looks: string | null,
): Promise<readonly QueuedItem[]> {
  let query = reader.db
    .selectFrom('clock as c')
    .innerJoin('work_item as w', 'w.work_item_id', 'c.record_id')
    .select(['w.work_item_id', 'w.member_id', 'w.generated_at', 'w.models', 'w.summary', 'c.due_at'])
    .where('c.system', '=', 'oss')
    .where('c.rule', '=', 'OSS-16')
    .where('c.opened_at', '<=', now)
    .where('c.stopped_at', '>', now)
    .orderBy('c.due_at')
    .orderBy('w.work_item_id');
  query =
    looks === null
      ? query.where('w.determination', 'is distinct from', 'invalid')
      : query.where('w.member_id', '<>', looks);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.work_item_id,
    memberId: row.member_id,
    generatedAt: row.generated_at as Instant,
    dueAt: row.due_at as Instant,
    models: modelsOf(row.models),
    summary: row.summary,
  }));
}

/** Counts of a member's jacket entries by kind, all and of the year before `now`. */
export interface JacketSummary {
  readonly member: {
    readonly rank: string;
    readonly unit: string | null;
    readonly district: string | null;
  } | null;
  readonly kinds: readonly { readonly kind: string; readonly lastYear: number; readonly all: number }[];
}

const YEAR_SECONDS = 365 * 86_400;

/** What a member's jacket holds, in counts. */
export async function jacketSummary(reader: Reader, memberId: string, now: Instant): Promise<JacketSummary> {
  const member = await reader.db
    .selectFrom('member')
    .select(['rank', 'unit', 'district'])
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  const rows = await reader.db
    .selectFrom('member_activity')
    .select([
      'kind',
      sql<number>`count(*)`.as('all'),
      sql<number>`sum(occurred_at > ${now - YEAR_SECONDS})`.as('recent'),
    ])
    .where('member_id', '=', memberId)
    .where('occurred_at', '<=', now)
    .groupBy('kind')
    .orderBy('kind')
    .execute();
  return {
    member: member ?? null,
    kinds: rows.map((row) => ({ kind: row.kind, lastYear: Number(row.recent), all: Number(row.all) })),
  };
}

/** One Work Item as it stands, or undefined; `models` is a list. */
export async function workItemById(reader: Reader, id: string) {
  const row = await reader.db
    .selectFrom('work_item')
    .selectAll()
    .where('work_item_id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, models: modelsOf(row.models) };
}
