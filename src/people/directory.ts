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
  has(memberId: string): boolean;
}

interface Loan {
  readonly role: string;
  readonly from: string;
  readonly starts: number;
  readonly ends: number;
}

/** Reads members, what they were before, roles and delegations (33,000 members take about 20 MB). */
export async function loadDirectory(reader: Reader): Promise<Directory> {
  const members = await reader.db
    .selectFrom('member')
    .select(['member_id', 'rank_level', 'sworn', 'unit', 'district', 'supervisor_id', 'area'])
    .execute();
  const roles = new Map<string, Set<string>>();
  for (const { member_id, role } of await reader.db.selectFrom('member_role').selectAll().execute()) {
    const known = roles.get(member_id);
    if (known) known.add(role);
    else roles.set(member_id, new Set([role]));
  }
  const loans = new Map<string, Loan[]>();
  for (const loan of await reader.db.selectFrom('delegation').selectAll().execute()) {
    // Nobody lends what they do not hold.
    if (!roles.get(loan.from_member)?.has(loan.role)) continue;
    const { role, from_member: from, starts, ends } = loan;
    loans.set(loan.to_member, [...(loans.get(loan.to_member) ?? []), { role, from, starts, ends }]);
  }
  const past = await loadPast(reader);
  const none: ReadonlySet<string> = new Set();
  const people = new Map<string, Person>();
  for (const member of members) {
    people.set(member.member_id, {
      memberId: member.member_id,
      roles: roles.get(member.member_id) ?? none,
      rankLevel: member.rank_level,
      sworn: member.sworn === null ? null : member.sworn === 1,
      unit: member.unit,
      district: member.district,
      supervisorId: member.supervisor_id,
      area: member.area,
    });
  }
  return {
    has: (memberId) => people.has(memberId),
    person(memberId, at) {
      const today = people.get(memberId);
      if (today === undefined) return null;
      const person = past.at(today, at);
      const lent = loans.get(memberId)?.filter((loan) => loan.starts <= at && at <= loan.ends) ?? [];
      if (lent.length === 0) return person;
      return { ...person, roles: new Set([...person.roles, ...lent.map((loan) => loan.role)]), lent };
    },
  };
}
