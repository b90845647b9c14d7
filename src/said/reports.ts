import type { ItemList } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Cell, Column, Document, Table } from '../report/document.ts';
import { ATTRIBUTES, type Model, maxima, TIER_LABELS, TIERS } from './model.ts';
import type { LoadedModel } from './model-file.ts';
import type { Item, Summary } from './population.ts';
import { NOT_SCORED } from './scorer.ts';

const TERM_COLUMNS: readonly Column[] = [
  { key: 'intercept', title: 'Intercept', align: 'right', priority: 9 },
  { key: 'shootingVictim', title: 'Shooting victim', align: 'right', priority: 2 },
  { key: 'ageAtLatestArrest', title: 'Age at latest arrest', align: 'right', priority: 2 },
  { key: 'aggravatedVictim', title: 'Aggr. battery/assault victim', align: 'right', priority: 3 },
  { key: 'trend', title: 'Trend', align: 'right', priority: 4 },
  { key: 'uuwArrests', title: 'UUW arrests', align: 'right', priority: 5 },
  { key: 'violentArrests', title: 'Violent arrests', align: 'right', priority: 6 },
];

const COLUMNS: readonly Column[] = [
  { key: 'subject', title: 'Subject' },
  { key: 'tier', title: 'Tier' },
  { key: 'points', title: 'Points', align: 'right', priority: 1 },
  { key: 'convictedOnly', title: 'Points, convicted only', align: 'right', priority: 1 },
  { key: 'basis', title: 'Basis' },
  ...TERM_COLUMNS,
];

export interface ScoreReport {
  readonly asOf: Instant;
  readonly newestImport: Instant | null;
  readonly loaded: LoadedModel;
  readonly summary: Summary;
  /** Made only when a renderer for people asks: they can be many. */
  readonly items: () => ItemList<Item>;
  readonly juvenilesNotListed: number;
  readonly scope: string;
  readonly banner: readonly string[];
  /** Warnings first, then remarks on the data. */
  readonly notes: readonly string[];
  readonly footer: readonly { readonly label: string; readonly text: string }[];
}

/** The tiers of a population as a Document: counts, coverage, a chart, each subject with its terms, what is unknown. */
export function scoreDocument(report: ScoreReport): Document {
  const { model, sha256 } = report.loaded;
  return {
    title: 'CVRM risk tiers',
    subtitle: report.scope,
    banner: report.banner,
    asOf: report.asOf,
    newestImport: report.newestImport,
    blocks: [
      tierCounts(report.summary, model),
      coverage(report),
      chart(report.summary),
      listing(report),
      unscored(report),
    ],
    notes: [...report.notes, ...modelNotes(model)],
    footer: [
      { label: 'Model', text: `${model.id} ${model.version}, issued ${model.issuedOn}` },
      { label: 'Model sha256', text: sha256 },
      { label: 'Validated', text: model.validatedAt ?? 'never' },
      { label: 'Owner, expiry', text: `${model.owner}, ${model.expiresOn}` },
      ...report.footer,
    ],
  };
}

function tierCounts({ scored, tiers }: Summary, model: Model): Document['blocks'][number] {
  return {
    kind: 'figures',
    id: 'tiers',
    title: 'Tiers, highest first',
    figures: TIERS.map((tier, place) => {
      const target = Math.round((model.tierShares[place] ?? 0) * 100);
      return {
        label: TIER_LABELS[tier],
        value: tiers[tier],
        note: `of ${scored}; ${range(model, place)}, set for ${target}% of a synthetic population`,
      };
    }).reverse(),
  };
}

function range(model: Model, place: number): string {
  const from = model.cutPoints[place - 1];
  const below = model.cutPoints[place];
  if (from === undefined) return `below ${below} points`;
  return below === undefined ? `${from} points or more` : `${from} to ${below - 1} points`;
}

