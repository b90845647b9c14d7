import {
  bareReach,
  type FindingHead,
  FULL_REACH,
  type Reach,
  type RecordView,
} from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Actor } from '../people/identity.ts';
import { type Scope, scopeByView } from '../people/scope.ts';
import type { Reader } from '../store/store.ts';
import { OFFICE } from './own-district.ts';

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
  const within = scope !== null && sees(scope, typeof district === 'string' ? district : null);
  if (within || fact('assignedTo') === actor.memberId) return FULL_REACH;
  return bareReach(`for ${actor.memberId}: it is none of a district of theirs`);
}

/**
 * Whether who asked for a form is told to a member (CSR-17): to the office that answers them, of the districts that
 * their role sees; null for nobody of an office.
 */
export async function askersTold(
  reader: Reader,
  actor: Actor | null,
  now: Instant,
): Promise<((form: { readonly district: string | null }) => boolean) | null> {
  if (actor === null || !OFFICE.some((role) => actor.roles.has(role))) return null;
  const scope = await scopeByView(reader, 'csr.detail', actor, now);
  return ({ district }) => scope !== null && sees(scope, district);
}

/** Findings that hold what a member wrote. */
const IN_WORDS: readonly string[] = ['UNDATED'];

/** Whose words a finding on a police request repeats: told to those alone who reach the request. */
export async function mutedRequests(
  reader: Reader,
  { now }: Context,
  actor: Actor | null,
  found: readonly FindingHead[],
): Promise<(finding: FindingHead) => boolean> {
  const ids = found.filter(({ code }) => IN_WORDS.includes(code)).map(({ id }) => id);
  if (ids.length === 0) return () => false;
  const scope = actor === null ? null : await scopeByView(reader, 'csr.detail', actor, now);
  const rows = await reader.rows({
    sql: `select s.sr_number from srswo s where s.sr_number in (select value from json_each(?))
      and (? = 1 or (? = 1 and (s.district is null or s.district in (select value from json_each(?))))
        or s.assigned_to = ?)`,
    parameters: [
      JSON.stringify(ids),
      scope?.all ? 1 : 0,
      scope === null ? 0 : 1,
      JSON.stringify(scope?.districts ?? []),
      actor?.memberId ?? null,
    ],
  });
  const reached = new Set(rows.map(([id]) => String(id)));
  return ({ id, code }) => IN_WORDS.includes(code) && !reached.has(id);
}

function sees({ all, districts }: Scope, district: string | null): boolean {
  return all || district === null || districts.includes(district);
}
