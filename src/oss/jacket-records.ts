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

/** The highlights of the meetings on one Work Item up to `now`; without those not shared, for a representative. */
export async function highlightsOf(reader: Reader, id: string, now: Instant, sharedOnly: boolean) {
  let query = reader.db
    .selectFrom('oss_highlight')
    .select(['at', 'by_member', 'with_area_rep', 'highlights'])
    .where('work_item_id', '=', id)
    .where('at', '<=', now)
    .orderBy('at')
    .orderBy('id');
  if (sharedOnly) query = query.where('with_area_rep', '=', 1);
  return query.execute();
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

/** One entry of a Member Jacket. */
export interface JacketEntry {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly category: string | null;
  readonly finding: string | null;
  readonly outcome: string | null;
  readonly onDuty: boolean | null;
}

/** A member's jacket as a timeline up to `now`, newest first (OSS-32). */
export async function jacketEntries(
  reader: Reader,
  memberId: string,
  now: Instant,
): Promise<readonly JacketEntry[]> {
  const rows = await reader.db
    .selectFrom('member_activity')
    .select(['activity_id', 'occurred_at', 'kind', 'category', 'finding', 'outcome', 'on_duty'])
    .where('member_id', '=', memberId)
    .where('occurred_at', '<=', now)
    .orderBy('occurred_at', 'desc')
    .orderBy('activity_id')
    .execute();
  return rows.map((row) => ({
    id: row.activity_id,
    at: row.occurred_at as Instant,
    kind: row.kind,
    category: row.category,
    finding: row.finding,
    outcome: row.outcome,
    onDuty: row.on_duty === null ? null : row.on_duty === 1,
  }));
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
