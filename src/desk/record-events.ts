import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import type { Found } from './record-find.ts';

/** One entry of a record's history; `at` is when it happened, `recordedAt` when it was entered. */
export interface Entry {
  readonly seq: number | null;
  readonly name: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string | null;
  readonly unit: string | null;
  readonly reason: string | null;
  /** Further facts as `name: value` texts; null where they are not for this actor. */
  readonly detail: readonly string[] | null;
  readonly origin: 'local' | 'import';
  readonly batch: { readonly id: number; readonly file: string } | null;
  /** Null for one that stands; else what took it back. */
  readonly undone: string | null;
}

/** The events of one record by event time, as of `now`, with what later took them back. */
export async function recordEvents(
  reader: Reader,
  { view, reach }: Found,
  now: Instant,
): Promise<readonly Entry[]> {
  const rows = await reader.db
    .selectFrom('event as e')
    .leftJoin('batch as b', 'b.id', 'e.batch_id')
    .select(['e.seq', 'e.name', 'e.at', 'e.recorded_at', 'e.actor_id', 'e.unit', 'e.content', 'e.origin'])
    .select(['e.batch_id', 'e.replaces', 'e.erased_under', 'b.file', 'b.undone_at'])
    .where('e.chain', '=', view.system)
    .where('e.record_id', '=', view.id)
    .where('e.at', '<=', now)
    .orderBy('e.at')
    .orderBy('e.seq')
    .execute();
  const replacedBy = new Map<number, number>();
  for (const row of rows) if (row.replaces !== null) replacedBy.set(row.replaces, row.seq);
  // Numbered within this record: the log's own numbers would tell how much else was entered between (OSS-12).
  const shown = rows.filter((row) => reach?.withholds(row.name) !== 'whole');
  const numbers = new Map(shown.toSorted((a, b) => a.seq - b.seq).map((row, at) => [row.seq, at + 1]));
  return shown.map((row) => {
    const content = row.content === null ? {} : texts(row.content);
    // Which column of the export an event came from is of no use to a reader.
    const { reason = null, column: _, ...rest } = content;
    const secret = reach?.withholds(row.name) === 'words';
    return {
      seq: numbers.get(row.seq) ?? null,
      name: row.name,
      at: row.at as Instant,
      recordedAt: row.recorded_at as Instant,
      by: reach?.stateless === true ? null : row.actor_id,
      unit: row.unit === '' ? null : row.unit,
      reason: secret ? null : reason,
      detail: secret
        ? null
        : row.erased_under === null
          ? Object.entries(rest).map(factText)
          : [`content erased under ${row.erased_under}`],
      origin: row.origin,
      batch: row.batch_id === null ? null : { id: row.batch_id, file: row.file ?? '' },
      undone: undoneText(row.seq, row.undone_at, row.batch_id, replacedBy, numbers),
    };
  });
}

function undoneText(
  seq: number,
  undoneAt: number | null,
  batch: number | null,
  replacedBy: ReadonlyMap<number, number>,
  numbers: ReadonlyMap<number, number>,
): string | null {
  if (undoneAt !== null) return `taken back with batch ${batch}`;
  const by = replacedBy.get(seq);
  // What was corrected by an entry that was itself corrected stands again.
  return by === undefined || replacedBy.has(by) ? null : `corrected by entry ${numbers.get(by)}`;
}

// The column "detail" of an export is the fact itself and needs no name.
function factText([key, value]: readonly [string, string]): string {
  return key === 'detail' ? value : `${key.replaceAll('_', ' ')}: ${value}`;
}

function texts(json: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null) return found;
  for (const [key, value] of Object.entries(parsed)) {
    if (typeof value === 'string' && value !== '') found[key] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') found[key] = String(value);
  }
  return found;
}
