import { localDay } from '../core/calendar.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import { loadClocks } from '../store/data-files.ts';
import type { Query, Rows, SqlValue } from '../store/open.ts';
import type { Writer } from '../store/store.ts';

/** Which clocks are asked for; every field narrows. `within` is in seconds and adds what is due by then. */
export interface OverdueFilter {
  readonly system: string | null;
  readonly district?: string;
  readonly beat?: string;
  readonly unit?: string;
  readonly within: number;
  /** Clocks of one directive that are not for whoever asks. */
  readonly hidden?: HiddenClocks | null;
}

/** Clocks of a system that are left out of a list unless this SQL condition on the row of `clock` holds. */
export interface HiddenClocks {
  readonly system: string;
  readonly unless: string;
  /** Values of its question marks; none unless given. */
  readonly values?: readonly string[];
  /** Of that system no clock is told of once it has stopped. */
  readonly runningOnly?: true;
}

/** The SQL condition that leaves hidden clocks out, with its values. */
export function shownCondition({ system, unless, values = [] }: HiddenClocks) {
  return { sql: `(+system <> ? or ${unless})`, values: [system, ...values] } as const;
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
  reader: Rows,
  filter: OverdueFilter,
  now: Instant,
): Promise<readonly DueClock[]> {
  const running = await dueClocks(reader, filter, now, 'running');
  const stoppedSince = await dueClocks(reader, filter, now, 'stopped-since');
  if (stoppedSince.length === 0) return running;
  return [...running, ...stoppedSince].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}

const COLUMNS = `system, record_id, rule, clock_key, period, started_at, due_at, owner_role, owner_unit, owner_member,
  district, beat, category, extensions, reassignments, first_assigned_at`;

/** Running at the as-of, running then and stopped since, or stopped by then and after an instant. */
type Which = 'running' | 'stopped-since' | { readonly stoppedAfter: Instant };

/**
 * The query behind overdueClocks. SQL text and no typed query: commands that cron starts every few minutes cannot pay
 * for loading the query builder.
 */
export function dueQuery(filter: OverdueFilter, now: Instant, which: Which): Query {
  const conditions = ['due_at < ?', 'opened_at <= ?'];
  const parameters: (string | number)[] = [now + filter.within, now];
  const add = (condition: string, ...values: readonly (string | number)[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  // As a literal: only then does the planner know that clock_open, which holds the running ones, will do.
  if (which === 'running') add(`stopped_at = ${FAR_FUTURE}`);
  else if (which === 'stopped-since') add('stopped_at > ? and stopped_at < ?', now, FAR_FUTURE);
  else add('stopped_at > ? and stopped_at <= ?', which.stoppedAfter, now);
  // The plus keeps the planner on clock_running: by system alone it would read every clock of the directive.
  if (filter.system !== null) add('+system = ?', filter.system);
  if (filter.district !== undefined) add('district = ?', filter.district);
  if (filter.beat !== undefined) add('beat = ?', filter.beat);
  // 005 and 5 are one unit
  if (filter.unit !== undefined) add("ltrim(owner_unit, '0') = ltrim(?, '0')", filter.unit);
  if (filter.hidden) {
    const shown = shownCondition(filter.hidden);
    add(shown.sql, ...shown.values);
  }
  const from = which === 'running' ? 'clock indexed by clock_open' : 'clock';
  const sql = `select ${COLUMNS} from ${from} where ${conditions.join(' and ')} order by due_at, record_id`;
  return { sql, parameters };
}

/** Periods of clocks that ended after `since` and by `now`, in order of their due instants: stopped, extended or handed on. */
export async function endedClocks(
  reader: Rows,
  filter: OverdueFilter,
  since: Instant,
  now: Instant,
): Promise<readonly DueClock[]> {
  return dueClocks(reader, filter, now, { stoppedAfter: since });
}

async function dueClocks(
  reader: Rows,
  filter: OverdueFilter,
  now: Instant,
  which: Which,
): Promise<DueClock[]> {
  const cites = new Map(loadClocks().map((clock) => [clock.rule, clock.cite]));
  const rows = await reader.rows(dueQuery(filter, now, which));
  const today = localDay(now);
  // By place and not taken apart: thousands of rows in a process that lives for a tenth of a second.
  return rows.map((row) => {
    const rule = String(row[2]);
    const dueAt = row[6] as Instant;
    const firstAssignedAt = row[15];
    return {
      system: String(row[0]),
      id: String(row[1]),
      rule,
      cite: cites.get(rule) ?? '',
      key: String(row[3]),
      period: row[4] as number,
      startedAt: row[5] as Instant,
      dueAt,
      overdue: dueAt < now,
      owner: { role: textOrNull(row[7]), unit: textOrNull(row[8]), member: textOrNull(row[9]) },
      district: textOrNull(row[10]),
      beat: textOrNull(row[11]),
      category: textOrNull(row[12]),
      extensions: row[13] as number,
      reassignments: row[14] as number,
      daysSinceFirstAssignment:
        typeof firstAssignedAt === 'number' ? today - localDay(firstAssignedAt as Instant) : null,
    };
  });
}

function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

// What is not due yet is told apart from what is: having been warned is not having been told that it is late.
function printedKey(clock: DueClock): string {
  return clock.overdue ? clock.key : `${clock.key} soon`;
}

function identity(parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

/** Those of `clocks` that no earlier --new has printed. */
export async function notPrinted(reader: Rows, clocks: readonly DueClock[]): Promise<readonly DueClock[]> {
  const rows = await reader.rows({
    sql: `select system, record_id, rule, clock_key, period from overdue_printed
      where record_id in (select value from json_each(?))`,
    parameters: [JSON.stringify(clocks.map((clock) => clock.id))],
  });
  const printed = new Set(rows.map(identity));
  return clocks.filter(
    (clock) => !printed.has(identity([clock.system, clock.id, clock.rule, printedKey(clock), clock.period])),
  );
}

/** Remembers clocks as printed: after their lines have been written, so that none is lost with an output. */
export function rememberPrinted(writer: Writer, clocks: readonly DueClock[], now: Instant): void {
  const remember = writer.prepare('insert or ignore into overdue_printed values (?, ?, ?, ?, ?, ?)');
  for (const clock of clocks) {
    remember.run(clock.system, clock.id, clock.rule, printedKey(clock), clock.period, now);
  }
}
