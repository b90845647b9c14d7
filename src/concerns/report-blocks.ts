import { ageText } from '../report/ageing.ts';
import { shareCell } from '../report/cell.ts';
import { changeText } from '../report/change.ts';
import type { Block, Cell, Chart, Figures as Headline, Table } from '../report/document.ts';
import { againstTitle, areAlike } from '../report/question.ts';
import { type Figures, figuresOf, type Timeliness } from './figures.ts';
import type { ConcernFigures } from './report-figures.ts';
import { figuresTable, onTimeCell, unitTable } from './report-parts.ts';
import { sumOf } from './unit-figures.ts';

const SHOWN = 40;

/** The figures that are read first. */
export function headline({ totals, againstTotals, question, open, ageing }: ConcernFigures): Headline {
  const beside = (value: number) => `${value} in ${againstTitle(question)}`;
  const { accepted, investigated, days, extensions } = totals;
  const told = ({ onTime }: Timeliness['dueInPeriod'], what: string) => `${onTime} in time of those ${what}`;
  const old = ageing.at(-1);
  return {
    kind: 'figures',
    id: 'figures',
    title: 'In short',
    figures: [
      { label: 'Submitted', value: totals.submitted, note: beside(againstTotals.submitted) },
      { label: 'Closed', value: totals.closed, note: beside(againstTotals.closed) },
      {
        label: 'Open at end',
        value: totals.openAtEnd,
        note: `${old?.count ?? 0} of them ${ageText(old?.bucket ?? '')} days old, the oldest ${open[0]?.ageDays ?? 0} days`,
      },
      {
        label: 'Completed in time',
        value: onTimeCell(investigated.closedInPeriod),
        note: told(investigated.closedInPeriod, 'that units completed in the period'),
      },
      {
        label: 'Due and in time',
        value: onTimeCell(investigated.dueInPeriod),
        note: told(investigated.dueInPeriod, 'due in the period'),
      },
      {
        label: 'Decided in 36 h',
        value: onTimeCell(accepted.dueInPeriod),
        note: told(accepted.dueInPeriod, 'due in the period'),
      },
      { label: 'Overdue at end', value: totals.overdueAtEnd, note: beside(againstTotals.overdueAtEnd) },
      { label: 'Lapses', value: totals.lapses, note: beside(againstTotals.lapses) },
      {
        label: 'Extensions',
        value: extensions.granted,
        note: `${extensions.late} late, ${extensions.refused} refused by rule`,
      },
      { label: 'Returned', value: totals.returned, note: beside(againstTotals.returned) },
      { label: 'Median days to complete', value: days.median, note: `of ${days.n} completed` },
      { label: 'Days to complete, 90th percentile', value: days.p90, note: `of ${days.n} completed` },
    ],
  };
}

const FLOW = [
  ['openAtStart', 'Open at start'],
  ['submitted', 'Submitted (+)'],
  ['reopened', 'Reopened or separated (+)'],
  ['closed', 'Closed (-)'],
  ['notAccepted', 'Not accepted (-)'],
  ['associated', 'Associated to a primary (-)'],
  ['openAtEnd', 'Open at end (=)'],
] as const;

/** The count from start to end, beside the other period. */
export function flowTable(figures: ConcernFigures, minimumBase: number): Table {
  const { totals, againstTotals, lastYear, question, soFar } = figures;
  const percent = (key: (typeof FLOW)[number][0], before: Figures, alike: boolean) =>
    alike ? changeText(totals[key], before[key], minimumBase) : '–';
  return {
    kind: 'table',
    id: 'flow',
    title: 'From start to end',
    columns: [
      { key: 'what', title: 'Concerns' },
      { key: 'now', title: question.period.label, align: 'right' },
      { key: 'before', title: againstTitle(question), align: 'right' },
      { key: 'percent', title: 'Change', align: 'right', priority: 1 },
      { key: 'lastYear', title: lastYear.label, align: 'right', priority: 1 },
      { key: 'yearPercent', title: 'Change in a year', align: 'right', priority: 2 },
    ],
    rows: FLOW.map(([key, what]) => ({
      what,
      now: totals[key],
      before: againstTotals[key],
      percent: percent(key, againstTotals, areAlike(question)),
      lastYear: lastYear.totals[key],
      yearPercent: percent(key, lastYear.totals, !soFar),
    })),
  };
}

