import { type DueClock, endedClocks, type OverdueFilter, overdueClocks } from '../casework/overdue.ts';
import type { Instant } from '../core/instant.ts';
import { parseDuration } from '../core/parse-time.ts';
import { loadClocks } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';

/** A clock as a calendar keeps it: one entry however often it is extended, stopped and taken up again. */
export interface CalendarClock {
  readonly uid: string;
  /** Its period that runs or, once it has stopped, that ran last. */
  readonly clock: DueClock;
  /** No longer due: it has stopped. */
  readonly cancelled: boolean;
  /** Goes up with each change of the due date and each stop (RFC 5545 3.8.7.4). */
  readonly sequence: number;
  readonly changedAt: Instant;
}

/** For so long a stopped clock is told as cancelled: a calendar read as seldom as once a month loses it. */
const CANCELLED_FOR = parseDuration('35d');

/** The clocks that run at `now` and, as cancelled, those that stopped in the weeks before; by due instant. */
export async function calendarClocks(
  rows: Rows,
  filter: OverdueFilter,
  now: Instant,
): Promise<readonly CalendarClock[]> {
  const running = await overdueClocks(rows, filter, now);
  const { hidden } = filter;
  const unended = hidden?.runningOnly ? hidden.system : null;
  const ended = (await endedClocks(rows, filter, (now - CANCELLED_FOR) as Instant, now)).filter(
    ({ system }) => system !== unended,
  );
  const byUid = new Map<string, { readonly clock: DueClock; readonly cancelled: boolean }>();
  for (const clock of running) byUid.set(uidOf(clock), { clock, cancelled: false });
  for (const clock of ended) {
    const known = byUid.get(uidOf(clock));
    if (known === undefined || (known.cancelled && known.clock.period <= clock.period))
      byUid.set(uidOf(clock), { clock, cancelled: true });
  }
  const changes = await changesOf(rows, [...byUid.values()], now);
  return [...byUid]
    .map(([uid, entry]) => ({ uid, ...entry, ...changedOf(changes.get(uid), entry) }))
    .sort((a, b) => a.clock.dueAt - b.clock.dueAt || (a.uid < b.uid ? -1 : 1));
}

interface Changes {
  readonly opened: number;
  readonly lastOpened: Instant;
  readonly lastEnded: Instant;
}

function changedOf(
  changes: Changes | undefined,
  { clock, cancelled }: { readonly clock: DueClock; readonly cancelled: boolean },
): { readonly sequence: number; readonly changedAt: Instant } {
  if (changes === undefined) return { sequence: 0, changedAt: clock.startedAt };
  const { opened, lastOpened, lastEnded } = changes;
  return { sequence: 2 * (opened - 1) + (cancelled ? 1 : 0), changedAt: cancelled ? lastEnded : lastOpened };
}

// How often each clock has been opened by `now`: at first, at an extension, when it was taken up again.
async function changesOf(
  rows: Rows,
  entries: readonly { readonly clock: DueClock }[],
  now: Instant,
): Promise<ReadonlyMap<string, Changes>> {
  const ids = [...new Set(entries.map(({ clock }) => JSON.stringify([clock.system, clock.id])))];
  const found = await rows.rows({
    sql: `select c.system, c.record_id, c.rule, c.clock_key, c.opened_at, min(c.stopped_at, ?)
      from json_each(?) j join clock c on c.system = j.value ->> 0 and c.record_id = j.value ->> 1
      where c.opened_at <= ?`,
    parameters: [now, `[${ids.join(',')}]`, now],
  });
  const changes = new Map<string, Changes>();
  for (const [system, id, rule, key, opened, ended] of found) {
    const uid = uidOf({ system: String(system), id: String(id), rule: String(rule), key: String(key) });
    const known = changes.get(uid);
    changes.set(uid, {
      opened: (known?.opened ?? 0) + 1,
      lastOpened: Math.max(known?.lastOpened ?? 0, Number(opened)) as Instant,
      lastEnded: Math.max(known?.lastEnded ?? 0, Number(ended)) as Instant,
    });
  }
  return changes;
}

/** Record, kind of clock and unit: not the period, so that an extension moves the entry and makes no second one. */
function uidOf({ system, id, rule, key }: Pick<DueClock, 'system' | 'id' | 'rule' | 'key'>): string {
  const kind = firstRule(rule);
  const parts = [system, id, kind, ...(key === '' ? [] : [key])];
  return `${parts.map((part) => part.replace(/[^\w-]+/g, '_')).join('-')}@rollcall`;
}

// An extension may run under a rule of its own: it is the same clock.
function firstRule(rule: string): string {
  const first = loadClocks().find(
    ({ extension }) => extension?.base === 'approval' && extension.rule === rule,
  );
  return first?.rule ?? rule;
}
