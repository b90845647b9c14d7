import { chainHead } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import { isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { periodLine, periodOf } from '../../report/question.ts';
import { periodOptions } from '../../report/question-options.ts';
import { provenanceFooter } from '../../report/sources.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { extensionTable, failureTable } from '../audit-document.ts';
import { within } from '../clock-outcome.ts';
import { extensionsOf } from '../extensions.ts';
import { failuresOf } from '../failures.ts';
import { countAll, figuresBy, figuresOf } from '../figures.ts';
import { concernHistories } from '../history-rows.ts';
import { lateEntries } from '../late-entries.ts';
import { lookAs } from '../looking.ts';
import { looksOf } from '../looks.ts';
import { stretchOf } from '../report-figures.ts';
import { concernSources, DEFINITIONS, figuresTable, keyed, soFarBanner, unitTable } from '../report-parts.ts';
import { looksTable } from '../report-sections.ts';
import { OVERSIGHT } from '../roles.ts';
import { toldInPeriod, toldTable } from '../station.ts';
import { countTasks, figuresByUnit, sumOf } from '../unit-figures.ts';
import { seesDistrict } from '../visibility.ts';

/** `rollcall concerns audit`: timeliness and failure to respond, all districts side by side (CC-37). */
export const concernsAudit: Command<Document> = {
  name: 'concerns audit',
  summary: 'timeliness and failure to respond, all districts side by side',
  details:
    'For the Deputy Chief of the Office of Community Policing: what was decided and investigated in time, which concerns ' +
    'got no response or a late one, which looks of a tour were not given, and who granted which extension (CC-37). ' +
    'Without a period: the last whole month. An Area Deputy Chief sees the districts of the Area. The concerns behind ' +
    'a count: rollcall concerns report --rows.',
  options: periodOptions('month'),
  examples: [
    { line: 'rollcall concerns audit --quarterly 2020-Q4 --actor M0060', says: 'a quarter' },
    { line: 'rollcall concerns audit --actor M0060 -o audit.html', says: 'last month, to print' },
  ],
  fields: {
    period: 'label, from, to',
    soFar: 'true while the period is not over',
    'items[]': 'one a district: key and the figures of totals',
    totals:
      'openAtStart, submitted, reopened, closed, notAccepted, associated, openAtEnd, accepted and investigated {closedInPeriod, dueInPeriod} each {onTime, total}, overdueAtEnd, unopened, lapses, returned, reassigned, extensions {granted, late, refused}, days {median, p90, n}',
    'byUnit[]':
      "of each unit's own tasks: openAtStart, assigned, returned, separated, completed, movedAway, associated, openAtEnd, investigated, overdueAtEnd, lapses, extensions, days",
    'failures[]':
      'id, district, unit, kind (not opened, not decided, decided late, no unit, overdue, completed late, extended late, moved late, associated late), rule, days, dueAt, madeUpAt',
    'looks[]': 'district, rule, owed and given: looks of the tours on the roster',
    'extensions[]': 'id, district, unit, at, by, justification, counted, lateBy (seconds), enteredDaysLater',
    'station[]':
      'id, district, at, by, minutes: station supervisors told of a crime, minutes since the first access',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain; null for who may not see everything",
    total: 'number of districts',
  },
  carries: [
    { rule: 'CC-37', as: 'report' },
    { rule: 'CC-18', as: 'report' },
    { rule: 'CC-32', as: 'report' },
    { rule: 'CC-24', as: 'report' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { now } = context;
  const period = periodOf(now, input, 'month');
  const stretch = stretchOf(period, now);
  const soFar = period.end > now;
  const what = 'audit the timeliness of concerns';
  const { actor, scope } = await lookAs(context, 'concerns audit', OVERSIGHT, 'CC-37', what);
  const found = await read(context.storePath, async (reader) => ({
    // What was missing at the end may have been made up for since.
    histories: await concernHistories(reader, scope, now),
    looks: await looksOf(reader, stretch),
    told: await toldInPeriod(reader, scope, stretch),
    late: await lateEntries(reader),
    sources: await concernSources(reader),
    // The head speaks of everything: it is for those who may see everything.
    auditHead: scope.all ? await chainHead(reader, 'concerns') : null,
    newest: await newestImport(reader, 'concerns'),
  }));
  const { histories } = found;
  const looks = found.looks.filter(({ district }) => scope.all || seesDistrict(scope, district));
  const counted = countAll(histories, stretch);
  const totals = figuresOf(counted);
  const byDistrict = figuresBy(counted, ({ district }) => district);
  const tasks = countTasks(histories, stretch);
  const byUnit = figuresByUnit(tasks);
  const extensions = histories
    .flatMap(extensionsOf)
    .filter(({ at }) => within(stretch, at))
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const { moreThan } = loadPolicy(context.env).concerns().reassignment;
  const failures = failuresOf(counted, stretch, moreThan);
  const provenance = {
    ruleset: rulesetHash(context.env),
    auditHead: found.auditHead,
    sources: found.sources,
  };
  const items = keyed(byDistrict);
  return {
    document: {
      title: 'Community Concerns: audit of timeliness',
      subtitle: `${plural(byDistrict.size, 'district')} · ${period.label}`,
      banner: soFarBanner(soFar, stretch.end),
      asOf: now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport: found.newest,
      blocks: [
        figuresTable('districts', 'By district', 'District', byDistrict, totals, 'audit'),
        unitTable(byUnit, sumOf(tasks), 'audit'),
        failureTable(failures),
        looksTable(looks),
        extensionTable(extensions, found.late),
        toldTable(found.told),
        { kind: 'prose', id: 'definitions', heading: 'Definitions', paragraphs: DEFINITIONS },
      ],
      notes: ['A concern that two units had stands in both of their rows and once in the sum of districts.'],
      footer: provenanceFooter(
        provenance,
        periodLine('concerns audit', period, isoInstant(now), ['--actor', actor.memberId]),
      ),
    },
    data: {
      period: { label: period.label, from: period.from, to: period.to },
      soFar,
      items,
      total: items.length,
      totals,
      byUnit: keyed(byUnit),
      failures: failures.map((row) => ({
        ...row,
        dueAt: isoOrNull(row.dueAt),
        madeUpAt: isoOrNull(row.madeUpAt),
      })),
      looks,
      extensions: extensions.map((row) => ({
        ...row,
        at: isoInstant(row.at),
        enteredDaysLater: found.late.get(`${row.id} ${row.at}`) ?? 0,
      })),
      station: found.told.map((row) => ({ ...row, at: isoInstant(row.at) })),
      ruleset: provenance.ruleset,
      auditHead: provenance.auditHead,
    },
    items,
    newestImport: found.newest,
  };
}
