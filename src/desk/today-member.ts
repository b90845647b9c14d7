import { rolesOwing } from '../casework/tour-duties.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows, SqlValue } from '../store/open.ts';

/** The acting member with the roles held and lent at a moment. */
export interface TodayMember {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  readonly unit: string | null;
  readonly district: string | null;
}

/** A tour of duty on the roster. */
export interface Tour {
  readonly start: Instant;
  readonly end: Instant;
  /** The role held on it; null when the roster names none. */
  readonly role: string | null;
}

/**
 * The member named, or the one with this login name, by plain SQL: `today` starts too often for typed queries. Null
 * when nobody is known; the roles are those of people/identity.
 */
async function todayMember(
  rows: Rows,
  who: { readonly actor: string | null; readonly osUser: string },
  now: Instant,
): Promise<TodayMember | null> {
  const [member] = await rows.rows({
    sql: `select member_id, unit, district from member where ${who.actor === null ? 'os_user' : 'member_id'} = ?`,
    parameters: [who.actor ?? who.osUser],
  });
  if (member === undefined) return null;
  const memberId = String(member[0]);
  const roles = await rows.rows({
    sql: `select role from member_role where member_id = ?
      union
      select d.role from delegation d join member_role r on r.member_id = d.from_member and r.role = d.role
      where d.to_member = ? and d.starts <= ? and d.ends >= ?`,
    parameters: [memberId, memberId, now, now],
  });
  return {
    memberId,
    roles: new Set(roles.map(([role]) => String(role))),
    unit: text(member[1]),
    district: text(member[2]),
  };
}

/** The same for the acting member; null when nobody is known, a refusal (CC-10) for an id that the store does not have. */
export async function knownToday(rows: Rows, context: Context): Promise<TodayMember | null> {
  const member = await todayMember(rows, context, context.now);
  if (member !== null || context.actor === null) return member;
  const cite = loadPolicy(context.env).cite('CC-10');
  throw refusal('CC-10', cite, `There is no member ${context.actor} in this store.`, 'Check --actor.');
}

/** The tours that run at `now` and the next one; without any the day has no tour on the roster. */
export async function toursOf(
  rows: Rows,
  memberId: string,
  now: Instant,
): Promise<{ readonly running: readonly Tour[]; readonly next: Tour | null }> {
  const found = await rows.rows({
    sql: `select tour_start, tour_end, role from duty_tour where member_id = ? and tour_start <= ? and tour_end >= ?
      order by tour_start, role`,
    parameters: [memberId, now, now],
  });
  const [next] = await rows.rows({
    sql: `select tour_start, tour_end, role from duty_tour where member_id = ? and tour_start > ?
      order by tour_start limit 1`,
    parameters: [memberId, now],
  });
  return { running: found.map(tourOf), next: next === undefined ? null : tourOf(next) };
}

/** When a member looked at a system in a role since `from`, last first; null when they have not. */
export async function lastAccess(
  rows: Rows,
  look: { readonly memberId: string; readonly role: string; readonly system: string },
  from: Instant,
  now: Instant,
): Promise<Instant | null> {
  const [row] = await rows.rows({
    sql: `select max(at) from tour_access where member_id = ? and role = ? and at between ? and ? and system = ?`,
    parameters: [look.memberId, look.role, from, now, look.system],
  });
  return typeof row?.[0] === 'number' ? (row[0] as Instant) : null;
}

/** When anyone of a district's office looked since `from`, last first, in a role that owes the looks of a rule. */
export async function officeAccess(
  rows: Rows,
  look: {
    readonly memberId: string;
    readonly role: string;
    readonly system: string;
    readonly district: string;
    /** Whether the member holds the role: a roster may name another. */
    readonly held: boolean;
  },
  rule: string,
  from: Instant,
  now: Instant,
): Promise<Instant | null> {
  const roles = JSON.stringify(rolesOwing(rule));
  const theirs = 'm.district = ? and a.at between ? and ? and a.system = ?';
  const inRoles = 'role in (select value from json_each(?))';
  const parameters = [roles, look.district, from, now, look.system];
  const [row] = await rows.rows({
    sql: `select max(at) from (
      select a.at from member_role r join member m on m.member_id = r.member_id
        join tour_access a on a.member_id = r.member_id and a.role = r.role where r.${inRoles} and ${theirs}
      union all
      select a.at from delegation d join member m on m.member_id = d.from_member
        join tour_access a on a.member_id = d.to_member and a.role = d.role where d.${inRoles} and ${theirs}
          and a.at between d.starts and d.ends)`,
    parameters: [...parameters, ...parameters],
  });
  const office = typeof row?.[0] === 'number' ? (row[0] as Instant) : null;
  const own = look.held ? await lastAccess(rows, look, from, now) : null;
  return office === null || own === null ? (office ?? own) : (Math.max(office, own) as Instant);
}

function tourOf([start, end, role]: readonly SqlValue[]): Tour {
  return { start: Number(start) as Instant, end: Number(end) as Instant, role: text(role) || null };
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
