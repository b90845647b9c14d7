import { readFileSync } from 'node:fs';
import type { Viewer } from '../casework/waiting.ts';
import { localDate } from '../core/calendar.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import { dataFile, loadPolicy } from '../store/data-files.ts';
import type { Rows, SqlValue } from '../store/open.ts';

/** Which concerns a member may see: all, or those of districts, of a unit's tasks, or of tasks of their own. */
export interface Scope {
  readonly all: boolean;
  readonly districts: readonly string[];
  readonly units: readonly string[];
  readonly member: string | null;
}

/**
 * The concerns that a member may see by the role matrix (CC-10, data/policy/views.json); refuses (exit code 4) when
 * none of their roles is in it.
 */
export async function scopeOf(rows: Rows, viewer: Viewer, now: Instant): Promise<Scope> {
  const view = loadPolicy()
    .views()
    .find(({ area }) => area === 'concerns.detail');
  const scopes = new Set([...viewer.roles].flatMap((role) => view?.roles[role] ?? []));
  if (scopes.size === 0) {
    const text = `${viewer.memberId} holds no role that may see Community Concerns.`;
    throw refusal('CC-10', loadPolicy().cite('CC-10'), text);
  }
  const districts = new Set<string>();
  if (scopes.has('district') && viewer.district !== null) districts.add(viewer.district);
  if (scopes.has('area')) for (const each of await areaDistricts(rows, viewer, now)) districts.add(each);
  return {
    all: scopes.has('all'),
    districts: [...districts].sort(),
    units: scopes.has('received') && viewer.unit !== null ? [bareUnit(viewer.unit)] : [],
    member: scopes.has('assigned') ? viewer.memberId : null,
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
    parts.push(task("ltrim(k.owner_unit, '0') = ?"));
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
  const { sql, parameters } = scopeCondition(scope);
  const found = await rows.rows({
    sql: `select 1 from concern c where c.control_number = ? and ${sql}`,
    parameters: [id, ...parameters],
  });
  if (found.length > 0) return;
  const text = `${id} is none of the concerns that ${viewer.memberId} may see: ${scopeText(scope)}.`;
  throw refusal('CC-10', loadPolicy().cite('CC-10'), text);
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

async function areaDistricts(rows: Rows, viewer: Viewer, now: Instant): Promise<readonly string[]> {
  const [row] = await rows.rows({
    sql: 'select area from member where member_id = ?',
    parameters: [viewer.memberId],
  });
  const area = row?.[0];
  if (typeof area !== 'string') return [];
  const today = localDate(now);
  const file: {
    readonly areaDistrict: readonly {
      readonly area: string;
      readonly district: string;
      readonly validFrom: string;
      readonly validTo: string | null;
    }[];
  } = JSON.parse(readFileSync(dataFile('geography/areas.json'), 'utf8'));
  return file.areaDistrict
    .filter((each) => each.area === area && each.validFrom <= today && today <= (each.validTo ?? '9999'))
    .map(({ district }) => district);
}
