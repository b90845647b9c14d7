import { peopleCount, peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { ageText } from '../report/ageing.ts';
import { shareCell } from '../report/cell.ts';
import { changeText } from '../report/change.ts';
import type { Block, Document, Figures } from '../report/document.ts';
import { chronicTable, trendsTable } from '../report/findings.ts';
import { againstTitle, areAlike, commandLine, placeTitle } from '../report/question.ts';
import { type Provenance, provenanceFooter } from '../report/sources.ts';
import { ageingBlocks, groupTables, monthsChart, totalsTable } from './report-blocks.ts';
import type { CsrFigures } from './report-figures.ts';
import {
  chronicRequestsTable,
  commanderTable,
  executiveTable,
  policeDistrictsTable,
  policeHistoryTable,
  policeTable,
} from './report-findings.ts';
import { reportDefinitions } from './report-notes.ts';
import { type OnTime, onTimeOf } from './report-police.ts';
import { addressBlock, reviewBlock } from './report-signing.ts';
import { ALL_REQUESTS } from './report-tally.ts';

/** The City Service Request Status Report (CSR-22), for reading, printing and signing. */
export function statusReport(
  figures: CsrFigures,
  policy: CsrPolicy,
  notes: readonly string[],
  provenance: Omit<Provenance, 'sources'>,
  now: Instant,
): Document {
  const { plan } = figures;
  const { period } = plan;
  const { district, beat } = figures.question.place;
  const everywhere = district === null && beat === null;
  const blocks: Block[] = [];
  if (isEmpty(figures)) {
    const text =
      'The store holds no service request for this place and period. Import a 311 export, or look at rollcall db info.';
    blocks.push({ kind: 'prose', id: 'empty', heading: 'No requests', paragraphs: [text] });
  }
  const address = addressBlock(figures.question);
  if (address !== null) blocks.push(address, policeDistrictsTable(figures));
  blocks.push(
    headline(figures, policy),
    totalsTable(figures, policy),
    monthsChart(figures),
    ...ageingBlocks(figures),
    ...groupTables(figures),
    policeTable(figures),
    policeHistoryTable(figures),
    ...(everywhere && address === null ? [policeDistrictsTable(figures)] : []),
    trendsTable(plan.trend, figures.trends, { all: ALL_REQUESTS, kind: 'type', opened: 'Opened' }),
    chronicTable(figures.tallied.chronic, policy.chronic),
    chronicRequestsTable(figures),
    ...(everywhere ? [] : [executiveTable(figures), commanderTable(figures)]),
    {
      kind: 'prose',
      id: 'definitions',
      heading: 'Definitions',
      paragraphs: reportDefinitions(figures, policy),
    },
    reviewBlock(figures.question),
  );
  return {
    title: 'City Service Request Status Report',
    subtitle: `${placeTitle(figures.question.place)} · ${period.kind === 'quarter' ? 'quarterly' : 'monthly'} · ${period.label}`,
    banner: plan.soFar ? [`So far: the period is not over at ${peopleInstant(plan.span.end)}.`] : [],
    asOf: now,
    period: { label: period.label, from: period.from, to: period.to },
    newestImport: figures.newestImport,
    blocks,
    notes,
    footer: provenanceFooter(
      { ...provenance, sources: figures.sources },
      commandLine('csr report', figures.question, isoInstant(now)),
      [{ label: 'Standards', text: 'CALEA chapters 45 and 81 (CSR-01)' }],
    ),
  };
}

function headline(figures: CsrFigures, policy: CsrPolicy): Figures {
  const { plan, question, tallied, daysToClose, police } = figures;
  const { totals, againstTotals } = tallied;
  const beside = (now: number, before: number): string => {
    const change = areAlike(question) ? changeText(now, before, policy.percentageMinimumBase) : '–';
    return `${peopleCount(before)} in ${againstTitle(question)}${change === '–' ? '' : `, ${change}`}`;
  };
  const old = tallied.ageing.at(-1);
  const { closedInPeriod, dueInPeriod } = onTimeOf(police);
  const onTime = (label: string, value: OnTime | null, of: string): Figures['figures'][number] => ({
    label,
    value: value === null ? null : shareCell(value.onTime, value.total),
    note: value === null ? 'no police request has had a clock' : `${value.onTime} on time of those ${of}`,
  });
  return {
    kind: 'figures',
    id: 'figures',
    title: 'In short',
    figures: [
      { label: 'Opened', value: totals.opened, note: beside(totals.opened, againstTotals.opened) },
      { label: 'Closed', value: totals.closed, note: beside(totals.closed, againstTotals.closed) },
      {
        label: plan.soFar ? 'Open now' : 'Open at end',
        value: totals.openAtEnd,
        note: `${peopleCount(old?.count ?? 0)} of them ${ageText(old?.bucket ?? '')} days old; ${peopleCount(totals.openAtStart)} were open at the start`,
      },
      {
        label: 'Median days to close',
        value: daysToClose.median,
        note: `of ${peopleCount(daysToClose.n)} closed; 90th percentile ${daysToClose.p90 ?? '–'}`,
      },
      {
        label: 'Median days of age, open',
        value: figures.daysOpen.median,
        note: `of ${peopleCount(figures.daysOpen.n)} open at end; 90th percentile ${figures.daysOpen.p90 ?? '–'}`,
      },
      onTime('Police: closed on time', closedInPeriod, 'closed in the period'),
      onTime('Police: due and on time', dueInPeriod, 'due in the period'),
      { label: 'Duplicates', value: tallied.duplicates, note: 'opened in the period; in no figure' },
      {
        label: 'Information only',
        value: tallied.informationOnly,
        note: 'opened in the period; in no other figure',
      },
    ],
  };
}

function isEmpty({ tallied: { totals, againstTotals, duplicates, informationOnly } }: CsrFigures): boolean {
  const counted = [...Object.values(totals), ...Object.values(againstTotals), duplicates, informationOnly];
  return counted.every((count) => count === 0);
}
