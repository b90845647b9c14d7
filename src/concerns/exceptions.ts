import type { Instant } from '../core/instant.ts';
import { byKey } from '../report/keys.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import { addressedOn } from './addressing.ts';
import { lapsesOf } from './clock-outcome.ts';
import { type ClockSpan, movesOf } from './history-rows.ts';
import type { ListedConcern } from './list.ts';

/** A concern moved more often than the limit (CC-34); `unassigned` when nobody holds it. */
export interface Moved {
  readonly concern: ListedConcern;
  readonly unassigned: boolean;
  readonly addressedOn: string | null;
}

/** Days past the due instant of a period that no extension in force covered (CC-35). */
export interface Lapse {
  readonly id: string;
  readonly unit: string | null;
  readonly district: string | null;
  /** The period whose due instant passed first, and that instant. */
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
  const often = list.filter(({ reassignments }) => reassignments > moreThan);
  const addressed = await addressedOn(reader, now);
  const moves = await movesOf(
    reader,
    often.map(({ id }) => id),
    now,
  );
  return often.map((concern) => {
    const tooMany = moves.get(concern.id)?.[moreThan];
    return {
      concern,
      unassigned: concern.state === 'unassigned',
      addressedOn: tooMany === undefined ? null : addressed('CC-34', concern.id, tooMany),
    };
  });
}

/**
 * Every investigation that passed a due day without an extension in force, by `now`: those running and, as history,
 * those that ended late (CC-35, A-CC-3). One row a lapse of a unit's clock, longest overdue first.
 */
export async function lapses(reader: Reader, now: Instant, past: boolean): Promise<readonly Lapse[]> {
  // How a lapse began stands in earlier stretches of its clock: a concern with one is read whole.
  const rows = await reader.rows({
    sql: `select record_id, owner_unit, district, period, started_at, due_at, stopped_at, ended_by, clock_key,
      opened_at
      from clock where system = 'concerns' and rule = 'CC-22' and opened_at <= ? and record_id in (
        select record_id from clock where system = 'concerns' and rule = 'CC-22' and opened_at <= ? and due_at < ?
        and stopped_at > ${past ? 'due_at' : '?'}) order by id`,
    parameters: past ? [now, now, now] : [now, now, now, now],
  });
  const runs = Map.groupBy(rows, ([id, , , , startedAt, , , , key]) => `${id} ${key} ${startedAt}`);
  const byClock = [...runs.values()]
    .flatMap((run) => lapsesOf(run.map(spanOf), { end: now, asOf: now }))
    .map(({ period, dueAt, lateFrom, last }): Lapse => {
      const running = last.stoppedAt > now;
      return {
        ...periodOf(last.row),
        ...{ period, dueAt, lateFrom },
        endedAt: running ? null : last.stoppedAt,
        endedBy: running ? 'running' : last.endedBy,
      };
    })
    .filter(({ endedAt }) => past || endedAt === null);
  const addressed = await addressedOn(reader, now);
  const found = [...byClock, ...(past ? await enteredLate(reader, now) : [])];
  return found
    .toSorted((a, b) => a.dueAt - b.dueAt || byKey(a.id, b.id))
    .map((lapse) => ({ ...lapse, addressedOn: addressed('CC-35', lapse.id, firstLate(lapse)) }));
}

// A due instant is the last second in time: a day that ends with it is no day of the lapse.
function firstLate({ lateFrom }: Pick<Lapse, 'lateFrom'>): Instant {
  return (lateFrom + 1) as Instant;
}

/** A stretch of a clock with the row that it was read from. */
function spanOf(row: readonly SqlValue[]): Omit<ClockSpan, 'role'> & { readonly row: readonly SqlValue[] } {
  const [, , , period, , dueAt, stoppedAt, endedBy, , openedAt] = row;
  return {
    openedAt: Number(openedAt) as Instant,
    dueAt: Number(dueAt) as Instant,
    stoppedAt: Number(stoppedAt) as Instant,
    endedBy: String(endedBy),
    period: Number(period),
    row,
  };
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
          and v.name in ('approved', 'disapproved', 'closed') and v.unit in (k.owner_unit, '')),
        k.clock_key
      from (select distinct record_id, at from finding
        where system = 'concerns' and code = 'ENTERED_AFTER_DUE' and rule = 'CC-22') f
      join event e on e.chain = 'concerns' and e.record_id = f.record_id and e.at = f.at and e.origin = 'local'
      join clock k on k.system = 'concerns' and k.record_id = f.record_id and k.rule = 'CC-22'
        and k.stopped_at = f.at and k.due_at >= f.at and k.due_at < e.recorded_at
      where k.due_at < ?
      group by k.id
      order by k.due_at, k.record_id, k.id`,
    parameters: [now],
  });
  const byClock = new Map<string, (Lapse & { readonly endedAt: Instant })[]>();
  for (const row of rows) {
    const period = periodOf(row);
    const [enteredAt, stoppedAt, judgedAt, key] = row.slice(6);
    const ends = [stoppedAt, judgedAt].map((end) => Number(end ?? now));
    const endedAt = Math.min(Number(enteredAt), ...ends, now) as Instant;
    if (endedAt <= period.dueAt) continue;
    const name = `${period.id} ${key} ${period.startedAt}`;
    const own = byClock.get(name) ?? [];
    byClock.set(name, own);
    const before = own.at(-1);
    // What was extended to a due instant that was past when it was entered was late all the while.
    if (before !== undefined && before.endedAt > period.dueAt)
      own.splice(-1, 1, { ...before, endedAt: Math.max(before.endedAt, endedAt) as Instant });
    else own.push({ ...period, lateFrom: period.dueAt, endedAt, endedBy: 'entered-later' });
  }
  return [...byClock.values()].flat();
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
