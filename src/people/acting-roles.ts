import type { Context } from '../core/command.ts';
import type { Rows } from '../store/open.ts';

const ROLES = `select role from member_role where member_id = ?
  union
  select d.role from delegation d join member_role r on r.member_id = d.from_member and r.role = d.role
  where d.to_member = ? and d.starts <= ? and d.ends >= ?`;

/** Who acts, and in which roles. */
export interface ActingMember {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
}

/**
 * The acting member with the roles held or lent at `now`, by plain SQL for commands that cron starts; null when nobody
 * is named or known by a login name of their own. A member named and unknown has no role.
 */
export async function actingMember(
  rows: Rows,
  { actor, osUser, now }: Pick<Context, 'actor' | 'osUser' | 'now'>,
): Promise<ActingMember | null> {
  const logins =
    actor === null
      ? await rows.rows({
          sql: 'select member_id from member where os_user = ? limit 2',
          parameters: [osUser],
        })
      : [];
  const memberId = actor ?? (logins.length === 1 ? String(logins[0]?.[0]) : null);
  if (memberId === null) return null;
  const held = await rows.rows({ sql: ROLES, parameters: [memberId, memberId, now, now] });
  return { memberId, roles: new Set(held.map(([role]) => String(role))) };
}
