import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
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

export interface AreaFigure {
  readonly area: string;
  readonly valid: number;
  readonly plans: number;
  readonly completed: number;
}

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
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
  readonly supports: readonly string[];
  readonly areas: readonly string[];
  readonly areaOf: (item: WorkItemState) => string;
}

const HOUR = 3600;

/** The figures of a period from Work Items and their events as of its end or now. Pure. */
export function ossFigures(histories: readonly ItemHistory[], period: Period, words: Words): OssFigures {
  const inside = (at: Instant | null | undefined): boolean =>
    at !== null && at !== undefined && at >= period.start && at <= period.end;
  const items = histories.map(({ item }) => item);
  const events = histories.flatMap(({ events: all }) => all).filter((event) => inside(event.at));
  const happened = (name: string) => events.filter((event) => event.name === name).length;
  const determined = items.filter((item) => inside(item.determinedAt));
  const valid = determined.filter((item) => item.determination === 'valid');
  const invalid = determined.filter((item) => item.determination === 'invalid');
  const active = items.filter((item) => inside(bothApproved(item)));
  const commandFirst = active.filter(
    ({ first }) => (first['command-approved'] ?? 0) <= (first['area-rep-approved'] ?? 0),
  ).length;
  const completed = items.filter((item) => inside(item.first.completed));
  const planned = items.filter((item) => inside(item.first['plan-submitted']));
  const open = items.flatMap((item) => item.discrepancies.filter((each) => each.state !== 'replied'));
  const oldest = Math.min(...open.map((each) => each.openedAt));

  return {
    generated: items.filter((item) => inside(item.generatedAt)).length,
    valid: valid.length,
    invalid: invalid.length,
    undetermined: items.filter((item) => item.determination === null).length,
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
      oldestDays: open.length === 0 ? null : Math.floor((period.end - oldest) / 86_400),
    },
    byArea: [...words.areas, 'unknown'].map((area) => {
      const here = (list: readonly WorkItemState[]) =>
        list.filter((item) => words.areaOf(item) === area).length;
      return { area, valid: here(valid), plans: here(planned), completed: here(completed) };
    }),
  };
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
    // A clock that was taken up again (a determination reopened) counts once, by its last stop.
    const spans = items
      .flatMap((item) => [
        ...new Map(item.spans.filter((span) => span.rule === rule).map((span) => [span.key, span])).values(),
      ])
      .filter((span) => span.stoppedAt < FAR_FUTURE && inside(span.stoppedAt));
    const late = spans.filter((span) => span.stoppedAt > span.dueAt).length;
    const hours = spans.map((span) => (span.stoppedAt - span.startedAt) / HOUR);
    return { step, rule, ...spread(hours), onTime: spans.length - late, late };
  };
  const between = (step: string, from: readonly string[], to: string): StepFigure => {
    const hours = items.flatMap(({ first }) => {
      const start = from.map((name) => first[name]).find((at) => at !== undefined);
      const end = first[to];
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
  const chosen = plannedItems.flatMap((item) => item.supports.map(({ support }) => word(support)));
  const completed = histories
    .flatMap(({ events }) => events)
    .filter(({ name, at, detail }) => name === 'progressed' && detail.status === 'completed' && inside(at))
    .map(({ detail }) => word(detail.support ?? ''));
  const count = (list: readonly string[], support: string) => list.filter((each) => each === support).length;
  return [...catalog, 'other'].map((support) => ({
    support,
    chosen: count(chosen, support),
    completed: count(completed, support),
  }));
}

function reasonWord(reason: string | null, known: Words['reasons']): string {
  const text = (reason ?? '').trim().toLowerCase();
  if (text === '') return 'none recorded';
  return known.find(({ code, label }) => text === code || text === label.toLowerCase())?.code ?? 'other';
}

function countsBy(words: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => [word, all.length] as const)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}
