import type { AreaFigure, OssFigures, StepFigure, SupportFigure } from './report-figures.ts';
import { suppress, suppressOne } from './report-suppress.ts';

/** A figure that may be withheld: null is suppressed or unknown. */
type Hidden<T> = { readonly [K in keyof T]: T[K] extends number | null ? number | null : T[K] };

/** The figures as one reader sees them. */
export interface ShownFigures {
  /** Only for those who may see invalid Work Items: whatever tells of these is null for others (OSS-12). */
  readonly intake: Pick<OssFigures, 'generated' | 'invalid' | 'undetermined' | 'invalidByReason'> | null;
  readonly valid: number | null;
  readonly steps: readonly Hidden<StepFigure>[];
  readonly counts: Readonly<Record<(typeof COUNTS)[number], number | null>>;
  /** Null for the analyst, who sees no plan (A-OSS-8). */
  readonly supports: readonly Hidden<SupportFigure>[] | null;
  readonly supportTotals: { readonly chosen: number | null; readonly completed: number | null } | null;
  readonly discrepancies: Hidden<OssFigures['discrepancies']>;
  readonly byArea: readonly Hidden<AreaFigure>[];
  readonly areaTotals: Readonly<Record<'valid' | 'plans' | 'completed', number | null>>;
}

const COUNTS = ['submissions', 'returned', 'approvedCommandFirst', 'approvedRepFirst', 'completed'] as const;

/**
 * What is printed of the figures. `intake` is for those who may see invalid Work Items; a `limit` above 1 suppresses
 * small cells, and others with them where a total would give them away.
 */
export function shownFigures(
  figures: OssFigures,
  { intake, plans: seesPlans }: { readonly intake: boolean; readonly plans: boolean },
  limit: number,
): ShownFigures {
  const column = <T>(rows: readonly T[], pick: (row: T) => number) => suppress(rows.map(pick), limit);
  const { byArea, supports, discrepancies } = figures;
  const chosen = column(supports, (row) => row.chosen);
  const done = column(supports, (row) => row.completed);
  const valid = column(byArea, (row) => row.valid);
  const plans = column(byArea, (row) => row.plans);
  const completed = column(byArea, (row) => row.completed);
  // The two orders of approval add up to the plans that became active.
  const orders = suppress([figures.approvedCommandFirst, figures.approvedRepFirst], limit);
  return {
    intake: intake
      ? {
          generated: figures.generated,
          invalid: figures.invalid,
          undetermined: figures.undetermined,
          invalidByReason: figures.invalidByReason,
        }
      : null,
    valid: valid.total,
    steps: figures.steps.map((step) => shownStep(step, limit)),
    counts: {
      ...shownSubmissions(figures, limit),
      approvedCommandFirst: orders.cells[0] ?? null,
      approvedRepFirst: orders.cells[1] ?? null,
      completed: completed.total,
    },
    supports: seesPlans
      ? supports.map((row, at) => ({
          ...row,
          chosen: chosen.cells[at] ?? null,
          completed: done.cells[at] ?? null,
        }))
      : null,
    supportTotals: seesPlans ? { chosen: chosen.total, completed: done.total } : null,
    discrepancies: {
      opened: suppressOne(discrepancies.opened, limit),
      open: suppressOne(discrepancies.open, limit),
      oldestDays: suppressOne(discrepancies.open, limit) === null ? null : discrepancies.oldestDays,
    },
    byArea: byArea.map((row, at) => ({
      ...row,
      valid: valid.cells[at] ?? null,
      plans: plans.cells[at] ?? null,
      completed: completed.cells[at] ?? null,
    })),
    areaTotals: { valid: valid.total, plans: plans.total, completed: completed.total },
  };
}

// A plan returned is one of those submitted: the rest is a cell too.
function shownSubmissions({ submissions, returned }: OssFigures, limit: number) {
  const rest = submissions - returned;
  const safe = suppress([returned, Math.max(rest, 0)], limit);
  return { submissions: safe.total, returned: safe.cells[0] ?? null };
}

function shownStep(step: StepFigure, limit: number): Hidden<StepFigure> {
  const n = suppressOne(step.n, limit);
  if (n === null) return { ...step, n, medianHours: null, p90Hours: null, onTime: null, late: null };
  if (step.onTime === null || step.late === null) return step;
  const { cells } = suppress([step.onTime, step.late], limit);
  const [onTime = null, late = null] = cells;
  // The 90% point would tell how many at least were late.
  return { ...step, p90Hours: late === null ? null : step.p90Hours, onTime, late };
}
