import { localDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { bareUnit } from '../core/place.ts';
import { byKey } from '../report/keys.ts';
import { daysOf } from '../report/statistics.ts';
import { lapsesOf, type Stretch } from './clock-outcome.ts';
import { type Counted, opens } from './figures.ts';
import type { ClockRun, ClockSpan, ConcernHistory, Step } from './history-rows.ts';
import { isGiven, type Standing, standingAt } from './standing.ts';

/** A concern that got no response, or a late one, in a stretch of time (CC-37). */
export interface Failure {
  readonly id: string;
  readonly district: string | null;
  /** The unit whose task it was; null where it was nobody's or the sergeant's. */
  readonly unit: string | null;
  readonly kind:
    | 'not opened'
    | 'not decided'
    | 'decided late'
    | 'no unit'
    | 'overdue'
    | 'completed late'
    | 'extended late'
    | 'moved late'
    | 'associated late';
  readonly rule: string;
  /** By the end of the stretch: past due, until it ended; without a due instant since it came or was given up. */
  readonly days: number;
  readonly dueAt: Instant | null;
  /** When what was missing was done or extended, as far as it is known; null while it is not. */
  readonly madeUpAt: Instant | null;
}

/**
 * The failures to respond of counted concerns: each lapse that ran in the stretch, and what nobody had opened or had at
 * its end. Longest standing first. Pure; what was made up for is looked up to `stretch.asOf`.
 */
export function failuresOf(
  counted: readonly Counted[],
  stretch: Stretch,
  movesAtMost: number,
): readonly Failure[] {
  return counted
    .flatMap(({ history, counts }) => [
      ...history.clocks.flatMap((run) => lateOnes(history, run, stretch)),
      ...(counts.openAtEnd > 0 ? unmet(history, counts.unopened > 0, stretch, movesAtMost) : []),
    ])
    .toSorted((a, b) => a.since - b.since || byKey(a.failure.id, b.failure.id))
    .map(({ failure }) => failure);
}

interface Dated {
  readonly since: Instant;
  readonly failure: Failure;
}

function lateOnes({ id, district }: ConcernHistory, run: ClockRun, stretch: Stretch): readonly Dated[] {
  const { start, end, asOf } = stretch;
  return lapsesOf(run.spans, stretch)
    .filter(({ last }) => last.stoppedAt >= start)
    .map(({ period, dueAt, lateFrom, last }) => ({
      since: dueAt,
      failure: {
        ...{ id, district, unit: unitOf(run, last) },
        kind: kindOf(run.rule, last, end),
        rule: run.rule,
        days: daysOf(Math.min(last.stoppedAt, end) - lateFrom),
        dueAt,
        madeUpAt: last.stoppedAt <= end ? madeUpBy(last, end) : madeUpLater(run, period, asOf),
      },
    }));
}

// A decision is the sergeant's; what a unit gave up and nobody took is nobody's.
function unitOf({ rule, unit }: ClockRun, { role }: ClockSpan): string | null {
  return rule === 'CC-15' || role === 'executive-officer' || unit === null ? null : bareUnit(unit);
}

function kindOf(rule: string, { stoppedAt, endedBy }: ClockSpan, end: Instant): Failure['kind'] {
  const decision = rule === 'CC-15';
  if (stoppedAt > end) return decision ? 'not decided' : 'overdue';
  switch (endedBy) {
    case 'extended':
      return 'extended late';
    case 'reassigned':
      return 'moved late';
    case 'associated':
      return 'associated late';
    default:
      return decision ? 'decided late' : 'completed late';
  }
}

/** What a late clock owed is made up for by an answer or an extension, not by a move or an association. */
function madeUpBy({ stoppedAt, endedBy }: ClockSpan, by: Instant): Instant | null {
  return stoppedAt <= by && (endedBy === 'stopped' || endedBy === 'extended') ? stoppedAt : null;
}

function madeUpLater({ spans }: ClockRun, period: number, by: Instant): Instant | null {
  const lapse = lapsesOf(spans, { end: by, asOf: by }).find((each) => each.period === period);
  return lapse === undefined ? null : madeUpBy(lapse.last, by);
}

/** What nobody opened or has at the end. What came on its very day may be taken up in the next tour: no failure yet. */
function unmet(
  history: ConcernHistory,
  unopened: boolean,
  stretch: Stretch,
  movesAtMost: number,
): readonly Dated[] {
  const { end, asOf } = stretch;
  const { id, district, steps, submittedAt } = history;
  const failure = (
    kind: Failure['kind'],
    rule: string,
    since: Instant,
    mends: (step: Step) => boolean,
  ): readonly Dated[] => {
    if (localDay(since) === localDay(end)) return [];
    const madeUpAt = steps.find((step) => step.at > end && step.at <= asOf && mends(step))?.at ?? null;
    const days = daysOf(end - since);
    return [{ since, failure: { id, district, unit: null, kind, rule, days, dueAt: null, madeUpAt } }];
  };
  if (unopened) return failure('not opened', 'CC-14', submittedAt, opens);
  const standing = standingAt(history, stretch);
  const { unassignedSince, movedAt } = standing;
  if (unassignedSince !== null)
    return failure('no unit', movedAt.length > movesAtMost ? 'CC-34' : 'CC-17', unassignedSince, isGiven);
  const since = waitsForUnit(history, standing, end);
  return since === null ? [] : failure('no unit', 'CC-17', since, isGiven);
}

/** Since when a concern that is taken on waits for its first unit; null when it does not, and before it is decided. */
function waitsForUnit(
  { origin, steps, submittedAt }: ConcernHistory,
  { firstAssignedAt }: Standing,
  end: Instant,
): Instant | null {
  if (firstAssignedAt !== null) return null;
  const accepted = steps.findLast(({ name, at }) => name === 'accepted' && at <= end);
  return accepted?.at ?? (origin === 'webportal' ? null : submittedAt);
}
