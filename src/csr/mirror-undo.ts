import { usageError } from '../core/errors.ts';
import type { Writer } from '../store/store.ts';
import { readBeforeImage } from './mirror-merge.ts';
import { COLUMNS } from './mirror-row.ts';

const PAGE = 1000;

/**
 * Takes a batch of City requests back: requests it brought are removed, requests it changed are as they were before.
 * Answers how many of each. Throws a usage error when a later batch has changed one of them since.
 */
export async function undoMirror(
  writer: Writer,
  batchId: number,
): Promise<{ readonly removed: number; readonly restored: number }> {
  const later = writer
    .prepare(
      `select min(batch_id) from csr_change where batch_id > ? and json_extract(before, '$.batch_id') = ?`,
    )
    .get(batchId, batchId)?.[0];
  if (typeof later === 'number') {
    throw usageError(
      `Batch ${batchId} cannot be undone: batch ${later} has changed some of its rows since.`,
      `Undo batch ${later} first.`,
    );
  }
  const { changes: removed } = writer
    .prepare(
      `delete from csr_request
       where batch_id = ? and id not in (select request_id from csr_change where batch_id = ?)`,
    )
    .run(batchId, batchId);
  const page = writer.prepare(
    `select id, request_id, before from csr_change where batch_id = ? and id > ? order by id limit ${PAGE}`,
  );
  const names = [...COLUMNS, 'batch_id'];
  const restore = writer.prepare(
    `update csr_request set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`,
  );
  let restored = 0;
  let last = 0;
  for (;;) {
    const rows = page.all(batchId, last);
    for (const [id, requestId, before] of rows) {
      restore.run(...readBeforeImage(String(before)), requestId ?? null);
      restored += 1;
      last = Number(id);
    }
    if (rows.length < PAGE) break;
  }
  writer.prepare('delete from csr_change where batch_id = ?').run(batchId);
  return { removed, restored };
}
