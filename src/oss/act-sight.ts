import { actorOf, type Verb } from '../casework/act-verb.ts';
import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import { scopeOf, type ViewPolicy } from '../core/policy.ts';
import type { Person } from '../core/workflow.ts';
import { areasByDistrict } from '../people/areas.ts';
import { type Directory, loadDirectory } from '../people/directory.ts';
import type { Actor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { areaOf, SUPERVISOR_ROLES } from './workflow-rules.ts';
import type { WorkItemState } from './workflow-state.ts';

/** In whose hands a Work Item is. */
export type Held = Pick<
  WorkItemState,
  'workItemId' | 'memberId' | 'state' | 'determination' | 'areaRepId' | 'commandId' | 'supervisorId'
>;

/** What the acting member may see, by the view matrix and by whom they stand in for. */
export interface Sight {
  readonly actor: Actor;
  readonly directory: Directory;
  /**
   * True for a Work Item that is for this member as if it were not there: invalid or not passed on, at the as-of or as it
   * stands today (OSS-12). Who may know of every Work Item may so of every one but their own.
   */
  conceals(item: Held): boolean;
  /** True when the member may see this part (`oss.detail`, `oss.plan` …) of this Work Item. */
  sees(area: string, item: Held): boolean;
  /** The same by one of the member's roles alone. */
  seesAs(role: string, area: string, item: Held): boolean;
  /** True when the Work Item is assigned to the member, or to one for whom they stand in. */
  supervises(item: Held): boolean;
  /** The scope words that the member has in an area of the matrix. */
  scopes(area: string): ReadonlySet<string>;
}

/** The acting member, who must have some scope in `area`, and what they may see; else a refusal `by` a rule (exit code 4). */
export async function requireSight(
  reader: Reader,
  context: Context,
  area: string,
  by: Verb['by'],
): Promise<Sight> {
  const views = loadPolicy(context.env).views();
  const roles = Object.keys(views.find((view) => view.area === area)?.roles ?? {});
  const actor = await actorOf(reader, context, { roles, by });
  return loadSight(reader, context, actor);
}

/** What an actor may see at `context.now`, of what is not concealed from them today. */
export async function loadSight(reader: Reader, context: Context, actor: Actor): Promise<Sight> {
  const views = loadPolicy(context.env).views();
  const directory = await loadDirectory(reader);
  return sightOf(views, directory, actor, context.now, await concealedFrom(reader, views, actor));
}

/** Ids of the Work Items that are for this actor, or for everyone else (null), as if they were not there (OSS-12). */
export async function concealedFrom(
  reader: Reader,
  views: readonly ViewPolicy[],
  actor: Actor | null,
): Promise<ReadonlySet<string>> {
  let query = reader.db
    .selectFrom('work_item')
    .select(['work_item_id', 'state', 'determination'])
    .where((where) =>
      where.or([
        where('determination', '=', 'invalid'),
        where('state', 'in', ['new', 'generated', 'valid', 'invalid']),
      ]),
    );
  if (actor !== null && knowsOfAll(views, actor)) query = query.where('member_id', '=', actor.memberId);
  const rows = await query.execute();
  return new Set(rows.filter((row) => !isForwarded(row)).map((row) => row.work_item_id));
}

/** True for who may know of invalid Work Items: analyst and OSSU supervisor (OSS-12). */
export function knowsOfAll(views: readonly ViewPolicy[], { roles }: Actor): boolean {
  const seers = views.find((view) => view.area === 'oss.invalid')?.roles ?? {};
  return [...roles].some((role) => seers[role] === 'all');
}

function sightOf(
  views: readonly ViewPolicy[],
  directory: Directory,
  actor: Actor,
  now: Instant,
  concealed: ReadonlySet<string>,
): Sight {
  const areas = areasByDistrict();
  const lent = directory.person(actor.memberId, now)?.lent ?? [];
  const person = (id: string | null): Person | null => (id === null ? null : directory.person(id, now));
  // Who stands in for someone reaches what that member reaches, in that role alone.
  const facesOf = (role: string): readonly string[] => [
    ...(actor.lent.has(role) ? [] : [actor.memberId]),
    ...lent.filter((loan) => loan.role === role).map((loan) => loan.from),
  ];
  const scopes = (area: string): ReadonlySet<string> =>
    new Set([...actor.roles].map((role) => scopeOf(views, area, role)).filter((scope) => scope !== null));

  const reaches = (scope: string | null, role: string, item: Held): boolean => {
    const faces = facesOf(role);
    switch (scope) {
      case 'all':
        return true;
      case 'area':
      case 'as-needed': {
        const theirs = areaOf(person(item.memberId), areas);
        return faces.some((face) => {
          const own = areaOf(person(face), areas);
          // A member of an unknown Area is for the one to whom the Work Item was forwarded.
          return face === item.areaRepId || (own !== null && own === theirs);
        });
      }
      case 'received':
        return item.commandId !== null && faces.includes(item.commandId);
      case 'assigned':
        return item.supervisorId !== null && faces.includes(item.supervisorId);
      default:
        return false;
    }
  };

  const known = knowsOfAll(views, actor);
  const conceals = (item: Held): boolean =>
    concealed.has(item.workItemId) || (!isForwarded(item) && (!known || item.memberId === actor.memberId));

  const seesAs = (role: string, area: string, item: Held): boolean => {
    // A-OSS-5: nobody looks into their own Work Item by a role that they happen to hold.
    if (item.memberId === actor.memberId || conceals(item)) return false;
    return reaches(scopeOf(views, area, role), role, item);
  };

  return {
    actor,
    directory,
    conceals,
    scopes,
    seesAs,
    supervises: (item) =>
      item.supervisorId !== null &&
      SUPERVISOR_ROLES.some(
        (role) => actor.roles.has(role) && facesOf(role).includes(item.supervisorId ?? ''),
      ),
    sees: (area, item) => [...actor.roles].some((role) => seesAs(role, area, item)),
  };
}

/**
 * True for a Work Item that was found valid and passed on. Before that it may yet be found invalid, and whoever had
 * seen it would know by its vanishing that it was (OSS-12).
 */
export function isForwarded(item: Pick<Held, 'state' | 'determination'>): boolean {
  return item.determination !== 'invalid' && !['new', 'generated', 'valid', 'invalid'].includes(item.state);
}
