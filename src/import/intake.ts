import type { Progress } from '../core/command.ts';
import { foldKey } from '../core/text.ts';
import { REJECT_COLUMNS } from './choose.ts';
import type { CsvSource, Irregular, RowBlock } from './csv/reader.ts';
import type { Rejection, RowFate, RowSink } from './profile.ts';
import { csvLine, marked, type RejectedRow, type RejectsFile, stillUnmended, unmarked } from './rejects.ts';

/** How many rejected rows are shown; all of them are in the rejects file. */
const SHOWN = 5;

/** What became of the rows of a file. */
export interface Intake {
  readonly rows: number;
  readonly rejected: number;
  readonly rejects: readonly RejectedRow[];
  readonly fates: Readonly<Record<RowFate, number>>;
}

interface Refused extends RejectedRow {
  readonly fields: readonly string[];
  readonly extra: string;
}

/** The columns of a file that are its own, when it is itself a rejects file; else all of them. */
function ownColumns(header: readonly string[]): readonly number[] {
  const marks: readonly string[] = REJECT_COLUMNS;
  return header.flatMap((name, at) => (marks.includes(foldKey(name)) ? [] : [at]));
}

/** Gives every row of a file to the sink, in order; what is not taken goes to the rejects file as it comes. */
export async function takeRows(
  source: CsvSource,
  sink: RowSink,
  rejects: RejectsFile | null,
  progress: Progress,
): Promise<Intake> {
  const { header, delimiter } = source;
  const own = ownColumns(header);
  const isRejectsFile = own.length < header.length;
  const markAt = (mark: (typeof REJECT_COLUMNS)[number]): number =>
    header.findIndex((name) => foldKey(name) === mark);
  const [columnAt, reasonAt, extraAt] = [
    markAt('reject_column'),
    markAt('reject_reason'),
    markAt('reject_extra'),
  ];
  const fates: Record<RowFate, number> = { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 };
  const shown: RejectedRow[] = [];
  let rows = 0;
  let rejected = 0;
  let waiting: Refused[] = [];

  const refuse = (row: Refused): void => {
    waiting.push(row);
  };
  const ownFields = (fields: readonly string[]): readonly string[] =>
    isRejectsFile ? own.map((at) => fields[at] ?? '') : fields;
  const refuseRow = (line: number, fields: readonly string[], { column, reason }: Rejection): void => {
    refuse({ line, column, reason, fields: ownFields(fields), extra: '' });
  };
  const refuseIrregular = (one: Irregular): void => {
    const column = one.column === null ? null : (header[one.column] ?? null);
    const fields = ownFields(one.fields);
    const surplus = one.fields.slice(header.length);
    const extra = one.fields.length === 0 ? one.text : csvLine(surplus, delimiter);
    refuse({ line: one.line, column, reason: marked(one.reason, fields, own.length), fields, extra });
  };
  const unmended = (fields: readonly string[]): string | null =>
    reasonAt < 0 ? null : stillUnmended(fields[reasonAt] ?? '', ownFields(fields));

  const takeOneByOne = (block: RowBlock): void => {
    for (let row = 0; row < block.rows; row++) {
      const line = block.lines[row] ?? 0;
      const fields = block.fields(row);
      const still = unmended(fields);
      if (still !== null) {
        const cells = ownFields(fields);
        const column = fields[columnAt] || null;
        refuse({
          line,
          column,
          reason: marked(still, cells, cells.length),
          fields: cells,
          extra: fields[extraAt] ?? '',
        });
        continue;
      }
      const fate = sink.add(fields, line);
      if (typeof fate === 'string') fates[fate]++;
      else refuseRow(line, fields, fate);
    }
  };
  const settle = (): void => {
    if (waiting.length === 0) return;
    rejected += waiting.length;
    for (const { fields, extra, ...row } of waiting.toSorted((a, b) => a.line - b.line)) {
      rejects?.add(row, fields, extra);
      if (shown.length < SHOWN) shown.push({ ...row, reason: unmarked(row.reason) });
    }
    waiting = [];
  };

  if (source.bytesTotal !== null) progress.start(`Importing ${source.file}`, source.bytesTotal, 'bytes');
  try {
    for await (const { block, irregular } of source.batches()) {
      rows += block.rows + irregular.length;
      if (sink.addBlock && !isRejectsFile) {
        sink.addBlock(block, (row, rejection) => {
          refuseRow(block.lines[row] ?? 0, block.fields(row), rejection);
        });
      } else takeOneByOne(block);
      for (const one of irregular) refuseIrregular(one);
      settle();
      progress.update(source.bytesRead());
    }
  } finally {
    progress.stop();
  }
  return { rows, rejected, rejects: shown, fates };
}
