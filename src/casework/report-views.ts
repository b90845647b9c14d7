import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context, Outcome } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Document } from '../report/document.ts';
import { placeInSight, type ReportPlace } from '../report/question.ts';
import { read } from '../store/store.ts';
import { newestImport } from './newest-import.ts';
import { archivedReports, keptReport, latestVersion, noReport, reportsWith } from './report-archive.ts';
import { digestOf } from './report-bytes.ts';
import type { ReportKind } from './report-kind.ts';
import { archivedItem, daysAfterEnd, standingData, standingText, withStanding } from './report-standing.ts';

/** What a reader may see of the reports. */
export interface Sight {
  /** By the district of a report; null is one of all. */
  readonly maySee: (district: string | null) => boolean;
  /** In words, of who may not see all: `District 005`; null: of all. */
  readonly part: string | null;
}

const EVERYTHING: Sight = { maySee: () => true, part: null };

/** The reports that were submitted, of one district or of all, newest first. */
export async function listReports(
  context: Context,
  kind: ReportKind,
  district: ReportPlace['district'],
  { maySee, part }: Sight = EVERYTHING,
): Promise<Outcome<Document>> {
  const { archived, newest } = await read(context.storePath, async (reader) => ({
    archived: await archivedReports(reader, kind, context.now, district),
    newest: await newestImport(reader, kind.system),
  }));
  const reports = archived.filter((report) => maySee(report.district));
  const unseen = maySee(district) ? null : part;
  const items = reports.map(archivedItem);
  return {
    document: {
      title: 'Status reports submitted',
      subtitle: placeInSight({ district, beat: null }, unseen),
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'reports',
          columns: [
            { key: 'period', title: 'Period' },
            { key: 'place', title: 'Place' },
            { key: 'version', title: 'Version', align: 'right' },
            { key: 'state', title: 'State' },
            { key: 'submitted', title: 'Submitted' },
            { key: 'after', title: 'After the period', unit: 'days', align: 'right', priority: 2 },
            { key: 'submittedBy', title: 'By', priority: 1 },
            { key: 'decided', title: 'Decided' },
            { key: 'decidedBy', title: 'By' },
            { key: 'reason', title: 'Reason', priority: 3 },
            { key: 'digest', title: 'sha256 begins', priority: 4 },
          ],
          rows: reports.map((report) => ({
            period: report.period,
            place: report.id.split(':').slice(1).join(':'),
            version: report.version,
            state: report.state,
            submitted: { kind: 'instant', at: report.submittedAt },
            after: daysAfterEnd(report),
            submittedBy: report.submittedBy,
            decided: { kind: 'instant', at: report.decidedAt },
            decidedBy: report.decidedBy,
            reason: report.reason,
            digest: report.digest.slice(0, 12),
          })),
          empty: unseen === null ? 'No report was submitted.' : 'No report was submitted that you may see.',
        },
      ],
      notes: [`One is named by period and place: ${reports[0]?.id ?? '2020-Q4:005'}.`, kind.lateness],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

/** One submitted report as it was read then, with what became of it: `2020-Q4:005`, or `2020-Q4:005@1`. */
export async function showArchived(
  context: Context,
  kind: ReportKind,
  asked: string,
  { maySee, part }: Sight = EVERYTHING,
): Promise<Outcome<Document>> {
  const [, id = '', versionText] = /^([^@]+)(?:@(\d+))?$/.exec(asked.trim()) ?? [];
  if (id === '')
    throw usageError(`--archived: "${asked}" is no report.`, 'Write 2020-Q4:005 or 2020-Q4:005@1.');
  const version = versionText === undefined ? null : Number(versionText);
  const { found, last: newest } = await read(context.storePath, async (reader) => ({
    found: await keptReport(reader, kind, id, version, context.now),
    last: await latestVersion(reader, kind, id, context.now),
  }));
  // To who may not see it, it is as if it were not there.
  if (newest === undefined || !maySee(newest.district)) throw noReport(kind, id, part !== null);
  if (found === undefined)
    throw usageError(
      `${id} has no version ${version}: its last one is ${newest.version}.`,
      `Write ${id}@${newest.version}.`,
    );
  const { data: bytes, document: kept, ...last } = found;
  const data: Readonly<Record<string, unknown>> = JSON.parse(bytes);
  const document: Document = kept === null ? bareDocument(context, id, bytes) : JSON.parse(kept);
  const standing = { state: last.state, last };
  return {
    document: withStanding(document, standing),
    data: { ...data, ...standingData(standing), digest: last.digest },
    newestImport: document.newestImport,
  };
}

/** Of a report that was archived without the document: its data as they are. */
function bareDocument({ now }: Context, id: string, bytes: string): Document {
  return {
    title: 'Archived status report',
    subtitle: id,
    asOf: now,
    newestImport: null,
    blocks: [{ kind: 'prose', id: 'data', paragraphs: [bytes] }],
  };
}

/** Which archived report a kept JSON file (-o report.json) is, by its hash: the file's own state and head are left out. */
export async function verifyReport(
  context: Context,
  kind: ReportKind,
  file: string,
  { maySee, part }: Sight = EVERYTHING,
): Promise<Outcome<Document>> {
  const digest = digestOf(parsedFile(resolve(context.cwd, file), file));
  const { found, newest } = await read(context.storePath, async (reader) => ({
    found: await reportsWith(reader, kind, digest, context.now),
    newest: await newestImport(reader, kind.system),
  }));
  const reports = found.filter((report) => maySee(report.district));
  const items = reports.map(archivedItem);
  const mayBe = part === null ? '' : ' that you may see';
  return {
    document: {
      title: `${file} ${reports.length === 0 ? `is no archived report${mayBe}` : 'is as it was archived'}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'reports',
          columns: [
            { key: 'id', title: 'Report' },
            { key: 'version', title: 'Version', align: 'right' },
            { key: 'state', title: 'State' },
          ],
          rows: reports.map((last) => ({
            id: last.id,
            version: last.version,
            state: standingText({ state: last.state, last }),
          })),
          empty: `No report with this hash was submitted${mayBe}.`,
        },
      ],
      notes: ['The hash is of the figures with their sources and notes, in JSON with sorted keys.'],
      footer: [{ label: 'sha256', text: digest }],
    },
    data: { file, digest, items, total: items.length },
    items,
    newestImport: newest,
  };
}

function parsedFile(path: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw usageError(`--verify: ${file} ${why}.`, 'Name the JSON form that was kept: -o report.json.');
  }
}
