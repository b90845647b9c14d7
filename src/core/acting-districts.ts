import type { Person } from './workflow.ts';

/**
 * The districts for which a member acts in one of `roles`: their own and, for a role lent by a delegation that runs
 * then, that of whoever lends it. Null when one of them is not on record: cannot tell.
 */
export function actingDistricts(
  person: Person,
  roles: readonly string[],
  lenderOf: (memberId: string) => Person | null,
): ReadonlySet<string> | null {
  const lent = (person.lent ?? []).filter(({ role }) => roles.includes(role));
  const own = person.own ?? person.roles;
  // Who holds none of the roles acts, if at all, as one of their own district.
  const asOwn = lent.length === 0 || roles.some((role) => own.has(role));
  const found = [
    ...(asOwn ? [person.district] : []),
    ...lent.map(({ from }) => lenderOf(from)?.district ?? null),
  ];
  return found.every((district) => district !== null) ? new Set(found) : null;
}