function coverage({ summary, juvenilesNotListed }: ScoreReport): Document['blocks'][number] {
  const { scored, notScored } = summary;
  const all = `of ${scored + notScored.length} subjects`;
  const of = `of ${scored} scored`;
  const reasons = NOT_SCORED.map((reason) => ({
    reason,
    value: notScored.filter((each) => each.reason === reason).length,
  }));
  return {
    kind: 'figures',
    id: 'coverage',
    title: 'Who is scored, and on what',
    figures: [
      { label: 'Scored', value: scored, note: all },
      ...reasons
        .filter(({ reason, value }) => value > 0 || reason === 'no arrest')
        .map(({ reason, value }) => ({ label: `Not scored: ${reason}`, value, note: all })),
      {
        label: 'Insufficient basis',
        value: summary.insufficient,
        note: `${of}: the tier rests on age alone`,
      },
      {
        label: 'No victimization, UUW or violent arrest',
        value: summary.noViolence,
        note: `${of}: none within the look-back`,
      },
      {
        label: 'Tier rests on arrests without conviction',
        value: summary.restsOnUnconvicted,
        note: `${of}: with convictions only, it would be lower`,
      },
      {
        label: 'Juveniles',
        value: summary.juveniles,
        note: `${of}; ${juvenilesNotListed} left out of the list`,
      },
    ],
  };
}

function chart({ scored, tiers }: Summary): Document['blocks'][number] {
  return {
    kind: 'chart',
    id: 'tier-chart',
    title: 'Subjects by tier',
    form: 'bar',
    categories: TIERS.map((tier) => TIER_LABELS[tier]),
    series: [{ name: 'Subjects', values: TIERS.map((tier) => tiers[tier]) }],
    unit: 'subjects',
    alt: `Of ${scored} scored subjects, ${TIERS.map((tier) => `${tiers[tier]} are ${TIER_LABELS[tier]}`).join(', ')}.`,
  };
}

function listing({ items }: ScoreReport): Table {
  let rows: Table['rows'] | null = null;
  return {
    kind: 'table',
    id: 'subjects',
    title: 'Subjects, highest tier first, then by id',
    columns: COLUMNS,
    get rows() {
      rows ??= items().slice().map(rowOf);
      return rows;
    },
    empty: 'Nobody is listed.',
    caption: 'The seven columns after the basis are points and add up to Points. J marks a juvenile.',
  };
}

function rowOf(item: Item): Readonly<Record<string, Cell>> {
  const row: Record<string, Cell> = {
    subject: item.juvenile ? `${item.subjectId} (J)` : item.subjectId,
    tier: TIER_LABELS[item.tier],
    points: item.points,
    convictedOnly: item.pointsConvictedOnly,
    basis: item.basis,
  };
  for (const term of item.terms) row[term.attribute] = term.points;
  return row;
}

function unscored({ summary }: ScoreReport): Table {
  return {
    kind: 'table',
    id: 'not-scored',
    title: 'Not scored: no tier, which is not a low tier',
    columns: [
      { key: 'subject', title: 'Subject' },
      { key: 'reason', title: 'Reason' },
    ],
    rows: summary.notScored.map(({ subjectId, reason }) => ({ subject: subjectId, reason })),
    empty: 'Everyone is scored.',
  };
}

function modelNotes(model: Model): readonly string[] {
  const most = maxima(model);
  const names = ATTRIBUTES.map((name, place) => `${name} ${most[place]}`).join(', ');
  return [
    `The tier is for being shot, killed or a suspect in either within ${model.horizonMonths} months (SAID-08). Points count for nothing but the tier.`,
    `Most points, in the directive's order of importance (SAID-10): ${names}; intercept ${model.intercept}.`,
    `An incident counts half after ${model.halfLifeMonths} months and not at all after ${model.lookBackMonths} (SAID-12). Sex, race and place are not read (SAID-11).`,
    ...(model.card.realisedImportance ?? []),
    ...(model.card.unknown ?? []).map((line) => `The tier does not know: ${line}`),
  ];
}
