import type { DutyPolicy } from '../core/policy.ts';
import { ROLES } from '../core/roles.ts';
import { loadPolicy } from '../store/data-files.ts';

/** A look that a role owes once each tour of duty. */
export interface TourDuty {
  readonly role: string;
  readonly duty: DutyPolicy;
}

/** Roles that owe the looks of a rule. */
export function rolesOwing(rule: string): readonly string[] {
  return tourDuties(new Set(ROLES)).flatMap(({ role, duty }) => (duty.rule === rule ? [role] : []));
}

/**
 * The looks that these roles owe each tour (CC-14, CC-20, CC-26, CC-29, CSR-36): a duty's own role, and every other
 * role that the role table puts under its rule.
 */
export function tourDuties(roles: ReadonlySet<string>): readonly TourDuty[] {
  const policy = loadPolicy();
  const duties = policy.duties().filter(({ every, record }) => every === 'tour' && record === 'access');
  return policy
    .roles()
    .filter(({ role }) => roles.has(role))
    .flatMap(({ role, rules }) =>
      duties
        .filter((duty) => duty.ownerRole === role || rules.includes(duty.rule))
        .map((duty) => ({ role, duty })),
    );
}
