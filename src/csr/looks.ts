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

/** A role lent for a time. */
interface Loan {
  readonly role: string;
  readonly from: string;
  readonly to: string;
  readonly starts: number;
  readonly ends: number;
}

/** A time before every import: roles of then are all that were ever held. */
const EVER = 0;

/** Who holds one of some roles, or has given it up. */
const HOLDERS = `select member_id from member_role where role in (select value from json_each(?))
  union select u.before ->> '$.member_id' from batch b join undo u on u.batch_id = b.id
    where b.undone_at is null and u.before is not null and u.table_name = 'member_role'
      and u.before ->> '$.role' in (select value from json_each(?))`;

/**
 * Looks and gaps of every district that has a look or a tour on record. The look is the office's: that of anyone will do
 * who held the role then, or was lent it.
 */
export async function officeLooks(
  reader: Reader,
  start: Instant,
  end: Instant,
): Promise<readonly OfficeLooks[]> {
  const owing = rolesOwing('CSR-36');
  const roles = JSON.stringify(owing);
  const looks = await reader.rows({
    sql: `select member_id, role, at from tour_access
      where system = 'csr' and at <= ? and unheld = 0 and role in (select value from json_each(?)) order by at`,
    parameters: [end, roles],
  });
  const directory = await loadDirectory(reader);
  const loans = await loansOf(reader, roles);
  const tours = await reader.rows({
    sql: `select member_id, role, tour_start, tour_end from duty_tour
      where tour_end between ? and ? and (role in (select value from json_each(?)) or role = '' and member_id in (${HOLDERS}))`,
    parameters: [start, end, roles, roles, roles],
  });
  const byDistrict = new Map<string | null, { looks: number[]; tours: Tour[] }>();
  const of = (place: unknown) => {
    const district = typeof place === 'string' ? place : null;
    const known = byDistrict.get(district) ?? { looks: [], tours: [] };
    byDistrict.set(district, known);
    return known;
  };
  for (const [member, role, at] of looks) {
    const time = { start: Number(at), end: Number(at) };
    const offices = officesOf(directory, loans, String(member), [String(role)], time);
    for (const district of offices) of(district).looks.push(Number(at));
  }
  for (const [member, role, from, to] of tours) {
    const tour = { start: Number(from), end: Number(to) };
    const named = role === '' ? owing : [String(role)];
    const found = officesOf(directory, loans, String(member), named, tour);
    // A role that the roster alone knows is one of the own office.
    const own = role === '' ? null : directory.person(String(member), tour.start as Instant);
    for (const district of found.length === 0 && own !== null ? [own.district] : found) {
      const known = of(district).tours;
      if (!known.some((each) => each.start === tour.start && each.end === tour.end)) known.push(tour);
    }
  }
  return [...byDistrict]
    .map(([district, found]) => measured(district, found.looks, found.tours, start, end))
    .toSorted((a, b) => ((a.district ?? '~') < (b.district ?? '~') ? -1 : 1));
}

async function loansOf(reader: Reader, roles: string): Promise<readonly Loan[]> {
  const rows = await reader.rows({
    sql: `select role, from_member, to_member, starts, ends from delegation
      where role in (select value from json_each(?)) order by starts, from_member`,
    parameters: [roles],
  });
  return rows.map(([role, from, to, starts, ends]) => ({
    role: String(role),
    from: String(from),
    to: String(to),
    starts: Number(starts),
    ends: Number(ends),
  }));
}

/**
 * The districts for whose office a member acted in one of the roles at a time: the own one, or that of who lent it. What
 * was given up since was held then.
 */
function officesOf(
  directory: Directory,
  loans: readonly Loan[],
  memberId: string,
  roles: readonly string[],
  { start, end }: Tour,
): readonly (string | null)[] {
  if (!directory.has(memberId)) return [];
  const holds = (member: string, role: string, at: number) =>
    directory.earliest(member, at as Instant)?.roles.has(role) === true;
  const districtOf = (member: string) => directory.person(member, start as Instant)?.district ?? null;
  if (roles.some((role) => holds(memberId, role, start))) return [districtOf(memberId)];
  const lent = loans.filter(
    ({ role, from, to, starts, ends }) =>
      to === memberId && roles.includes(role) && starts <= end && start <= ends && holds(from, role, EVER),
  );
  if (lent.length > 0) return lent.map(({ from }) => districtOf(from));
  // An import may tell of a time after the one at which a role was taken away.
  return roles.some((role) => holds(memberId, role, EVER)) ? [districtOf(memberId)] : [];
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
