import { CsvError, parse } from 'csv-parse/sync';
import type { Irregular } from './block.ts';
import type { Spoiled } from './scan.ts';

/** What csv-parse makes of a text: its records, or the code of its complaint and the field (from 0) it is about. */
export type Verdict =
  | { readonly ok: true; readonly records: readonly (readonly string[])[] }
  | { readonly ok: false; readonly code: string; readonly field: number | null };

/** csv-parse's reading of whole records, of any number of fields each. Blank lines are no records. */
export function readWithCsvParse(text: string, delimiter: string): Verdict {
  // Half a million broken quotes are half a million errors; where each was made is of no use, and takes most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const records: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 0,
    });
    return { ok: true, records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, code: error.code, field: typeof error.column === 'number' ? error.column : null };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function withoutLineEnd(text: string): string {
  return text.replace(/(\r\n|\n|\r)$/, '');
}

function countReason(found: number, width: number): string {
  const fields = found === 1 ? '1 field' : `${found} fields`;
  return `${fields} where the header has ${width}`;
}

const QUOTE_REASONS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE:
    'broken quote: it stands inside an unquoted field; quote the field and double the quote',
  CSV_INVALID_CLOSING_QUOTE:
    'broken quote: text follows a closing quote; a quote inside a field is written twice',
  CSV_QUOTE_NOT_CLOSED: 'broken quote: it opens here and is not properly closed',
};

function judgeOne(text: string, line: number, fields: readonly string[], width: number): Irregular {
  const nul = fields.findIndex((field) => field.includes('\0'));
  if (nul !== -1) return { line, column: nul, reason: 'a NUL byte, which no text holds', fields, text };
  return { line, column: null, reason: countReason(fields.length, width), fields, text };
}

/**
 * csv-parse's verdict on the records that a scanner would not take. Whole records are read in one go, those with a
 * broken quote one by one.
 */
export function judge(
  bytes: Buffer,
  spoiled: readonly Spoiled[],
  delimiter: string,
  width: number,
): readonly Irregular[] {
  if (spoiled.length === 0) return [];
  const whole = spoiled.filter((one) => one.trouble !== 'quote');
  const joined = readWithCsvParse(
    whole.map((one) => `${withoutLineEnd(bytes.toString('utf8', one.start, one.end))}\n`).join(''),
    delimiter,
  );
  const fieldsOf = new Map<Spoiled, readonly string[]>();
  if (joined.ok && joined.records.length === whole.length) {
    whole.forEach((one, i) => {
      fieldsOf.set(one, joined.records[i] ?? []);
    });
  }
  return spoiled.map((one) => {
    const text = withoutLineEnd(bytes.toString('utf8', one.start, one.end));
    const known = fieldsOf.get(one);
    if (known !== undefined) return judgeOne(text, one.line, known, width);
    const verdict = readWithCsvParse(text, delimiter);
    if (verdict.ok) return judgeOne(text, one.line, verdict.records[0] ?? [], width);
    const column = verdict.field !== null && verdict.field < width ? verdict.field : null;
    const reason = text.includes('\0') ? 'a NUL byte, which no text holds' : QUOTE_REASONS[verdict.code];
    return { line: one.line, column, reason: reason ?? `broken record (${verdict.code})`, fields: [], text };
  });
}
