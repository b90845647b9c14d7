import type { Viewer, Waiting } from '../casework/waiting.ts';
import { reportsWaiting } from '../casework/waiting-reports.ts';
import { localDate, startOfDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { Query, Rows, SqlValue } from '../store/open.ts';
import { STATUS_REPORT } from './report-kind.ts';
import { type Moment, officeCommand } from './waiting.ts';

/** Forms in a state in which someone is to act, by the index csr_form_waiting; exported for a test of its plan. */
export function formsQuery(state: 'submitted' | 'returned', district: string | null): Query {
  const place = district === null ? '' : 'and (f.district = ? or f.district is null)';
  return {
    sql: `select f.form_id, f.state, f.type, f.beat, coalesce(f.submitted_at, f.created_at), f.district
      from csr_form f indexed by csr_form_waiting
      where f.state in ('submitted', 'returned') and f.state = '${state}' ${place} order by f.form_id`,
    parameters: district === null ? [] : [district],
  };
}

/** What waits for a member in forms, reports and what is to be passed on, by the roles held. */
export async function paperWaiting(rows: Rows, viewer: Viewer, moment: Moment): Promise<readonly Waiting[]> {
  const { roles, district } = viewer;
  const found = [...(await returnedForms(rows, viewer, moment))];
  if (district !== null) {
    if (roles.has('cp-sergeant')) found.push(...(await reviewOwed(rows, district, moment)));
    if (roles.has('executive-officer')) found.push(...(await forwarded(rows, district, moment.now)));
  }
  found.push(...(await reportsWaiting(rows, viewer, moment.now, STATUS_REPORT)));
  return found;
}

interface Form {
  readonly id: string;
  readonly type: string;
  readonly beat: string | null;
  readonly district: string | null;
  readonly since: Instant;
}

async function formsIn(
  rows: Rows,
  state: 'submitted' | 'returned',
  district: string | null,
  { forms }: Moment,
): Promise<readonly Form[]> {
  const found = new Map((await rows.rows(formsQuery(state, district))).map((row) => [String(row[0]), row]));
  if (forms.size > 0) {
    const changed = await rows.rows({
      sql: `select f.form_id, f.state, f.type, f.beat, coalesce(f.submitted_at, f.created_at), f.district from csr_form f
        where f.form_id in (select value from json_each(?)) and (? is null or f.district is null or f.district = ?)`,
      parameters: [JSON.stringify([...forms.keys()]), district, district],
    });
    for (const row of changed) found.set(String(row[0]), row);
  }
  return [...found.values()].flatMap(([id, stands, type, beat, since, place]) => {
    const then = forms.get(String(id));
    if ((then?.state ?? stands) !== state) return [];
    const at = then === undefined ? Number(since) : (then.submittedAt ?? Number(since));
    return [
      { id: String(id), type: String(type), beat: text(beat), district: text(place), since: at as Instant },
    ];
  });
}

// CSR-24: a returned form goes back to whoever filled it in.
async function returnedForms(rows: Rows, { memberId }: Viewer, moment: Moment): Promise<readonly Waiting[]> {
  const returned = await formsIn(rows, 'returned', null, moment);
  if (returned.length === 0) return [];
  // Mended is what was amended after it was last returned.
  const own = await rows.rows({
    sql: `select e.record_id,
        (select l.name from event l where l.chain = 'csr' and l.record_id = e.record_id
          and l.name in ('form-returned', 'form-amended') and l.at <= ? order by l.at desc, l.seq desc limit 1)
      from json_each(?) j join event e on e.chain = 'csr' and e.record_id = j.value
      and e.name = 'drafted' where e.actor_id = ?`,
    parameters: [moment.now, JSON.stringify(returned.map(({ id }) => id)), memberId],
  });
  const last = new Map(own.map(([id, name]) => [String(id), name]));
  return returned.flatMap((form) => {
    if (!last.has(form.id)) return [];
    if (last.get(form.id) === 'form-amended')
      return [waits(form, 'CSR-14', 'mended: hand it in', `rollcall csr form submit ${form.id}`)];
    const command = `rollcall csr form amend ${form.id} --description <text>`;
    return [waits(form, 'CSR-24', 'returned: mend it, then hand it in', command)];
  });
}

// CSR-19: one look a day at all of them.
async function reviewOwed(rows: Rows, district: string, moment: Moment): Promise<readonly Waiting[]> {
  const waiting = await formsIn(rows, 'submitted', district, moment);
  const reviewed = await rows.rows({
    sql: `select distinct e.record_id from json_each(?) j join event e on e.chain = 'csr' and e.record_id = j.value
      and e.name = 'reviewed' where e.at between ? and ?`,
    parameters: [JSON.stringify(waiting.map(({ id }) => id)), startOfDay(localDate(moment.now)), moment.now],
  });
  const done = new Set(reviewed.map(([id]) => String(id)));
  const owed = waiting.filter(({ id }) => !done.has(id)).toSorted((a, b) => a.since - b.since);
  const [oldest] = owed;
  if (oldest === undefined) return [];
  const what = owed.length === 1 ? 'review it today' : `review it and ${owed.length - 1} more forms today`;
  const unplaced = owed.some((form) => form.district === null);
  return [waits(oldest, 'CSR-19', what, officeCommand('form review', district, unplaced))];
}

// CSR-41: what the office forwarded today.
async function forwarded(rows: Rows, district: string, now: Instant): Promise<readonly Waiting[]> {
  const today = localDate(now);
  const [row] = await rows.rows({
    sql: `select count(*) from evidence where rule = 'CSR-41' and on_day = ? and district = ?`,
    parameters: [today, district],
  });
  if (Number(row?.[0] ?? 0) === 0) return [];
  return [
    waits(
      { id: `query report ${today}`, type: 'query report', beat: null, since: startOfDay(today) },
      'CSR-41',
      'look through the query report forwarded today',
      `rollcall csr query-report --district ${district}`,
    ),
  ];
}

function waits(
  { id, type, beat, since }: Omit<Form, 'district'>,
  rule: string,
  what: string,
  command: string,
): Waiting {
  return { system: 'csr', id, rule, what, command, since, dueAt: null, unit: null, beat, category: type };
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
