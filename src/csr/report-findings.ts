import { plural } from '../core/duration.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Cell, Table } from '../report/document.ts';
import type { CsrFigures } from './report-figures.ts';
import type { OnTime } from './report-police.ts';
import { ALL_TYPES, type Comparison, type Trend } from './report-trends.ts';

const PLACES_SHOWN = 25;

/** Police requests on their clocks. */
export function policeTable({ police }: CsrFigures): Table {
  const share = (measure: string, value: OnTime | null): Readonly<Record<string, Cell>> => ({
    measure,
    onTime: value?.onTime ?? null,
    total: value?.total ?? null,
    share:
      value === null
        ? null
        : {
            kind: 'percent',
            share: value.total === 0 ? null : value.onTime / value.total,
            base: value.total,
          },
  });
  const rows =
    police.closedInPeriod === null
      ? []
      : [
          share('Closed in the period, on time', police.closedInPeriod),
          share('Due in the period, on time', police.dueInPeriod),
        ];
  return {
    kind: 'table',
    id: 'police',
    title: 'Police requests on time',
    columns: [
      { key: 'measure', title: 'Police requests' },
      { key: 'onTime', title: 'On time', align: 'right' },
      { key: 'total', title: 'Of', align: 'right' },
      { key: 'share', title: 'Share', align: 'right' },
    ],
    rows,
    empty: 'No police request here has been on the clock of a work order.',
    ...(rows.length === 0
      ? {}
      : {
          caption: `At the end ${plural(police.running, 'clock')} ran, ${police.overdue} of them overdue. Of those closed, ${police.extended} had been extended. The second line counts what is still unfinished as well.`,
        }),
  };
}

/** What changed by more than chance; otherwise the sentence that nothing did. */
export function trendsTable({ plan, trends }: CsrFigures): Table {
  const [now, before, yearBefore] = plan.trend;
  const skipped = trends.notCompared.map(({ label, why }) =>
    why === 'running' ? `${label} is not over.` : `There are no whole data for ${label}.`,
  );
  return {
    kind: 'table',
    id: 'trends',
    title: 'Trends',
    columns: [
      { key: 'key', title: 'Type' },
      { key: 'direction', title: 'Trend' },
      { key: 'opened', title: `Opened ${now.label}`, align: 'right' },
      { key: 'previous', title: before.label, align: 'right' },
      { key: 'lastYear', title: yearBefore.label, align: 'right' },
      { key: 'reading', title: 'Reading', priority: 1 },
      { key: 'p', title: 'P (adjusted)', align: 'right', priority: 2 },
    ],
    rows: trends.found.map((trend) => ({
      key: trend.key,
      direction: { kind: 'tone', tone: 'strong', text: trend.direction },
      opened: trend.opened,
      previous: comparedText(trend.previous),
      lastYear: comparedText(trend.lastYear),
      reading: reading(trend),
      p: pText(Math.min(trend.previous?.p ?? 1, trend.lastYear?.p ?? 1)),
    })),
    empty: ['No trend: no type changed by more than chance and its usual swings explain.', ...skipped].join(
      ' ',
    ),
    caption: [`A change is marked * (${trends.tests} comparisons).`, ...skipped].join(' '),
  };
}

function comparedText(comparison: Comparison | null): string | null {
  if (comparison === null) return null;
  const ratio = comparison.ratio === null ? '' : ` (x ${comparison.ratio})`;
  return `${comparison.opened}${ratio}${comparison.significant ? ' *' : ''}`;
}

function reading({ previous, lastYear, seasonal, key }: Trend): string {
  if (seasonal) return 'seasonal type, beside last year only';
  const both = previous?.significant === true && lastYear?.significant === true;
  if (both) return key === ALL_TYPES ? 'beside both periods' : 'beside the period before and last year';
  if (previous?.significant === true) {
    return lastYear === null
      ? 'beside the period before; no last year to tell season'
      : 'beside the period before: may be the season';
  }
  return 'beside last year only';
}

function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** Addresses with many requests, most first. */
export function chronicTable({ tallied: { chronic } }: CsrFigures, policy: CsrPolicy): Table {
  const { minimumRequests, months, minimumQuarters } = policy.chronic;
  const more = chronic.length - PLACES_SHOWN;
  const limits = `At least ${minimumRequests} requests in ${months} months, in at least ${minimumQuarters} quarters.`;
  return {
    kind: 'table',
    id: 'chronic',
    title: 'Chronic places',
    columns: [
      { key: 'location', title: 'Address' },
      { key: 'requests', title: 'Requests', align: 'right' },
      { key: 'types', title: 'Types' },
      { key: 'first', title: 'First', priority: 2 },
      { key: 'last', title: 'Last', priority: 1 },
    ],
    rows: chronic.slice(0, PLACES_SHOWN).map(({ location, requests, types, first, last }) => ({
      location,
      requests,
      types: types.join('; '),
      first,
      last,
    })),
    empty: `No chronic place. ${limits}`,
    caption: more > 0 ? `${limits} ${more} more places are in the JSON form.` : limits,
  };
}
