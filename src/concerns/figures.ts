import { DAY } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import type { ClockRun, ConcernHistory, Step } from './history-rows.ts';

/** First and last second that are counted. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

/** Of how many, how many in time. */
export interface OnTime {
  readonly onTime: number;
  readonly total: number;
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
  /** Decisions due in the period within 36 hours of the first access (CC-15). */
  readonly accepted: OnTime;
  /** Investigations whose last due day lies in the period, and that had no lapse on the way (CC-22). */
  readonly investigated: OnTime;
  /** Clocks past due and still running at the end: no response. */
  readonly overdueAtEnd: number;
  /** Webportal concerns that nobody has opened by the end. */
  readonly unopened: number;
  readonly extensions: { readonly granted: number; readonly late: number; readonly refused: number };
  /** Due instants that passed in the period without an extension in force (CC-35). */
  readonly lapses: number;
  readonly returned: number;
  readonly reassigned: number;
  /** Days from the first assignment to the end of the last task, of those that ended in the period; nearest rank. */
  readonly days: { readonly median: number | null; readonly p90: number | null; readonly n: number };
}

/** An extension on record: who granted it, and what the rules say to it. */
export interface ExtensionRow {
  readonly id: string;
  readonly district: string | null;
  readonly unit: string | null;
  readonly at: Instant;
  readonly by: string | null;
  readonly justification: string | null;
  /** False: a rule would have refused it, and it moved nothing. */
  readonly counted: boolean;
  /** Seconds after the due instant that it extended; 0 in time. */
  readonly lateBy: number;
}

/** Figures of the concerns by a key, keys in order. Pure. */
export function figuresBy(
  histories: readonly ConcernHistory[],
  stretch: Stretch,
  keyOf: (history: ConcernHistory) => string | null,
): ReadonlyMap<string, Figures> {
  const groups = Map.groupBy(histories, (history) => keyOf(history) ?? 'unknown');
  const keys = [...groups.keys()].sort();
  return new Map(keys.map((key) => [key, figuresOf(groups.get(key) ?? [], stretch)]));
}

/** Figures of all these concerns. Pure. */
export function figuresOf(histories: readonly ConcernHistory[], stretch: Stretch): Figures {
  const { start, end } = stretch;
  const within = (at: Instant) => at >= start && at <= end;
  const flows = {
    openAtStart: 0,
    submitted: 0,
    reopened: 0,
    closed: 0,
    notAccepted: 0,
    associated: 0,
    openAtEnd: 0,
  };
  const counts = { overdueAtEnd: 0, unopened: 0, lapses: 0, returned: 0, reassigned: 0 };
  const extensions = { granted: 0, late: 0, refused: 0 };
  const accepted = { onTime: 0, total: 0 };
  const investigated = { onTime: 0, total: 0 };
  const days: number[] = [];
  for (const history of histories) {
    if (history.submittedAt > end) continue;
    const steps = history.steps.filter(({ at }) => at <= end);
    if (addFlows(flows, history, steps, start) && history.origin === 'webportal' && !opened(steps)) {
      counts.unopened++;
    }
    counts.returned += steps.filter(({ name, at }) => name === 'disapproved' && within(at)).length;
    counts.reassigned += steps.filter(({ name, at }) => name === 'reassigned' && within(at)).length;
    for (const row of extensionsOf(history)) {
      if (!within(row.at)) continue;
      if (!row.counted) extensions.refused++;
      else {
        extensions.granted++;
        if (row.lateBy > 0) extensions.late++;
      }
    }
    for (const run of history.clocks) {
      const last = spansBy(run, end).at(-1);
      if (last === undefined) continue;
      const late = lapsesOf(run, end);
      counts.lapses += late.filter(within).length;
      if (last.stoppedAt > end && last.dueAt < end) counts.overdueAtEnd++;
      if (!within(last.dueAt) || withdrawn(last.endedBy, last.stoppedAt, end)) continue;
      const into = run.rule === 'CC-15' ? accepted : investigated;
      into.total++;
      if (late.length === 0) into.onTime++;
    }
    const done = finished(history, end);
    if (done !== null && within(done.at)) days.push(done.days);
  }
  return { ...flows, ...counts, extensions, accepted, investigated, days: ranks(days) };
}

