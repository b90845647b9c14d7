import { loadHistories } from '../casework/replay.ts';
import { addMonths, endOfDay, localDate } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import { labelOf, type StoredAnswer, type StoredFlag } from './model-explain.ts';
import { CASE_YEARS } from './models/features.ts';
import { type History, type HistoryBuilder, KINDS, type MemberRow, openHistory } from './models/history.ts';
import type { Term } from './models/model.ts';

// Columns of the officer's own person (name, sex, race, age) are never read here: they are no input of a model.
const MEMBERS = `select member_id, appointed_on, resigned_on, sworn, unit, active,
    (select count(*) from member_activity a where a.member_id = member.member_id)
  from member where member_id > ? order by member_id limit ?`;
// Never in service from the first day on. Of these only what others were named in with them counts (CASE_YEARS).
const GONE = `select 1 from member m where m.member_id = member_activity.member_id
      and (m.resigned_on <= ? or m.sworn is not 1)`;
const ACTIVITY = `select member_id, occurred_at, filed_at, iif(closed_at is null and finding is not null, 0, closed_at),
    case kind ${KINDS.map((kind, place) => `when '${kind}' then ${place}`).join(' ')} end,
    category, finding = 'sustained', on_duty,
    case when coalesce(filed_at, occurred_at) > ? then case_id end, activity_id
  from member_activity
  where coalesce(filed_at, occurred_at) <= ?
    and (coalesce(filed_at, occurred_at) > ? or not exists (${GONE}))
    and activity_id > ?
  order by activity_id limit ?`;
const SPELLS = `select member_id, unit, starts_on, ends_on from unit_spell
  where starts_on <= ? and coalesce(ends_on, ?) >= ? and (member_id, unit, starts_on) > (?, ?, ?)
  order by member_id, unit, starts_on limit ?`;

/**
 * Members, what was known of them by `until` (filed or, where that is not said, happened) and their units, column by
 * column. A finding counts from the day on which its complaint was closed, so an earlier day does not know of it. Whom a
 * complaint names besides counts for `CASE_YEARS` before each day that is asked for; `earliest` is the first of these. `roster`: the store is
 * read as it stands today, so units of the roster, its members marked not active and findings without a closing day
 * hold too.
 */
export async function loadHistory(
  reader: Reader,
  until: Instant,
  earliest: LocalDate,
  roster = false,
): Promise<History> {
  const latest = localDate(until);
  const casesFrom = endOfDay(addMonths(earliest, -12 * CASE_YEARS));
  const members: MemberRow[] = [];
  for await (const batch of reader.pages({ sql: MEMBERS, parameters: [] }, [0])) {
    for (const [id, appointed, resigned, sworn, unit, active, events] of batch) {
      members.push({
        id: String(id),
        appointed: text(appointed),
        resigned: text(resigned),
        sworn: sworn === 1,
        events: Number(events),
        unit: text(unit),
        active: active === null ? null : active === 1,
      });
    }
  }
  const history = openHistory(members, roster);
  const activity = { sql: ACTIVITY, parameters: [casesFrom, until, casesFrom, earliest] };
  for await (const page of reader.pages(activity, [9])) addActivity(history, page);
  for await (const batch of reader.pages(
    { sql: SPELLS, parameters: [latest, earliest, earliest] },
    [0, 1, 2],
  )) {
    for (const [member, unit, starts, ends] of batch)
      history.spell(String(member), String(unit), String(starts), text(ends));
  }
  return history.done();
}

// A function of its own: the loop is then compiled as a whole.
function addActivity(history: HistoryBuilder, page: readonly (readonly SqlValue[])[]): void {
  for (const row of page) {
    history.activity(
      String(row[0]),
      Number(row[1]),
      number(row[2]),
      number(row[3]),
      Number(row[4]),
      text(row[5]),
      number(row[6]),
      number(row[7]),
      text(row[8]),
    );
  }
}

/** How many complaints have a category and no word on duty; a category is null where there is none. */
export interface CategoryCount {
  readonly category: string | null;
  readonly complaints: number;
}

/** Complaints known by `until` in which the on_duty column says nothing, counted by category. */
export async function categoryCounts(reader: Reader, until: Instant): Promise<readonly CategoryCount[]> {
  const rows = await reader.rows({
    sql: `select category, count(*) from member_activity
      where kind = 'complaint' and on_duty is null and coalesce(filed_at, occurred_at) <= ?
      group by category order by category`,
    parameters: [until],
  });
  return rows.map(([category, complaints]) => ({ category: text(category), complaints: Number(complaints) }));
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The flags of a Work Item that stood at `now`, in order of model. */
export async function flagsOf(reader: Reader, id: string, now: Instant): Promise<readonly StoredFlag[]> {
  const rows = await reader.db
    .selectFrom('oss_flag')
    .selectAll()
    .where('work_item_id', '=', id)
    .where('scored_at', '<=', now)
    .orderBy('model')
    .execute();
  return rows.map((row) => ({
    model: row.model,
    version: row.model_version,
    sha256: row.model_sha256,
    scoredAt: row.scored_at as Instant,
    score: row.score,
    place: row.place,
    scored: row.scored,
    terms: termsIn(row.factors),
  }));
}

function termsIn(json: string): readonly Term[] {
  const stored: readonly Omit<Term, 'label'>[] = JSON.parse(json);
  return stored.map(({ input, value, points }) => ({ input, label: labelOf(input), value, points }));
}

/** The event in which a supervisor answers; its content holds one entry a model or a factor. */
export const ANSWERED = 'answered';

/** One answer as it stands in the content of its event. */
export interface Answer {
  readonly model: string;
  readonly factor: string | null;
  readonly answer: 'agree' | 'disagree';
}

/** Supervisors' answers on a Work Item by `now`, in order of time. */
export async function answersOn(reader: Reader, id: string, now: Instant): Promise<readonly StoredAnswer[]> {
  const events = (await loadHistories(reader, 'oss', [id])).get(id) ?? [];
  return events
    .filter((event) => event.name === ANSWERED && event.at <= now)
    .flatMap(({ at, by, reason, detail }) => {
      const answers: readonly Answer[] = JSON.parse(detail.answers ?? '[]');
      return answers.map((one) => ({ ...one, note: reason, by, at }));
    });
}

/** How often supervisors agreed and disagreed with a model's flags (factor null) or with one of its factors. */
export interface AnswerCount {
  readonly model: string;
  readonly factor: string | null;
  readonly agree: number;
  readonly disagree: number;
}

/** All answers by `now`, counted by model and factor; of one supervisor on one item the last holds. */
export async function countAnswers(reader: Reader, now: Instant): Promise<readonly AnswerCount[]> {
  const ids = await reader.rows({
    sql: 'select distinct record_id from event where chain = ? and name = ? and at <= ?',
    parameters: ['oss', ANSWERED, now],
  });
  const last = new Map<string, Answer>();
  for (const [id] of ids) {
    for (const { model, factor, answer, by } of await answersOn(reader, String(id), now))
      last.set(JSON.stringify([id, by, model, factor]), { model, factor, answer });
  }
  const counts = new Map<string, { model: string; factor: string | null; agree: number; disagree: number }>();
  for (const { model, factor, answer } of last.values()) {
    const key = JSON.stringify([model, factor ?? '']);
    const count = counts.get(key) ?? { model, factor, agree: 0, disagree: 0 };
    count[answer]++;
    counts.set(key, count);
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
