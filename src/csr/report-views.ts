import { newestImport } from '../casework/newest-import.ts';
import type { Context, Input, Outcome } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { isoInstant } from '../core/instant.ts';
import type { Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read } from '../store/store.ts';
import { placeOption } from './asking.ts';
import { archivedData, archivedReports } from './report-archive.ts';
import { placeText } from './report-json.ts';
import type { ReportQuestion } from './report-question.ts';
import { rowsBehind } from './report-rows.ts';
import { archivedItem, daysAfterEnd } from './report-standing.ts';

/** The reports that were submitted, newest first (CSR-26). */
export async function listReports(context: Context, input: Input): Promise<Outcome<Document>> {
  const { district } = placeOption(input);
  const { reports, newest } = await read(context.storePath, async (reader) => ({
    reports: await archivedReports(reader, context.now, district),
    newest: await newestImport(reader, 'csr'),
  }));
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
      notes: [
        'The directive sets no day for a report: the days after its period are told, never a lateness (A-CSR-9).',
      ],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

/** One submitted report, to the byte: `2020-Q4:005`, or `2020-Q4:005@1` for its first version. */
export async function showArchived(context: Context, asked: string): Promise<Outcome<Document>> {
  const [, id = '', versionText] = /^([^@]+)(?:@(\d+))?$/.exec(asked.trim()) ?? [];
  if (id === '')
    throw usageError(`--archived: "${asked}" is no report.`, 'Write 2020-Q4:005 or 2020-Q4:005@1.');
  const version = versionText === undefined ? null : Number(versionText);
  const { kept, newest } = await read(context.storePath, async (reader) => ({
    kept: await archivedData(reader, id, version),
    newest: await newestImport(reader, 'csr'),
  }));
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

/** The records behind one figure of a report. */
export async function showRows(
  context: Context,
  question: ReportQuestion,
  asked: string,
): Promise<Outcome<Document>> {
  const policy = loadPolicy(context.env).csr();
  const { found, newest } = await read(context.storePath, async (reader) => ({
    found: await rowsBehind(reader, question, policy, asked),
    newest: await newestImport(reader, 'csr'),
  }));
  const { scope, period } = question;
  const measures = Object.keys(found.figures);
  const items = found.rows.map((row) => ({
    ...row,
    createdAt: row.createdAt === null ? null : isoInstant(row.createdAt),
    closedAt: row.closedAt === null ? null : isoInstant(row.closedAt),
  }));
  const place = placeText(scope.beat, 4) ?? placeText(scope.district, 3) ?? 'all districts';
  return {
    document: {
      title: `Records behind ${asked}`,
      subtitle: `${place} · ${period.label} · ${measures.map((name) => `${name} ${found.figures[name]}`).join(', ') || 'none'}`,
      asOf: context.now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'rows',
          columns: [
            { key: 'srNumber', title: 'SR number' },
            { key: 'type', title: 'Type' },
            { key: 'status', title: 'Status', priority: 1 },
            { key: 'created', title: 'Created' },
            { key: 'closed', title: 'Closed' },
            { key: 'address', title: 'Address', priority: 2 },
            { key: 'beat', title: 'Beat', priority: 1 },
            ...measures.map((name) => ({ key: `n-${name}`, title: name, align: 'right' as const })),
          ],
          rows: found.rows.map((row) => ({
            srNumber: row.srNumber,
            type: row.type,
            status: row.status,
            created: { kind: 'instant' as const, at: row.createdAt },
            closed: { kind: 'instant' as const, at: row.closedAt },
            address: row.address,
            beat: row.beat,
            ...Object.fromEntries(measures.map((name) => [`n-${name}`, row.counts[name] ?? 0])),
          })),
          empty: 'No record counts in this figure.',
        },
      ],
      notes: ['A record counts where adding it moved the figure: the sums are the figures of the report.'],
    },
    data: { section: found.section, key: found.key, figures: found.figures, items, total: items.length },
    items,
    newestImport: newest,
  };
}
