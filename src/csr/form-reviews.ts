import { endOfDay, localDate, localDay } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import type { Place } from './asking.ts';
import { FORMS_EVER } from './form-records.ts';

/** A past day of a district at whose end forms waited at the office and that saw no review (CSR-19). */
export interface MissedReview {
  readonly day: LocalDate;
  readonly district: string | null;
  /** Forms that waited at its end, and the one that had waited longest. */
  readonly forms: number;
  readonly oldest: string;
}

/** A stretch of time in which a form waited at the office, in Chicago day numbers; the last is the day it left. */
interface Wait {
  readonly id: string;
  readonly district: string | null;
  readonly from: number;
  readonly left: number;
}

/** The days without a review, until the day before `now`, by day and district. A review of any form of a district counts for it. */
export async function missedReviews(
  rows: Rows,
  place: Place,
  now: Instant,
): Promise<readonly MissedReview[]> {
  const today = localDay(now);
  const { waits, reviewed } = await stepsOf(rows, place, now);
  const missed = new Map<string, { day: number; district: string | null; forms: number; oldest: Wait }>();
  for (const wait of waits) {
    for (let day = wait.from; day < Math.min(wait.left, today); day++) {
      if (reviewed.has(`${wait.district} ${day}`)) continue;
      const key = `${day} ${wait.district}`;
      const known = missed.get(key);
      if (known === undefined) missed.set(key, { day, district: wait.district, forms: 1, oldest: wait });
      else {
        known.forms += 1;
        if (wait.from < known.oldest.from) known.oldest = wait;
      }
    }
  }
  return [...missed.values()]
    .sort((a, b) => a.day - b.day || ((a.district ?? '') < (b.district ?? '') ? -1 : 1))
    .map(({ day, district, forms, oldest }) => ({
      day: dateOf(day),
      district,
      forms,
      oldest: oldest.id,
    }));
}

async function stepsOf(rows: Rows, { district, beat }: Place, now: Instant) {
  const steps = await rows.rows({
    sql: `select f.form_id, f.district, e.name, e.at from ${FORMS_EVER} f
      join event e on e.chain = 'csr' and e.record_id = f.form_id
      where e.name in ('form-submitted', 'form-returned', 'entered', 'reviewed') and e.at <= ?
        and (? is null or f.district = ?) and (? is null or f.beat = ?)
      order by f.form_id, e.at, e.seq`,
    parameters: [now, district, district, beat, beat],
  });
  const waits: Wait[] = [];
  const reviewed = new Set<string>();
  let open: Omit<Wait, 'left'> | null = null;
  for (const [form, place, name, at] of steps) {
    const [id, day] = [String(form), localDay(Number(at) as Instant)];
    const district = typeof place === 'string' ? place : null;
    if (open !== null && open.id !== id) {
      waits.push({ ...open, left: Number.POSITIVE_INFINITY });
      open = null;
    }
    if (name === 'reviewed') reviewed.add(`${district} ${day}`);
    else if (name === 'form-submitted') open = { id, district, from: day };
    else if (open !== null) {
      waits.push({ ...open, left: day });
      open = null;
    }
  }
  if (open !== null) waits.push({ ...open, left: Number.POSITIVE_INFINITY });
  for (const [on, where] of await rows.rows({
    sql: "select on_day, district from evidence where rule = 'CSR-19'",
    parameters: [],
  })) {
    const day = localDay(endOfDay(String(on) as LocalDate));
    const all = new Set(waits.map((wait) => wait.district));
    for (const each of where === '' ? all : [String(where)]) reviewed.add(`${each} ${day}`);
  }
  return { waits, reviewed };
}

function dateOf(day: number): LocalDate {
  // Noon in UTC of that day is the same day in Chicago.
  return localDate((day * 86_400 + 64_800) as Instant);
}

/** `2021-01-05 to 2021-01-08` for days in a row, of one district. */
export function stretchesOf(missed: readonly MissedReview[]): readonly string[] {
  const stretches: { district: string | null; from: LocalDate; to: LocalDate; days: number }[] = [];
  for (const { day, district } of missed) {
    const before = stretches.findLast((each) => each.district === district);
    const next = before === undefined ? null : localDay(endOfDay(before.to)) + 1;
    if (before !== undefined && next === localDay(endOfDay(day))) {
      before.to = day;
      before.days += 1;
    } else stretches.push({ district, from: day, to: day, days: 1 });
  }
  return stretches.map(({ district, from, to, days }) => {
    const when = days === 1 ? from : `${from} to ${to} (${days} days)`;
    return `${district === null ? 'district unknown' : `district ${district}`} ${when}`;
  });
}
