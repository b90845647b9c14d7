import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import { changedLater } from './later.ts';
import { ACTIVE, INVESTIGATION_COMPLETE } from './state.ts';
import { concernStatesAt } from './state-at.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** A concern as it stood at a moment, with the tasks that ran then. */
export interface ListedConcern {
  readonly id: string;
  readonly origin: string;
  readonly state: string;
  readonly category: string | null;
  readonly district: string | null;
  readonly beat: string | null;
  readonly address: string | null;
  readonly description: string | null;
  readonly primary: string | null;
  readonly submittedAt: Instant;
  readonly firstAccessedAt: Instant | null;
  readonly firstAssignedAt: Instant | null;
  readonly extensions: number;
  readonly reassignments: number;
  readonly tasks: readonly RunningTask[];
  /** The first due instant of a clock that runs; null when none does. */
  readonly dueAt: Instant | null;
}

export interface RunningTask {
  readonly rule: string;
  readonly unit: string | null;
  readonly member: string | null;
  readonly dueAt: Instant;
  readonly period: number;
}

/** What is asked for; every field narrows. */
export interface ListFilter {
  readonly district?: string;
  readonly beat?: string;
  readonly unit?: string;
  readonly origin?: string;
  readonly category?: string;
  readonly states?: readonly string[];
  /** Without a reply on record (CSR-17). */
  readonly awaitingReply?: boolean;
}

/** States in which something is still owed. */
export const OPEN_STATES: readonly string[] = [...ACTIVE, INVESTIGATION_COMPLETE, 'approved'];

/** The concerns of a scope (null: of all) as of `now`, oldest submission first. */
export async function listConcerns(
  reader: Reader,
  filter: ListFilter,
  scope: Scope | null,
  now: Instant,
): Promise<readonly ListedConcern[]> {
  const later = await changedLater(reader, now);
  const rows = await reader.rows(listQuery(filter, scope, now, later));
  const overtaken = new Set(later);
  const ids = rows.map(([id]) => String(id)).filter((id) => overtaken.has(id));
  const states = ids.length === 0 ? new Map() : await concernStatesAt(reader, ids, now);
  const tasks = await runningTasks(reader, now);
  const wanted = filter.states === undefined ? null : new Set(filter.states);
  const list: ListedConcern[] = [];
  for (const row of rows) {
    const id = String(row[0]);
    const then = states.get(id);
    const own = tasks.get(id) ?? [];
    const state = then?.state ?? String(row[8]);
    if (wanted !== null && !wanted.has(state)) continue;
    if (
      filter.unit !== undefined &&
      !own.some((task) => task.unit !== null && bare(task.unit) === bare(filter.unit))
    )
      continue;
    list.push({
      id,
      origin: String(row[1]),
      submittedAt: Number(row[2]) as Instant,
      category: text(row[3]),
      description: text(row[4]),
      address: text(row[5]),
      beat: text(row[6]),
      district: text(row[7]),
      state,
      primary: then === undefined ? text(row[9]) : then.primary,
      firstAccessedAt: then === undefined ? instant(row[10]) : then.firstAccessedAt,
      firstAssignedAt: then === undefined ? instant(row[11]) : then.firstAssignedAt,
      extensions: then?.extensions ?? Number(row[12]),
      reassignments: then?.reassignments ?? Number(row[13]),
      tasks: own,
      dueAt: own[0]?.dueAt ?? null,
    });
  }
  return list;
}

/** The query behind listConcerns. */
function listQuery(
  filter: ListFilter,
  scope: Scope | null,
  now: Instant,
  later: readonly string[],
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const seen = scope === null ? { sql: '1', parameters: [] } : scopeCondition(scope);
  const conditions = ['c.submitted_at <= ?', seen.sql];
  const parameters: SqlValue[] = [now, ...seen.parameters];
  const add = (condition: string, ...values: readonly SqlValue[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const { district, beat, origin, category, states, awaitingReply } = filter;
  if (district !== undefined) add('c.district = ?', district);
  if (beat !== undefined) add('c.beat = ?', beat);
  if (origin !== undefined) add('c.origin = ?', origin);
  if (category !== undefined) add('lower(c.category) = lower(?)', category);
  if (states !== undefined) {
    add(
      '(c.state in (select value from json_each(?)) or c.control_number in (select value from json_each(?)))',
      JSON.stringify(states),
      JSON.stringify(later),
    );
  }
  if (awaitingReply === true) {
    add(
      `not exists (select 1 from event e where e.chain = 'concerns' and e.record_id = c.control_number
        and e.name = 'replied' and e.at <= ?)`,
      now,
    );
  }
  const sql = `select c.control_number, c.origin, c.submitted_at, c.category, c.description, c.address, c.beat,
      c.district, c.state, c.primary_control_number, c.first_accessed_at, c.first_assigned_at, c.extensions,
      c.reassignments
    from concern c where ${conditions.join(' and ')} order by c.submitted_at, c.control_number`;
  return { sql, parameters };
}

/** The clocks that ran at `now`, by concern, first due first. */
async function runningTasks(
  reader: Reader,
  now: Instant,
): Promise<ReadonlyMap<string, readonly RunningTask[]>> {
  const rows = await reader.rows({
    sql: `select record_id, rule, owner_unit, owner_member, due_at, period from clock
      where stopped_at > ? and opened_at <= ? and system = 'concerns' order by due_at, id`,
    parameters: [now, now],
  });
  const tasks = new Map<string, RunningTask[]>();
  for (const [id, rule, unit, member, dueAt, period] of rows) {
    const task = {
      rule: String(rule),
      unit: text(unit),
      member: text(member),
      dueAt: Number(dueAt) as Instant,
      period: Number(period),
    };
    const known = tasks.get(String(id));
    if (known) known.push(task);
    else tasks.set(String(id), [task]);
  }
  return tasks;
}

function bare(unit: string | undefined): string {
  return bareUnit(unit ?? '');
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function instant(value: SqlValue | undefined): Instant | null {
  return typeof value === 'number' ? (value as Instant) : null;
}
