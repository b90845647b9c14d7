import { actingDistricts } from '../core/acting-districts.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts, CaseState, Objection, Person, Transition } from '../core/workflow.ts';

/** A record that arose in a district; null where it is unknown. */
interface Placed extends CaseState {
  readonly district: string | null;
}

/** The office of community policing's own roles (CSR-36). */
export const OFFICE = ['cp-sergeant', 'cp-officer', 'executive-officer'] as const;

/**
 * A step that belongs to the record's own district: a member who is known to act for others alone is against `rule`.
 * Without a member, or where either district is unknown, it stays unjudged.
 */
export function withinDistrict<S extends Placed>(
  step: Transition<S>,
  rule: string,
  roles: readonly string[] = step.who?.roles ?? OFFICE,
): Transition<S> {
  return {
    ...step,
    objects: (state, event, facts) => [
      ...outsider(state, event, facts, rule, roles),
      ...(step.objects?.(state, event, facts) ?? []),
    ],
  };
}

/** Holds one of the roles, and in the district as far as it is known. */
export function actsIn(
  person: Person,
  roles: readonly string[],
  district: string | null,
  at: Instant,
  facts: CaseFacts,
): boolean {
  if (!roles.some((role) => person.roles.has(role))) return false;
  const theirs = actingDistricts(person, roles, (id) => facts.person(id, at));
  return district === null || theirs === null || theirs.has(district);
}

function outsider(
  { district }: Placed,
  { name, by, at }: CaseEvent,
  facts: CaseFacts,
  rule: string,
  roles: readonly string[],
): readonly Objection[] {
  const person = by === null ? null : facts.person(by, at);
  if (person === null || district === null) return [];
  const theirs = actingDistricts(person, roles, (id) => facts.person(id, at));
  if (theirs === null || theirs.has(district)) return [];
  const text = `"${name}" by ${by}, who acts for district ${[...theirs].join(' and ')}: the record is one of district ${district}`;
  return [{ rule, code: 'OTHER_DISTRICT', text, refuses: true }];
}
