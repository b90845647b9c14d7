import type { FindingHead, Reach, RecordView } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { scopeOf } from '../core/policy.ts';
import type { Actor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { concealedFrom, type Held, knowsOfAll, loadSight } from './act-sight.ts';
import { workItemWorkflow } from './workflow.ts';

const MEETINGS = ['met', 'consulted'];
const PLANS = [
  ...['planned', 'plan-answered', 'plan-submitted', 'modifications-asked', 'returned'],
  ...['progressed', 'response'],
];

/**
 * Work Items that this actor is not to know of: invalid or not passed on (OSS-12). Of who may know of every one it holds
 * their own, and their own id: of jackets theirs alone is closed to them.
 */
export async function hiddenWorkItems(
  reader: Reader,
  context: Context,
  actor: Actor | null,
): Promise<ReadonlySet<string>> {
  const views = loadPolicy(context.env).views();
  const concealed = await concealedFrom(reader, views, actor);
  return actor !== null && knowsOfAll(views, actor) ? new Set([...concealed, actor.memberId]) : concealed;
}

/** Steps of discrepancies, which the log of events keeps from whoever does not see every discrepancy. */
export function hiddenWorkItemEvents(context: Context, { roles }: Actor): readonly string[] {
  const views = loadPolicy(context.env).views();
  if ([...roles].some((role) => scopeOf(views, 'oss.discrepancy', role) === 'all')) return [];
  return workItemWorkflow.transitions.flatMap(({ name }) => (isDispute(name) ? [name] : []));
}

/** OSS-58: the logs tell of Work Items to who sees every one of them, or keeps the store. */
export function readsWorkItemLog(context: Context, { roles }: Actor): boolean {
  const views = loadPolicy(context.env).views();
  return [...roles].some((role) => role === 'isd-admin' || scopeOf(views, 'oss.detail', role) === 'all');
}

function isDispute(event: string): boolean {
  return event.startsWith('discrepancy');
}

const HANDS = [
  'work_item_id as workItemId',
  'member_id as memberId',
  'state',
  'determination',
  'area_rep_id as areaRepId',
  'command_id as commandId',
  'supervisor_id as supervisorId',
] as const;

/** What an actor may see of one Work Item: by whose hands it is in, part by part of the view matrix. */
export async function reachOfWorkItem(
  reader: Reader,
  context: Context,
  actor: Actor | null,
  { id }: Pick<RecordView, 'id'>,
): Promise<Reach> {
  const row = await reader.db
    .selectFrom('work_item')
    .select(HANDS)
    .where('work_item_id', '=', id)
    .executeTakeFirst();
  if (row === undefined || actor === null) return { reached: false, withholds: () => 'whole' };
  const sight = await loadSight(reader, context, actor);
  const plans = sight.sees('oss.plan', row);
  const discrepancies = sight.sees('oss.discrepancy', row);
  return {
    reached: sight.sees('oss.detail', row),
    // OSS-39, OSS-41: what was said in a meeting is never printed; a plan's words only for those who may see plans.
    withholds(event) {
      if (isDispute(event)) return discrepancies ? null : 'whole';
      return MEETINGS.includes(event) || (PLANS.includes(event) && !plans) ? 'words' : null;
    },
  };
}

/**
 * Which findings an actor is told of: those on Work Items that have reached them, where they see the part that the
 * finding speaks of. A code says as much as its text, so nobody else is told even that there is one (OSS-12, OSS-41).
 */
export async function toldOfWorkItems(
  reader: Reader,
  context: Context,
  actor: Actor | null,
): Promise<(finding: FindingHead) => boolean> {
  if (actor === null) return () => false;
  const views = loadPolicy(context.env).views();
  const parts = new Map(
    views.flatMap(({ area, findings = [] }) => findings.map((rule) => [rule, area] as const)),
  );
  const disputed = await disputedInstants(reader);
  const sight = await loadSight(reader, context, actor);
  const items = sight.scopes('oss.detail').size === 0 ? NONE : await heldItems(reader);
  return (finding) => {
    // A name on an event that no members file knows is a finding of no rule: it is told like the event.
    const part =
      finding.rule === null && disputed.has(`${finding.id} ${finding.at}`)
        ? 'oss.discrepancy'
        : (parts.get(finding.rule ?? '') ?? 'oss.detail');
    if (part === 'oss.staffing') return sight.scopes(part).has('all');
    const item = items.get(finding.id);
    // Of one that is gone nobody knows whose it was.
    if (item === undefined) return knowsOfAll(views, actor);
    return sight.sees('oss.detail', item) && sight.sees(part, item);
  };
}

const NONE: ReadonlyMap<string, Held> = new Map();

async function heldItems(reader: Reader): Promise<ReadonlyMap<string, Held>> {
  const rows = await reader.db.selectFrom('work_item').select(HANDS).execute();
  return new Map(rows.map((row) => [row.workItemId, row]));
}

async function disputedInstants(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader.db
    .selectFrom('event')
    .select(['record_id', 'at'])
    .where('chain', '=', 'oss')
    .where('name', 'like', 'discrepancy%')
    .execute();
  return new Set(rows.map((row) => `${row.record_id} ${row.at}`));
}
