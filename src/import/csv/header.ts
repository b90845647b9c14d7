import { isUtf8 } from 'node:buffer';
import { dataError } from '../../core/errors.ts';
import { notUtf8 } from './encoding.ts';
import { readWithCsvParse } from './judge.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LF = 10;
const CR = 13;
const QUOTE = 34;

/** The header of a file and where its records begin. */
export interface Header {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** Offset behind the header's line end. */
  readonly end: number;
  readonly nextLine: number;
}

/** The one of comma, semicolon, tab and bar that stands most often outside quotes in a header line; comma at a tie. */
function sniffDelimiter(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}

/**
 * The header at the start of UTF-8 bytes, blank lines before it passed over; null when more bytes are needed.
 * Throws a data error when the file is empty or its header cannot be read.
 */
export function findHeader(bytes: Buffer, ended: boolean, file: string): Header | null {
  let start = 0;
  let line = 1;
  while (start < bytes.length && (bytes[start] === LF || bytes[start] === CR)) {
    if (bytes[start] === LF || bytes[start + 1] !== LF) line++;
    start++;
  }
  let end = start;
  let quoted = false;
  let inside = 0;
  for (; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === LF || byte === CR) {
      if (!quoted) break;
      if (byte === LF || bytes[end + 1] !== LF) inside++;
    }
  }
  if (!ended && (end >= bytes.length - 1 || end === start)) return null;
  if (end === start)
    throw dataError(`${file}: this file is empty.`, 'Export it again; the first line names the columns.');
  const raw = bytes.subarray(start, end);
  if (!isUtf8(raw)) {
    throw notUtf8(raw, line, file);
  }
  const text = raw.toString('utf8');
  if (text.includes('\0')) {
    throw dataError(
      `${file}, line ${line}: the header holds NUL bytes.`,
      'If the file is UTF-16 without a byte order mark, say --encoding utf-16le.',
    );
  }
  const delimiter = sniffDelimiter(text);
  const verdict = readWithCsvParse(text, delimiter);
  const cells = verdict.ok ? verdict.records[0] : undefined;
  if (cells === undefined) {
    throw dataError(
      `${file}, line ${line}: the header has a broken quote.`,
      'Put the header right and import again.',
    );
  }
  const next = end >= bytes.length ? end : end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
  return { header: cells.map((cell) => cell.trim()), delimiter, end: next, nextLine: line + inside + 1 };
}
