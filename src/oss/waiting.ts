import type { Viewer, WaitingSource } from '../casework/waiting.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows, SqlValue } from '../store/open.ts';

/** What of the Officer Support System waits for a member this tour: what `rollcall oss queue` tells, step by step. */
export const ossWaiting: WaitingSource = async (rows, viewer, context) => {
  const view = loadPolicy(context.env)
    .views()
    .find(({ area }) => area === 'oss.queue');
  const scopes = new Set([...viewer.roles].flatMap((role) => view?.roles[role] ?? []));
  // Roles of other directives have nothing of it in their hands.
  if (scopes.size === 0) return [];
  const ids = await inHand(rows, viewer, scopes, context.now);
  if (ids.length === 0) return [];
  // Only who has some in hand pays for replaying their histories.
  return (await import('./waiting-steps.ts')).waitingSteps(context, viewer.memberId, ids);
};

const CLOSED = `state not in ('invalid', 'completed')`;

/**
 * Ids of the Work Items that may be in the hands of a member: the open ones, for command and supervisors only those that
 * name them or whom they stand in for; besides whatever has changed since `now`. The table has one row a flagged
 * member and generation: to go through it costs less than an index would.
 */
async function inHand(
  rows: Rows,
  viewer: Viewer,
  scopes: ReadonlySet<string>,
  now: Instant,
): Promise<readonly string[]> {
  const idsOf = async (sql: string, parameters: readonly SqlValue[]) =>
    (await rows.rows({ sql, parameters: [...parameters] })).map(([id]) => String(id));
  const since = await idsOf(
    `select distinct record_id from event indexed by event_chain_at where chain = 'oss' and at > ?
      and exists (select 1 from work_item where work_item_id = record_id)`,
    [now],
  );
  if (scopes.has('all') || scopes.has('area')) {
    const disputed = viewer.roles.has('ossu-supervisor')
      ? await idsOf(`select distinct record_id from event where chain = 'oss' and name = 'discrepancy'`, [])
      : [];
    return [
      ...new Set([
        ...(await idsOf(`select work_item_id from work_item where ${CLOSED}`, [])),
        ...disputed,
        ...since,
      ]),
    ];
  }
  const faces = `select ? union select from_member from delegation where to_member = ? and starts <= ? and ends >= ?`;
  const who = [viewer.memberId, viewer.memberId, now, now];
  const own = await idsOf(
    `select work_item_id from work_item
      where ${CLOSED} and (supervisor_id in (${faces}) or command_id in (${faces}))`,
    [...who, ...who],
  );
  return [...new Set([...own, ...since])];
}
