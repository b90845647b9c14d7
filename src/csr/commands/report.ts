import { readFileSync } from 'node:fs';
import { chainHead } from '../../casework/log.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { dataFile, loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import type { Scope } from '../records.ts';
import { csrFigures } from '../report-figures.ts';
import { newestSource, placeText, reportData } from '../report-json.ts';
import { reportNotes } from '../report-notes.ts';
import { questionOf } from '../report-question.ts';
import { submitReport } from '../report-submit.ts';
import { statusReport } from '../reports.ts';

/** `rollcall csr report`: the City Service Request Status Report. */
export const csrReport: Command<Document> = {
  name: 'csr report',
  summary: 'the City Service Request Status Report',
  details:
    'Requests located in a district (or in all), opened, closed and open, by type, beat and origin, with ageing, police ' +
    'requests on time, trends and chronic places. Without a period: the last whole quarter. Printing it changes nothing.',
  options: [
    { flags: '--quarterly [quarter]', summary: 'a quarter, 2020-Q4; without one the last whole quarter' },
    { flags: '--monthly [month]', summary: 'a month, 2020-11; without one the last whole month' },
    { flags: '--district <district>', summary: 'requests located in this district, 005' },
    { flags: '--beat <beat>', summary: 'requests located on this beat, 0511' },
    { flags: '--against <period>', summary: 'compare with this period instead of the one before' },
    { flags: '--submit', summary: 'archive the report as submitted to the district commander (CSR-22)' },
  ],
  examples: [
    { line: 'rollcall csr report --quarterly 2020-Q4 --district 005', says: "the 005th District's quarter" },
    {
      line: 'rollcall csr report --quarterly 2020-Q4 --district 005 -o report.html',
      says: 'to print and sign',
    },
    { line: 'rollcall csr report --monthly --against 2019-11', says: 'last month beside November 2019' },
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
    police: 'clocksRunning, overdue, closedAfterExtension, closedWithoutClock',
    'byType[]': 'key, opened, closed, openAtEnd, medianDaysToClose',
    'byBeat[]': 'the same by beat',
    'byDistrict[]': 'the same by district',
    'byOrigin[]': 'the same by origin',
    'ageing[]': 'bucket (days), count of open at the end, seasonal of these',
    'byMonth[]': 'label, opened, closed: six months up to the end',
    against: 'label and totals of the period compared with',
    'trends[]':
      'key, direction, opened, previous and lastYear (label, opened, ratio, p, significant), seasonal',
    trendTests: 'tests, alpha, notCompared',
    'chronic[]': 'location, requests, types, first, last',
    treatments: 'how many requests with contradictory data were counted in which way',
    'notes[]': 'the same in words',
    'sources[]': 'file, sha256, rows, importedAt',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain",
    submitted: 'with --submit: recordId and digest',
  },
  carries: [
    ...['CSR-05', 'CSR-10', 'CSR-15', 'CSR-16', 'CSR-22', 'CSR-23', 'CSR-50', 'CSR-51'].map((rule) => ({
      rule,
      as: 'report' as const,
    })),
    // --submit keeps the digest of the copy that the office holds.
    { rule: 'CSR-26', as: 'evidence' },
  ],
  without: ['ndjson'],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const question = questionOf(context.now, input);
  const policy = loadPolicy(context.env).csr();
  const { figures, auditHead } = await read(context.storePath, async (reader) => ({
    figures: await csrFigures(reader, question, policy),
    auditHead: await chainHead(reader, 'csr'),
  }));
  const provenance = { ruleset: rulesetHash(context.env), auditHead };
  const notes = reportNotes(figures, policy, unknownPlace(question.scope));
  const data = reportData(figures, notes, provenance);
  const outcome = {
    document: statusReport(figures, policy, notes, provenance, context.now),
    data,
    newestImport: newestSource(figures),
  };
  if (input.options.submit !== true) return outcome;
  const submitted = await submitReport(context, figures, data);
  context.note(
    `${context.dryRun ? 'Would submit' : 'Submitted'} ${submitted.recordId}, sha256 ${submitted.digest}. Keep the file (-o) in the office (CSR-26).`,
  );
  return { ...outcome, data: { ...data, submitted } };
}

/** `District 099` or `Beat 0599` when the geography does not have it. */
function unknownPlace({ district, beat }: Scope): string | null {
  const listed = (name: 'district' | 'beat', digits: string): boolean =>
    readFileSync(dataFile(`geography/${name}s.json`), 'utf8').includes(`"${name}": "${digits}"`);
  const beatText = placeText(beat, 4);
  if (beatText !== null && !listed('beat', beatText)) return `Beat ${beatText}`;
  const districtText = placeText(district, 3);
  return districtText === null || listed('district', districtText) ? null : `District ${districtText}`;
}
