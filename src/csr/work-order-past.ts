import { sql } from 'kysely';
import { type LoggedEvent, loadHistories } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';

/** Something that has happened to a police request, as its work order tells it. */
export interface Happening {
  readonly name: string;
  readonly at: Instant;
  readonly what: string;
  readonly by: string | null;
  readonly words: string | null;
}

/** What a work order tells of its past. */
export interface OrderPast {
  /** Answers, returns, extensions and requests for help, in order. */
  readonly happenings: readonly Happening[];
  readonly printed: boolean;
}

/** What had happened to these police requests by `now`, by number. */
export async function pastsOf(
  reader: Reader,
  ids: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, OrderPast>> {
  const histories = await loadHistories(reader, 'csr', ids);
  const counted = await extensionsCounted(reader, ids);
  return new Map(
    [...histories].map(([id, events]) => {
      const past = events.filter(({ at }) => at <= now);
      const happenings = past.flatMap((event) => happeningOf(event, counted));
      return [id, { happenings, printed: past.some(({ name }) => name === 'printed') }];
    }),
  );
}

function happeningOf(
  { recordId, name, at, by, unit, reason, detail }: LoggedEvent,
  counted: ReadonlySet<string>,
): readonly Happening[] {
  const told = (what: string, words: string | null = reason): readonly Happening[] => [
    // What the office entered is the member's who wrote it.
    { name, at, what, by: detail.written_by ?? by, words },
  ];
  switch (name) {
    case 'submitted':
      return told('answer', detail.action_taken ?? reason);
    case 'returned':
      return told('returned: look again');
    case 'extension-requested':
      return told('more time asked for');
    case 'extended':
      return told(counted.has(`${recordId} ${at}`) ? 'extended' : 'extension, not counted');
    case 'idssr':
      return told(`help asked of unit ${unit ?? 'unknown'}`, detail.detail ?? detail.idssr ?? null);
    default:
      return [];
  }
}

// An extension that counted has opened a further period of the clock at its instant.
async function extensionsCounted(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await reader.db
    .selectFrom('clock')
    .select(['record_id', 'opened_at'])
    .where('system', '=', 'csr')
    .where('record_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
    .where('period', '>', 1)
    .execute();
  return new Set(rows.map((row) => `${row.record_id} ${row.opened_at}`));
}
