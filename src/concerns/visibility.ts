import {
  bareReach,
  type FindingHead,
  FULL_REACH,
  type Reach,
  type RecordView,
} from '../casework/directive.ts';
import type { Viewer } from '../casework/waiting.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import type { Actor } from '../people/identity.ts';
import { type Scope, scopeByView } from '../people/scope.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';

export type { Scope } from '../people/scope.ts';

/** The area of the role matrix that concerns are. */
const AREA = 'concerns.detail';

/**
 * The concerns that a member may see by the role matrix (CC-10, data/policy/views.json); refuses (exit code 4) when
 * none of their roles is in it.
 */
export async function scopeOf(rows: Rows, viewer: Viewer, now: Instant): Promise<Scope> {
  const scope = await scopeIfAny(rows, viewer, now);
  if (scope !== null) return scope;
  const text = `${viewer.memberId} holds no role that may see Community Concerns.`;
  throw refusal('CC-10', loadPolicy().cite('CC-10'), text);
}

/** The same, and null for one whose roles see no concern. */
export function scopeIfAny(rows: Rows, viewer: Viewer, now: Instant): Promise<Scope | null> {
  return scopeByView(rows, AREA, viewer, now);
}

/** What of one concern a member, or nobody known, may see: its texts lie within the scope of their roles (CC-10). */
export async function reachOfConcern(
  reader: Reader,
  { now }: Context,
  actor: Actor | null,
  { id, state = null, facts = [] }: Pick<RecordView, 'id'> & Partial<RecordView>,
): Promise<Reach> {
  if (actor === null) return bareConcern('without an actor');
  const scope = await scopeIfAny(reader, actor, now);
  if (scope !== null && (await isVisible(reader, scope, id))) {
    const webportal = facts.some(({ key, value }) => key === 'origin' && value === 'webportal');
    if (!webportal || state !== 'submitted' || !actor.roles.has('cp-sergeant')) return FULL_REACH;
    // CC-15: reading it here is no access on record; what is read is to be opened.
    const note = `Nobody has opened it on record: rollcall concerns access ${id} starts its 36 hours (CC-15).`;
    return { ...FULL_REACH, note };
  }
  const seen = scope === null ? 'no role that may see concerns' : scopeText(scope);
  return bareConcern(`for ${actor.memberId}: ${seen}`);
}

/** What is found on a concern tells its state and reasons: its text is for those who may see the concern (CC-10). */
export async function mutedConcerns(
  reader: Reader,
  { now }: Context,
  actor: Actor | null,
  found: readonly FindingHead[],
): Promise<(finding: FindingHead) => boolean> {
  const scope = actor === null ? null : await scopeIfAny(reader, actor, now);
  const seen = scope === null ? { sql: '0', parameters: [] } : scopeCondition(scope);
  const rows = await reader.rows({
    sql: `select c.control_number from concern c
      where c.control_number in (select value from json_each(?)) and not ${seen.sql}`,
    parameters: [JSON.stringify(found.map(({ id }) => id)), ...seen.parameters],
  });
  const unseen = new Set(rows.map(([id]) => String(id)));
  return ({ id }) => unseen.has(id);
}

/** Steps that tell how a concern was judged, and not only when a clock ran. */
const JUDGING: ReadonlySet<string> = new Set([
  'not-accepted',
  'criminal',
  'hazard-told',
  'submitted',
  'disapproved',
  'approved',
  'disputed',
  'decided',
  'replied',
]);

function bareConcern(whom: string): Reach {
  return {
    ...bareReach(`${whom} (CC-10)`),
    stateless: true,
    withholds: (event) => (JUDGING.has(event) ? 'whole' : 'words'),
  };
}

/** A condition on `concern c` for a scope; a concern without a beat belongs to no district and is seen by each. */
export function scopeCondition(scope: Scope): {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
} {
  if (scope.all) return { sql: '1', parameters: [] };
  const parts: string[] = [];
  const parameters: SqlValue[] = [];
  if (scope.districts.length > 0) {
    parts.push('c.district is null or c.district in (select value from json_each(?))');
    parameters.push(JSON.stringify(scope.districts));
  }
  const task = (condition: string) =>
    `exists (select 1 from clock k where k.system = 'concerns' and k.record_id = c.control_number and ${condition})`;
  for (const unit of scope.units) {
    parts.push(task("k.owner_role = 'unit-supervisor' and ltrim(k.owner_unit, '0') = ?"));
    parameters.push(unit);
  }
  if (scope.member !== null) {
    parts.push(task('k.owner_member = ?'));
    parameters.push(scope.member);
  }
  return { sql: parts.length === 0 ? '0' : `(${parts.join(' or ')})`, parameters };
}

/** Refuses (CC-10, exit code 4) a concern that lies outside a scope. */
export async function requireVisible(rows: Rows, scope: Scope, viewer: Viewer, id: string): Promise<void> {
  if (await isVisible(rows, scope, id)) return;
  const text = `${id} is none of the concerns that ${viewer.memberId} may see: ${scopeText(scope)}.`;
  throw refusal('CC-10', loadPolicy().cite('CC-10'), text);
}

async function isVisible(rows: Rows, scope: Scope, id: string): Promise<boolean> {
  const { sql, parameters } = scopeCondition(scope);
  const found = await rows.rows({
    sql: `select 1 from concern c where c.control_number = ? and ${sql}`,
    parameters: [id, ...parameters],
  });
  return found.length > 0;
}

/** Whether a scope holds every concern of a district; null: of all of them. */
export function seesDistrict({ all, districts }: Scope, district: string | null): boolean {
  return all || (district !== null && districts.includes(district));
}

/** A scope in words: `District 005; tasks of unit 5`. */
export function scopeText(scope: Scope): string {
  if (scope.all) return 'every district';
  const parts = [
    ...scope.districts.map((district) => `District ${district}`),
    ...scope.units.map((unit) => `tasks of unit ${unit}`),
    ...(scope.member === null ? [] : [`tasks of ${scope.member}`]),
  ];
  return parts.length === 0 ? 'nothing: the member has neither district nor unit' : parts.join('; ');
}
