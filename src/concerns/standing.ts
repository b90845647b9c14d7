import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import { isOverdue, lapsesOf, type Stretch, spansBy } from './clock-outcome.ts';
import type { ClockSpan, ConcernHistory, Step } from './history-rows.ts';
import { isDistrictUnit } from './state.ts';

/** How an open concern stands at the end of a stretch, as those who answer for it need it. */
export interface Standing {
  readonly history: ConcernHistory;
  /** Units whose tasks run; nobody's when it was given up and not assigned anew. */
  readonly units: readonly string[];
  readonly unassigned: boolean;
  /** Since when nobody holds it; null while a unit does, and before one did. */
  readonly unassignedSince: Instant | null;
  /** When it was moved, in order. */
  readonly movedAt: readonly Instant[];
  readonly extensions: number;
  readonly firstAssignedAt: Instant | null;
  /** The due instant with which a lapse that runs began; null when none runs (CC-35). */
  readonly lapsedAt: Instant | null;
  /** Since when it waits for the executive officer; null when it does not (CC-30). */
  readonly waitsSince: Instant | null;
  /** Since when lieutenants dispute who owns it; null when they do not (CC-33). */
  readonly disputedAt: Instant | null;
}

/** A concern that is open at the end, and its age in days since the earliest submission that hangs on it (A-CC-7). */
export interface Open {
  readonly standing: Standing;
  readonly ageDays: number;
}

const ASSIGNS = new Set(['assigned', 'reassigned']);
/** Who has the clock of a task that its unit gave up to nobody. */
const NOBODYS = 'executive-officer';

/** Whether a step gives a concern to a unit. */
export function isGiven({ name, unit }: Step): boolean {
  return ASSIGNS.has(name) && unit !== null;
}

/** How a concern that is open at the end of a stretch stands then. Pure. */
export function standingAt(history: ConcernHistory, stretch: Stretch): Standing {
  const { end } = stretch;
  const steps = history.steps.filter(({ at }) => at <= end);
  const tasks = history.clocks
    .filter(({ rule }) => rule === 'CC-22')
    .flatMap((run) => {
      const last = spansBy(run, stretch).at(-1);
      return last === undefined ? [] : [{ unit: run.unit, spans: spansBy(run, stretch), last }];
    });
  const running = tasks.filter(({ last }) => last.stoppedAt > end);
  const lapsed = running
    .filter(({ last }) => isOverdue(last, stretch))
    .flatMap(({ spans }) => lapsesOf(spans, stretch).at(-1)?.dueAt ?? []);
  const unassignedSince = givenUpSince(running);
  const unassigned = unassignedSince !== null;
  return {
    history,
    units: unassigned ? [] : running.flatMap(({ unit }) => (unit === null ? [] : [bareUnit(unit)])),
    unassigned,
    unassignedSince,
    movedAt: steps.filter(({ name }) => name === 'reassigned').map(({ at }) => at),
    extensions: tasks.reduce((most, { last }) => Math.max(most, last.period - 1), 0),
    firstAssignedAt: steps.find(({ name }) => ASSIGNS.has(name))?.at ?? null,
    lapsedAt: lapsed.length === 0 ? null : (Math.min(...lapsed) as Instant),
    waitsSince: running.length > 0 ? null : waitsSince(tasks, steps),
    disputedAt: disputedSince(steps),
  };
}

/** Since when none of the tasks that run is a unit's: all are the executive officer's (CC-34). */
function givenUpSince(
  running: readonly { readonly spans: readonly ClockSpan[]; readonly last: ClockSpan }[],
): Instant | null {
  if (running.length === 0 || running.some(({ last }) => last.role !== NOBODYS)) return null;
  const since = running.map(({ spans, last }) => {
    const held = spans.findLastIndex(({ role }) => role !== NOBODYS);
    return (spans[held + 1] ?? last).openedAt;
  });
  return Math.max(...since) as Instant;
}

function waitsSince(
  tasks: readonly { readonly unit: string | null; readonly last: ClockSpan }[],
  steps: readonly Step[],
): Instant | null {
  const own = tasks.filter(({ last }) => last.endedBy !== 'reassigned');
  if (!own.some(({ unit }) => unit !== null && isDistrictUnit(unit))) return null;
  const last = steps.findLast(({ name }) => name === 'completed' || name === 'approved');
  return last?.name === 'completed' ? last.at : null;
}

function disputedSince(steps: readonly Step[]): Instant | null {
  let since: Instant | null = null;
  for (const { name, at } of steps) {
    if (name === 'disputed') since ??= at;
    else if (name === 'decided') since = null;
  }
  return since;
}
