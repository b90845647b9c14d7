import { bareReach, FULL_REACH, type Reach, type RecordView } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import type { Actor } from '../people/identity.ts';
import { scopeByView } from '../people/scope.ts';
import type { Reader } from '../store/store.ts';

/**
 * What of one request a member, or nobody known, may see: the texts of those of the districts of their role, and of
 * what was assigned to them. A mirrored City request is public as it is.
 */
export async function reachOfRequest(
  reader: Reader,
  { now }: Context,
  actor: Actor | null,
  { facts }: RecordView,
): Promise<Reach> {
  if (!facts.some(({ words }) => words)) return FULL_REACH;
  if (actor === null) return bareReach('without an actor');
  const fact = (key: string) => facts.find((each) => each.key === key)?.value ?? null;
  const scope = await scopeByView(reader, 'csr.detail', actor, now);
  const district = fact('district');
  const within =
    scope !== null && (scope.all || district === null || scope.districts.some((each) => each === district));
  if (within || fact('assignedTo') === actor.memberId) return FULL_REACH;
  return bareReach(`for ${actor.memberId}: it is none of a district of theirs`);
}
