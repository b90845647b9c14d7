import type { CsrPolicy } from '../core/policy-topics.ts';
import { ageText } from '../report/ageing.ts';
import { changeText } from '../report/change.ts';
import type { Block, Cell, Chart, Table } from '../report/document.ts';
import { areAlike } from '../report/question.ts';
import type { CsrFigures } from './report-figures.ts';
import { type Group, sectorsOf } from './report-groups.ts';

const TYPES_SHOWN = 15;
const BEATS_SHOWN = 40;

/** The count from start to end, beside the other period. */
export function totalsTable({ plan, question, tallied }: CsrFigures, policy: CsrPolicy): Table {
  const now = tallied.totals;
  const before = tallied.againstTotals;
  const row = (figure: string, key: keyof typeof now): Readonly<Record<string, Cell>> => ({
    figure,
    now: now[key],
    before: before[key],
    change: now[key] - before[key],
    percent:
      plan.soFar || !areAlike(question)
        ? '–'
        : changeText(now[key], before[key], policy.percentageMinimumBase),
  });
  return {
    kind: 'table',
    id: 'totals',
    title: 'From start to end',
    columns: [
      { key: 'figure', title: 'Requests' },
      { key: 'now', title: plan.span.label, align: 'right' },
      { key: 'before', title: plan.against.label, align: 'right' },
      { key: 'change', title: 'Change', align: 'right' },
      { key: 'percent', title: 'Change in %', align: 'right', priority: 1 },
    ],
    rows: [
      row('Open at start', 'openAtStart'),
      row('Opened (+)', 'opened'),
      row('Reopened (+)', 'reopened'),
      row('Closed (-)', 'closed'),
      row('Open at end (=)', 'openAtEnd'),
    ],
  };
}

/** Opened and closed by month. */
export function monthsChart({ tallied: { months } }: CsrFigures): Chart {
  const last = months.at(-1);
  return {
    kind: 'chart',
    id: 'months',
    title: 'Opened and closed by month',
    form: 'bar',
    categories: months.map(({ label }) => label),
    series: [
      { name: 'Opened', values: months.map(({ opened }) => opened) },
      { name: 'Closed', values: months.map(({ closed }) => closed) },
    ],
    unit: 'requests',
    alt:
      last === undefined
        ? 'There is no month to show.'
        : `In ${last.label}, ${last.opened} requests were opened and ${last.closed} closed.`,
  };
}

/** Age of what is open at the end, seasonal types apart: a picture and its numbers. */
export function ageingBlocks({ tallied: { ageing, totals } }: CsrFigures): readonly Block[] {
  const oldest = ageing.at(-1);
  const rest = ageing.map(({ count, seasonal }) => count - seasonal);
  const chart: Chart = {
    kind: 'chart',
    id: 'ageing-chart',
    title: 'Age of open requests',
    form: 'stacked-bar',
    categories: ageing.map(({ bucket }) => ageText(bucket)),
    series: [
      { name: 'Not seasonal', values: rest },
      { name: 'Seasonal', values: ageing.map(({ seasonal }) => seasonal) },
    ],
    unit: 'requests by days',
    alt: `${oldest?.count ?? 0} of ${totals.openAtEnd} open requests are ${ageText(oldest?.bucket ?? '')} days old.`,
  };
  const table: Table = {
    kind: 'table',
    id: 'ageing',
    title: 'Open requests by age',
    columns: [
      { key: 'bucket', title: 'Age', unit: 'days' },
      { key: 'open', title: 'Open', align: 'right' },
      { key: 'seasonal', title: 'Of these seasonal', align: 'right' },
      { key: 'rest', title: 'Others', align: 'right' },
      { key: 'share', title: 'Share of all open', align: 'right', priority: 1 },
    ],
    rows: ageing.map(({ bucket, count, seasonal }, i) => ({
      bucket: ageText(bucket),
      open: count,
      seasonal,
      rest: rest[i] ?? 0,
      share: {
        kind: 'percent',
        share: totals.openAtEnd === 0 ? null : count / totals.openAtEnd,
        base: totals.openAtEnd,
      },
    })),
    caption:
      'Seasonal types wait for the right weather (CSR-16). The directive sets no deadline for City requests.',
  };
  return totals.openAtEnd === 0 ? [table] : [chart, table];
}

function groupTable(
  id: string,
  title: string,
  heading: string,
  groups: readonly Group[],
  shown: number,
): Table {
  const kept = groups.length > shown + 1 ? groups.slice(0, shown) : groups;
  const others = groups.slice(kept.length);
  const sum = (each: readonly Group[], key: 'opened' | 'closed' | 'openAtEnd') =>
    each.reduce((total, group) => total + group[key], 0);
  const sums = (each: readonly Group[]) => ({
    opened: sum(each, 'opened'),
    closed: sum(each, 'closed'),
    openAtEnd: sum(each, 'openAtEnd'),
  });
  const rows: Readonly<Record<string, Cell>>[] = kept.map((group) => ({ ...group }));
  if (others.length > 0)
    rows.push({ key: `${others.length} others`, ...sums(others), medianDaysToClose: null });
  return {
    kind: 'table',
    id,
    title,
    columns: [
      { key: 'key', title: heading },
      { key: 'opened', title: 'Opened', align: 'right' },
      { key: 'closed', title: 'Closed', align: 'right' },
      { key: 'openAtEnd', title: 'Open at end', align: 'right' },
      { key: 'medianDaysToClose', title: 'Median days to close', align: 'right', priority: 1 },
    ],
    rows,
    empty: 'No request was opened, closed or open.',
    totals: { key: 'All', ...sums(groups) },
  };
}

/** By type, district (where there are several), beat and origin. */
export function groupTables({ tallied, question: { place } }: CsrFigures): readonly Table[] {
  const byBeat =
    tallied.byBeat.length > BEATS_SHOWN + 1
      ? tallied.byBeat.toSorted((a, b) => b.opened - a.opened)
      : tallied.byBeat;
  const tables = [
    groupTable('by-type', 'By type', 'Type', tallied.byType, TYPES_SHOWN),
    groupTable('by-beat', 'By beat', 'Beat', byBeat, BEATS_SHOWN),
    groupTable('by-origin', 'By origin', 'Origin', tallied.byOrigin, TYPES_SHOWN),
  ];
  if (place.beat !== null) return tables;
  // Of the whole city there are sixty-odd sectors: they are in the JSON form.
  if (place.district !== null) return tables.toSpliced(1, 0, sectorTable(tallied.byBeat));
  return tables.toSpliced(
    1,
    0,
    groupTable('by-district', 'By district', 'District', tallied.byDistrict, BEATS_SHOWN),
  );
}

function sectorTable(byBeat: readonly Group[]): Table {
  return {
    kind: 'table',
    id: 'by-sector',
    title: 'By sector',
    columns: [
      { key: 'key', title: 'Sector' },
      { key: 'opened', title: 'Opened', align: 'right' },
      { key: 'closed', title: 'Closed', align: 'right' },
      { key: 'openAtEnd', title: 'Open at end', align: 'right' },
    ],
    rows: sectorsOf(byBeat).map((row) => ({ ...row })),
    empty: 'No request was opened, closed or open.',
  };
}
