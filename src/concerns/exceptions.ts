import type { Instant } from '../core/instant.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import { addressedOn } from './addressing.ts';
import type { ListedConcern } from './list.ts';

/** A concern moved more often than the limit (CC-34); `unassigned` when nobody holds it. */
export interface Moved {
  readonly concern: ListedConcern;
  readonly unassigned: boolean;
  readonly addressedOn: string | null;
}

/** Days past the due instant of a period that no extension covered in time (CC-35). */
export interface Lapse {
  readonly id: string;
  readonly unit: string | null;
  readonly district: string | null;
  readonly period: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** Since when it is late: the due instant, or its separation from a primary that had it until then (A-CC-7). */
  readonly lateFrom: Instant;
  /** When it ended: by an extension, by completion or otherwise; null while it runs. */
  readonly endedAt: Instant | null;
  readonly endedBy: string;
  readonly addressedOn: string | null;
}

/** Which of these concerns moved more than `moreThan` times (CC-34). */
export async function movedOften(
  reader: Reader,
  list: readonly ListedConcern[],
  moreThan: number,
  now: Instant,
): Promise<readonly Moved[]> {
  const addressed = await addressedOn(reader, now);
  return list
    .filter(({ reassignments }) => reassignments > moreThan)
    .map((concern) => ({
      concern,
      unassigned: concern.state === 'unassigned',
      addressedOn: addressed.get(concern.id) ?? null,
    }));
}

/**
 * Every investigation that passed a due day without an extension in force, by `now`: those running and, as history,
 * those that ended late (CC-35, A-CC-3). One row a period of a unit's clock, longest overdue first.
 */
export async function lapses(reader: Reader, now: Instant, past: boolean): Promise<readonly Lapse[]> {
  const rows = await reader.rows({
    sql: `select record_id, owner_unit, district, period, started_at, due_at, stopped_at, ended_by, clock_key,
      opened_at
      from clock where system = 'concerns' and rule = 'CC-22' and opened_at <= ? and due_at < ?
      ${past ? '' : "and (stopped_at > ? or ended_by = 'associated')"} order by due_at, record_id, id`,
    parameters: past ? [now, now] : [now, now, now],
  });
  // A return reopens the same period: its last span says how the period ended.
  const byPeriod = new Map<string, Lapse>();
  // A-CC-7: what was in time when it was associated is late only from its separation on.
  const intime = new Set<string>();
  for (const row of rows) {
    const [id, , , period, startedAt, dueAt, stoppedAt, endedBy, key, openedAt] = row;
    const name = `${id} ${key} ${startedAt} ${period}`;
    const running = Number(stoppedAt) > now;
    const late = running || Number(stoppedAt) > Number(dueAt);
    if (endedBy === 'associated' && !late) intime.add(name);
    if (!late || !(running || past)) continue;
    const before = byPeriod.get(name)?.lateFrom;
    const since = before ?? (intime.has(name) ? Math.max(Number(dueAt), Number(openedAt)) : Number(dueAt));
    byPeriod.set(name, {
      ...periodOf(row),
      lateFrom: since as Instant,
      endedAt: running ? null : (Number(stoppedAt) as Instant),
      endedBy: running ? 'running' : String(endedBy),
    });
  }
  const addressed = await addressedOn(reader, now);
  const found = [...byPeriod.values(), ...(past ? await enteredLate(reader, now) : [])];
  return found
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map((lapse) => ({ ...lapse, addressedOn: addressed.get(lapse.id) ?? null }));
}

/**
 * What was seen as lapsed until a step with an earlier date was entered: the entry ended it, or a later step before that
 * which stopped the same clock or took the work as done.
 */
async function enteredLate(reader: Reader, now: Instant): Promise<readonly Lapse[]> {
  const rows = await reader.rows({
    sql: `select k.record_id, k.owner_unit, k.district, k.period, k.started_at, k.due_at, min(e.recorded_at),
        (select max(l.stopped_at) from clock l where l.system = k.system and l.record_id = k.record_id
          and l.rule = k.rule and l.clock_key = k.clock_key and l.opened_at >= f.at and l.id > k.id),
        (select min(v.at) from event v where v.chain = k.system and v.record_id = k.record_id and v.at > f.at
          and v.name in ('approved', 'disapproved', 'closed') and v.unit in (k.owner_unit, ''))
      from (select distinct record_id, at from finding
        where system = 'concerns' and code = 'ENTERED_AFTER_DUE' and rule = 'CC-22') f
      join event e on e.chain = 'concerns' and e.record_id = f.record_id and e.at = f.at and e.origin = 'local'
      join clock k on k.system = 'concerns' and k.record_id = f.record_id and k.rule = 'CC-22'
        and k.stopped_at = f.at and k.due_at >= f.at and k.due_at < e.recorded_at
      where k.due_at < ?
      group by k.id
      order by k.due_at, k.record_id`,
    parameters: [now],
  });
  return rows.flatMap((row) => {
    const period = periodOf(row);
    const [enteredAt, ...ends] = row.slice(6);
    const endedAt = Math.min(Number(enteredAt), ...ends.map((end) => Number(end ?? now)), now) as Instant;
    if (endedAt <= period.dueAt) return [];
    return [{ ...period, lateFrom: period.dueAt, endedAt, endedBy: 'entered-later' }];
  });
}

/** What every lapse tells of its period: the first six columns of its row. */
function periodOf([id, unit, district, period, startedAt, dueAt]: readonly SqlValue[]) {
  return {
    id: String(id),
    unit: typeof unit === 'string' ? unit : null,
    district: typeof district === 'string' ? district : null,
    period: Number(period),
    startedAt: Number(startedAt) as Instant,
    dueAt: Number(dueAt) as Instant,
    addressedOn: null,
  };
}

/** Associations that stand in a chain: their primary is associated itself (CC-06). */
export async function chains(
  reader: Reader,
): Promise<readonly { readonly id: string; readonly primary: string }[]> {
  const rows = await reader.rows({
    sql: `select c.control_number, c.primary_control_number from concern c
      join concern p on p.control_number = c.primary_control_number
      where p.primary_control_number is not null order by c.control_number`,
    parameters: [],
  });
  return rows.map(([id, primary]) => ({ id: String(id), primary: String(primary) }));
}
