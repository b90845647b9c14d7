import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import type { Document } from '../report/document.ts';
import { placeTitle, type ReportQuestion } from '../report/question.ts';
import { rowsOutcome } from '../report/rows-document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read } from '../store/store.ts';
import { requestItem } from './report-json.ts';
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
  // What a police request is about; a City request's type says it.
  const categories = found.rows.some(({ category }) => category !== null);
  return rowsOutcome({
    asked,
    section: found.section,
    key: found.key,
    place: placeTitle(place),
    period,
    now: context.now,
    newestImport: newest,
    measures: found.measures,
    columns: [
      { key: 'srNumber', title: 'SR number' },
      { key: 'type', title: 'Type' },
      ...(categories ? [{ key: 'category', title: 'Category', priority: 1 }] : []),
      { key: 'status', title: 'Status', priority: 1 },
      { key: 'created', title: 'Created' },
      { key: 'closed', title: 'Closed' },
      { key: 'address', title: 'Address', priority: 2 },
      { key: 'beat', title: 'Beat', priority: 1 },
    ],
    rows: found.rows.map(({ counts, ...row }) => ({
      item: requestItem(row),
      counts,
      cells: {
        srNumber: row.srNumber,
        type: row.type,
        ...(categories ? { category: row.category } : {}),
        status: row.status,
        created: { kind: 'instant', at: row.createdAt },
        closed: { kind: 'instant', at: row.closedAt },
        address: row.address,
        beat: row.beat,
      },
    })),
  });
}
