import { recordsChangedLater } from '../casework/later.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';

/** Ids of the concerns to which something happened after `now`: their rows are ahead of that moment. */
export function changedLater(rows: Rows, now: Instant): Promise<readonly string[]> {
  return recordsChangedLater(rows, 'concerns', now);
}
