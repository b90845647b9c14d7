import type { Span } from '../core/clock.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { CodedReason } from '../core/policy-topics.ts';
import type { CaseEvent } from '../core/workflow.ts';
import type { WorkItemState } from './workflow-state.ts';
import type { ItemHistory } from './worklist-items.ts';

/** Hours between two steps that ended in the period; on time and late where a 48-hour clock runs, else null. */
export interface StepFigure {
  readonly step: string;
  readonly rule: string | null;
  readonly n: number;
  readonly medianHours: number | null;
  readonly p90Hours: number | null;
  readonly onTime: number | null;
  readonly late: number | null;
}

/** What is counted by the Area of the member; `generated` and `invalid` only for those who may see invalid ones. */
export const AREA_COUNTS = [
  'generated',
  'invalid',
  'valid',
  'late',
  'plans',
  'returned',
  'supportsCompleted',
  'completed',
  'discrepanciesOpen',
] as const;
export type AreaCount = (typeof AREA_COUNTS)[number];

export type AreaFigure = { readonly area: string } & Readonly<Record<AreaCount, number>>;

export interface SupportFigure {
  readonly support: string;
  readonly chosen: number;
  readonly completed: number;
}

/** What happened in a period, in counts alone: no member, no name, no Work Item. */
export interface OssFigures {
  readonly generated: number;
  readonly valid: number;
  readonly invalid: number;
  readonly undetermined: number;
  /** Everything up to the end (OSS-14): generated is determined and open together. */
  readonly soFar: { readonly generated: number; readonly determined: number; readonly open: number };
  readonly invalidByReason: readonly { readonly reason: string; readonly count: number }[];
  readonly steps: readonly StepFigure[];
  readonly submissions: number;
  readonly returned: number;
  readonly approvedCommandFirst: number;
  readonly approvedRepFirst: number;
  readonly completed: number;
  readonly supports: readonly SupportFigure[];
  readonly discrepancies: {
    readonly opened: number;
    readonly open: number;
    readonly oldestDays: number | null;
  };
  readonly byArea: readonly AreaFigure[];
}

interface Words {
  readonly reasons: readonly CodedReason[];
  readonly supports: readonly string[];
  readonly areas: readonly string[];
  readonly areaOf: (item: WorkItemState) => string;
  /** What a valid Work Item counts by: its determination, or for those who learn of it then its forwarding. */
  readonly validBy: 'determined' | 'forwarded';
}

const HOUR = 3600;

/** The figures of a period from Work Items and their events `until` its end, or until now before it. Pure. */
export function ossFigures(
  histories: readonly ItemHistory[],
  period: Period,
  until: Instant,
  words: Words,
): OssFigures {
  const inside = (at: Instant | null | undefined): boolean =>
    at !== null && at !== undefined && at >= period.start && at <= period.end;
  const items = histories.map(({ item }) => item);
  const events = histories.flatMap(({ events: all }) => all).filter((event) => inside(event.at));
  const happened = (name: string) => events.filter((event) => event.name === name).length;
  const determined = items.filter((item) => inside(item.determinedAt));
  const valid =
    words.validBy === 'determined'
      ? determined.filter((item) => item.determination === 'valid')
      : items.filter((item) => inside(item.first.forwarded));
  const invalid = determined.filter((item) => item.determination === 'invalid');
  const active = items.filter((item) => inside(bothApproved(item)));
  const commandFirst = active.filter(
    ({ first }) => (first['command-approved'] ?? 0) <= (first['area-rep-approved'] ?? 0),
  ).length;
  const completed = items.filter((item) => inside(item.first.completed));
  const planned = items.filter((item) => inside(item.first['plan-submitted']));
  const open = items.flatMap(openIn);
  const undetermined = items.filter((item) => item.determination === null).length;
  const oldest = Math.min(...open.map((each) => each.openedAt));

  return {
    generated: items.filter((item) => inside(item.generatedAt)).length,
    valid: valid.length,
    invalid: invalid.length,
    undetermined,
    soFar: { generated: items.length, determined: items.length - undetermined, open: undetermined },
    invalidByReason: countsBy(invalid.map((item) => reasonWord(item.reason, words.reasons))).map(
      ([reason, count]) => ({ reason, count }),
    ),
    steps: stepsOf(items, inside),
    submissions: happened('plan-submitted'),
    returned: happened('returned'),
    approvedCommandFirst: commandFirst,
    approvedRepFirst: active.length - commandFirst,
    completed: completed.length,
    supports: supportsOf(planned, histories, inside, words.supports),
    discrepancies: {
      opened: happened('discrepancy'),
      open: open.length,
      oldestDays: open.length === 0 ? null : Math.floor((until - oldest) / 86_400),
    },
    byArea: [...words.areas, 'unknown'].map((area) => {
      const here = histories.filter(({ item }) => words.areaOf(item) === area);
      const of = (list: readonly WorkItemState[]) => here.filter(({ item }) => list.includes(item)).length;
      const steps = here.flatMap(({ events: all }) => all.filter((event) => inside(event.at)));
      return {
        area,
        generated: here.filter(({ item }) => inside(item.generatedAt)).length,
        invalid: of(invalid),
        valid: of(valid),
        late: here.flatMap(({ item }) => lateSpans(item, inside)).length,
        plans: of(planned),
        returned: steps.filter(({ name }) => name === 'returned').length,
        supportsCompleted: steps.filter(isSupportDone).length,
        completed: of(completed),
        discrepanciesOpen: here.flatMap(({ item }) => openIn(item)).length,
      };
    }),
  };
}

