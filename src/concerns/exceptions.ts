import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import type { ListedConcern } from './list.ts';

/** A concern moved more often than the limit (CC-34); `unassigned` when nobody holds it. */
export interface Moved {
  readonly concern: ListedConcern;
  readonly unassigned: boolean;
}

/** Days past the due instant of a period that no extension covered in time (CC-35). */
export interface Lapse {
  readonly id: string;
  readonly unit: string | null;
  readonly district: string | null;
  readonly period: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** When it ended: by an extension, by completion or otherwise; null while it runs. */
  readonly endedAt: Instant | null;
  readonly endedBy: string;
  readonly addressedOn: string | null;
}

/** Which of these concerns moved more than `moreThan` times (CC-34). */
export function movedOften(list: readonly ListedConcern[], moreThan: number): readonly Moved[] {
  return list
    .filter(({ reassignments }) => reassignments > moreThan)
    .map((concern) => ({ concern, unassigned: concern.state === 'unassigned' }));
}

/**
 * Every investigation that passed a due day without an extension in force, by `now`: those running and, as history,
 * those that ended late (CC-35, A-CC-3). One row a period of a unit's clock, longest overdue first.
 */
export async function lapses(reader: Reader, now: Instant, past: boolean): Promise<readonly Lapse[]> {
  const rows = await reader.rows({
    sql: `select record_id, owner_unit, district, period, started_at, due_at, stopped_at, ended_by, clock_key
      from clock where system = 'concerns' and rule = 'CC-22' and opened_at <= ? and due_at < ?
      ${past ? '' : 'and stopped_at > ?'} order by due_at, record_id, id`,
    parameters: past ? [now, now] : [now, now, now],
  });
  // A return reopens the same period: its last span says how the period ended.
  const byPeriod = new Map<string, Lapse>();
  for (const [id, unit, district, period, startedAt, dueAt, stoppedAt, endedBy, key] of rows) {
    const running = Number(stoppedAt) > now;
    if (!running && Number(stoppedAt) <= Number(dueAt)) continue;
    byPeriod.set(`${id} ${key} ${startedAt} ${period}`, {
      id: String(id),
      unit: typeof unit === 'string' ? unit : null,
      district: typeof district === 'string' ? district : null,
      period: Number(period),
      startedAt: Number(startedAt) as Instant,
      dueAt: Number(dueAt) as Instant,
      endedAt: running ? null : (Number(stoppedAt) as Instant),
      endedBy: running ? 'running' : String(endedBy),
      addressedOn: null,
    });
  }
  const addressed = await addressedOn(reader, now);
  return [...byPeriod.values()].map((lapse) => ({ ...lapse, addressedOn: addressed.get(lapse.id) ?? null }));
}

/** CC-34, CC-35: days on which the executive officer recorded that a concern was taken up (rollcall evidence add). */
async function addressedOn(reader: Reader, now: Instant): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.rows({
    sql: `select note, max(on_day) from evidence where rule in ('CC-34', 'CC-35')
      and on_day <= date(?, 'unixepoch') group by note`,
    parameters: [now],
  });
  const days = new Map<string, string>();
  for (const [note, day] of rows) {
    for (const id of String(note).split(/[\s,;]+/)) if (id !== '') days.set(id, String(day));
  }
  return days;
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
