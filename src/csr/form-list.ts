import { sql } from 'kysely';
import { localDate, localDay } from '../core/calendar.ts';
import { dueAfterDays } from '../core/due.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import { loadClocks } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { inDistrict } from './in-district.ts';

/** A form with what its history and the mirror of 311 add to it. Days are Chicago calendar days. */
export interface ListedForm {
  readonly id: string;
  readonly type: string;
  readonly address: string | null;
  readonly district: string | null;
  readonly beat: string | null;
  readonly state: string;
  readonly srNumber: string | null;
  readonly createdAt: Instant;
  readonly ageDays: number;
  /** Reported done, or closed in the mirror; null while it is not. */
  readonly completedAt: Instant | null;
  readonly completedBy: 'form' | '311' | null;
  readonly hazard: boolean;
  /** The last day on which the sergeant went over it (CSR-19). */
  readonly reviewedOn: LocalDate | null;
  /** A reference to who asked: told to the office that answers them. */
  readonly requester: string | null;
  /** Someone asked and was not told anything yet (CSR-17). */
  readonly awaitsReply: boolean;
  readonly reportedOcpAt: Instant | null;
  /** False where its number is not in the mirror (CSR-27); null without a number. */
  readonly mirrored: boolean | null;
  /** What 311 says under its number; null where it says nothing. */
  readonly inMirror: { readonly type: string; readonly beat: string | null } | null;
}

const STATE_AFTER: Readonly<Record<string, string>> = {
  drafted: 'drafted',
  'form-submitted': 'submitted',
  'form-returned': 'returned',
  entered: 'entered',
  'form-completed': 'completed',
};
const STEPS = JSON.stringify(Object.keys(STATE_AFTER));

/** The forms of a place as of `now`, oldest first. */
export async function listForms(reader: Reader, place: Place, now: Instant): Promise<readonly ListedForm[]> {
  let query = reader.db
    .selectFrom('csr_form as f')
    .leftJoin('csr_request as r', 'r.sr_number', 'f.sr_number')
    .leftJoin('csr_word as t', 't.id', 'r.type_id')
    .select(['f.form_id', 'f.type', 'f.address', 'f.district', 'f.beat', 'f.sr_number'])
    .select(['f.created_at', 'f.completed_at', 'f.hazard', 'f.requester', 'f.reported_ocp_at'])
    .select(['r.id as mirror_id', 'r.is_open', 'r.closed_at', 'r.updated_at', 'r.beat as mirror_beat'])
    .select('t.word as mirror_type')
    .select(
      sql<number | null>`(select max(at) from event e where e.chain = 'csr' and e.record_id = f.form_id
        and e.name = 'reviewed' and e.at <= ${now})`.as('reviewed_at'),
    )
    .select(
      sql<number>`(select count(*) from event e where e.chain = 'csr' and e.name = 'replied' and e.at <= ${now}
        and e.record_id in (f.form_id, f.sr_number))`.as('replies'),
    )
    .select(
      sql<string | null>`(select e.name from event e where e.chain = 'csr' and e.record_id = f.form_id
        and e.at <= ${now} and e.name in (select value from json_each(${STEPS})) order by e.at desc, e.seq desc limit 1)`.as(
        'last_step',
      ),
    )
    .where('f.created_at', '<=', now)
    .where(inDistrict(place, 'f.district'))
    .orderBy('f.created_at')
    .orderBy('f.form_id');
  if (place.beat !== null) query = query.where('f.beat', '=', place.beat);
  const rows = await query.execute();
  return rows.map((row) => {
    const state = STATE_AFTER[row.last_step ?? ''] ?? 'drafted';
    const srNumber = state === 'entered' || state === 'completed' ? row.sr_number : null;
    const closed = row.is_open === 0 ? (row.closed_at ?? row.updated_at) : null;
    const done = row.completed_at ?? closed;
    const completedAt = done === null || done > now ? null : (done as Instant);
    return {
      id: row.form_id,
      type: row.type,
      address: row.address,
      district: row.district,
      beat: row.beat,
      state,
      srNumber,
      createdAt: row.created_at as Instant,
      ageDays: localDay(now) - localDay(row.created_at as Instant),
      completedAt,
      completedBy: completedAt === null ? null : row.completed_at === null ? '311' : 'form',
      hazard: row.hazard === 1,
      reviewedOn: row.reviewed_at === null ? null : localDate(row.reviewed_at as Instant),
      requester: row.requester,
      awaitsReply: row.requester !== null && row.replies === 0,
      reportedOcpAt:
        row.reported_ocp_at === null || row.reported_ocp_at > now ? null : (row.reported_ocp_at as Instant),
      mirrored: srNumber === null ? null : row.mirror_id !== null,
      inMirror:
        srNumber === null || row.mirror_type === null
          ? null
          : { type: row.mirror_type, beat: placeText(row.mirror_beat, 4) },
    };
  });
}

/** The last instant at which a form completed then must still be kept (CSR-21: a floor of 180 days). */
export function keptUntil(completedAt: Instant): Instant {
  const floor = loadClocks().find((clock) => clock.rule === 'CSR-21');
  if (floor === undefined || !('days' in floor.length)) throw new Error('no retention policy for CSR-21');
  return dueAfterDays(completedAt, floor.length.days);
}