function openIn(item: WorkItemState) {
  return item.discrepancies.filter((each) => each.state !== 'replied');
}

function isSupportDone({ name, detail }: CaseEvent): boolean {
  return name === 'progressed' && detail.status === 'completed';
}

// A clock that was taken up again (a determination reopened) counts once, by its last stop.
function stoppedSpans(item: WorkItemState, inside: Inside): readonly Span[] {
  const last = new Map(item.spans.map((span) => [`${span.rule} ${span.key}`, span]));
  // One that fell away within its time was neither kept nor broken, and no step ended it.
  const ended = [...last.values()].filter(
    (span) => span.endedBy !== 'withdrawn' || span.stoppedAt > span.dueAt,
  );
  return ended.filter((span) => span.stoppedAt < FAR_FUTURE && inside(span.stoppedAt));
}

function lateSpans(item: WorkItemState, inside: Inside): readonly Span[] {
  return stoppedSpans(item, inside).filter((span) => span.stoppedAt > span.dueAt);
}

function bothApproved({ first }: WorkItemState): Instant | null {
  const { 'command-approved': command, 'area-rep-approved': rep } = first;
  if (command === undefined || rep === undefined) return null;
  return Math.max(command, rep) as Instant;
}

type Inside = (at: Instant | null | undefined) => boolean;

/** Steps on a clock are counted by their spans (each submission apart), the others from one first time to the next. */
function stepsOf(items: readonly WorkItemState[], inside: Inside): readonly StepFigure[] {
  const clocked = (step: string, rule: string): StepFigure => {
    const spans = items.flatMap((item) => stoppedSpans(item, inside)).filter((span) => span.rule === rule);
    const late = spans.filter((span) => span.stoppedAt > span.dueAt).length;
    const hours = spans.map((span) => (span.stoppedAt - span.startedAt) / HOUR);
    return { step, rule, ...spread(hours), onTime: spans.length - late, late };
  };
  const between = (step: string, from: readonly string[], to: string): StepFigure => {
    const hours = items.flatMap((item) => {
      const start = from.map((name) => startOf(item, name)).find((at) => at !== undefined);
      const end = item.first[to];
      return start === undefined || end === undefined || !inside(end) ? [] : [(end - start) / HOUR];
    });
    return { step, rule: null, ...spread(hours), onTime: null, late: null };
  };
  return [
    clocked('validity determined', 'OSS-16'),
    between('forwarded to the representative', ['determined'], 'forwarded'),
    clocked('member notified', 'OSS-29'),
    between('assigned to the supervisor', ['assigned-command', 'received', 'forwarded'], 'assigned'),
    between('member met', ['assigned'], 'met'),
    between('plan first submitted', ['met', 'assigned'], 'plan-submitted'),
    clocked('plan reviewed by command', 'OSS-31'),
    between('plan approved by the representative', ['plan-submitted'], 'area-rep-approved'),
    between('Work Item completed', ['plan-submitted'], 'completed'),
  ];
}

// A determination that was reopened before the forwarding started nothing: the one that stood then did.
function startOf({ first, determinedAt }: WorkItemState, name: string): Instant | undefined {
  const stood = name === 'determined' && determinedAt !== null && determinedAt <= (first.forwarded ?? 0);
  return stood ? determinedAt : first[name];
}

function spread(hours: readonly number[]): Pick<StepFigure, 'n' | 'medianHours' | 'p90Hours'> {
  const sorted = hours.toSorted((a, b) => a - b);
  // Nearest rank.
  const at = (share: number): number | null => {
    const value = sorted[Math.ceil(share * sorted.length) - 1];
    return value === undefined ? null : Math.round(value * 10) / 10;
  };
  return { n: sorted.length, medianHours: at(0.5), p90Hours: at(0.9) };
}

// Own words of a support or a reason could name somebody: they count as other.
function supportsOf(
  plannedItems: readonly WorkItemState[],
  histories: readonly ItemHistory[],
  inside: Inside,
  catalog: readonly string[],
): readonly SupportFigure[] {
  const word = (support: string): string => (catalog.includes(support) ? support : 'other');
  // An export without plans says when one was submitted, not what is on it.
  const chosen = plannedItems.flatMap(({ supports }) =>
    supports.length === 0 ? ['not recorded'] : supports.map(({ support }) => word(support)),
  );
  const completed = histories
    .flatMap(({ events }) => events)
    .filter((event) => isSupportDone(event) && inside(event.at))
    .map(({ detail }) => word(detail.support ?? ''));
  const count = (list: readonly string[], support: string) => list.filter((each) => each === support).length;
  return [...catalog, 'other', 'not recorded'].map((support) => ({
    support,
    chosen: count(chosen, support),
    completed: count(completed, support),
  }));
}

function reasonWord(reason: string | null, known: Words['reasons']): string {
  const text = (reason ?? '').trim().toLowerCase();
  if (text === '') return 'none recorded';
  const starts = (word: string) =>
    text === word || text.startsWith(`${word} `) || text.startsWith(`${word}:`);
  return (
    known.find(({ code, label, also = [] }) =>
      [code, code.replaceAll('-', ' '), label, ...also].some((word) => starts(word.toLowerCase())),
    )?.code ?? 'other'
  );
}

function countsBy(words: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => [word, all.length] as const)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}
