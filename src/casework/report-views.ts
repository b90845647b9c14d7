import type { Context, Outcome } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Document } from '../report/document.ts';
import { read } from '../store/store.ts';
import { newestImport } from './newest-import.ts';
import { archivedData, archivedReports, noReport } from './report-archive.ts';
import type { ReportKind } from './report-kind.ts';
import { archivedItem, daysAfterEnd } from './report-standing.ts';

/** Which reports a reader may see, by their districts; null is a report of all. */
export type MaySee = (district: string | null) => boolean;

/** The reports that were submitted, of one district or of all, newest first. */
export async function listReports(
  context: Context,
  kind: ReportKind,
  district: string | null,
  maySee: MaySee = () => true,
): Promise<Outcome<Document>> {
  const { archived, newest } = await read(context.storePath, async (reader) => ({
    archived: await archivedReports(reader, kind, context.now, district),
    newest: await newestImport(reader, kind.system),
  }));
  const reports = archived.filter((report) => maySee(report.district));
  const items = reports.map(archivedItem);
  return {
    document: {
      title: 'Status reports submitted',
      subtitle: district === null ? 'All districts' : `District ${district}`,
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
            { key: 'submitted', title: 'Submitted' },
            { key: 'after', title: 'After the period', unit: 'days', align: 'right', priority: 1 },
            { key: 'submittedBy', title: 'By' },
            { key: 'decided', title: 'Decided' },
            { key: 'decidedBy', title: 'By' },
            { key: 'reason', title: 'Reason', priority: 2 },
            { key: 'digest', title: 'sha256', priority: 3 },
          ],
          rows: reports.map((report) => ({
            id: report.id,
            version: report.version,
            state: report.state,
            submitted: { kind: 'instant', at: report.submittedAt },
            after: daysAfterEnd(report),
            submittedBy: report.submittedBy,
            decided: { kind: 'instant', at: report.decidedAt },
            decidedBy: report.decidedBy,
            reason: report.reason,
            digest: report.digest,
          })),
          empty: 'No report was submitted.',
        },
      ],
      notes: [kind.lateness],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

/** One submitted report, to the byte: `2020-Q4:005`, or `2020-Q4:005@1` for its first version. */
export async function showArchived(
  context: Context,
  kind: ReportKind,
  asked: string,
  maySee: MaySee = () => true,
): Promise<Outcome<Document>> {
  const [, id = '', versionText] = /^([^@]+)(?:@(\d+))?$/.exec(asked.trim()) ?? [];
  if (id === '')
    throw usageError(`--archived: "${asked}" is no report.`, 'Write 2020-Q4:005 or 2020-Q4:005@1.');
  const version = versionText === undefined ? null : Number(versionText);
  const { kept, newest } = await read(context.storePath, async (reader) => ({
    kept: await archivedData(reader, kind, id, version),
    newest: await newestImport(reader, kind.system),
  }));
  // To who may not see it, it is as if it were not there.
  if (!maySee(kept.district)) throw noReport(kind, id);
  const data: Readonly<Record<string, unknown>> = JSON.parse(kept.data);
  return {
    document: {
      title: 'Archived status report',
      subtitle: asked,
      asOf: context.now,
      newestImport: newest,
      blocks: [{ kind: 'prose', id: 'data', paragraphs: [kept.data] }],
      notes: ['These are the bytes that were submitted; their SHA-256 is the digest.'],
      footer: [{ label: 'sha256', text: kept.digest }],
    },
    data: { ...data, digest: kept.digest },
    newestImport: newest,
    text: `${kept.data}`,
  };
}
