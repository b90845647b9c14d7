import { DAY } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { byKey, UNKNOWN_KEY } from '../report/keys.ts';
import { nearestRank } from '../report/statistics.ts';
import { clockOutcome, type Stretch, spansBy, within } from './clock-outcome.ts';
import { type ExtensionRow, extensionsOf } from './extensions.ts';
import type { ClockRun, ConcernHistory, Step } from './history-rows.ts';

/** What is counted of concerns; openAtStart + submitted + reopened - closed - notAccepted - associated = openAtEnd. */
export const MEASURES = [
  'openAtStart',
  'submitted',
  'reopened',
  'closed',
  'notAccepted',
  'associated',
  'openAtEnd',
  'decided',
  'decidedLate',
  'decisionsDue',
  'decisionsDueLate',
  'completed',
  'completedLate',
  'investigationsDue',
  'investigationsDueLate',
  'overdueAtEnd',
  'unopened',
  'lapses',
  'returned',
  'reassigned',
  'extensionsGranted',
  'extensionsLate',
  'extensionsRefused',
  'measured',
] as const;

export type Measure = (typeof MEASURES)[number];
export type Counts = Record<Measure, number>;

/** How a concern counts in a stretch, and its days from the first assignment to the end of the last task, if they ended in it. */
export interface Counted {
  readonly history: ConcernHistory;
  readonly counts: Readonly<Counts>;
  readonly days: number | null;
}

/** Of how many, how many in time. */
export interface OnTime {
  readonly onTime: number;
  readonly total: number;
}

/** Both measures of timeliness: of what ended in the period, and of what was due in it. */
export interface Timeliness {
  readonly closedInPeriod: OnTime;
  readonly dueInPeriod: OnTime;
}

/** Figures of a period; openAtStart + submitted + reopened - closed - notAccepted - associated = openAtEnd. */
export interface Figures {
  readonly openAtStart: number;
  readonly submitted: number;
  readonly reopened: number;
  readonly closed: number;
  readonly notAccepted: number;
  readonly associated: number;
  readonly openAtEnd: number;
  /** Decisions within 36 hours of the first access (CC-15): made in the period, and due in it. */
  readonly accepted: Timeliness;
  /** Investigations without a lapse (CC-22): completed in the period, and with their last due day in it. */
  readonly investigated: Timeliness;
  /** Clocks past due and still running at the end: no response. */
  readonly overdueAtEnd: number;
  /** Webportal concerns that nobody has opened by the end. */
  readonly unopened: number;
  readonly extensions: { readonly granted: number; readonly late: number; readonly refused: number };
  /** Lapses of investigations that began in the period: a due instant passed without an extension in force (CC-35). */
  readonly lapses: number;
  readonly returned: number;
  readonly reassigned: number;
  /** Days from the first assignment to the end of the last task, of those that ended in the period; nearest rank. */
  readonly days: Days;
}

export interface Days {
  readonly median: number | null;
  readonly p90: number | null;
  readonly n: number;
}

/** How each concern counts in a stretch. Pure. */
export function countAll(histories: readonly ConcernHistory[], stretch: Stretch): readonly Counted[] {
  return histories
    .filter(({ submittedAt }) => submittedAt <= stretch.end)
    .map((each) => count(each, stretch));
}

/** Figures of concerns by a key, keys in order. Pure. */
export function figuresBy(
  counted: readonly Counted[],
  keyOf: (history: ConcernHistory) => string | null,
): ReadonlyMap<string, Figures> {
  const groups = Map.groupBy(counted, ({ history }) => keyOf(history) || UNKNOWN_KEY);
  return new Map([...groups.keys()].sort(byKey).map((key) => [key, figuresOf(groups.get(key) ?? [])]));
}

/** The sum of how concerns count. Pure. */
export function figuresOf(counted: readonly Counted[]): Figures {
  const sums = noCounts();
  const days: number[] = [];
  for (const each of counted) {
    for (const name of MEASURES) sums[name] += each.counts[name];
    if (each.days !== null) days.push(each.days);
  }
  const { openAtStart, submitted, reopened, closed, notAccepted, associated, openAtEnd } = sums;
  const { overdueAtEnd, unopened, lapses, returned, reassigned } = sums;
  return {
    ...{ openAtStart, submitted, reopened, closed, notAccepted, associated, openAtEnd },
    accepted: {
      closedInPeriod: { onTime: sums.decided - sums.decidedLate, total: sums.decided },
      dueInPeriod: { onTime: sums.decisionsDue - sums.decisionsDueLate, total: sums.decisionsDue },
    },
    investigated: {
      closedInPeriod: { onTime: sums.completed - sums.completedLate, total: sums.completed },
      dueInPeriod: {
        onTime: sums.investigationsDue - sums.investigationsDueLate,
        total: sums.investigationsDue,
      },
    },
    ...{ overdueAtEnd, unopened, lapses, returned, reassigned },
    extensions: {
      granted: sums.extensionsGranted,
      late: sums.extensionsLate,
      refused: sums.extensionsRefused,
    },
    days: ranks(days),
  };
}

