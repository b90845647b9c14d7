import { peopleCount, peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { ageText } from '../report/ageing.ts';
import { changeText } from '../report/change.ts';
import type { Block, Cell, Document, Figures } from '../report/document.ts';
import { chronicTable, trendsTable } from '../report/findings.ts';
import { areAlike, commandLine, placeTitle } from '../report/question.ts';
import { ageingBlocks, groupTables, monthsChart, totalsTable } from './report-blocks.ts';
import { ALL_REQUESTS, type CsrFigures } from './report-figures.ts';
import { policeTable } from './report-findings.ts';
import { newestSource, type Provenance } from './report-json.ts';
import { reportDefinitions } from './report-notes.ts';
import type { OnTime } from './report-police.ts';

/** The City Service Request Status Report (CSR-22), for reading, printing and signing. */
export function statusReport(
  figures: CsrFigures,
  policy: CsrPolicy,
  notes: readonly string[],
  { ruleset, auditHead }: Provenance,
  now: Instant,
): Document {
  const { plan } = figures;
  const { period } = plan;
  const blocks: Block[] = [];
  if (isEmpty(figures)) {
    const text =
      'The store holds no service request for this place and period. Import a 311 export, or look at rollcall db info.';
    blocks.push({ kind: 'prose', id: 'empty', heading: 'No requests', paragraphs: [text] });
  }
  blocks.push(
    headline(figures, policy),
    totalsTable(figures, policy),
    monthsChart(figures),
    ...ageingBlocks(figures),
    ...groupTables(figures),
    policeTable(figures),
    trendsTable(plan.trend, figures.trends, { all: ALL_REQUESTS, kind: 'type', opened: 'Opened' }),
    chronicTable(figures.tallied.chronic, policy.chronic),
    {
      kind: 'prose',
      id: 'definitions',
      heading: 'Definitions',
      paragraphs: reportDefinitions(figures, policy),
    },
    signatures(),
  );
  return {
    title: 'City Service Request Status Report',
    subtitle: `${placeTitle(figures.question.place)} · ${period.kind === 'quarter' ? 'quarterly' : 'monthly'} · ${period.label}`,
    banner: plan.soFar ? [`So far: the period is not over at ${peopleInstant(plan.span.end)}.`] : [],
    asOf: now,
    period: { label: period.label, from: period.from, to: period.to },
    newestImport: newestSource(figures),
    blocks,
    notes,
    footer: [
      { label: 'Rule set', text: ruleset },
      { label: 'Audit head', text: auditHead },
      ...figures.sources.map(({ file, sha256, rows, importedAt }) => ({
        label: 'Source',
        text: `${file}, ${peopleCount(rows)} rows, sha256 ${sha256}, imported ${peopleInstant(importedAt)}`,
      })),
      { label: 'Standards', text: 'CALEA chapters 45 and 81 (CSR-01)' },
      { label: 'Command', text: commandLine('csr report', figures.question, isoInstant(now)) },
    ],
  };
}

function headline(figures: CsrFigures, policy: CsrPolicy): Figures {
  const { plan, question, tallied, daysToClose, police } = figures;
  const { totals, againstTotals } = tallied;
  const beside = (now: number, before: number): string => {
    const change =
      plan.soFar || !areAlike(question) ? '–' : changeText(now, before, policy.percentageMinimumBase);
    return `${peopleCount(before)} in ${plan.against.label}${change === '–' ? '' : `, ${change}`}`;
  };
  const old = tallied.ageing.at(-1);
  const onTime = (value: OnTime | null): Cell =>
    value === null
      ? null
      : { kind: 'percent', share: value.total === 0 ? null : value.onTime / value.total, base: value.total };
  const none = 'no police request has had a clock';
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
        note: `of ${peopleCount(daysToClose.n)} closed`,
      },
      {
        label: 'Days to close, 90th percentile',
        value: daysToClose.p90,
        note: `of ${peopleCount(daysToClose.n)} closed`,
      },
      {
        label: 'Police: closed on time',
        value: onTime(police.closedInPeriod),
        note:
          police.closedInPeriod === null
            ? none
            : `${police.closedInPeriod.onTime} on time of those closed in the period`,
      },
      {
        label: 'Police: due and on time',
        value: onTime(police.dueInPeriod),
        note:
          police.dueInPeriod === null
            ? none
            : `${police.dueInPeriod.onTime} on time of those due in the period`,
      },
      { label: 'Duplicates', value: tallied.duplicates, note: 'opened in the period; in no figure' },
      {
        label: 'Information only',
        value: tallied.informationOnly,
        note: 'opened in the period; in no other figure',
      },
    ],
  };
}

function signatures(): Block {
  return {
    kind: 'prose',
    id: 'signatures',
    heading: 'Review and approval',
    paragraphs: [
      'Read for trends and chronic problems (CSR-23), community policing sergeant: ______________________  Date: ____________',
      'Reviewed and approved (CSR-29), district commander: ______________________  Date: ____________',
    ],
    signatures: [
      { who: 'Community policing sergeant', what: 'Read for trends and chronic problems (CSR-23).' },
      { who: 'District commander', what: 'Reviewed and approved (CSR-29).' },
    ],
  };
}

function isEmpty({ tallied: { totals, againstTotals, duplicates, informationOnly } }: CsrFigures): boolean {
  const counted = [...Object.values(totals), ...Object.values(againstTotals), duplicates, informationOnly];
  return counted.every((count) => count === 0);
}
