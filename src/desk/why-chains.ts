import type { Owner, Span, SpanEnd } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { ClockPolicy } from '../core/policy.ts';
import { isRunningAt, lateBy, type Timeliness, timelinessOf } from '../core/timeliness.ts';

/** A stretch past a due instant that something other than the end of the work closed: it is never erased. */
export interface Lapse {
  readonly dueAt: Instant;
  readonly until: Instant;
  readonly seconds: number;
  readonly endedBy: SpanEnd;
}

/** One clock from its start to its last span: extensions, returns and hand-overs included. */
export interface Chain {
  readonly rule: string;
  readonly key: string;
  readonly policy: ClockPolicy | undefined;
  readonly spans: readonly Span[];
  readonly startedAt: Instant;
  /** Of the last period. */
  readonly dueAt: Instant;
  /** Null while it is running. */
  readonly stoppedAt: Instant | null;
  readonly endedBy: SpanEnd;
  readonly owner: Owner;
  readonly extensions: number;
  readonly returns: number;
  readonly timeliness: Timeliness;
  /** Seconds, 0 when it is not late. */
  readonly lateBy: number;
  readonly lapses: readonly Lapse[];
}

/** A clock of the record's system that has not started, or whose start nobody recorded. */
export interface Absent {
  readonly policy: ClockPolicy;
  readonly timeliness: 'noDeadline' | 'cannotTell' | null;
  readonly why: string;
}

/**
 * The clocks of one record as of `now`, in the order in which they started. `spans` are in order of their opening;
 * those opened later are left out, and one that stopped later is running.
 */
export function chainsOf(
  spans: readonly Span[],
  clocks: readonly ClockPolicy[],
  now: Instant,
): readonly Chain[] {
  const open: Span[][] = [];
  for (const span of spans) {
    if (span.openedAt > now) continue;
    const known = open.findLast((chain) => continues(chain, span, clocks));
    if (known === undefined) open.push([span]);
    else known.push(span);
  }
  return open.map((chain) => summed(chain, clocks, now)).filter((chain) => chain !== null);
}

/** CSR-47 runs on as the extension of CSR-38: both are one clock of the record. */
export function baseRule(rule: string, clocks: readonly ClockPolicy[]): string {
  const base = clocks.find((clock) => clock.rule !== rule && clock.extension?.rule === rule);
  return base?.rule ?? rule;
}

function continues(chain: readonly Span[], span: Span, clocks: readonly ClockPolicy[]): boolean {
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return false;
  if (first.key !== span.key || baseRule(first.rule, clocks) !== baseRule(span.rule, clocks)) return false;
  return span.period > 1 || span.startedAt === first.startedAt;
}

function summed(spans: readonly Span[], clocks: readonly ClockPolicy[], now: Instant): Chain | null {
  const [first] = spans;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return null;
  const rule = baseRule(first.rule, clocks);
  const runs = isRunningAt(last.stoppedAt, now);
  return {
    rule,
    key: first.key,
    policy: clocks.find((clock) => clock.rule === rule),
    spans,
    startedAt: first.startedAt,
    dueAt: last.dueAt,
    stoppedAt: runs ? null : last.stoppedAt,
    endedBy: runs ? 'running' : last.endedBy,
    owner: last.owner,
    extensions: Math.max(...spans.map((span) => span.period)) - 1,
    returns: spans.filter((_, at) => isReturn(spans, at)).length,
    timeliness: judged(last, now),
    lateBy: lateBy(last, now) ?? 0,
    lapses: spans.slice(0, -1).flatMap(lapseOf),
  };
}

// A clock whose work fell away within its time was neither kept nor broken.
function judged(last: Span, now: Instant): Timeliness {
  const found = timelinessOf(last, now);
  const fell = last.endedBy === 'withdrawn' && !isRunningAt(last.stoppedAt, now);
  return fell && found === 'onTime' ? 'cannotTell' : found;
}

/** True when the span at this place goes on after a stop: same period, same due instant. */
export function isReturn(spans: readonly Span[], at: number): boolean {
  const before = spans[at - 1];
  const span = spans[at];
  return (
    before !== undefined &&
    span !== undefined &&
    span.period === before.period &&
    (before.endedBy === 'stopped' || before.endedBy === 'associated' || before.endedBy === 'withdrawn')
  );
}

function lapseOf(span: Span): readonly Lapse[] {
  // A span handed over goes on with the same due instant: its lapse is told once, at its end.
  if (span.stoppedAt <= span.dueAt || span.endedBy === 'handed-over') return [];
  const seconds = span.stoppedAt - span.dueAt;
  return [{ dueAt: span.dueAt, until: span.stoppedAt, seconds, endedBy: span.endedBy }];
}

// The step that stops each clock, as the logs name it: with it but without a start, nobody can tell.
const STOPPED_BY: Readonly<Record<string, readonly string[]>> = {
  'OSS-16': ['determined'],
  'OSS-29': ['notified'],
  'OSS-31': ['command-approved', 'returned'],
  'CC-15': ['accepted', 'not-accepted'],
  'CC-22': ['completed'],
  'CSR-38': ['submitted'],
};

/** What is known of a record for judging the clocks that have no span. */
export interface RecordTraits {
  readonly events: ReadonlySet<string>;
  /** `webportal` …; null for records that have none. */
  readonly origin: string | null;
  /** True when the record is worked on here; false for a City request that is only mirrored. */
  readonly worked: boolean;
}

/** The clocks of a system that never ran on this record, each with the reason where there is something to say. */
export function absentClocks(
  chains: readonly Chain[],
  clocks: readonly ClockPolicy[],
  traits: RecordTraits,
): readonly Absent[] {
  if (!traits.worked) return [];
  const ran = new Set(chains.map((chain) => chain.rule));
  return clocks
    .filter(
      (clock) =>
        clock.kind === 'clock' && !ran.has(clock.rule) && baseRule(clock.rule, clocks) === clock.rule,
    )
    .map((policy) => absent(policy, traits));
}

function absent(policy: ClockPolicy, traits: RecordTraits): Absent {
  if (policy.rule === 'CC-15' && traits.origin !== null && traits.origin !== 'webportal') {
    const why = `No directive deadline: its origin is ${traits.origin}, and the 36 hours are for the Webportal's alone (A-CC-8).`;
    return { policy, timeliness: 'noDeadline', why };
  }
  const stopped = STOPPED_BY[policy.rule]?.some((name) => traits.events.has(name)) ?? false;
  if (stopped) {
    const why = `Cannot tell: its end is recorded, its start ("${policy.starts}") is not.`;
    return { policy, timeliness: 'cannotTell', why };
  }
  return { policy, timeliness: null, why: `Not started: nothing recorded yet as "${policy.starts}".` };
}
