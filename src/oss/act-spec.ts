import { type ActSpec, type Asked, makeActCommand } from '../casework/act-command.ts';
import { refuseBy } from '../casework/act-verb.ts';
import type { Choice, Command, Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Document } from '../report/document.ts';
import { read } from '../store/store.ts';
import { loadSight, type Sight } from './act-sight.ts';
import { workItemKind } from './records.ts';
import { OSS_BANNER } from './triage.ts';
import { SUPERVISOR_ROLES } from './workflow-rules.ts';
import { isTold, type WorkItemState } from './workflow-state.ts';

/** The two who represent an Area, and everyone in the unit at headquarters. */
export const OSSU_ROLES = ['oss-analyst', 'oss-area-rep', 'ossu-supervisor'] as const;

type OssSpec = Omit<ActSpec<WorkItemState>, 'kind' | 'banner' | 'confidential' | 'reach'> & {
  /** The rule that keeps it from a Work Item that is invalid or unknown; OSS-58 unless given. */
  readonly hiddenBy?: string;
  /** The part of the view matrix that it takes. */
  readonly area?: string;
};

/** A verb of `rollcall oss` that does one step on one Work Item. */
export function makeOssCommand({ hiddenBy, area, ...spec }: OssSpec): Command<Document> {
  return makeActCommand({
    ...spec,
    kind: workItemKind,
    banner: OSS_BANNER,
    confidential: true,
    reach: async (reader, context, actor, id, before) =>
      requireReach(await loadSight(reader, context, actor), context, { id, before, area, hiddenBy }),
  });
}

interface Reached {
  readonly id: string;
  readonly before: WorkItemState | null;
  readonly area?: string;
  readonly hiddenBy?: string;
}

/**
 * The Work Item, when it is in the actor's hands; throws a refusal otherwise. An invalid one, one that is with somebody
 * else and one that there is not get the same words, so that nobody learns anything by trying ids (OSS-12, OSS-58).
 */
export function requireReach(
  sight: Sight,
  context: Context,
  { id, before, area = 'oss.detail', hiddenBy }: Reached,
): WorkItemState {
  const { actor } = sight;
  if (before !== null && sight.sees(area, before)) return before;
  const own = before !== null && before.memberId === actor.memberId;
  // Before that, a refusal of its own would be the first that the member hears of it.
  const knows = own && !sight.conceals(before) && isTold(before);
  // Who may know of every Work Item is not to tell an own one from none at all.
  if ((before === null || (own && !knows)) && sight.scopes('oss.invalid').has('all'))
    throw usageError(`There is no Work Item ${id}.`);
  if (knows) {
    throw refuseBy(
      context,
      'OSS-31',
      `${id}: ${actor.memberId} is the affected member and may not act on it.`,
    );
  }
  throw refuseBy(
    context,
    hiddenBy ?? reachRule(sight.scopes(area)),
    `There is no Work Item ${id} for ${actor.memberId}.`,
    'It takes the member it was passed on to, any Area Representative of its Area, or a designee while a dated delegation runs.',
  );
}

function reachRule(scopes: ReadonlySet<string>): string {
  if (scopes.has('area')) return 'OSS-19';
  if (scopes.has('received')) return 'OSS-21';
  return scopes.has('assigned') ? 'OSS-27' : 'OSS-58';
}

/** A member named in an act, whom the store knows; a usage error otherwise. */
export async function requireMember({ look }: Asked<WorkItemState>, memberId: string | undefined) {
  const id = memberId ?? '';
  const found = await look(async (reader) => ({
    member: await reader.db
      .selectFrom('member')
      .select(['member_id', 'rank_level', 'supervisor_id'])
      .where('member_id', '=', id)
      .executeTakeFirst(),
    roles: await reader.db.selectFrom('member_role').select('role').where('member_id', '=', id).execute(),
  }));
  if (found.member === undefined)
    throw usageError(`There is no member ${id} in this store.`, 'Import members first, or check the id.');
  return { ...found.member, roles: found.roles.map(({ role }) => role) };
}

/**
 * The same for one who is to be the assigned supervisor: a refusal when no supervisor's role would let them act. Of one
 * who does not outrank the affected member the rules say so themselves (OSS-28).
 */
export async function requireSupervisor(asked: Asked<WorkItemState>, memberId: string | undefined) {
  const member = await requireMember(asked, memberId);
  const affected = await requireMember(asked, asked.before.memberId).catch(() => null);
  if (affected !== null && member.rank_level <= affected.rank_level) return member;
  if (SUPERVISOR_ROLES.some((role) => member.roles.includes(role))) return member;
  throw refuseBy(
    asked.context,
    'OSS-27',
    `${member.member_id} holds none of the roles ${SUPERVISOR_ROLES.join(', ')} and could not take the next steps.`,
    'Give the role in the members file, or assign another with --because absence.',
  );
}

/** Members who hold one of these roles, offered on a terminal; another id is taken too. */
export function membersHolding(roles: readonly string[]): (context: Context) => Promise<readonly Choice[]> {
  return (context) =>
    read(context.storePath, async (reader) => {
      const rows = await reader.db
        .selectFrom('member as m')
        .innerJoin('member_role as r', 'r.member_id', 'm.member_id')
        .select(['m.member_id', 'm.rank', 'm.unit', 'm.area'])
        .distinct()
        .where('r.role', 'in', [...roles])
        .orderBy('m.member_id')
        .execute();
      const offered = rows.map(({ member_id: value, rank, unit, area }) => ({
        value,
        label: [value, rank, unit && `unit ${unit}`, area && `Area ${area}`].filter(Boolean).join(', '),
      }));
      return [...offered, { value: 'other', label: 'another member' }];
    });
}
