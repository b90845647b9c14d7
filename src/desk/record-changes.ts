import { sql } from 'kysely';
import { peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import type { Entry } from './record-events.ts';

type Image = Readonly<Record<string, string | number | null>>;

interface Batch {
  readonly id: number;
  readonly file: string;
  readonly imported: number;
}

/** Columns worth a word when they change, with how a person calls them. */
const LABELS: Readonly<Record<string, string>> = {
  status_id: 'status',
  type_id: 'type',
  department_id: 'department',
  closed_at: 'closed',
  created_at: 'created',
  address: 'address',
  zip: 'zip',
  ward: 'ward',
  district: 'district',
  beat: 'beat',
  duplicate: 'duplicate',
  parent_sr_number: 'duplicate of',
};

/**
 * The history of a City request that is mirrored: the batch that brought it, then one entry a change, with what
 * changed. Their event time is the request's own last update, or the import where the source gives none.
 */
export async function mirrorEntries(
  reader: Reader,
  srNumber: string,
  now: Instant,
): Promise<readonly Entry[]> {
  const current = await reader.db
    .selectFrom('csr_request')
    .selectAll()
    .where('sr_number', '=', srNumber)
    .executeTakeFirst();
  if (current === undefined) return [];
  const changes = await reader.db
    .selectFrom('csr_change')
    .select(['batch_id', 'recorded_at', 'reopened_at', 'before'])
    .where('request_id', '=', current.id)
    .orderBy('id')
    .execute();
  const images: Image[] = [...changes.map((change) => JSON.parse(change.before) as Image), { ...current }];
  const words = await wordsOf(reader, images);
  const first = images[0];
  const ids = [Number(first?.batch_id ?? 0), ...changes.map((change) => change.batch_id)];
  const batches = await batchesOf(reader, ids);
  const [brought] = ids;
  const entries = changes.map((change, at): Entry => {
    const [before = {}, after = {}] = [images[at], images[at + 1]];
    const updated = after.updated_at;
    const differences = differencesOf(before, after, words);
    const reopened = change.reopened_at === null ? [] : ['reopened'];
    const detail = [...reopened, ...differences];
    return entry(
      'changed',
      Number(updated ?? change.recorded_at),
      change.recorded_at,
      batches.get(change.batch_id),
      detail,
    );
  });
  const start = batches.get(brought ?? 0);
  const begun = entry('mirrored', current.created_at, start?.imported ?? current.created_at, start, []);
  return [begun, ...entries].filter((each) => each.at <= now);
}

function entry(
  name: string,
  at: number,
  recordedAt: number,
  batch: Batch | undefined,
  detail: readonly string[],
): Entry {
  return {
    seq: null,
    name,
    at: at as Instant,
    recordedAt: recordedAt as Instant,
    by: null,
    unit: null,
    reason: null,
    detail,
    origin: 'import',
    batch: batch === undefined ? null : { id: batch.id, file: batch.file },
    undone: null,
  };
}

function differencesOf(before: Image, after: Image, words: ReadonlyMap<number, string>): readonly string[] {
  return Object.entries(LABELS).flatMap(([column, label]) => {
    const [from, to] = [before[column] ?? null, after[column] ?? null];
    if (from === to) return [];
    return [`${label}: ${shown(column, from, words)} → ${shown(column, to, words)}`];
  });
}

function shown(column: string, value: string | number | null, words: ReadonlyMap<number, string>): string {
  if (value === null) return '–';
  if (column.endsWith('_id')) return words.get(Number(value)) ?? String(value);
  if (column.endsWith('_at')) return peopleInstant(Number(value) as Instant);
  if (column === 'district') return String(value).padStart(3, '0');
  if (column === 'beat') return String(value).padStart(4, '0');
  if (column === 'duplicate') return value === 1 ? 'yes' : 'no';
  return String(value);
}

async function wordsOf(reader: Reader, images: readonly Image[]): Promise<ReadonlyMap<number, string>> {
  const ids = images.flatMap((image) => [image.status_id, image.type_id, image.department_id]);
  const rows = await reader.db
    .selectFrom('csr_word')
    .select(['id', 'word'])
    .where('id', 'in', sql<number>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.word]));
}

async function batchesOf(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, Batch>> {
  const rows = await reader.db
    .selectFrom('batch')
    .select(['id', 'file', 'imported_at'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, { id: row.id, file: row.file, imported: row.imported_at }]));
}