function noCounts(): Counts {
  return {
    openAtStart: 0,
    submitted: 0,
    reopened: 0,
    closed: 0,
    notAccepted: 0,
    associated: 0,
    openAtEnd: 0,
    decided: 0,
    decidedLate: 0,
    decisionsDue: 0,
    decisionsDueLate: 0,
    completed: 0,
    completedLate: 0,
    investigationsDue: 0,
    investigationsDueLate: 0,
    overdueAtEnd: 0,
    unopened: 0,
    lapses: 0,
    returned: 0,
    reassigned: 0,
    extensionsGranted: 0,
    extensionsLate: 0,
    extensionsRefused: 0,
    measured: 0,
  };
}

function count(history: ConcernHistory, stretch: Stretch): Counted {
  const { start, end } = stretch;
  const inside = ({ at }: { readonly at: Instant }) => within(stretch, at);
  const counts = noCounts();
  const steps = history.steps.filter(({ at }) => at <= end);
  const open = addFlows(counts, history, steps, start);
  if (open && history.origin === 'webportal' && !steps.some(opens)) counts.unopened++;
  counts.returned = steps.filter(({ name, at }) => name === 'disapproved' && within(stretch, at)).length;
  counts.reassigned = steps.filter(({ name, at }) => name === 'reassigned' && within(stretch, at)).length;
  addExtensions(counts, extensionsOf(history).filter(inside));
  for (const run of history.clocks) addClock(counts, run, stretch);
  const done = finished(history, end);
  const days = done !== null && inside(done) ? done.days : null;
  if (days !== null) counts.measured++;
  return { history, counts, days };
}

function addExtensions(counts: Counts, rows: readonly ExtensionRow[]): void {
  for (const { counted, lateBy } of rows) {
    if (!counted) counts.extensionsRefused++;
    else {
      counts.extensionsGranted++;
      if (lateBy > 0) counts.extensionsLate++;
    }
  }
}

function addClock(counts: Counts, run: ClockRun, stretch: Stretch): void {
  const outcome = clockOutcome(run, stretch);
  if (outcome === null) return;
  const decision = run.rule === 'CC-15';
  if (!decision) counts.lapses += outcome.lapses;
  if (outcome.overdueAtEnd) counts.overdueAtEnd++;
  for (const { late } of outcome.ended) {
    counts[decision ? 'decided' : 'completed']++;
    if (late) counts[decision ? 'decidedLate' : 'completedLate']++;
  }
  if (outcome.due) counts[decision ? 'decisionsDue' : 'investigationsDue']++;
  if (outcome.dueLate) counts[decision ? 'decisionsDueLate' : 'investigationsDueLate']++;
}

const BACK_TO_WORK = new Set(['accepted', 'assigned', 'reassigned', 'disapproved']);

/** Adds a concern's way in and out of the open ones; answers whether it is open at the end. */
function addFlows(counts: Counts, history: ConcernHistory, steps: readonly Step[], start: Instant): boolean {
  let open = true;
  let ended: 'closed' | 'notAccepted' | 'associated' | null = null;
  let openAtStart = history.submittedAt < start;
  if (!openAtStart) counts.submitted++;
  for (const { name, at } of steps) {
    const way = wayOut(name);
    if (open && way !== null) {
      open = false;
      ended = way;
      if (at >= start) counts[way]++;
    } else if (!open && (ended === 'associated' ? name === 'separated' : BACK_TO_WORK.has(name))) {
      open = true;
      ended = null;
      if (at >= start) counts.reopened++;
    }
    if (at < start) openAtStart = open;
  }
  if (openAtStart && history.submittedAt < start) counts.openAtStart++;
  if (open) counts.openAtEnd++;
  return open;
}

function wayOut(name: string): 'closed' | 'notAccepted' | 'associated' | null {
  if (name === 'closed' || name === 'associated') return name;
  return name === 'not-accepted' ? 'notAccepted' : null;
}

/** Whether a step opens a concern: a decision without a recorded look was one. */
export function opens({ name }: Step): boolean {
  return name !== 'entered' && name !== 'replied';
}

/** When the last task of a concern ended, and how many days after the first assignment; null while one runs. */
function finished(
  history: ConcernHistory,
  end: Instant,
): { readonly at: Instant; readonly days: number } | null {
  const runs = history.clocks.filter(({ rule, startedAt }) => rule === 'CC-22' && startedAt <= end);
  const lasts = runs.flatMap((run) => spansBy(run, { end }).at(-1) ?? []);
  const done = lasts.filter(({ endedBy, stoppedAt }) => endedBy === 'stopped' && stoppedAt <= end);
  const moved = lasts.filter(({ endedBy, stoppedAt }) => endedBy === 'reassigned' && stoppedAt <= end);
  if (done.length === 0 || done.length + moved.length < lasts.length) return null;
  const at = Math.max(...done.map(({ stoppedAt }) => stoppedAt)) as Instant;
  const first = Math.min(...runs.map(({ startedAt }) => startedAt));
  return { at, days: Math.round(((at - first) / DAY) * 100) / 100 };
}

/** Median and 90th percentile by nearest rank. */
export function ranks(values: readonly number[]): Days {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: nearestRank(sorted, 0.5), p90: nearestRank(sorted, 0.9), n: sorted.length };
}
