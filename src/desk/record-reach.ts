import type { RecordView } from '../casework/directive.ts';
import { refusal } from '../core/errors.ts';
import { scopeOf } from '../core/policy.ts';
import type { Policy } from '../core/policy-files.ts';
import type { Actor, Guard } from '../people/identity.ts';
import type { Reader } from '../store/store.ts';

/**
 * Throws a refusal when the actor's roles reach other records of the system but not this one: `area`, `received` and
 * `assigned` of the view matrix (OSS-58), and invalid Work Items, which few may see (OSS-12). Systems whose records
 * are not seen by scope pass.
 */
export async function requireReach(
  reader: Reader,
  policy: Policy,
  actor: Actor,
  view: RecordView,
  guard: Guard,
): Promise<void> {
  if (view.system !== 'oss') return;
  const area = fact(view, 'determination') === 'invalid' ? 'oss.invalid' : 'oss.detail';
  const scopes = scopesOf(policy, area, actor);
  if (scopes.has('all')) return;
  if (scopes.has('area') && (await sameArea(reader, actor, view))) return;
  if (scopes.has('received') && isOne(actor, fact(view, 'commandId'))) return;
  if (scopes.has('assigned') && isOne(actor, fact(view, 'supervisorId'))) return;
  const [rule, cite] = area === 'oss.invalid' ? ['OSS-12', policy.cite('OSS-12')] : [guard.rule, guard.cite];
  throw refusal(
    rule,
    cite,
    `${actor.memberId} may not ${guard.what} that is not in their hands: ${view.id}.`,
  );
}

/** The scope words that the actor's roles have in an area of the view matrix. */
export function scopesOf(policy: Policy, area: string, actor: Actor): ReadonlySet<string> {
  const scopes = [...actor.roles].map((role) => scopeOf(policy.views(), area, role));
  return new Set(scopes.filter((scope) => scope !== null));
}

function fact(view: RecordView, key: string): string | null {
  const value = view.facts.find((each) => each.key === key)?.value;
  return typeof value === 'string' ? value : null;
}

// Who stands in for someone by delegation reaches what that member reaches.
function isOne(actor: Actor, memberId: string | null): boolean {
  if (memberId === null) return false;
  return memberId === actor.memberId || [...actor.lent.values()].includes(memberId);
}

// Unknown Areas are not held against anyone.
async function sameArea(reader: Reader, actor: Actor, view: RecordView): Promise<boolean> {
  if (isOne(actor, fact(view, 'areaRepId'))) return true;
  const member = fact(view, 'memberId');
  const rows = await reader.db
    .selectFrom('member')
    .select(['member_id', 'area'])
    .where('member_id', 'in', [actor.memberId, member ?? ''])
    .execute();
  const areaOf = (id: string | null) => rows.find((row) => row.member_id === id)?.area ?? null;
  const [own, theirs] = [areaOf(actor.memberId), areaOf(member)];
  return own === null || theirs === null || own === theirs;
}
