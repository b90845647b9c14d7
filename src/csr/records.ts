import { sql } from 'kysely';
import type { Instant } from '../core/instant.ts';
import type { Source } from '../report/sources.ts';
import type { Query } from '../store/open.ts';
import type { ReadDb, Reader } from '../store/store.ts';
import { FORMS_EVER } from './form-records.ts';
import type { Reopening } from './report-timeline.ts';

/** The place that a report is about; null is everywhere. District and beat as the mirror's numbers (5, 511). */
export interface Scope {
  readonly district: number | null;
  readonly beat: number | null;
}

/** One request as the report reads it. Instants are seconds; `createdDay` is days since 1970-01-01 in Chicago. */
export type RequestRow = readonly [
  id: number,
  typeId: number,
  originId: number | null,
  district: number | null,
  beat: number | null,
  isOpen: number,
  createdAt: number,
  createdDay: number,
  closedAt: number | null,
  duplicate: number,
  /** Null as well where the request is older than the places are looked at. */
  address: string | null,
  departmentId: number | null,
];

/** Which requests can count: all created until `until` that were open at `openSince` or later, or created since `createdSince`. */
export interface Reach {
  readonly until: Instant;
  readonly openSince: Instant;
  readonly createdSince: Instant;
  readonly addressSince: Instant;
}

/** The query for the requests of a place that can count: one pass over the table, or over its district's index. */
export function reachQuery(db: ReadDb, scope: Scope, reach: Reach): Query {
  let query = db
    .selectFrom('csr_request')
    .select(['id', 'type_id', 'origin_id', 'district', 'beat', 'is_open', 'created_at', 'created_day'])
    .select(['closed_at', 'duplicate'])
    .select(sql<string | null>`case when created_at >= ${reach.addressSince} then address end`.as('address'))
    .select('department_id')
    .where('created_at', '<=', reach.until)
    .where(
      sql<boolean>`(is_open = 1 or created_at >= ${reach.createdSince} or closed_at >= ${reach.openSince} or closed_at is null)`,
    );
  if (scope.district !== null) query = query.where('district', '=', scope.district);
  if (scope.beat !== null) query = query.where('beat', '=', scope.beat);
  return query.compile();
}

/** The requests of a place that can count in a report, in batches. */
export async function* requestsInReach(
  reader: Reader,
  scope: Scope,
  reach: Reach,
): AsyncGenerator<readonly RequestRow[]> {
  for await (const batch of reader.scan(reachQuery(reader.db, scope, reach), 4096)) {
    yield batch as readonly RequestRow[];
  }
}

/** The repeating words of requests: types, origins and departments by id. */
export async function requestWords(reader: Reader): Promise<ReadonlyMap<number, string>> {
  const rows = await reader.db
    .selectFrom('csr_word')
    .select(['id', 'word'])
    .where('kind', 'in', ['type', 'origin', 'department'])
    .execute();
  return new Map(rows.map((row) => [row.id, row.word]));
}

/** Ids of the type words that are one of `words`. */
export async function typeIds(reader: Reader, words: readonly string[]): Promise<ReadonlySet<number>> {
  if (words.length === 0) return new Set();
  const rows = await reader.db
    .selectFrom('csr_word')
    .select('id')
    .where('kind', '=', 'type')
    .where('word', 'in', words)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Ids of the requests that members of the Department asked for, on a form CPD-21.208. */
export async function requestsOnForms(reader: Reader): Promise<ReadonlySet<number>> {
  const rows = await reader.rows({
    sql: `select r.id from ${FORMS_EVER} f join csr_request r on r.sr_number = f.sr_number`,
    parameters: [],
  });
  return new Set(rows.map(([id]) => Number(id)));
}

/** Reopenings by request, in the order in which they became known. */
export async function reopeningsByRequest(
  reader: Reader,
): Promise<ReadonlyMap<number, readonly Reopening[]>> {
  const found = new Map<number, Reopening[]>();
  const query = reader.db
    .selectFrom('csr_change')
    .select(['request_id', 'was_closed_at', 'reopened_at'])
    .where('reopened_at', 'is not', null)
    .orderBy('request_id')
    .orderBy('id');
  for (const row of await query.execute()) {
    if (row.reopened_at === null) continue;
    const reopening = { closedAt: row.was_closed_at, reopenedAt: row.reopened_at };
    const known = found.get(row.request_id);
    if (known) known.push(reopening);
    else found.set(row.request_id, [reopening]);
  }
  return found;
}

/**
 * Ids of requests created in a span whose district is unknown, without duplicates and the types of
 * `leftOut`.
 */
export async function mirroredWithoutDistrict(
  reader: Reader,
  from: Instant,
  to: Instant,
  leftOut: ReadonlySet<number>,
): Promise<readonly number[]> {
  const rows = await reader.db
    .selectFrom('csr_request')
    .select(['id', 'type_id'])
    .where('district', 'is', null)
    .where('created_at', '>=', from)
    .where('created_at', '<=', to)
    .where('duplicate', '=', 0)
    .execute();
  return rows.filter((row) => !leftOut.has(row.type_id)).map((row) => row.id);
}

/**
 * The files of service requests whose imports stand, oldest first, each as it was first imported: the same content again
 * is the same file and tells nothing new.
 */
export async function requestSources(reader: Reader): Promise<readonly Required<Source>[]> {
  const rows = await reader.db
    .selectFrom('batch')
    .select(['file', 'sha256', 'rows', 'imported_at', 'updated', 'unchanged', 'kept_local', 'rejected'])
    .where('undone_at', 'is', null)
    .where((where) =>
      where.or([
        where('profile', '=', 'csr'),
        where('profile', 'like', 'csr-%'),
        where('profile', 'like', '%311%'),
      ]),
    )
    .orderBy('id')
    .execute();
  const files = new Map<string, Required<Source>>();
  for (const row of rows) {
    if (files.has(row.sha256)) continue;
    files.set(row.sha256, {
      file: row.file,
      sha256: row.sha256,
      rows: row.rows,
      repeated: row.updated + row.unchanged + row.kept_local,
      rejected: row.rejected,
      importedAt: row.imported_at as Instant,
    });
  }
  return [...files.values()];
}
