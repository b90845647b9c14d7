import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import type { Viewer } from './waiting.ts';

/** Whether a member acts in one of the roles for a district, as the report's guard judges it; for all of them with null. */
export async function actsFor(
  rows: Rows,
  viewer: Viewer,
  needed: readonly string[],
  district: string | null,
  now: Instant,
): Promise<boolean> {
  if (!needed.some((role) => viewer.roles.has(role))) return false;
  return district === null || (await actedFor(rows, viewer, needed, now)).includes(district);
}

/** The districts for which a member acts: in a role of their own their own, in a lent one the lender's. */
export async function actedFor(
  rows: Rows,
  { memberId }: Viewer,
  needed: readonly string[],
  now: Instant,
): Promise<readonly string[]> {
  const inRoles = 'r.role in (select value from json_each(?))';
  const found = await rows.rows({
    sql: `select m.district from member m join member_role r on r.member_id = m.member_id
        where m.member_id = ? and ${inRoles}
      union
      select m.district from delegation d join member_role r on r.member_id = d.from_member and r.role = d.role
        join member m on m.member_id = d.from_member
        where d.to_member = ? and d.starts <= ? and d.ends >= ? and ${inRoles}`,
    parameters: [memberId, JSON.stringify(needed), memberId, now, now, JSON.stringify(needed)],
  });
  return found.flatMap(([district]) => (typeof district === 'string' ? [district] : []));
}
