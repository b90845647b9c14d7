import type { Instant } from '../core/instant.ts';
import type { Person } from '../core/workflow.ts';
import type { Reader } from '../store/store.ts';
import { loadPast } from './member-past.ts';

/** Every member, for judging many events: read once, looked up in memory. */
export interface Directory {
  /**
   * The member with the roles held or lent at `at`; null when unknown. Rank, unit, district and supervisor are those on
   * record then (OSS-28: at the time of assignment), today's where the store did not know the member yet. A role counts
   * until an import takes it away: that it was not recorded yet is held against nobody.
   */
  person(memberId: string, at: Instant): Person | null;
  /**
   * The same from the other side: where the store did not know the member yet at `at`, as it first came to know them. No
   * later import changes the answer, so a figure of a time that is over stays.
   */
  earliest(memberId: string, at: Instant): Person | null;
  has(memberId: string): boolean;
}

interface Loan {
  readonly role: string;
  readonly from: string;
  readonly starts: number;
  readonly ends: number;
}

const MEMBERS = 'select member_id, rank_level, sworn, unit, district, supervisor_id, area from member';
const HELD = 'select member_id, role from member_role';
const LENT = 'select role, from_member, to_member, starts, ends from delegation';

/** Reads members, what they were before, roles and delegations (33,000 members take about 20 MB). */
export async function loadDirectory(reader: Reader): Promise<Directory> {
  const rowsOf = async (sql: string) => await reader.rows({ sql, parameters: [] });
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const roles = new Map<string, Set<string>>();
  for (const [member, role] of await rowsOf(HELD)) {
    const known = roles.get(String(member));
    if (known) known.add(String(role));
    else roles.set(String(member), new Set([String(role)]));
  }
  const loans = new Map<string, Loan[]>();
  for (const [role, from, to, starts, ends] of await rowsOf(LENT)) {
    // Nobody lends what they do not hold.
    if (!roles.get(String(from))?.has(String(role))) continue;
    const loan = { role: String(role), from: String(from), starts: Number(starts), ends: Number(ends) };
    loans.set(String(to), [...(loans.get(String(to)) ?? []), loan]);
  }
  const past = await loadPast(reader);
  const none: ReadonlySet<string> = new Set();
  const people = new Map<string, Person>();
  for (const [id, rank, sworn, unit, district, supervisor, area] of await rowsOf(MEMBERS)) {
    const memberId = String(id);
    people.set(memberId, {
      memberId,
      roles: roles.get(memberId) ?? none,
      rankLevel: Number(rank),
      sworn: typeof sworn === 'number' ? sworn === 1 : null,
      unit: text(unit),
      district: text(district),
      supervisorId: text(supervisor),
      area: text(area),
    });
  }
  return {
    has: (memberId) => people.has(memberId),
    earliest(memberId, at) {
      const today = people.get(memberId);
      return today === undefined ? null : past.earliest(today, at);
    },
    person(memberId, at) {
      const today = people.get(memberId);
      if (today === undefined) return null;
      const person = past.at(today, at);
      const lent = loans.get(memberId)?.filter((loan) => loan.starts <= at && at <= loan.ends) ?? [];
      if (lent.length === 0) return person;
      const roles = new Set([...person.roles, ...lent.map((loan) => loan.role)]);
      return { ...person, roles, own: person.roles, lent };
    },
  };
}
