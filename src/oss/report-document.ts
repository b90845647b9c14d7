import type { Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { Block, Cell, Document } from '../report/document.ts';
import { AREA_COUNTS, type AreaCount } from './report-figures.ts';
import type { ShownFigures } from './report-shown.ts';
import { OSS_BANNER } from './triage.ts';

/** What the page says of itself besides the figures. */
export interface ReportFrame {
  readonly period: Period;
  readonly now: Instant;
  readonly newestImport: Instant | null;
  /** Counts below it are suppressed; 1 for none. */
  readonly limit: number;
  readonly ruleset: string;
  /** The Area that was asked for; null for all. */
  readonly area: string | null;
  readonly command: string;
}

/** The report of a period for people; a count that is withheld reads `hidden`. */
export function reportDocument(shown: ShownFigures, frame: ReportFrame): Document {
  const { period, now, limit } = frame;
  return {
    title: 'Officer Support System report',
    subtitle:
      `${frame.area === null ? '' : `Area ${frame.area} · `}${period.label}` +
      (period.end > now ? ', so far' : ''),
    banner: OSS_BANNER,
    asOf: now,
    period: { label: period.label, from: period.from, to: period.to },
    newestImport: frame.newestImport,
    blocks: blocksOf(shown),
    notes: [
      'A step counts in the period in which it ended. Hours are elapsed hours; 48 hours exactly is on time.',
      shown.supports === null
        ? 'What is on plans is not for this role (A-OSS-8).'
        : 'Supports chosen: on the plans first submitted in the period. Supports completed: completed in the period.',
      'Figures are as of the end of the period, on whatever later day they are printed. The Area is the member’s then.',
      ...(shown.intake === null
        ? ['Work Items count here once they are valid and forwarded; no figure counts any other (OSS-12).']
        : []),
      ...(limit > 1
        ? [
            `Hidden: counts from 1 to ${limit - 1}, and with them the others of their column; totals too where they would give one away.`,
          ]
        : []),
    ],
    footer: [
      { label: 'Rules', text: 'D20-04; the 48-hour clocks are OSS-16, OSS-29, OSS-31' },
      { label: 'Ruleset', text: frame.ruleset },
      { label: 'Made by', text: frame.command },
    ],
  };
}

function blocksOf(shown: ShownFigures): readonly Block[] {
  const { intake, counts, discrepancies, supports, supportTotals } = shown;
  return [
    {
      kind: 'figures',
      id: 'totals',
      figures: [
        ...(intake === null
          ? []
          : [
              { label: 'Generated', value: intake.generated },
              { label: 'Found invalid', value: intake.invalid },
              { label: 'Undetermined', value: intake.undetermined, note: 'at the end' },
              {
                label: 'Generated up to the end',
                value: intake.soFar.generated,
                note: `${intake.soFar.determined} determined and ${intake.soFar.open} open (OSS-14)`,
              },
            ]),
        { label: intake === null ? 'Valid and forwarded' : 'Found valid', value: countCell(shown.valid) },
        { label: 'Plans submitted', value: countCell(counts.submissions), note: 'each submission' },
        { label: 'Plans returned', value: countCell(counts.returned) },
        { label: 'Approved, command first', value: countCell(counts.approvedCommandFirst), note: 'A-OSS-1' },
        { label: 'Approved, representative first', value: countCell(counts.approvedRepFirst) },
        { label: 'Completed', value: countCell(counts.completed) },
        { label: 'Discrepancies opened', value: countCell(discrepancies.opened) },
        {
          label: 'Discrepancies open',
          value: countCell(discrepancies.open),
          ...(discrepancies.oldestDays === null ? {} : { note: `oldest ${discrepancies.oldestDays} d` }),
        },
      ],
    },
    ...(intake === null
      ? []
      : [
          {
            kind: 'table' as const,
            id: 'invalid',
            title: 'Invalid, by reason (OSS-17)',
            columns: [
              { key: 'reason', title: 'Reason' },
              { key: 'count', title: 'Work Items', align: 'right' as const },
            ],
            rows: intake.invalidByReason.map((row) => ({ ...row })),
            empty: 'None was found invalid.',
          },
        ]),
    {
      kind: 'table',
      id: 'steps',
      title: 'Time to each step',
      columns: [
        { key: 'step', title: 'Step' },
        { key: 'n', title: 'n', align: 'right' },
        { key: 'median', title: 'Median', unit: 'h', align: 'right' },
        { key: 'p90', title: '90%', unit: 'h', align: 'right' },
        { key: 'onTime', title: 'In 48 h', align: 'right' },
        { key: 'late', title: 'Late', align: 'right' },
        { key: 'rule', title: 'Clock' },
      ],
      rows: shown.steps.map((step) => ({
        step: step.step,
        n: countCell(step.n),
        median: step.n === null ? SUPPRESSED : step.medianHours,
        p90: step.n === null || (step.rule !== null && step.late === null) ? SUPPRESSED : step.p90Hours,
        onTime: step.rule === null ? '' : countCell(step.onTime),
        late: step.rule === null ? '' : countCell(step.late),
        rule: step.rule ?? 'no deadline',
      })),
    },
    ...(supports === null || supportTotals === null
      ? []
      : [
          {
            kind: 'table' as const,
            id: 'supports',
            title: 'Supports',
            columns: [
              { key: 'support', title: 'Support' },
              { key: 'chosen', title: 'Chosen', align: 'right' as const },
              { key: 'completed', title: 'Completed', align: 'right' as const },
            ],
            rows: supports.map(({ support, chosen, completed }) => ({
              support,
              chosen: countCell(chosen),
              completed: countCell(completed),
            })),
            totals: {
              support: 'All',
              chosen: countCell(supportTotals.chosen),
              completed: countCell(supportTotals.completed),
            },
          },
        ]),
    areaTable(shown),
  ];
}

const AREA_TITLES: Readonly<Record<AreaCount, string>> = {
  generated: 'Generated',
  invalid: 'Invalid',
  valid: 'Valid',
  late: 'Clocks late',
  plans: 'First plans',
  returned: 'Returned',
  supportsCompleted: 'Supports done',
  completed: 'Completed',
  discrepanciesOpen: 'Discr. open',
};

function areaTable({ byArea, areaTotals, intake }: ShownFigures): Block {
  const counts = AREA_COUNTS.filter(
    (count) => intake !== null || (count !== 'generated' && count !== 'invalid'),
  );
  const cells = (row: Readonly<Record<AreaCount, number | null>>) =>
    Object.fromEntries(counts.map((count) => [count, countCell(row[count])]));
  return {
    kind: 'table',
    id: 'areas',
    title: 'By Area of the member',
    columns: [
      { key: 'area', title: 'Area' },
      ...counts.map((count) => ({
        key: count,
        title: AREA_TITLES[count],
        align: 'right' as const,
        ...(count === 'supportsCompleted' || count === 'returned' ? { priority: 1 } : {}),
      })),
    ],
    rows: byArea.map((row) => ({ area: row.area, ...cells(row) })),
    totals: { area: 'All', ...cells(areaTotals) },
    caption:
      'Clocks late: 48-hour clocks that stopped late in the period. Discr.: discrepancies open at its end.',
  };
}

const SUPPRESSED: Cell = { kind: 'tone', tone: 'muted', text: 'hidden' };

function countCell(count: number | null): Cell {
  return count === null ? SUPPRESSED : count;
}
