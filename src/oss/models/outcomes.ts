import { addMonths, endOfDay } from '../../core/calendar.ts';
import type { LocalDate } from '../../core/instant.ts';
import { type History, KINDS } from './history.ts';

/** What a data model foretells: one word a model, as typed after --outcome. */
export const OUTCOMES = ['on-duty', 'off-duty', 'complaints', 'force'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Each outcome in words. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  'on-duty': 'a complaint of conduct on duty',
  'off-duty': 'a complaint of conduct off duty',
  complaints: 'a complaint of any kind',
  force: 'a use-of-force report',
};

const [COMPLAINT, FORCE] = [KINDS.indexOf('complaint'), KINDS.indexOf('use-of-force')];

/** True when an event is of the outcome's kind. */
function isOutcome(history: History, e: number, outcome: Outcome): boolean {
  if (outcome === 'force') return history.kind[e] === FORCE;
  if (history.kind[e] !== COMPLAINT) return false;
  if (outcome === 'complaints') return true;
  return history.duty[e] === (outcome === 'on-duty' ? 1 : 0);
}

/**
 * How many events of the outcome each of these members had in the months after the day: that happened after it and
 * were filed by the end of the months. What happened before the day and was filed later is neither input nor outcome.
 */
export function countOutcome(
  history: History,
  members: Int32Array,
  day: LocalDate,
  months: number,
  outcome: Outcome,
): Float64Array {
  const from = endOfDay(day);
  const to = endOfDay(addMonths(day, months));
  const { first, last, occurred, known } = history;
  return Float64Array.from(members, (m) => {
    let n = 0;
    for (let e = first[m] ?? 0; e < (last[m] ?? 0); e++) {
      if ((occurred[e] ?? 0) > from && (known[e] ?? 0) <= to && isOutcome(history, e, outcome)) n++;
    }
    return n;
  });
}

/** Events of the outcome's own kind (or of every complaint, for `complaints`) known by the day, all or of some years. */
export function countPast(
  history: History,
  members: Int32Array,
  day: LocalDate,
  years: number | null,
  outcome: Outcome,
): Float64Array {
  const now = endOfDay(day);
  const from = years === null ? Number.NEGATIVE_INFINITY : endOfDay(addMonths(day, -12 * years));
  const { first, last, known } = history;
  return Float64Array.from(members, (m) => {
    let n = 0;
    for (let e = first[m] ?? 0; e < (last[m] ?? 0); e++) {
      const at = known[e] ?? 0;
      if (at <= now && at > from && isOutcome(history, e, outcome)) n++;
    }
    return n;
  });
}
