import { localDate, parseLocalDate, startOfDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { Staff } from './jacket-staffing.ts';

/** What was said in a meeting, before it is written. */
interface NewHighlights {
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  readonly share: boolean;
  readonly text: string;
  readonly recordedAt: Instant;
}

/** Writes the highlights of a meeting into the one table that holds them (OSS-41). */
export function saveHighlights(writer: Writer, { id, at, by, share, text, recordedAt }: NewHighlights): void {
  writer
    .prepare(
      `insert into oss_highlight (work_item_id, at, by_member, with_area_rep, highlights, recorded_at)
       values (?, ?, ?, ?, ?, ?)`,
    )
    .run(id, at, by, share ? 1 : 0, text, recordedAt);
}

/** The highlights of the meetings on one Work Item up to `now`, with whose they are and whether they are shared. */
export async function highlightsOf(reader: Reader, id: string, now: Instant) {
  return reader.db
    .selectFrom('oss_highlight')
    .select(['at', 'by_member', 'with_area_rep', 'highlights'])
    .where('work_item_id', '=', id)
    .where('at', '<=', now)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Whether a member was on a tour of duty at an instant; null when no tour of the member is known. */
export async function onDutyAt(reader: Reader, memberId: string, at: Instant): Promise<boolean | null> {
  const tours = await reader.db
    .selectFrom('duty_tour')
    .select(['tour_start', 'tour_end'])
    .where('member_id', '=', memberId)
    .execute();
  if (tours.length === 0) return null;
  return tours.some((tour) => tour.tour_start <= at && at <= tour.tour_end);
}

/** One entry of a Member Jacket: something that happened, or the beginning of a time in a unit. */
export interface JacketEntry {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly category: string | null;
  readonly finding: string | null;
  readonly outcome: string | null;
  readonly onDuty: boolean | null;
}

/**
 * A member's jacket as a timeline of what was known at `now`, newest first (OSS-32): a complaint from its filing, its
 * finding from its closing, and the history of units beside them.
 */
export async function jacketEntries(
  reader: Reader,
  memberId: string,
  now: Instant,
): Promise<readonly JacketEntry[]> {
  const rows = await reader.db
    .selectFrom('member_activity')
    .selectAll()
    .where('member_id', '=', memberId)
    .where((where) => where(where.fn.coalesce('filed_at', 'occurred_at'), '<=', now))
    .orderBy('activity_id')
    .execute();
  const happened = rows.map((row): JacketEntry => {
    const closedLater = row.closed_at !== null && row.closed_at > now;
    return {
      id: row.activity_id,
      at: row.occurred_at as Instant,
      kind: row.kind,
      category: row.category,
      finding: closedLater ? null : row.finding,
      outcome: closedLater ? null : row.outcome,
      onDuty: row.on_duty === null ? null : row.on_duty === 1,
    };
  });
  return [...happened, ...(await unitEntries(reader, memberId, now))].sort(
    (a, b) => b.at - a.at || (a.id < b.id ? -1 : 1),
  );
}

async function unitEntries(reader: Reader, memberId: string, now: Instant): Promise<readonly JacketEntry[]> {
  const today = localDate(now);
  const spells = await reader.db
    .selectFrom('unit_spell')
    .select(['unit', 'starts_on', 'ends_on'])
    .where('member_id', '=', memberId)
    .where('starts_on', '<=', today)
    .execute();
  return spells.flatMap(({ unit, starts_on, ends_on }) => {
    const day = parseLocalDate(starts_on);
    if (day === null) return [];
    const ended = ends_on !== null && ends_on <= today;
    return {
      id: `unit ${unit} ${starts_on}`,
      at: startOfDay(day),
      kind: 'unit',
      category: `unit ${unit}`,
      finding: null,
      outcome: ended ? `until ${ends_on}` : null,
      onDuty: null,
    };
  });
}

/** Who holds a role of the unit, by member id. */
export async function staffOf(reader: Reader): Promise<readonly Staff[]> {
  const rows = await reader.db
    .selectFrom('member_role as r')
    .innerJoin('member as m', 'm.member_id', 'r.member_id')
    .select(['r.role', 'm.member_id', 'm.sworn', 'm.area'])
    .where('r.role', 'in', ['oss-analyst', 'oss-area-rep', 'ossu-supervisor'])
    .orderBy('m.member_id')
    .execute();
  return rows.map((row) => ({
    role: row.role,
    memberId: row.member_id,
    sworn: row.sworn === null ? null : row.sworn === 1,
    area: row.area,
  }));
}
