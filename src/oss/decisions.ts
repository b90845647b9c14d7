import { resolve } from 'node:path';
import { openActs } from '../casework/act.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import { dataError, RollcallError } from '../core/errors.ts';
import { foldKey } from '../core/text.ts';
import { isRefused } from '../core/workflow.ts';
import { type CsvSource, openCsv } from '../import/csv/reader.ts';
import type { Actor } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { write } from '../store/store.ts';
import { workItemKind } from './records.ts';
import { determination, OSS_BANNER } from './triage.ts';

interface Decided {
  readonly line: number;
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
  /** Why the row cannot be read; null when it can. */
  readonly broken: string | null;
}

/** Decides every row of a CSV file in one transaction; rows that a rule refuses are listed, the others kept. */
export async function decideInBulk(context: Context, actor: Actor, file: string): Promise<Outcome<Document>> {
  const rows = await readAnswers(context, file);
  const result = await write(
    context.storePath,
    async (writer) => {
      const acts = await openActs(writer, workItemKind, context.clock());
      const decided: Decided[] = [];
      const refused: Refused[] = [];
      for (const row of rows) {
        const { line, id, verdict } = row;
        if (verdict !== 'valid' && verdict !== 'invalid') {
          const text = row.broken ?? `determination "${verdict}" is neither valid nor invalid`;
          refused.push({ line, id, rule: null, text });
          continue;
        }
        const event = determination(
          actor.memberId,
          context.now,
          verdict,
          row.reason === '' ? null : row.reason,
        );
        const decision = await acts.weigh(id, event);
        // Of an own one nobody learns here that it is there (OSS-12).
        if (decision === null || decision.next.memberId === actor.memberId) {
          refused.push({ line, id, rule: null, text: 'there is no such Work Item' });
        } else if (isRefused(decision)) {
          const [first] = decision.objections.filter((objection) => objection.refuses);
          refused.push({ line, id, rule: first?.rule ?? null, text: first?.text ?? 'refused' });
        } else {
          await acts.act(id, event);
          decided.push({ line, id, determination: verdict });
        }
      }
      await acts.finish();
      return { decided, refused, newest: await newestImport(writer, 'oss') };
    },
    { dryRun: context.dryRun },
  );
  for (const row of result.refused) {
    const where = [`${file}, line ${row.line}`, ...(row.id === '' ? [] : [row.id])].join(', ');
    context.warn(`${where}: ${row.text}${row.rule === null ? '' : ` (${row.rule})`}`);
  }
  const items = rows.map((row) => fateOf(row, result.refused));
  return {
    document: bulkDocument(context, rows.length, result.decided, result.refused, result.newest),
    data: {
      items,
      total: items.length,
      decided: result.decided,
      refused: result.refused.map((row) => ({ ...row, id: row.id === '' ? null : row.id })),
    },
    items,
    newestImport: result.newest,
    exitCode: result.refused.some((row) => row.rule !== null) ? 4 : result.refused.length > 0 ? 3 : 0,
  };
}

function fateOf({ line, id, verdict }: AnswerRow, refused: readonly Refused[]) {
  const against = refused.find((row) => row.line === line);
  return {
    line,
    id: id === '' ? null : id,
    determination: verdict === '' ? null : verdict,
    kept: against === undefined,
    rule: against?.rule ?? null,
    text: against?.text ?? null,
  };
}

const COLUMNS = ['work_item_id', 'determination', 'reason'] as const;

// Read like any export: whatever an import would not take is not taken here.
async function readAnswers(context: Context, file: string): Promise<readonly AnswerRow[]> {
  let source: CsvSource | null = null;
  try {
    source = await openCsv(file === '-' ? file : resolve(context.cwd, file), { stdin: context.stdin });
    return await answersIn(source);
  } catch (error) {
    // The remedy of an import would name an option that this command does not have.
    if (error instanceof RollcallError && error.remedy?.includes('--encoding'))
      throw dataError(error.message, 'Save the decisions file as UTF-8.');
    throw error;
  } finally {
    await source?.close();
  }
}

async function answersIn(source: CsvSource): Promise<readonly AnswerRow[]> {
  const header = source.header.map(foldKey);
  const [idAt = -1, verdictAt = -1, reasonAt = -1] = COLUMNS.map((name) => header.indexOf(name));
  for (const name of COLUMNS) {
    if (header.indexOf(name) !== header.lastIndexOf(name))
      throw dataError(`${source.file}: the column ${name} stands twice.`, 'Remove one of them.');
    if (name !== 'reason' && !header.includes(name))
      throw dataError(`${source.file} has no column ${name}.`, `It takes ${COLUMNS.join(', ')}.`);
  }
  const rows: AnswerRow[] = [];
  for await (const { block, irregular } of source.batches()) {
    for (let row = 0; row < block.rows; row++) {
      const fields = block.fields(row);
      const cell = (at: number): string => (fields[at] ?? '').trim();
      rows.push({
        line: block.lines[row] ?? 0,
        id: cell(idAt),
        verdict: cell(verdictAt).toLowerCase(),
        reason: cell(reasonAt),
        broken: null,
      });
    }
    for (const { line, fields, reason } of irregular)
      rows.push({ line, id: (fields[idAt] ?? '').trim(), verdict: '', reason: '', broken: reason });
  }
  return rows.toSorted((a, b) => a.line - b.line);
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
              rows: refused.map((row) => ({ ...row, id: row.id === '' ? null : row.id })),
            },
          ]),
    ],
  };
}
