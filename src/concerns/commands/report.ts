import { chainHead } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { districtOption } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { isoInstant } from '../../core/instant.ts';
import { previous } from '../../core/period.ts';
import type { Block, Chart, Document } from '../../report/document.ts';
import { rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { type Asked, askedPeriod, stretchOf } from '../asked-period.ts';
import { type Figures, figuresBy, figuresOf } from '../figures.ts';
import { concernHistories } from '../history-rows.ts';
import { lookAs, viewingRoles } from '../looking.ts';
import {
  concernSources,
  DEFINITIONS,
  figuresTable,
  footer,
  keyed,
  onTimeCell,
  soFarBanner,
} from '../report-parts.ts';

/** `rollcall concerns report`: the status of all concerns for the Chief, Bureau of Patrol (CC-38). */
export const concernsReport: Command<Document> = {
  name: 'concerns report',
  summary: 'the monthly status of all concerns',
  details:
    'What the Deputy Chief of the Office of Community Policing tells the Chief, Bureau of Patrol, each month (CC-38): ' +
    'concerns submitted, closed and open, decided and investigated in time, by district, category and origin, beside ' +
    'the period before. Other roles get the concerns that they may see. That it was sent is recorded with ' +
    'rollcall evidence add CC-38.',
  options: [
    { flags: '--monthly [month]', summary: 'a month, 2020-11; without one the last whole month' },
    { flags: '--quarterly [quarter]', summary: 'a quarter, 2020-Q4; without one the last whole quarter' },
    { flags: '--district <district>', summary: 'only this district (005)' },
  ],
  examples: [
    { line: 'rollcall concerns report --monthly 2020-12 --actor M0060', says: 'a month' },
    {
      line: 'rollcall concerns report --monthly --actor M0060 -o status.html',
      says: 'last month, to send on',
    },
  ],
  fields: {
    period: 'label, from, to',
    soFar: 'true while the period is not over',
    district: 'three digits, or null for all',
    totals:
      'openAtStart, submitted, reopened, closed, notAccepted, associated, openAtEnd, accepted and investigated {onTime, total}, overdueAtEnd, unopened, lapses, returned, reassigned, extensions {granted, late, refused}, days {median, p90, n}',
    against: 'label and totals of the period before',
    'byDistrict[]': 'key and the figures of totals',
    'byCategory[]': 'the same by category',
    'byOrigin[]': 'the same by origin',
    'sources[]': 'file, sha256, rows, importedAt',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain",
  },
  carries: [{ rule: 'CC-38', as: 'report' }],
  writes: true,
  without: ['ndjson'],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const asked = askedPeriod(context.now, input);
  const { period, stretch } = asked;
  const district = typeof input.options.district === 'string' ? districtOption(input.options.district) : null;
  const { scope } = await lookAs(
    context,
    'concerns report',
    viewingRoles(),
    'CC-10',
    'read the status of concerns',
  );
  const found = await read(context.storePath, async (reader) => ({
    histories: await concernHistories(reader, scope, stretch.end),
    sources: await concernSources(reader),
    auditHead: await chainHead(reader, 'concerns'),
    newest: await newestImport(reader, 'concerns'),
  }));
  const histories = found.histories.filter((each) => district === null || each.district === district);
  const totals = figuresOf(histories, stretch);
  const before = previous(period);
  const against = figuresOf(histories, stretchOf(before, context.now));
  const groups = {
    byDistrict: figuresBy(histories, stretch, (each) => each.district),
    byCategory: figuresBy(histories, stretch, (each) => each.category),
    byOrigin: figuresBy(histories, stretch, (each) => each.origin),
  };
  const provenance = {
    ruleset: rulesetHash(context.env),
    auditHead: found.auditHead,
    sources: found.sources,
  };
  return {
    document: {
      title: 'Community Concerns: status',
      subtitle: `${district === null ? 'All that the reader may see' : `District ${district}`} · ${period.label}`,
      banner: soFarBanner(asked),
      asOf: context.now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport: found.newest,
      blocks: [
        headline(totals, against, before.label),
        flow(totals),
        districtChart(groups.byDistrict, asked),
        figuresTable('districts', 'By district', 'District', groups.byDistrict, totals),
        figuresTable('categories', 'By category', 'Category', groups.byCategory, totals),
        figuresTable('origins', 'By origin', 'Origin', groups.byOrigin, totals),
        { kind: 'prose', id: 'definitions', heading: 'Definitions', paragraphs: DEFINITIONS },
      ],
      footer: footer(provenance, commandLine(asked, district)),
    },
    data: {
      period: { label: period.label, from: period.from, to: period.to },
      soFar: asked.soFar,
      district,
      totals,
      against: { label: before.label, totals: against },
      byDistrict: keyed(groups.byDistrict),
      byCategory: keyed(groups.byCategory),
      byOrigin: keyed(groups.byOrigin),
      sources: found.sources,
      ruleset: provenance.ruleset,
      auditHead: provenance.auditHead,
    },
    newestImport: found.newest,
  };
}

function headline(totals: Figures, against: Figures, before: string): Block {
  const beside = (value: number) => `${value} in ${before}`;
  const { accepted, investigated, days, extensions } = totals;
  return {
    kind: 'figures',
    id: 'figures',
    title: 'In short',
    figures: [
      { label: 'Submitted', value: totals.submitted, note: beside(against.submitted) },
      { label: 'Closed', value: totals.closed, note: beside(against.closed) },
      { label: 'Open at end', value: totals.openAtEnd, note: beside(against.openAtEnd) },
      { label: 'Decided in 36 h', value: onTimeCell(accepted), note: `${accepted.onTime} in time` },
      {
        label: 'Investigated in time',
        value: onTimeCell(investigated),
        note: `${investigated.onTime} in time`,
      },
      { label: 'Overdue at end', value: totals.overdueAtEnd, note: beside(against.overdueAtEnd) },
      {
        label: 'Extensions',
        value: extensions.granted,
        note: `${extensions.late} late, ${extensions.refused} refused by rule`,
      },
      {
        label: 'Median days to complete',
        value: days.median,
        note: `of ${days.n}; 90th percentile ${days.p90 ?? '–'}`,
      },
    ],
  };
}

function flow(totals: Figures): Block {
  const rows: readonly (readonly [string, number])[] = [
    ['Open at start', totals.openAtStart],
    ['+ submitted', totals.submitted],
    ['+ reopened or separated', totals.reopened],
    ['- closed', totals.closed],
    ['- not accepted', totals.notAccepted],
    ['- associated to a primary', totals.associated],
  ];
  return {
    kind: 'table',
    id: 'flow',
    title: 'From start to end',
    columns: [
      { key: 'what', title: 'Concerns' },
      { key: 'count', title: 'Number', align: 'right' },
    ],
    rows: rows.map(([what, count]) => ({ what, count })),
    totals: { what: 'Open at end', count: totals.openAtEnd },
  };
}

function districtChart(byDistrict: ReadonlyMap<string, Figures>, { period }: Asked): Chart {
  const figures = [...byDistrict.values()];
  return {
    kind: 'chart',
    id: 'by-district',
    title: 'Submitted and closed by district',
    form: 'bar',
    categories: [...byDistrict.keys()],
    series: [
      { name: 'submitted', values: figures.map(({ submitted }) => submitted) },
      { name: 'closed', values: figures.map(({ closed }) => closed) },
    ],
    unit: 'concerns',
    alt: `Concerns submitted and closed in ${period.label}, by district.`,
  };
}

function commandLine({ period, soFar, stretch }: Asked, district: string | null): string {
  const words = [
    'rollcall concerns report',
    period.kind === 'month' ? '--monthly' : '--quarterly',
    period.label,
  ];
  if (district !== null) words.push('--district', district);
  if (soFar) words.push('--as-of', isoInstant(stretch.end));
  return words.join(' ');
}
