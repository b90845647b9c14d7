import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import { isoOrNull } from '../core/instant.ts';
import type { Document } from '../report/document.ts';
import type { ReportQuestion } from '../report/question.ts';
import { rowsOutcome } from '../report/rows-document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read } from '../store/store.ts';
import { rowsBehind } from './report-rows.ts';

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
  const { place, period } = question;
  return rowsOutcome({
    asked,
    section: found.section,
    key: found.key,
    place: place.beat ?? place.district ?? 'all districts',
    period,
    now: context.now,
    newestImport: newest,
    columns: [
      { key: 'srNumber', title: 'SR number' },
      { key: 'type', title: 'Type' },
      { key: 'status', title: 'Status', priority: 1 },
      { key: 'created', title: 'Created' },
      { key: 'closed', title: 'Closed' },
      { key: 'address', title: 'Address', priority: 2 },
      { key: 'beat', title: 'Beat', priority: 1 },
    ],
    rows: found.rows.map(({ counts, ...row }) => ({
      item: { ...row, createdAt: isoOrNull(row.createdAt), closedAt: isoOrNull(row.closedAt) },
      counts,
      cells: {
        srNumber: row.srNumber,
        type: row.type,
        status: row.status,
        created: { kind: 'instant', at: row.createdAt },
        closed: { kind: 'instant', at: row.closedAt },
        address: row.address,
        beat: row.beat,
      },
    })),
  });
}
