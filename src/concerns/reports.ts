import { plural } from '../core/duration.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import type { Block, Document } from '../report/document.ts';
import { chronicTable, trendsTable } from '../report/findings.ts';
import { againstSoFar, commandLine, comparisonNotes, placeInSight } from '../report/question.ts';
import { signatureBlock } from '../report/signing.ts';
import { type Provenance, provenanceFooter } from '../report/sources.ts';
import { TREND_ALPHA } from '../report/trends.ts';
import type { Looks } from './looks.ts';
import {
  ageingBlocks,
  flowTable,
  groupTables,
  headline,
  monthsChart,
  timelinessTable,
} from './report-blocks.ts';
import { ALL_CONCERNS, type ConcernFigures } from './report-figures.ts';
import { DEFINITIONS, keyed, soFarBanner } from './report-parts.ts';
import { commanderBlocks, executiveBlocks, looksTable, sectionData } from './report-sections.ts';

/** What beside its figures a report on concerns is made of. */
export interface Setting {
  readonly policy: ConcernsPolicy;
  readonly looks: readonly Looks[];
  readonly provenance: Provenance;
  /** What the reader may see, in words, when that is not all of the place; such a report is nobody's to submit. */
  readonly partOf: string | null;
  /** Who reads: another role may see another part. */
  readonly actor: string;
  readonly newestImport: Instant | null;
}

/** The status report on Community Concerns (CC-38), for reading, printing and signing. */
export function concernsDocument(
  figures: ConcernFigures,
  { policy, looks, provenance, partOf, actor, newestImport }: Setting,
): Document {
  const { question, soFar, stretch } = figures;
  const { period, place, now } = question;
  const blocks: Block[] = [
    headline(figures),
    flowTable(figures, policy.percentageMinimumBase),
    timelinessTable(figures),
    monthsChart(figures),
    ...ageingBlocks(figures),
    ...groupTables(figures),
    trendsTable(figures.trendSpans, figures.trends, {
      all: ALL_CONCERNS,
      kind: 'category',
      opened: 'Submitted',
    }),
    chronicTable(figures.chronic, policy.chronic, 'concerns'),
    ...executiveBlocks(figures, looks),
    ...commanderBlocks(figures),
    looksTable(looks),
    { kind: 'prose', id: 'definitions', heading: 'Definitions', paragraphs: definitions(figures, policy) },
    ...(partOf === null ? [signatures(place.district)] : []),
  ];
  const kind = period.kind === 'quarter' ? 'quarterly' : 'monthly';
  return {
    title: 'Community Concerns Status Report',
    subtitle: [placeInSight(place, partOf), kind, period.label].join(' · '),
    banner: [
      ...(partOf === null ? [] : [`Not all of it: what the reader may see, ${partOf}.`]),
      ...soFarBanner(soFar, stretch.end),
    ],
    asOf: now,
    period: { label: period.label, from: period.from, to: period.to },
    newestImport,
    blocks,
    notes: reportNotes(figures),
    footer: provenanceFooter(
      provenance,
      `${commandLine('concerns report', question, isoInstant(now))} --actor ${actor}`,
    ),
  };
}

/** The report as JSON; what is archived and hashed. */
export function concernsData(
  figures: ConcernFigures,
  { looks, provenance }: Setting,
): Readonly<Record<string, unknown>> {
  const { question, soFar, totals, againstTotals, groups, byUnit, months, trends, ageing, chronic } = figures;
  const { period, against, place } = question;
  return {
    period: { label: period.label, from: period.from, to: period.to },
    soFar,
    district: place.district,
    beat: place.beat,
    totals,
    against: {
      label: against.label,
      soFar: againstSoFar(question),
      totals: againstTotals,
      byDistrict: keyed(figures.againstGroups.byDistrict),
      bySector: keyed(figures.againstGroups.bySector),
      byBeat: keyed(figures.againstGroups.byBeat),
      byCategory: keyed(figures.againstGroups.byCategory),
      byOrigin: keyed(figures.againstGroups.byOrigin),
      byUnit: keyed(figures.againstByUnit),
    },
    lastYear: figures.lastYear,
    byDistrict: keyed(groups.byDistrict),
    bySector: keyed(groups.bySector),
    byBeat: keyed(groups.byBeat),
    byCategory: keyed(groups.byCategory),
    byOrigin: keyed(groups.byOrigin),
    byUnit: keyed(byUnit),
    ageing,
    byMonth: months.map(({ label, counted }) => {
      const sum = (key: 'submitted' | 'closed' | 'lapses') =>
        counted.reduce((total, { counts }) => total + counts[key], 0);
      return { label, submitted: sum('submitted'), closed: sum('closed'), lapses: sum('lapses') };
    }),
    trends: trends.found,
    trendTests: { tests: trends.tests, alpha: TREND_ALPHA, notCompared: trends.notCompared },
    chronic: chronic.map(({ location, requests, types, first, last, ids }) => ({
      ...{ location, concerns: requests, categories: types, first, last, ids },
    })),
    ...sectionData(figures),
    looks,
    notes: reportNotes(figures),
    sources: provenance.sources.map((source) => ({ ...source, importedAt: isoInstant(source.importedAt) })),
    ruleset: provenance.ruleset,
    auditHead: provenance.auditHead,
  };
}

function reportNotes({ totals, groups, counted, question }: ConcernFigures): readonly string[] {
  const notes = [...comparisonNotes(question)];
  const nowhere = groups.byDistrict.get('Unknown')?.submitted ?? 0;
  if (nowhere > 0)
    notes.push(
      `${plural(nowhere, 'concern')} submitted in ${question.period.label} without a beat: in no district's own report.`,
    );
  const placeless = counted.filter(({ history, counts }) => counts.submitted > 0 && history.address === null);
  if (placeless.length > 0)
    notes.push(
      `${plural(placeless.length, 'concern')} submitted without an address: not looked at for chronic places.`,
    );
  if (totals.extensions.refused > 0)
    notes.push(
      `${plural(totals.extensions.refused, 'extension')} on record that a rule refuses: moved no due day.`,
    );
  notes.push('A concern that two units had stands in both of their rows and once in every other figure.');
  return notes;
}

function definitions({ trends }: ConcernFigures, policy: ConcernsPolicy): readonly string[] {
  const { chronic, percentageMinimumBase: base } = policy;
  return [
    ...DEFINITIONS,
    `A trend is called when the exact binomial test and a comparison that allows for swings from week to week agree, both adjusted for ${plural(trends.tests, 'comparison')} (Holm, 5%); a category needs ${base} submissions in one of the two periods.`,
    `A chronic place has at least ${chronic.minimumRequests} concerns at one address in the ${chronic.months} months that end with the period, in at least ${chronic.minimumQuarters} quarters; the limits are local.`,
  ];
}

function signatures(district: string | null): Block {
  const signers =
    district === null
      ? [
          {
            who: 'Deputy Chief, Office of Community Policing',
            what: 'Sent to the Bureau of Patrol (CC-38).',
          },
          { who: 'Chief, Bureau of Patrol', what: 'Received (CC-38).' },
        ]
      : [
          {
            who: 'Executive officer, or the community policing sergeant',
            what: 'Read; what is to be taken up is in hand (CC-32, CC-34, CC-35).',
          },
          { who: 'District commander', what: 'Reviewed and approved.' },
        ];
  return signatureBlock({ id: 'signatures', heading: 'Review and approval' }, signers);
}
