import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';

/** Ids of a directive's records to which something happened after `now`: their rows are ahead of that moment. */
export async function recordsChangedLater(
  rows: Rows,
  chain: string,
  now: Instant,
): Promise<readonly string[]> {
  const found = await rows.rows({
    sql: 'select distinct record_id from event where chain = ? and at > ?',
    parameters: [chain, now],
  });
  return found.map(([id]) => String(id));
}
