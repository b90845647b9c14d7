import { tourDuties } from '../casework/tour-duties.ts';
import { ROLES } from '../core/roles.ts';
import type { Reader } from '../store/store.ts';
import type { Stretch } from './clock-outcome.ts';

/** Looks of tours that ended in a period: owed and given, by district and rule. */
export interface Looks {
  readonly district: string | null;
  readonly rule: string;
  readonly owed: number;
  readonly given: number;
}

/** How many of the looks that tours on the roster owed were given (CC-14, CC-20, CC-26, CC-29). */
export async function looksOf(reader: Reader, { start, end }: Stretch): Promise<readonly Looks[]> {
  const duties = tourDuties(new Set(ROLES)).filter(({ duty }) => duty.system === 'concerns');
  const rows = await reader.rows({
    sql: `select m.district, t.role, count(*), sum(exists (
        select 1 from tour_access a where a.member_id = t.member_id and a.role = t.role
          and a.at between t.tour_start and t.tour_end and a.system = 'concerns'))
      from duty_tour t join member m on m.member_id = t.member_id
      where t.tour_end between ? and ? and t.role <> ''
      group by m.district, t.role order by m.district, t.role`,
    parameters: [start, end],
  });
  const looks = new Map<string, Looks>();
  for (const [place, role, owed, given] of rows) {
    const district = typeof place === 'string' ? place : null;
    for (const { duty } of duties.filter((each) => each.role === role)) {
      const key = `${district} ${duty.rule}`;
      const before = looks.get(key) ?? { district, rule: duty.rule, owed: 0, given: 0 };
      looks.set(key, { ...before, owed: before.owed + Number(owed), given: before.given + Number(given) });
    }
  }
  return [...looks.values()];
}
