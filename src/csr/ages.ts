import { localDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { nearestRank } from '../report/statistics.ts';
import type { Query } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { FORMS_EVER } from './form-records.ts';

/** Open City requests of one type, by age in calendar days. */
export interface TypeAges {
  readonly type: string;
  readonly seasonal: boolean;
  readonly open: number;
  readonly medianDays: number | null;
  readonly oldestDays: number | null;
  /** A local target, not the directive's; null where none is set (A-CSR-1). */
  readonly targetDays: number | null;
  readonly overTarget: number | null;
  /** Of those over the target (without one: of all), reported to the Office of Community Policing. */
  readonly reported: number;
}

/** One open City request. */
export interface OpenRequest {
  readonly id: string;
  readonly type: string;
  readonly seasonal: boolean;
  readonly beat: string | null;
  readonly district: string | null;
  readonly address: string | null;
  readonly ageDays: number;
  readonly targetDays: number | null;
  readonly reported: boolean;
}

/** City requests of a place that are open as of `now`, oldest first: no police, no information, no duplicates. */
export async function openRequests(
  reader: Reader,
  place: Place,
  now: Instant,
  policy: CsrPolicy,
): Promise<readonly OpenRequest[]> {
  const left = new Set([policy.police.type, ...policy.informationOnlyTypes]);
  const seasonal = new Set(policy.seasonal.types);
  const targets = new Map(policy.localTargets.map(({ type, days }) => [type, days]));
  const reported = new Set(
    (
      await reader.rows({
        sql: `select coalesce(f.sr_number, e.record_id) from event e left join ${FORMS_EVER} f on f.form_id = e.record_id
          where e.chain = 'csr' and e.name = 'reported-ocp' and e.at <= ?`,
        parameters: [now],
      })
    ).map(([number]) => String(number)),
  );
  const today = localDay(now);
  const open: OpenRequest[] = [];
  for await (const batch of reader.scan(openQuery(place, now), 4096)) {
    for (const [id, type, beat, district, address, day] of batch) {
      const word = String(type);
      if (left.has(word)) continue;
      open.push({
        id: String(id),
        type: word,
        seasonal: seasonal.has(word),
        beat: digits(beat, 4),
        district: digits(district, 3),
        address: typeof address === 'string' ? address : null,
        ageDays: today - Number(day),
        targetDays: targets.get(word) ?? null,
        reported: reported.has(String(id)),
      });
    }
  }
  return open;
}

// Open as of an earlier day: closed since, as far as the export tells.
function openQuery({ district, beat }: Place, now: Instant): Query {
  const conditions = [
    'r.duplicate = 0',
    'r.created_at <= ?',
    '(r.is_open = 1 or coalesce(r.closed_at, 0) > ?)',
  ];
  const parameters: number[] = [now, now];
  if (district !== null) {
    conditions.push('r.district = ?');
    parameters.push(Number(district));
  }
  if (beat !== null) {
    conditions.push('r.beat = ?');
    parameters.push(Number(beat));
  }
  return {
    sql: `select r.sr_number, t.word, r.beat, r.district, r.address, r.created_day from csr_request r
      join csr_word t on t.id = r.type_id where ${conditions.join(' and ')} order by r.created_at, r.sr_number`,
    parameters,
  };
}

function digits(value: unknown, count: number): string | null {
  return typeof value === 'number' ? String(value).padStart(count, '0') : null;
}

/** The same by type, most open first; seasonal types stand apart (CSR-16). Pure. */
export function agesByType(open: readonly OpenRequest[]): readonly TypeAges[] {
  const groups = new Map<string, OpenRequest[]>();
  for (const request of open) {
    const known = groups.get(request.type);
    if (known) known.push(request);
    else groups.set(request.type, [request]);
  }
  return [...groups]
    .map(([type, list]) => {
      const days = Float64Array.from(list, ({ ageDays }) => ageDays).sort();
      const target = list[0]?.targetDays ?? null;
      const over = target === null ? null : list.filter(({ ageDays }) => ageDays > target);
      return {
        type,
        seasonal: list[0]?.seasonal ?? false,
        open: list.length,
        medianDays: nearestRank(days, 0.5),
        oldestDays: days.at(-1) ?? null,
        targetDays: target,
        overTarget: over === null ? null : over.length,
        reported: (over ?? list).filter(({ reported }) => reported).length,
      };
    })
    .sort((a, b) => Number(a.seasonal) - Number(b.seasonal) || b.open - a.open || (a.type < b.type ? -1 : 1));
}
