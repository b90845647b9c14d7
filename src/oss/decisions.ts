import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { openActs } from '../casework/act.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import { dataError } from '../core/errors.ts';
import { foldKey } from '../core/text.ts';
import { isRefused } from '../core/workflow.ts';
import type { Actor } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { write } from '../store/store.ts';
import { workItemKind } from './records.ts';
import { determination, OSS_BANNER } from './triage.ts';

interface Decided {
  readonly id: string;
  readonly determination: 'valid' | 'invalid';
}

interface Refused {
  readonly line: number;
  readonly id: string;
  readonly rule: string | null;
  readonly text: string;
}

interface AnswerRow {
  readonly line: number;
  readonly id: string;
  readonly verdict: string;
  readonly reason: string;
}

/** Decides every row of a CSV file in one transaction; rows that a rule refuses are listed, the others kept. */
export async function decideInBulk(context: Context, actor: Actor, file: string): Promise<Outcome<Document>> {
  const rows = readAnswers(file);
  const result = await write(
    context.storePath,
    async (writer) => {
      const acts = await openActs(writer, workItemKind, context.clock());
      const decided: Decided[] = [];
      const refused: Refused[] = [];
      for (const row of rows) {
        const { line, id, verdict } = row;
        if (verdict !== 'valid' && verdict !== 'invalid') {
          refused.push({
            line,
            id,
            rule: null,
            text: `determination "${verdict}" is neither valid nor invalid`,
          });
          continue;
        }
        const event = determination(
          actor.memberId,
          context.now,
          verdict,
          row.reason === '' ? null : row.reason,
        );
        const decision = await acts.weigh(id, event);
        if (decision === null) {
          refused.push({ line, id, rule: null, text: 'there is no such Work Item' });
        } else if (isRefused(decision)) {
          const [first] = decision.objections.filter((objection) => objection.refuses);
          refused.push({ line, id, rule: first?.rule ?? null, text: first?.text ?? 'refused' });
        } else {
          await acts.act(id, event);
          decided.push({ id, determination: verdict });
        }
      }
      await acts.finish();
      return { decided, refused, newest: await newestImport(writer, 'oss') };
    },
    { dryRun: context.dryRun },
  );
  for (const row of result.refused) {
    context.warn(
      `${file}, line ${row.line}, ${row.id}: ${row.text}${row.rule === null ? '' : ` (${row.rule})`}`,
    );
  }
  return {
    document: bulkDocument(context, rows.length, result.decided, result.refused, result.newest),
    data: { decided: result.decided, refused: result.refused, total: rows.length },
    items: result.decided.map((row) => ({ ...row })),
    newestImport: result.newest,
    exitCode: result.refused.some((row) => row.rule !== null) ? 4 : result.refused.length > 0 ? 3 : 0,
  };
}

function readAnswers(file: string): readonly AnswerRow[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw dataError(`${file} cannot be read.`, 'Check the name of the decisions file.');
  }
  let records: string[][];
  try {
    records = parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true, trim: true });
  } catch (error) {
    throw dataError(
      `${file}: ${error instanceof Error ? error.message : 'no CSV'}.`,
      'Mend the file and try again.',
    );
  }
  const header = (records[0] ?? []).map(foldKey);
  const position = (name: string): number => header.indexOf(foldKey(name));
  for (const name of ['work_item_id', 'determination']) {
    if (position(name) < 0)
      throw dataError(`${file} has no column ${name}.`, 'It takes work_item_id, determination, reason.');
  }
  return records.slice(1).map((record, i) => ({
    line: i + 2,
    id: record[position('work_item_id')] ?? '',
    verdict: (record[position('determination')] ?? '').toLowerCase(),
    reason: record[position('reason')] ?? '',
  }));
}

function bulkDocument(
  context: Context,
  total: number,
  decided: readonly Decided[],
  refused: readonly Refused[],
  newest: Outcome<Document>['newestImport'],
): Document {
  return {
    title: context.dryRun ? 'Determinations (dry run, nothing written)' : 'Determinations',
    subtitle: `${decided.length} of ${total} rows kept, ${refused.length} refused`,
    banner: OSS_BANNER,
    asOf: context.now,
    newestImport: newest,
    blocks: [
      {
        kind: 'table',
        id: 'decided',
        columns: [
          { key: 'id', title: 'Work Item' },
          { key: 'determination', title: 'Determination' },
        ],
        rows: decided.map((row) => ({ ...row })),
        empty: 'No row was kept.',
      },
      ...(refused.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              id: 'refused',
              title: 'Refused',
              columns: [
                { key: 'line', title: 'Line', align: 'right' as const },
                { key: 'id', title: 'Work Item' },
                { key: 'rule', title: 'Rule' },
                { key: 'text', title: 'Why' },
              ],
              rows: refused.map((row) => ({ ...row })),
            },
          ]),
    ],
  };
}