type Flows = {
  -readonly [Name in
    | 'openAtStart'
    | 'submitted'
    | 'reopened'
    | 'closed'
    | 'notAccepted'
    | 'associated'
    | 'openAtEnd']: number;
};

const BACK_TO_WORK = new Set(['accepted', 'assigned', 'reassigned', 'disapproved']);

/** Adds a concern's way in and out of the open ones; answers whether it is open at the end. */
function addFlows(flows: Flows, history: ConcernHistory, steps: readonly Step[], start: Instant): boolean {
  let open = true;
  let ended: 'closed' | 'notAccepted' | 'associated' | null = null;
  let openAtStart = history.submittedAt < start;
  if (!openAtStart) flows.submitted++;
  for (const { name, at } of steps) {
    const way = wayOut(name);
    if (open && way !== null) {
      open = false;
      ended = way;
      if (at >= start) flows[way]++;
    } else if (!open && (ended === 'associated' ? name === 'separated' : BACK_TO_WORK.has(name))) {
      open = true;
      ended = null;
      if (at >= start) flows.reopened++;
    }
    if (at < start) openAtStart = open;
  }
  if (openAtStart && history.submittedAt < start) flows.openAtStart++;
  if (open) flows.openAtEnd++;
  return open;
}

function wayOut(name: string): 'closed' | 'notAccepted' | 'associated' | null {
  if (name === 'closed' || name === 'associated') return name;
  return name === 'not-accepted' ? 'notAccepted' : null;
}

// A decision without a recorded look was one.
function opened(steps: readonly Step[]): boolean {
  return steps.some(({ name }) => name !== 'entered' && name !== 'replied');
}

function spansBy(run: ClockRun, end: Instant) {
  return run.spans.filter(({ openedAt }) => openedAt <= end);
}

/** The due instants of a clock that passed while it ran, by `end`: one a period. */
function lapsesOf(run: ClockRun, end: Instant): readonly Instant[] {
  const late = spansBy(run, end).filter(({ dueAt, stoppedAt }) => dueAt < Math.min(stoppedAt, end));
  return [...new Map(late.map(({ period, dueAt }) => [period, dueAt])).values()];
}

// A clock that was moved to another unit or hangs under a primary was neither kept nor missed.
function withdrawn(endedBy: string, stoppedAt: Instant, end: Instant): boolean {
  return stoppedAt <= end && (endedBy === 'reassigned' || endedBy === 'associated');
}

/** When the last task of a concern ended, and how many days after the first assignment; null while one runs. */
function finished(
  history: ConcernHistory,
  end: Instant,
): { readonly at: Instant; readonly days: number } | null {
  const runs = history.clocks.filter(({ rule, startedAt }) => rule === 'CC-22' && startedAt <= end);
  const lasts = runs.flatMap((run) => spansBy(run, end).at(-1) ?? []);
  const done = lasts.filter(({ endedBy, stoppedAt }) => endedBy === 'stopped' && stoppedAt <= end);
  const moved = lasts.filter(({ endedBy, stoppedAt }) => endedBy === 'reassigned' && stoppedAt <= end);
  if (done.length === 0 || done.length + moved.length < lasts.length) return null;
  const at = Math.max(...done.map(({ stoppedAt }) => stoppedAt)) as Instant;
  const first = Math.min(...runs.map(({ startedAt }) => startedAt));
  return { at, days: Math.round(((at - first) / DAY) * 100) / 100 };
}

/** The extensions of a concern, in order, each with what the rules say to it. */
export function extensionsOf({ id, district, steps, clocks }: ConcernHistory): readonly ExtensionRow[] {
  return steps
    .filter(({ name }) => name === 'extended')
    .map(({ at, unit, by, justification }) => {
      const before = clocks
        .flatMap(({ spans }) => spans)
        .filter(({ endedBy, stoppedAt }) => endedBy === 'extended' && stoppedAt === at);
      const lateBy = Math.max(0, ...before.map(({ dueAt }) => at - dueAt));
      return { id, district, unit, at, by, justification, counted: before.length > 0, lateBy };
    });
}

function ranks(values: readonly number[]): Figures['days'] {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? null;
  return { median: rank(0.5), p90: rank(0.9), n: sorted.length };
}
