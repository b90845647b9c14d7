import { sameUnit } from '../casework/units.ts';
import { DAY } from '../core/calendar.ts';
import { bareUnit } from '../core/place.ts';
import { byKey } from '../report/keys.ts';
import { clockOutcome, type Stretch, within } from './clock-outcome.ts';
import { extensionsOf } from './extensions.ts';
import { type Days, ranks, type Timeliness } from './figures.ts';
import type { ClockRun, ConcernHistory } from './history-rows.ts';

/** What is counted of a unit's tasks; openAtStart + assigned + returned + separated - completed - movedAway - associated = openAtEnd. */
export const TASK_MEASURES = [
  'openAtStart',
  'assigned',
  'returned',
  'separated',
  'completed',
  'completedLate',
  'movedAway',
  'associated',
  'openAtEnd',
  'dueInPeriod',
  'dueInPeriodLate',
  'overdueAtEnd',
  'lapses',
  'extensionsGranted',
  'extensionsLate',
  'extensionsRefused',
] as const;

export type TaskMeasure = (typeof TASK_MEASURES)[number];
export type TaskCounts = Record<TaskMeasure, number>;

/** How the tasks of one unit in one concern count, and the days of those that it completed in the stretch. */
export interface CountedTask {
  readonly unit: string;
  readonly history: ConcernHistory;
  readonly counts: Readonly<TaskCounts>;
  readonly days: readonly number[];
}

/** Figures of a unit's own tasks. */
export interface UnitFigures {
  readonly openAtStart: number;
  readonly assigned: number;
  /** Sent back by the executive officer after it had been completed (CC-31). */
  readonly returned: number;
  /** Gone on after an association was taken back. */
  readonly separated: number;
  readonly completed: number;
  /** Given to another unit. */
  readonly movedAway: number;
  readonly associated: number;
  readonly openAtEnd: number;
  readonly investigated: Timeliness;
  readonly overdueAtEnd: number;
  readonly lapses: number;
  readonly extensions: { readonly granted: number; readonly late: number; readonly refused: number };
  /** Days from the assignment of a task to its completion. */
  readonly days: Days;
}

/** How the tasks of each unit count in a stretch: one entry a unit and concern. Pure. */
export function countTasks(histories: readonly ConcernHistory[], stretch: Stretch): readonly CountedTask[] {
  return histories.flatMap((history) => {
    const runs = history.clocks.filter(({ rule, startedAt }) => rule === 'CC-22' && startedAt <= stretch.end);
    const units = new Set(runs.flatMap(({ unit }) => (unit === null ? [] : [bareUnit(unit)])));
    return [...units].map((unit) => countTask(history, runs, unit, stretch));
  });
}

/** Order of units: by their numbers. */
export function byUnitNumber(a: string, b: string): number {
  return Number(a) - Number(b) || byKey(a, b);
}

/** Figures by unit, in order of their numbers. Pure. */
export function figuresByUnit(tasks: readonly CountedTask[]): ReadonlyMap<string, UnitFigures> {
  const groups = Map.groupBy(tasks, ({ unit }) => unit);
  const units = [...groups.keys()].sort(byUnitNumber);
  return new Map(units.map((unit) => [unit, sumOf(groups.get(unit) ?? [])]));
}

/** The sum of tasks. Pure. */
export function sumOf(tasks: readonly CountedTask[]): UnitFigures {
  const sums = noCounts();
  for (const { counts } of tasks) for (const name of TASK_MEASURES) sums[name] += counts[name];
  const { openAtStart, assigned, returned, separated, completed, movedAway, associated, openAtEnd } = sums;
  return {
    ...{ openAtStart, assigned, returned, separated, completed, movedAway, associated, openAtEnd },
    investigated: {
      closedInPeriod: { onTime: completed - sums.completedLate, total: completed },
      dueInPeriod: { onTime: sums.dueInPeriod - sums.dueInPeriodLate, total: sums.dueInPeriod },
    },
    overdueAtEnd: sums.overdueAtEnd,
    lapses: sums.lapses,
    extensions: {
      granted: sums.extensionsGranted,
      late: sums.extensionsLate,
      refused: sums.extensionsRefused,
    },
    days: ranks(tasks.flatMap(({ days }) => days)),
  };
}

function noCounts(): TaskCounts {
  return {
    openAtStart: 0,
    assigned: 0,
    returned: 0,
    separated: 0,
    completed: 0,
    completedLate: 0,
    movedAway: 0,
    associated: 0,
    openAtEnd: 0,
    dueInPeriod: 0,
    dueInPeriodLate: 0,
    overdueAtEnd: 0,
    lapses: 0,
    extensionsGranted: 0,
    extensionsLate: 0,
    extensionsRefused: 0,
  };
}

function countTask(
  history: ConcernHistory,
  runs: readonly ClockRun[],
  unit: string,
  stretch: Stretch,
): CountedTask {
  const own = runs.filter((run) => run.unit !== null && sameUnit(run.unit, unit));
  const counts = noCounts();
  const days: number[] = [];
  for (const run of own) addRun(counts, days, run, stretch);
  // An extension for no unit by name is each one's that it moved; refused is one that named this unit.
  for (const { at, unit: named, counted, lateBy } of extensionsOf({ ...history, clocks: own })) {
    if (!within(stretch, at) || (named !== null && !sameUnit(named, unit))) continue;
    if (counted) {
      counts.extensionsGranted++;
      if (lateBy > 0) counts.extensionsLate++;
    } else if (named !== null) counts.extensionsRefused++;
  }
  return { unit, history, counts, days };
}

function addRun(counts: TaskCounts, days: number[], run: ClockRun, stretch: Stretch): void {
  const outcome = clockOutcome(run, stretch);
  if (outcome === null) return;
  const { spans } = outcome;
  if (within(stretch, run.startedAt)) counts.assigned++;
  if (isOpenAt(spans, stretch.start - 1)) counts.openAtStart++;
  if (isOpenAt(spans, stretch.end)) counts.openAtEnd++;
  for (const [i, { openedAt, stoppedAt, endedBy }] of spans.entries()) {
    const before = spans[i - 1]?.endedBy;
    if (within(stretch, openedAt) && before === 'stopped') counts.returned++;
    if (within(stretch, openedAt) && before === 'associated') counts.separated++;
    if (within(stretch, stoppedAt) && endedBy === 'associated') counts.associated++;
    if (within(stretch, stoppedAt) && endedBy === 'reassigned') counts.movedAway++;
  }
  for (const { at, late } of outcome.ended) {
    counts.completed++;
    days.push(Math.round(((at - run.startedAt) / DAY) * 100) / 100);
    if (late) counts.completedLate++;
  }
  counts.lapses += outcome.lapses;
  if (outcome.overdueAtEnd) counts.overdueAtEnd++;
  if (outcome.due) counts.dueInPeriod++;
  if (outcome.dueLate) counts.dueInPeriodLate++;
}

function isOpenAt(spans: ClockRun['spans'], at: number): boolean {
  return spans.some(({ openedAt, stoppedAt }) => openedAt <= at && stoppedAt > at);
}
