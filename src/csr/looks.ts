import { rolesOwing } from '../casework/tour-duties.ts';
import { DAY, localDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { type Directory, loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';

/** How often the office of a district looked for new police requests over a stretch of time (CSR-36). */
export interface OfficeLooks {
  readonly district: string | null;
  readonly looks: number;
  /** Chicago days of the stretch, and those of them without a look. */
  readonly days: number;
  readonly daysWithout: number;
  /** Days, one decimal: the longest time without a look, from the beginning and to the end included. */
  readonly longestGap: number;
  /** Tours of the office on the roster that ended in the stretch, and those without a look; null without a roster. */
  readonly tours: number | null;
  readonly toursWithout: number | null;
}

interface Tour {
  readonly start: number;
  readonly end: number;
}

/**
 * Looks and gaps of every district that has a look or a tour on record. The look is the office's: that of anyone will do
 * who held the role then, or was lent it.
 */
export async function officeLooks(
  reader: Reader,
  start: Instant,
  end: Instant,
): Promise<readonly OfficeLooks[]> {
  const roles = JSON.stringify(rolesOwing('CSR-36'));
  const looks = await reader.rows({
    sql: `select member_id, role, at from tour_access
      where system = 'csr' and at <= ? and role in (select value from json_each(?)) order by at`,
    parameters: [end, roles],
  });
  const directory = await loadDirectory(reader);
  const tours = await reader.rows({
    sql: `select distinct m.district, t.tour_start, t.tour_end from duty_tour t
      join member m on m.member_id = t.member_id
      where t.tour_end between ? and ? and (t.role in (select value from json_each(?)) or t.role = '' and exists (
        select 1 from member_role r where r.member_id = t.member_id
          and r.role in (select value from json_each(?))))`,
    parameters: [start, end, roles, roles],
  });
  const byDistrict = new Map<string | null, { looks: number[]; tours: Tour[] }>();
  const of = (place: unknown) => {
    const district = typeof place === 'string' ? place : null;
    const known = byDistrict.get(district) ?? { looks: [], tours: [] };
    byDistrict.set(district, known);
    return known;
  };
  for (const [member, role, at] of looks) {
    const offices = officesOf(directory, String(member), String(role), Number(at) as Instant);
    for (const district of offices) of(district).looks.push(Number(at));
  }
  for (const [place, from, to] of tours) of(place).tours.push({ start: Number(from), end: Number(to) });
  return [...byDistrict]
    .map(([district, found]) => measured(district, found.looks, found.tours, start, end))
    .toSorted((a, b) => ((a.district ?? '~') < (b.district ?? '~') ? -1 : 1));
}

/** The districts for whose office a member looked in a role: the own one, or that of who lent it; none without the role. */
function officesOf(
  directory: Directory,
  memberId: string,
  role: string,
  at: Instant,
): readonly (string | null)[] {
  const person = directory.person(memberId, at);
  if (person === null || !person.roles.has(role)) return [];
  if (person.own === undefined || person.own.has(role)) return [person.district];
  const lenders = (person.lent ?? []).filter((loan) => loan.role === role);
  return lenders.map(({ from }) => directory.person(from, at)?.district ?? null);
}

function measured(
  district: string | null,
  all: readonly number[],
  tours: readonly Tour[],
  start: Instant,
  end: Instant,
): OfficeLooks {
  const looks = all.filter((at) => at >= start);
  const days = localDay(end) - localDay(start) + 1;
  const lookedOn = new Set(looks.map((at) => localDay(at as Instant)));
  const marks = [start, ...looks, end];
  const gaps = marks.slice(1).map((at, index) => at - (marks[index] ?? at));
  const without = tours.filter((tour) => !all.some((at) => at >= tour.start && at <= tour.end)).length;
  return {
    district,
    looks: looks.length,
    days,
    daysWithout: days - lookedOn.size,
    longestGap: Math.round((Math.max(...gaps) * 10) / DAY) / 10,
    tours: tours.length === 0 ? null : tours.length,
    toursWithout: tours.length === 0 ? null : without,
  };
}
