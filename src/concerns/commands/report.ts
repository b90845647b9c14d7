import { requireKnownPlace } from '../../casework/known-place.ts';
import { chainHead } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { standingData, standingOf, withStanding } from '../../casework/report-standing.ts';
import { submitReport, submittedData, submittedText } from '../../casework/report-submit.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { districtOfBeat } from '../../core/place.ts';
import type { Document } from '../../report/document.ts';
import { placeInSight, placeOf, questionOf, type ReportQuestion, subjectOf } from '../../report/question.ts';
import { requireOneUse, statusReportOptions } from '../../report/question-options.ts';
import { rowsOutcome } from '../../report/rows-document.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { concernHistories } from '../history-rows.ts';
import { lookAs, viewingRoles } from '../looking.ts';
import { looksOf } from '../looks.ts';
import { placesOfConcerns } from '../records.ts';
import { concernFigures, reachOf, stretchOf } from '../report-figures.ts';
import { CONCERNS_REPORT } from '../report-kind.ts';
import { concernSources } from '../report-parts.ts';
import { rowsBehind } from '../report-rows.ts';
import { concernsData, concernsDocument, type Setting } from '../reports.ts';
import { type Scope, scopeText, seesDistrict } from '../visibility.ts';

/** `rollcall concerns report`: the status of all concerns for the Chief, Bureau of Patrol (CC-38), or of a district. */
export const concernsReport: Command<Document> = {
  name: 'concerns report',
  summary: 'the Community Concerns Status Report',
  details:
    'What the Deputy Chief of the Office of Community Policing tells the Chief, Bureau of Patrol, each month (CC-38), or ' +
    'a district its commander: submitted, closed and open, in time, lapsed, extended, returned, by district, sector, ' +
    'beat, category, origin and unit, with trends, chronic places and what waits for the executive officer. Other ' +
    'roles get the concerns that they may see. Without a period: the last whole month.',
  options: statusReportOptions('month', {
    of: 'only',
    submit: 'archive the report as submitted',
    figure: 'byUnit:241:lapses',
    report: '2020-11:005, or 2020-11:all@1',
  }),
  examples: [
    { line: 'rollcall concerns report --monthly 2020-12 --actor M0060', says: 'a month, all districts' },
    {
      line: 'rollcall concerns report --quarterly 2020-Q4 --district 005 --actor M0013 -o report.pdf',
      says: "a district's quarter, to sign",
    },
    {
      line: 'rollcall concerns report --monthly 2020-12 --rows byDistrict:005:lapses --actor M0060',
      says: 'the concerns behind one of its figures',
    },
    {
      line: 'rollcall concerns report --list --actor M0060',
      says: 'what was submitted, approved or returned',
    },
  ],
  fields: {
    period: 'label, from, to',
    soFar: 'true while the period is not over',
    district: 'three digits, or null for all',
    beat: 'four digits, or null for all',
    totals:
      'openAtStart, submitted, reopened, closed, notAccepted, associated, openAtEnd, accepted and investigated {closedInPeriod, dueInPeriod} each {onTime, total}, overdueAtEnd, unopened, lapses, returned, reassigned, extensions {granted, late, refused}, days {median, p90, n}',
    against:
      'label, soFar and totals of the period compared with, and its byDistrict, bySector, byBeat, byCategory, byOrigin and byUnit',
    lastYear: 'label and totals of the same period a year earlier',
    'byDistrict[]': 'key and the figures of totals',
    'bySector[]': 'the same by sector (0510 is sector 1 of 005)',
    'byBeat[]': 'the same by beat',
    'byCategory[]': 'the same by category',
    'byOrigin[]': 'the same by origin',
    'byUnit[]':
      "of each unit's own tasks: openAtStart, assigned, returned, separated, completed, movedAway, associated, openAtEnd, investigated, overdueAtEnd, lapses, extensions, days",
    'ageing[]': 'bucket (days), count of open at the end',
    'byMonth[]': 'label, submitted, closed, lapses: six months up to the end',
    'trends[]':
      'key, direction, opened, previous and lastYear (label, opened, ratio, p, significant), seasonal',
    trendTests: 'tests, alpha, notCompared',
    'chronic[]': 'location, concerns, categories, first, last, ids',
    'executive[]': 'key, rule, what, count, items: what the executive officer takes up',
    commander: 'oldest: the ten concerns open longest',
    'looks[]': 'district, rule, owed and given: looks of the tours on the roster',
    'notes[]': 'what was done with odd data',
    'sources[]': 'file, sha256, rows, importedAt',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain; null for who may not see everything",
    state: 'draft, submitted, approved or returned; null for a part that is nobody’s to submit',
    decision:
      'version, digest, submittedAt, submittedBy, decidedAt, decidedBy, reason of that version, or null',
    submitted: 'with --submit: recordId, digest, version and already (nothing was written)',
    'items[]':
      'with --rows: id, category, origin, submittedAt, place, counts, of a median days; with --list: the reports',
    figures: 'with --rows: each measure of the figure, the sum of the rows',
  },
  carries: [
    { rule: 'CC-38', as: 'report' },
    { rule: 'CC-32', as: 'report' },
    { rule: 'CC-34', as: 'report' },
    { rule: 'CC-35', as: 'report' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  requireOneUse(input);
  const { list, archived, verify, rows, submit } = input.options;
  const what = 'read the status of concerns';
  const { scope, actor } = await lookAs(context, 'concerns report', viewingRoles(), 'CC-10', what);
  if (list === true || typeof archived === 'string' || typeof verify === 'string') {
    const views = await import('../../casework/report-views.ts');
    const sight = {
      maySee: (district: string | null) => seesDistrict(scope, district),
      part: scope.all ? null : scopeText(scope),
    };
    if (typeof verify === 'string') return views.verifyReport(context, CONCERNS_REPORT, verify, sight);
    if (typeof archived === 'string') return views.showArchived(context, CONCERNS_REPORT, archived, sight);
    const place = placeOf(input);
    await read(context.storePath, (reader) => requireKnownPlace(reader, place, placesOfConcerns));
    return views.listReports(context, CONCERNS_REPORT, place.district, sight);
  }
  const question = withDistrict(questionOf(context.now, input, 'month'));
  await read(context.storePath, (reader) => requireKnownPlace(reader, question.place, placesOfConcerns));
  const policy = loadPolicy(context.env).concerns();
  const { district } = question.place;
  const { histories, setting } = await found(context, question, scope, actor.memberId);
  const figures = concernFigures(histories, question, policy);
  if (typeof rows === 'string') {
    return rowsOutcome({
      asked: rows,
      ...rowsBehind(figures, policy, rows),
      place: placeInSight(question.place, setting.partOf),
      period: question.period,
      now: context.now,
      newestImport: setting.newestImport,
    });
  }
  const data = concernsData(figures, setting);
  const whole = setting.partOf === null;
  if (submit === true && !whole && district === null)
    throw usageError('Only a whole report is submitted.', 'Name the district with --district.');
  const document = concernsDocument(figures, setting);
  const subject = subjectOf(question);
  const draft = { ...subject, soFar: figures.soFar, data, totals: { ...figures.totals }, document };
  const submitted = submit === true ? await submitReport(context, CONCERNS_REPORT, draft) : null;
  if (submitted !== null) context.note(`${submittedText(context, submitted)}.`);
  const standing = whole ? await standingOf(context, CONCERNS_REPORT, subject, data, submitted) : null;
  return {
    document:
      standing === null ? document : withStanding(document, standing, submit === true ? context : undefined),
    data: {
      ...data,
      ...(standing === null ? { state: null, decision: null } : standingData(standing)),
      ...submittedData(submitted),
    },
    newestImport: setting.newestImport,
  };
}

/** Whose beat is named, the report is about that beat's district. */
function withDistrict(question: ReportQuestion): ReportQuestion {
  const { district, beat } = question.place;
  if (beat === null || district !== null) return question;
  return { ...question, place: { district: districtOfBeat(beat), beat } };
}

async function found(context: Context, question: ReportQuestion, scope: Scope, actor: string) {
  const { district } = question.place;
  const stretch = stretchOf(question.period, context.now);
  return read(context.storePath, async (reader) => {
    const looks = await looksOf(reader, stretch);
    const setting: Setting = {
      policy: loadPolicy(context.env).concerns(),
      looks: looks.filter((each) => district === null || each.district === district),
      provenance: {
        ruleset: rulesetHash(context.env),
        // The head speaks of everything: it is for those who may see everything.
        auditHead: scope.all ? await chainHead(reader, 'concerns') : null,
        sources: await concernSources(reader),
      },
      actor,
      partOf: seesDistrict(scope, district) ? null : scopeText(scope),
      newestImport: await newestImport(reader, 'concerns'),
    };
    return { histories: await concernHistories(reader, scope, reachOf(question)), setting };
  });
}
