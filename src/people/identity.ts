import { sql } from 'kysely';
import type { Context } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';

/** The acting member with the roles held or lent by a dated delegation at the time of the act. */
export interface Actor {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  /** role → the member who lends it, for roles held by delegation only. */
  readonly lent: ReadonlyMap<string, string>;
  readonly unit: string | null;
  readonly district: string | null;
  readonly rankLevel: number;
  readonly trainedOn: string | null;
}

/** What a refusal for want of a role has to say. */
export interface Guard {
  readonly rule: string;
  readonly cite: string;
  /** What is refused, as an infinitive: `see risk tiers`. */
  readonly what: string;
}

/** The member with their roles at `at`, own and lent; null when unknown. */
export async function actorById(reader: Reader, memberId: string, at: Instant): Promise<Actor | null> {
  const member = await reader.db
    .selectFrom('member')
    .select(['member_id', 'unit', 'district', 'rank_level', 'trained_on'])
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (!member) return null;
  const own = await reader.db
    .selectFrom('member_role')
    .select('role')
    .where('member_id', '=', memberId)
    .execute();
  const roles = new Set(own.map((row) => row.role));
  const lentRows = await reader.db
    .selectFrom('delegation as d')
    .innerJoin('member_role as r', (join) =>
      join.onRef('r.member_id', '=', 'd.from_member').onRef('r.role', '=', 'd.role'),
    )
    .select(['d.role', 'd.from_member'])
    .where('d.to_member', '=', memberId)
    .where(sql<boolean>`d.starts <= ${at} and d.ends >= ${at}`)
    .execute();
  const lent = new Map<string, string>();
  for (const row of lentRows) {
    if (roles.has(row.role)) continue;
    lent.set(row.role, row.from_member);
  }
  for (const role of lent.keys()) roles.add(role);
  return {
    memberId,
    roles,
    lent,
    unit: member.unit,
    district: member.district,
    rankLevel: member.rank_level,
    trainedOn: member.trained_on,
  };
}

/**
 * Who acts: --actor, ROLLCALL_ACTOR, or the member whose os_user is the login name; null when nobody is known. A name
 * that no member bears is refused, by the rule of what was asked where there is one.
 */
export async function resolveActor(
  reader: Reader,
  context: Context,
  guard: Pick<Guard, 'rule' | 'cite'> = { rule: 'OSS-58', cite: 'D20-04 V.C' },
): Promise<Actor | null> {
  if (context.actor !== null) {
    const named = await actorById(reader, context.actor, context.now);
    if (!named)
      throw refusal(
        guard.rule,
        guard.cite,
        `There is no member ${context.actor} in this store.`,
        'Import members first, or check --actor.',
      );
    return named;
  }
  const logins = await reader.db
    .selectFrom('member')
    .select('member_id')
    .where('os_user', '=', context.osUser)
    .limit(2)
    .execute();
  // A login name that two members share names neither (finding LOGIN_TWICE).
  const [login, another] = logins;
  return login && !another ? actorById(reader, login.member_id, context.now) : null;
}

/**
 * The acting member, who must hold one of `roles` (null: be known at all); otherwise a refusal that names rule and cite
 * (exit code 4).
 */
export async function requireRole(
  reader: Reader,
  context: Context,
  roles: readonly string[] | null,
  guard: Guard,
): Promise<Actor> {
  const actor = await resolveActor(reader, context, guard);
  if (!actor) {
    throw refusal(
      guard.rule,
      guard.cite,
      `To ${guard.what}, rollcall must know who acts.`,
      'Name the member with --actor or ROLLCALL_ACTOR.',
    );
  }
  if (roles !== null && !roles.some((role) => actor.roles.has(role))) {
    throw refusal(
      guard.rule,
      guard.cite,
      `${actor.memberId} may not ${guard.what}: it takes ${oneOf(roles)}.`,
    );
  }
  return actor;
}

/** The purpose of looking, which SAID asks for; a usage error (exit code 2) when it was not given. */
export function requirePurpose(context: Context): NonNullable<Context['purpose']> {
  if (context.purpose === null) {
    throw usageError(
      'This command names people and needs a purpose.',
      'Add --purpose outreach, review, evaluation or investigation.',
    );
  }
  return context.purpose;
}

function oneOf(roles: readonly string[]): string {
  return roles.length === 1 ? `the role ${roles[0]}` : `one of the roles ${roles.join(', ')}`;
}
