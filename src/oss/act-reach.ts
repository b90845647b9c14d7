import type { Reach, RecordView } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Actor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { isForwarded, sightOf } from './act-sight.ts';

const MEETINGS = ['met', 'consulted'];
const PLANS = ['planned', 'plan-submitted', 'returned', 'progressed', 'response'];

/** Work Items that are not valid and forwarded, for all who may not see invalid ones (OSS-12); null for those who may. */
export async function hiddenWorkItems(
  reader: Reader,
  context: Context,
  actor: Actor | null,
): Promise<ReadonlySet<string> | null> {
  const views = loadPolicy(context.env).views();
  const seers = views.find((view) => view.area === 'oss.invalid')?.roles ?? {};
  if (actor !== null && [...actor.roles].some((role) => seers[role] === 'all')) return null;
  const rows = await reader.db
    .selectFrom('work_item')
    .select(['work_item_id', 'state', 'determination'])
    .execute();
  return new Set(rows.filter((row) => !isForwarded(row)).map((row) => row.work_item_id));
}

/** What an actor may see of one Work Item: by whose hands it is in, part by part of the view matrix. */
export async function reachOfWorkItem(
  reader: Reader,
  context: Context,
  actor: Actor | null,
  { id }: Pick<RecordView, 'id'>,
): Promise<Reach> {
  const row = await reader.db
    .selectFrom('work_item')
    .select(['member_id', 'state', 'determination', 'area_rep_id', 'command_id', 'supervisor_id'])
    .where('work_item_id', '=', id)
    .executeTakeFirst();
  if (row === undefined || actor === null) return { reached: false, withholds: () => 'whole' };
  const sight = sightOf(loadPolicy(context.env).views(), await loadDirectory(reader), actor, context.now);
  const sees = (area: string): boolean =>
    sight.sees(area, {
      memberId: row.member_id,
      state: row.state,
      determination: row.determination,
      areaRepId: row.area_rep_id,
      commandId: row.command_id,
      supervisorId: row.supervisor_id,
    });
  const plans = sees('oss.plan');
  const discrepancies = sees('oss.discrepancy');
  return {
    reached: sees('oss.detail'),
    // OSS-39, OSS-41: what was said in a meeting is never printed; a plan's words only for those who may see plans.
    withholds(event) {
      if (event.startsWith('discrepancy')) return discrepancies ? null : 'whole';
      return MEETINGS.includes(event) || (PLANS.includes(event) && !plans) ? 'words' : null;
    },
  };
}