/** Both measures of timeliness, of decisions and of investigations, beside the other period. */
export function timelinessTable({ totals, againstTotals, question }: ConcernFigures): Table {
  const row = (
    what: string,
    of: (figures: Figures) => { readonly onTime: number; readonly total: number },
  ): Readonly<Record<string, Cell>> => {
    const now = of(totals);
    return {
      what,
      onTime: now.onTime,
      late: now.total - now.onTime,
      share: onTimeCell(now),
      before: onTimeCell(of(againstTotals)),
    };
  };
  return {
    kind: 'table',
    id: 'timeliness',
    title: 'In time',
    columns: [
      { key: 'what', title: 'Measure' },
      { key: 'onTime', title: 'In time', align: 'right' },
      { key: 'late', title: 'Late', align: 'right' },
      { key: 'share', title: 'Share', align: 'right' },
      { key: 'before', title: againstTitle(question), align: 'right', priority: 1 },
    ],
    rows: [
      row('Investigations completed in the period', ({ investigated }) => investigated.closedInPeriod),
      row('Investigations due in the period', ({ investigated }) => investigated.dueInPeriod),
      row('Webportal decisions made in the period', ({ accepted }) => accepted.closedInPeriod),
      row('Webportal decisions due in the period', ({ accepted }) => accepted.dueInPeriod),
    ],
  };
}

/** Submitted, closed and lapsed by month. */
export function monthsChart({ months }: ConcernFigures): Chart {
  const figures = months.map(({ counted }) => figuresOf(counted));
  const last = figures.at(-1);
  return {
    kind: 'chart',
    id: 'months',
    title: 'Submitted and closed by month',
    form: 'bar',
    categories: months.map(({ label }) => label),
    series: [
      { name: 'Submitted', values: figures.map(({ submitted }) => submitted) },
      { name: 'Closed', values: figures.map(({ closed }) => closed) },
    ],
    unit: 'concerns',
    alt: `In ${months.at(-1)?.label ?? 'no month'}, ${last?.submitted ?? 0} concerns were submitted and ${last?.closed ?? 0} closed.`,
  };
}

/** Age of what is open at the end: a picture and its numbers. */
export function ageingBlocks({ ageing, open }: ConcernFigures): readonly Block[] {
  const oldest = ageing.at(-1);
  const chart: Chart = {
    kind: 'chart',
    id: 'ageing-chart',
    title: 'Age of open concerns',
    form: 'bar',
    categories: ageing.map(({ bucket }) => ageText(bucket)),
    series: [{ name: 'Open', values: ageing.map(({ count }) => count) }],
    unit: 'concerns by days',
    alt: `${oldest?.count ?? 0} of ${open.length} open concerns are ${ageText(oldest?.bucket ?? '')} days old.`,
  };
  const table: Table = {
    kind: 'table',
    id: 'ageing',
    title: 'Open concerns by age',
    columns: [
      { key: 'bucket', title: 'Age', unit: 'days' },
      { key: 'open', title: 'Open', align: 'right' },
      { key: 'share', title: 'Share of all open', align: 'right' },
    ],
    rows: ageing.map(({ bucket, count }) => ({
      bucket: ageText(bucket),
      open: count,
      share: shareCell(count, open.length),
    })),
    caption: 'Days since the submission or, of a primary, since the earliest one that hangs on it (A-CC-7).',
  };
  return open.length === 0 ? [table] : [chart, table];
}

/** By district (where there are several), sector, beat, category, origin and unit. */
export function groupTables(figures: ConcernFigures): readonly Block[] {
  const { groups, againstGroups, totals, byUnit, againstByUnit, tasks, question } = figures;
  const { district, beat } = question.place;
  const label = againstTitle(question);
  const table = (key: keyof typeof groups, id: string, title: string, heading: string) =>
    figuresTable(id, title, heading, groups[key], totals, 'report', { label, rows: againstGroups[key] });
  const tables: Block[] = [];
  if (district === null && beat === null)
    tables.push(table('byDistrict', 'districts', 'By district', 'District'));
  // Of the whole city there are sixty-odd sectors and hundreds of beats: they are in the JSON form.
  if (beat === null && groups.bySector.size <= SHOWN)
    tables.push(table('bySector', 'sectors', 'By sector', 'Sector'));
  if (groups.byBeat.size <= SHOWN) tables.push(table('byBeat', 'beats', 'By beat', 'Beat'));
  tables.push(table('byCategory', 'categories', 'By category', 'Category'));
  tables.push(table('byOrigin', 'origins', 'By origin', 'Origin'));
  tables.push(unitTable(byUnit, sumOf(tasks), 'report', { label, rows: againstByUnit }));
  return tables;
}
