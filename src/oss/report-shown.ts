import {
  AREA_COUNTS,
  type AreaCount,
  type AreaFigure,
  type OssFigures,
  type StepFigure,
  type SupportFigure,
} from './report-figures.ts';
import { suppress, suppressOne } from './report-suppress.ts';

/** A figure that may be withheld: null is suppressed or unknown. */
type Hidden<T> = { readonly [K in keyof T]: T[K] extends number | null ? number | null : T[K] };

/** The figures as one reader sees them. */
export interface ShownFigures {
  /** Only for those who may see invalid Work Items: whatever tells of these is null for others (OSS-12). */
  readonly intake: Pick<
    OssFigures,
    'generated' | 'invalid' | 'undetermined' | 'soFar' | 'invalidByReason'
  > | null;
  readonly valid: number | null;
  readonly steps: readonly Hidden<StepFigure>[];
  readonly counts: Readonly<Record<(typeof COUNTS)[number], number | null>>;
  /** Null for the analyst, who sees no plan (A-OSS-8). */
  readonly supports: readonly Hidden<SupportFigure>[] | null;
  readonly supportTotals: { readonly chosen: number | null; readonly completed: number | null } | null;
  readonly discrepancies: Hidden<OssFigures['discrepancies']>;
  readonly byArea: readonly ({ readonly area: string } & Readonly<Record<AreaCount, number | null>>)[];
  readonly areaTotals: Readonly<Record<AreaCount, number | null>>;
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
  const found = areaColumns(byArea, intake, limit);
  const steps = figures.steps.map((step) => shownStep(step, figures, limit));
  const sums = shownSubmissions(figures, limit);
  const open = suppressOne(discrepancies.open, limit);
  // A total that stands elsewhere too is shown in both places or in none, and its parts with it.
  const areas = withoutColumns(found, {
    late: steps.some((step) => step.rule !== null && step.late === null),
    returned: sums.returned === null,
    supportsCompleted: done.total === null || !seesPlans,
    discrepanciesOpen: open === null,
  });
  const known = (count: AreaCount, value: number | null) => (areas.totals[count] === null ? null : value);
  // The two orders of approval add up to the plans that became active.
  const orders = suppress([figures.approvedCommandFirst, figures.approvedRepFirst], limit);
  return {
    intake: intake
      ? {
          generated: figures.generated,
          invalid: figures.invalid,
          undetermined: figures.undetermined,
          soFar: figures.soFar,
          invalidByReason: figures.invalidByReason,
        }
      : null,
    valid: areas.totals.valid,
    steps: steps.map((step) => withTotal(step, areas.totals)),
    counts: {
      submissions: sums.submissions,
      returned: known('returned', sums.returned),
      approvedCommandFirst: orders.cells[0] ?? null,
      approvedRepFirst: orders.cells[1] ?? null,
      completed: areas.totals.completed,
    },
    supports: seesPlans
      ? supports.map((row, at) => ({
          ...row,
          chosen: chosen.cells[at] ?? null,
          completed: done.cells[at] ?? null,
        }))
      : null,
    supportTotals: seesPlans
      ? { chosen: chosen.total, completed: known('supportsCompleted', done.total) }
      : null,
    discrepancies: {
      opened: suppressOne(discrepancies.opened, limit),
      open: known('discrepanciesOpen', open),
      oldestDays: known('discrepanciesOpen', open) === null ? null : discrepancies.oldestDays,
    },
    byArea: areas.rows,
    areaTotals: areas.totals,
  };
}

// Column by column: each adds up to its own total.
function areaColumns(rows: readonly AreaFigure[], intake: boolean, limit: number) {
  const withheld = (count: AreaCount) => !intake && (count === 'generated' || count === 'invalid');
  const columns = AREA_COUNTS.map((count) => ({
    count,
    ...(withheld(count)
      ? { cells: rows.map(() => null), total: null }
      : suppress(
          rows.map((row) => row[count]),
          limit,
        )),
  }));
  const cellsAt = (pick: (column: (typeof columns)[number]) => number | null) =>
    Object.fromEntries(columns.map((column) => [column.count, pick(column)])) as Record<
      AreaCount,
      number | null
    >;
  return {
    rows: rows.map(({ area }, at) => ({ area, ...cellsAt(({ cells }) => cells[at] ?? null) })),
    totals: cellsAt(({ total }) => total),
  };
}

type Areas = ReturnType<typeof areaColumns>;

function withoutColumns({ rows, totals }: Areas, hide: Partial<Record<AreaCount, boolean>>): Areas {
  const without = <T extends Readonly<Record<AreaCount, number | null>>>(row: T): T => ({
    ...row,
    ...Object.fromEntries(AREA_COUNTS.filter((count) => hide[count] === true).map((count) => [count, null])),
  });
  return { rows: rows.map(without), totals: without(totals) };
}

// Steps whose number is the total of a column of Areas.
const SAME_TOTAL: Readonly<Record<string, AreaCount>> = {
  'forwarded to the representative': 'valid',
  'plan first submitted': 'plans',
  'Work Item completed': 'completed',
};

function withTotal(step: Hidden<StepFigure>, totals: Areas['totals']): Hidden<StepFigure> {
  const count = SAME_TOTAL[step.step];
  return count === undefined || totals[count] !== null
    ? step
    : { ...step, n: null, medianHours: null, p90Hours: null };
}

// A plan returned is one of those submitted: the rest is a cell too, and so is what was submitted again.
function shownSubmissions({ submissions, returned, byArea }: OssFigures, limit: number) {
  const rest = submissions - returned;
  const safe = suppress([returned, Math.max(rest, 0)], limit);
  const first = byArea.reduce((sum, { plans }) => sum + plans, 0);
  const again = suppressOne(Math.max(submissions - first, 0), limit);
  return { submissions: again === null ? null : safe.total, returned: safe.cells[0] ?? null };
}

function shownStep(step: StepFigure, figures: OssFigures, limit: number): Hidden<StepFigure> {
  // Reviewed by command less approved is what command returned.
  const approved = figures.approvedCommandFirst + figures.approvedRepFirst;
  const rest = step.rule === 'OSS-31' ? Math.max(step.n - approved, 0) : 0;
  const n = suppressOne(rest, limit) === null ? null : suppressOne(step.n, limit);
  if (n === null) return { ...step, n, medianHours: null, p90Hours: null, onTime: null, late: null };
  if (step.onTime === null || step.late === null) return step;
  const { cells } = suppress([step.onTime, step.late], limit);
  const [onTime = null, late = null] = cells;
  // The 90% point would tell how many at least were late.
  return { ...step, p90Hours: late === null ? null : step.p90Hours, onTime, late };
}
