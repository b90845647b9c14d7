import { standingEvent } from '../casework/standing-events.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import { type ConcernState, INVESTIGATION_COMPLETE } from './state.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** What is read from the store at a moment; `since` holds concerns that have changed since. */
export interface Moment {
  readonly now: Instant;
  readonly since: ReadonlyMap<string, ConcernState>;
}

/** A concern that waits in its state, since when. */
export interface StandingConcern {
  readonly id: string;
  readonly state: string;
  readonly origin: string;
  readonly since: Instant;
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
  readonly reassignments: number;
}

/** The condition of the index concern_waiting, as migrations/sqlite/0013_concern_closing.sql has it. */
const WAITING =
  "state in ('submitted', 'accessed', 'accepted', 'unassigned', 'returned', 'Investigation Complete', 'approved')";

/** The step that leads to a state; a concern is submitted by none. */
const LED_BY = new Map([
  ['accessed', 'accessed'],
  ['accepted', 'accepted'],
  ['unassigned', 'reassigned'],
  [INVESTIGATION_COMPLETE, 'completed'],
  ['approved', 'approved'],
]);

/** The query behind what waits in some states; exported for a test of its plan. */
export function statesQuery(
  states: readonly string[],
  scope: Scope,
  { now, since }: Moment,
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const seen = scopeCondition({ ...scope, units: [], member: null });
  const list = states.map((state) => `'${state}'`).join(', ');
  const columns = `c.control_number, c.state, c.origin, c.submitted_at, c.district, c.beat, c.category, c.reassignments`;
  // The index holds few of many; SQLite takes it only where its own condition stands to the letter.
  const sql = `select ${columns} from concern c indexed by concern_waiting
    where c.${WAITING} and c.state in (${list}) and c.submitted_at <= ? and ${seen.sql}`;
  const parameters = [now, ...seen.parameters];
  if (since.size === 0) return { sql, parameters };
  // What has left those states since.
  return {
    sql: `${sql} union select ${columns} from concern c
      where c.control_number in (select value from json_each(?)) and c.submitted_at <= ? and ${seen.sql}`,
    parameters: [...parameters, JSON.stringify([...since.keys()]), now, ...seen.parameters],
  };
}

/** The concerns of a scope that stand in one of these states, since when each does. */
export async function inStates(
  rows: Rows,
  states: readonly string[],
  scope: Scope,
  moment: Moment,
): Promise<readonly StandingConcern[]> {
  // A member of no district sees none of them, and SQLite has no index for an empty list.
  if (!scope.all && scope.districts.length === 0) return [];
  const list = (await rows.rows(statesQuery(states, scope, moment))).map((row) => {
    const id = String(row[0]);
    const then = moment.since.get(id);
    return {
      id,
      state: then?.state ?? String(row[1]),
      origin: String(row[2]),
      submittedAt: Number(row[3]) as Instant,
      district: textOrNull(row[4]),
      beat: textOrNull(row[5]),
      category: textOrNull(row[6]),
      reassignments: then?.reassignments ?? Number(row[7]),
    };
  });
  const standing = list.filter(({ state }) => states.includes(state));
  const steps = await stepsOf(rows, standing, moment.now);
  return standing.map(({ submittedAt, ...row }) => ({
    ...row,
    since: steps.get(`${row.id} ${LED_BY.get(row.state)}`) ?? submittedAt,
  }));
}

/** When the steps that led these concerns to their states were taken, by concern and step: the first look, else the last. */
async function stepsOf(
  rows: Rows,
  list: readonly { readonly id: string; readonly state: string }[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const ids = list.filter(({ state }) => LED_BY.has(state)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const found = await rows.rows({
    sql: `select e.record_id, e.name, case e.name when 'accessed' then min(e.at) else max(e.at) end
      from json_each(?) j join event e on e.chain = 'concerns' and e.record_id = j.value
      where e.at <= ? and e.name in (select value from json_each(?))
        and ${standingEvent('e')}
      group by e.record_id, e.name`,
    parameters: [JSON.stringify(ids), now, JSON.stringify([...LED_BY.values()])],
  });
  return new Map(found.map(([id, name, at]) => [`${id} ${name}`, Number(at) as Instant]));
}

/** When the running clocks of a rule on these concerns are due first, by concern. */
export async function runningDue(
  rows: Rows,
  ids: readonly string[],
  rule: string,
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  if (ids.length === 0) return new Map();
  const found = await rows.rows({
    sql: `select k.record_id, min(k.due_at) from json_each(?) j join clock k on k.system = 'concerns'
      and k.record_id = j.value where k.rule = ? and k.opened_at <= ? and k.stopped_at > ? group by k.record_id`,
    parameters: [JSON.stringify(ids), rule, now, now],
  });
  return new Map(found.map(([id, due]) => [String(id), Number(due) as Instant]));
}

/** A text of a row, or null. */
export function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
