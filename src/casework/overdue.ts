import { sql } from 'kysely';
import { localDay } from '../core/calendar.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import { loadClocks } from '../store/data-files.ts';
import type { Reader, Writer } from '../store/store.ts';

/** Which clocks are asked for; every field narrows. `within` is in seconds and adds what is due by then. */
export interface OverdueFilter {
  readonly system: string | null;
  readonly district?: string;
  readonly beat?: string;
  readonly unit?: string;
  readonly within: number;
}

/** A clock past its due instant, or due soon, and still running at the as-of. */
export interface DueClock {
  readonly system: string;
  readonly id: string;
  readonly rule: string;
  readonly cite: string;
  readonly key: string;
  readonly period: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly overdue: boolean;
  readonly owner: {
    readonly role: string | null;
    readonly unit: string | null;
    readonly member: string | null;
  };
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
  readonly extensions: number;
  readonly reassignments: number;
  /** Chicago calendar days; null before any assignment. */
  readonly daysSinceFirstAssignment: number | null;
}

/**
 * Clocks due before `now` (plus `within`) that had not stopped by then, longest overdue first. Two index searches:
 * those running still and, for an as-of in the past, those that stopped later.
 */
export async function overdueClocks(
  reader: Reader,
  filter: OverdueFilter,
  now: Instant,
): Promise<readonly DueClock[]> {
  const running = await dueClocks(reader, filter, now, 'running');
  const stoppedSince = await dueClocks(reader, filter, now, 'stopped-since');
  if (stoppedSince.length === 0) return running;
  return [...running, ...stoppedSince].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}

/** The query behind overdueClocks, for its plan's test. */
export function dueQuery(
  reader: Reader,
  filter: OverdueFilter,
  now: Instant,
  which: 'running' | 'stopped-since',
) {
  let query = reader.db
    .selectFrom('clock')
    .select(['system', 'record_id', 'rule', 'clock_key', 'period', 'started_at', 'due_at'])
    .select(['owner_role', 'owner_unit', 'owner_member', 'district', 'beat', 'category'])
    .select(['extensions', 'reassignments', 'first_assigned_at'])
    .where('due_at', '<', now + filter.within)
    .where('opened_at', '<=', now)
    .orderBy('due_at')
    .orderBy('record_id');
  query =
    which === 'running'
      ? query.where('stopped_at', '=', FAR_FUTURE)
      : query.where('stopped_at', '>', now).where('stopped_at', '<', FAR_FUTURE);
  // The plus keeps the planner on clock_running: by system alone it would read every clock of the directive.
  if (filter.system !== null) query = query.where(sql<boolean>`+system = ${filter.system}`);
  if (filter.district !== undefined) query = query.where('district', '=', filter.district);
  if (filter.beat !== undefined) query = query.where('beat', '=', filter.beat);
  if (filter.unit !== undefined) {
    // 005 and 5 are one unit
    query = query.where(sql<boolean>`ltrim(owner_unit, '0') = ltrim(${filter.unit}, '0')`);
  }
  return query;
}

async function dueClocks(
  reader: Reader,
  filter: OverdueFilter,
  now: Instant,
  which: 'running' | 'stopped-since',
): Promise<DueClock[]> {
  const rows = await dueQuery(reader, filter, now, which).execute();
  const cites = new Map(loadClocks().map((clock) => [clock.rule, clock.cite]));
  return rows.map((row) => ({
    system: row.system,
    id: row.record_id,
    rule: row.rule,
    cite: cites.get(row.rule) ?? '',
    key: row.clock_key,
    period: row.period,
    startedAt: row.started_at as Instant,
    dueAt: row.due_at as Instant,
    overdue: row.due_at < now,
    owner: { role: row.owner_role, unit: row.owner_unit, member: row.owner_member },
    district: row.district,
    beat: row.beat,
    category: row.category,
    extensions: row.extensions,
    reassignments: row.reassignments,
    daysSinceFirstAssignment:
      row.first_assigned_at === null ? null : localDay(now) - localDay(row.first_assigned_at as Instant),
  }));
}

/** Those of `clocks` that no earlier --new printed; remembers them as printed. */
export async function onlyNew(
  writer: Writer,
  clocks: readonly DueClock[],
  now: Instant,
): Promise<readonly DueClock[]> {
  const remember = writer.prepare('insert or ignore into overdue_printed values (?, ?, ?, ?, ?, ?)');
  return clocks.filter(
    (clock) => remember.run(clock.system, clock.id, clock.rule, clock.key, clock.period, now).changes === 1,
  );
}
