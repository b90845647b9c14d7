import { readFileSync } from 'node:fs';
import { localDate } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import { dataFile, loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';

/** Which records a member may see: all, or those of districts, of a unit's tasks, or of tasks of their own. */
export interface Scope {
  readonly all: boolean;
  readonly districts: readonly string[];
  readonly units: readonly string[];
  readonly member: string | null;
}

/** Who looks, as far as a scope depends on it. */
interface Seer {
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  readonly unit: string | null;
  readonly district: string | null;
}

/** What a member may see of an area of the role matrix (data/policy/views.json); null where no role of theirs is in it. */
export async function scopeByView(rows: Rows, area: string, seer: Seer, now: Instant): Promise<Scope | null> {
  const view = loadPolicy()
    .views()
    .find((each) => each.area === area);
  const scopes = new Set([...seer.roles].flatMap((role) => view?.roles[role] ?? []));
  if (scopes.size === 0) return null;
  const districts = new Set<string>();
  if (scopes.has('district') && seer.district !== null) districts.add(seer.district);
  if (scopes.has('area')) for (const each of await areaDistricts(rows, seer, now)) districts.add(each);
  return {
    all: scopes.has('all'),
    districts: [...districts].sort(),
    units: scopes.has('received') && seer.unit !== null ? [bareUnit(seer.unit)] : [],
    member: scopes.has('assigned') ? seer.memberId : null,
  };
}

async function areaDistricts(rows: Rows, seer: Seer, now: Instant): Promise<readonly string[]> {
  const [row] = await rows.rows({
    sql: 'select area from member where member_id = ?',
    parameters: [seer.memberId],
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
