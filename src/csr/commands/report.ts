import { requireKnownPlace } from '../../casework/known-place.ts';
import { chainHead } from '../../casework/log.ts';
import { standingData, standingOf, withStanding } from '../../casework/report-standing.ts';
import { submitReport, submittedData, submittedText } from '../../casework/report-submit.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { placeOf, questionOf, subjectOf } from '../../report/question.ts';
import { requireOneUse, statusReportOptions } from '../../report/question-options.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { districtBook } from '../districts.ts';
import { reportDay } from '../report-day.ts';
import { csrFigures } from '../report-figures.ts';
import { reportData } from '../report-json.ts';
import { STATUS_REPORT } from '../report-kind.ts';
import { reportNotes } from '../report-notes.ts';
import { placesOfRequests } from '../report-records.ts';
import { statusReport } from '../reports.ts';

/** `rollcall csr report`: the City Service Request Status Report. */
export const csrReport: Command<Document> = {
  name: 'csr report',
  summary: 'the City Service Request Status Report',
  details:
    'Requests located in a district (or in all), opened, closed and open, by type, beat and origin, with ageing, police ' +
    'requests on time, trends and chronic places. Without a period: the last whole quarter. Printing it changes nothing. Without --as-of a period that is over is told as of ' +
    'the last import or event in the store: the same store and options give the same bytes.',
  options: statusReportOptions('quarter', {
    of: 'requests located in',
    submit: 'archive the report as submitted to the district commander (CSR-22)',
    figure: 'byBeat:0511:closed',
    report: '2020-Q4:005, or 2020-Q4:005@1',
  }),
  examples: [
    { line: 'rollcall csr report --quarterly 2020-Q4 --district 005', says: "the 005th District's quarter" },
    {
      line: 'rollcall csr report --quarterly 2020-Q4 --district 005 -o report.html',
      says: 'to print and sign',
    },
    { line: 'rollcall csr report --monthly --against 2019-11', says: 'last month beside November 2019' },
    {
      line: 'rollcall csr report --quarterly 2020-Q4 --district 005 --rows ageing:91+ --format csv',
      says: 'the requests behind one of its figures',
    },
    { line: 'rollcall csr report --list', says: 'what was submitted, approved or returned' },
  ],
  fields: {
    period: 'label, from, to',
    soFar: 'true while the period is not over',
    district: 'three digits, or null for all',
    beat: 'four digits, or null for all',
    totals: 'openAtStart + opened + reopened - closed = openAtEnd',
    duplicates: 'opened in the period, in no other figure',
    informationOnly: 'opened in the period, in no other figure',
    daysToClose: 'median, p90 (nearest rank, days with two decimals), n',
    onTime: 'closedInPeriod and dueInPeriod, each onTime and total; police requests, null without any clock',
    daysOpen: 'median, p90 and n of the ages in days of what is open at the end',
    police:
      'received, closed, openAtEnd; of these neverOpened, withoutMember, awaitingReview, returnedToMember, extensionAsked, ' +
      'furtherAsked (an extension before; the commander decides); ' +
      'clocksRunning, overdue; closedAfterExtension, closedAfterReturn, closedWithoutClock; extensions, ' +
      'extensionsNotCounted, furtherExtensions, returns and lapses in the period',
    'policeByDistrict[]': 'district, the same, and onTime',
    'byType[]': 'key, opened, closed, openAtEnd, medianDaysToClose',
    'byBeat[]': 'the same by beat',
    'bySector[]': 'the same by sector: 0510 is sector 1 of 005',
    'byUnit[]': "the same by the City department, or the unit of a police request's member",
    'byInitiator[]': 'the same by who asked: Community, Police, City (CSR-05)',
    'byDistrict[]': 'the same by district',
    'byOrigin[]': 'the same by origin',
    'ageing[]': 'bucket (days), count of open at the end, seasonal of these',
    'byMonth[]': 'label, opened, closed: six months up to the end',
    against: 'label, soFar and totals of the period compared with',
    'trends[]':
      'key, direction, opened, previous and lastYear (label, opened, ratio, p, significant), seasonal',
    trendTests: 'tests, alpha, notCompared',
    'chronic[]': 'location, requests, types, first, last',
    'chronicRequests[]':
      'location and requests[] of the first 25 of them: srNumber, type, status, dates, place',
    treatments: 'how many requests with contradictory data were counted in which way',
    'notes[]': 'the same in words',
    'sources[]': 'file, sha256, rows, repeated, rejected, importedAt (the first time): each content once',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain",
    state:
      'draft, submitted, approved or returned; draft as well when the figures differ from what was submitted',
    decision:
      'version, digest, submittedAt, submittedBy, decidedAt, decidedBy, reason of that version, or null',
    submitted: 'with --submit: recordId, digest, version and already (nothing was written)',
    'items[]':
      'with --rows: srNumber, type, category, status, dates, place, counts; with --list: the submitted reports',
    figures: 'with --rows: each measure of the figure, the sum of the rows',
  },
  carries: [
    ...['CSR-05', 'CSR-10', 'CSR-15', 'CSR-16', 'CSR-22', 'CSR-23', 'CSR-50', 'CSR-51'].map((rule) => ({
      rule,
      as: 'report' as const,
    })),
    // --submit keeps the digest of the copy that the office holds.
    { rule: 'CSR-26', as: 'evidence' },
    { rule: 'CSR-29', as: 'check' },
  ],
  run,
};

