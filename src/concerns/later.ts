import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';

/** Ids of the concerns to which something happened after `now`: their rows are ahead of that moment. */
export async function changedLater(rows: Rows, now: Instant): Promise<readonly string[]> {
  const found = await rows.rows({
    sql: "select distinct record_id from event where chain = 'concerns' and at > ?",
    parameters: [now],
  });
  return found.map(([id]) => String(id));
}
