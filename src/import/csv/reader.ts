import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { dataError } from '../../core/errors.ts';
import type { CsvBatch } from './block.ts';
import { type Encoding, notUtf8, parseEncoding, toUtf8 } from './encoding.ts';
import { findHeader } from './header.ts';
import { openInput } from './input.ts';
import { judge } from './judge.ts';
import { makeScanner } from './scan.ts';

export type { CsvBatch, Irregular, RowBlock } from './block.ts';

/** An open CSV file whose header has been read. */
export interface CsvSource {
  /** Name for people: the file's own name, or `standard input`. */
  readonly file: string;
  /** Header cells, trimmed. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Bytes of the file on disk, null when unknown (standard input). */
  readonly bytesTotal: number | null;
  /** Bytes of the file taken in so far, as they are in the file (compressed ones for .gz). */
  bytesRead(): number;
  /** SHA-256 (hex) of the bytes as they are in the file. Call it after the last batch. */
  sha256(): string;
  /** The records after the header, once. Throws a data error where the text is not what its encoding says. */
  batches(): AsyncGenerator<CsvBatch>;
  close(): Promise<void>;
}

export interface CsvOptions {
  /** As given to --encoding; a byte order mark wins over it. */
  readonly encoding?: string | null;
  /** Read for the path `-`. */
  readonly stdin?: NodeJS.ReadableStream;
}

/** Bytes taken in at a time: enough to keep the loops long, little enough for the processor's cache. */
const STRETCH = 256 * 1024;
/** No record is longer than this: a quote still open after it is broken. */
const LONGEST_RECORD = 1024 * 1024;

/** Opens a CSV file (`-`: standard input) and reads its header. Throws a data error when there is none to read. */
export async function openCsv(path: string, options: CsvOptions = {}): Promise<CsvSource> {
  const file = path === '-' ? 'standard input' : basename(path);
  const asked = options.encoding ? parseEncoding(options.encoding) : null;
  const input = await openInput(path, file, options.stdin ?? process.stdin);
  try {
    let encoding: Encoding = 'utf-8';
    const chunks = toUtf8(input.chunks, asked, file, (found) => {
      encoding = found;
    })[Symbol.asyncIterator]();
    let window = Buffer.allocUnsafe(4096);
    let waiting: Buffer = Buffer.alloc(0);
    let filled = 0;

    // Puts more bytes behind those in the window; false at the end.
    const fill = async (): Promise<boolean> => {
      while (waiting.length === 0) {
        const next = await chunks.next();
        if (next.done) return false;
        waiting = next.value;
      }
      const taken = Math.min(waiting.length, STRETCH);
      if (filled + taken + 1 > window.length) {
        const wider = Buffer.allocUnsafe(Math.max(filled + taken + 1, Math.min(2 * window.length, STRETCH)));
        window.copy(wider, 0, 0, filled);
        window = wider;
      }
      waiting.copy(window, filled, 0, taken);
      waiting = waiting.subarray(taken);
      filled += taken;
      return true;
    };

    let ended = false;
    let head = findHeader(window.subarray(0, 0), false, file);
    while (head === null) {
      if (filled >= LONGEST_RECORD) {
        throw dataError(`${file}: no line end in the first megabyte.`, 'Check that this is a CSV file.');
      }
      ended = !(await fill());
      head = findHeader(window.subarray(0, filled), ended, file);
    }
    const { header, delimiter } = head;
    let start = head.end;
    let line = head.nextLine;

    async function* batches(): AsyncGenerator<CsvBatch> {
      const width = header.length;
      const scanner = makeScanner(delimiter, width, line);
      for (;;) {
        window.copyWithin(0, start, filled);
        filled -= start;
        start = 0;
        const giveUp = filled >= LONGEST_RECORD;
        if (!giveUp && !ended) ended = !(await fill());
        start = scanner.run(window, 0, filled, ended, giveUp ? 0 : -1);
        if (giveUp && start === 0) {
          throw dataError(
            `${file}, line ${scanner.nextLine()}: this line is longer than a megabyte.`,
            'Check that this is a CSV file.',
          );
        }
        if (!isUtf8(window.subarray(0, start))) throw notUtf8(window.subarray(0, start), line, file);
        line = scanner.nextLine();
        if (scanner.rows > 0 || scanner.spoiled.length > 0) {
          yield { block: scanner, irregular: judge(window, scanner.spoiled, delimiter, width) };
        }
        if (ended && start === filled) return;
      }
    }

    return {
      file,
      header,
      delimiter,
      encoding,
      bytesTotal: input.bytesTotal,
      bytesRead: input.bytesRead,
      sha256: input.sha256,
      batches,
      close: input.close,
    };
  } catch (error) {
    await input.close();
    throw error;
  }
}