async function run(asked: Context, input: Input): Promise<Outcome<Document>> {
  requireOneUse(input);
  const { list, archived, verify, rows } = input.options;
  if (list === true || typeof archived === 'string' || typeof verify === 'string') {
    const views = await import('../../casework/report-views.ts');
    if (typeof verify === 'string') return views.verifyReport(asked, STATUS_REPORT, verify);
    if (typeof archived === 'string') return views.showArchived(asked, STATUS_REPORT, archived);
    const place = placeOf(input);
    await read(asked.storePath, (reader) => requireKnownPlace(reader, place, placesOfRequests));
    return views.listReports(asked, STATUS_REPORT, place.district);
  }
  const open = questionOf(asked.now, input, 'quarter');
  // An act is of now.
  const acts = input.options.submit === true;
  const now = await read(asked.storePath, async (reader) => {
    await requireKnownPlace(reader, open.place, placesOfRequests);
    return acts ? asked.now : reportDay(reader, asked, [open.period, open.against]);
  });
  const context: Context = { ...asked, now };
  const question = { ...open, now };
  const policy = loadPolicy(context.env).csr();
  if (typeof rows === 'string') return (await import('../report-views.ts')).showRows(context, question, rows);
  const { figures, auditHead } = await read(context.storePath, async (reader) => ({
    figures: await csrFigures(reader, question, policy),
    auditHead: await chainHead(reader, 'csr'),
  }));
  const provenance = { ruleset: rulesetHash(context.env), auditHead };
  const notes = reportNotes(figures, policy, districtBook());
  const data = reportData(figures, notes, provenance);
  const document = statusReport(figures, policy, notes, provenance, context.now);
  const subject = subjectOf(question);
  const totals = { ...figures.tallied.totals };
  const draft = { ...subject, soFar: figures.plan.soFar, data, totals, document };
  const submitted = acts ? await submitReport(context, STATUS_REPORT, draft) : null;
  if (submitted !== null) context.note(`${submittedText(context, submitted)} (CSR-26).`);
  const standing = await standingOf(context, STATUS_REPORT, subject, data, submitted);
  return {
    document: withStanding(document, standing, acts ? context : undefined),
    data: { ...data, ...standingData(standing), ...submittedData(submitted) },
    newestImport: figures.newestImport,
  };
}
