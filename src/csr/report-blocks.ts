import type { CsrPolicy } from '../core/policy-topics.ts';
import { ageText } from '../report/ageing.ts';
import { shareCell } from '../report/cell.ts';
import { changeText } from '../report/change.ts';
import type { Block, Cell, Chart, Table } from '../report/document.ts';
import { againstTitle, areAlike } from '../report/question.ts';
import { BREAKDOWNS, type BreakdownName } from './report-breakdowns.ts';
import type { CsrFigures } from './report-figures.ts';
import { type Group, groupsShown } from './report-groups.ts';

/** The count from start to end, beside the other period. */
export function totalsTable({ plan, question, tallied }: CsrFigures, policy: CsrPolicy): Table {
  const now = tallied.totals;
  const before = tallied.againstTotals;
  const row = (figure: string, key: keyof typeof now): Readonly<Record<string, Cell>> => ({
    figure,
    now: now[key],
    before: before[key],
    change: now[key] - before[key],
    percent: areAlike(question) ? changeText(now[key], before[key], policy.percentageMinimumBase) : '–',
  });
  return {
    kind: 'table',
    id: 'totals',
    title: 'From start to end',
    columns: [
      { key: 'figure', title: 'Requests' },
      { key: 'now', title: plan.span.label, align: 'right' },
      { key: 'before', title: againstTitle(question), align: 'right' },
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
    title: 'Age of open requests, in days',
    form: 'stacked-bar',
    categories: ageing.map(({ bucket }) => ageText(bucket)),
    series: [
      { name: 'Not seasonal', values: rest },
      { name: 'Seasonal', values: ageing.map(({ seasonal }) => seasonal) },
    ],
    unit: 'requests',
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
      share: shareCell(count, totals.openAtEnd),
    })),
    caption:
      'Seasonal types wait for the right weather (CSR-16). The directive sets no deadline for City requests.',
  };
  return totals.openAtEnd === 0 ? [table] : [chart, table];
}

const BREAKDOWN_WORDS: Readonly<
  Record<BreakdownName, { readonly id: string; readonly title: string; readonly heading: string }>
> = {
  byType: { id: 'by-type', title: 'By type', heading: 'Type' },
  byDistrict: { id: 'by-district', title: 'By district', heading: 'District' },
  bySector: { id: 'by-sector', title: 'By sector', heading: 'Sector' },
  byBeat: { id: 'by-beat', title: 'By beat', heading: 'Beat' },
  byUnit: { id: 'by-unit', title: 'By unit that does the work', heading: 'Unit' },
  byInitiator: { id: 'by-initiator', title: 'By who asked', heading: 'Asked by' },
  byOrigin: { id: 'by-origin', title: 'By way in, in the words of 311', heading: 'Origin' },
};

function groupTable(name: BreakdownName, { tallied, daysToClose }: CsrFigures): Table {
  const groups = tallied.groups[name];
  const { kept, others, othersKey } = groupsShown(name, groups);
  const sum = (each: readonly Group[], key: 'opened' | 'closed' | 'openAtEnd') =>
    each.reduce((total, group) => total + group[key], 0);
  const sums = (each: readonly Group[]) => ({
    opened: sum(each, 'opened'),
    closed: sum(each, 'closed'),
    openAtEnd: sum(each, 'openAtEnd'),
  });
  const rows: Readonly<Record<string, Cell>>[] = kept.map((group) => ({ ...group }));
  if (others.length > 0) rows.push({ key: othersKey, ...sums(others), medianDaysToClose: null });
  const { id, title, heading } = BREAKDOWN_WORDS[name];
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
    totals: { key: 'All', ...sums(groups), medianDaysToClose: daysToClose.median },
  };
}

/** The breakdowns of a place: no line for what the whole report is about. */
export function groupTables(figures: CsrFigures): readonly Table[] {
  const { district, beat } = figures.question.place;
  const left = new Set<BreakdownName>();
  if (district !== null || beat !== null) left.add('byDistrict');
  // Of the whole city there are sixty-odd sectors: they are in the JSON form.
  if (district === null || beat !== null) left.add('bySector');
  return BREAKDOWNS.filter((name) => !left.has(name)).map((name) => groupTable(name, figures));
}
