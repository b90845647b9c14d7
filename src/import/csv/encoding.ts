import { isUtf8 } from 'node:buffer';
import { dataError, usageError } from '../../core/errors.ts';

/** Encodings that a file may be in; without --encoding it is UTF-8 or what its byte order mark says. */
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const ALIASES: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  windows1252: 'windows-1252',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  iso88591: 'windows-1252',
};

/** The encoding named by `--encoding`, in any spelling of its name. Throws a usage error that lists them. */
export function parseEncoding(text: string): Encoding {
  const encoding = ALIASES[text.toLowerCase().replace(/[^a-z0-9]/g, '')];
  if (encoding === undefined) {
    throw usageError(`--encoding ${text}: this encoding is not known.`, `One of: ${ENCODINGS.join(', ')}.`);
  }
  return encoding;
}

/** What the first bytes say: a byte order mark and its length, else null. */
function byteOrderMark(bytes: Uint8Array): { readonly encoding: Encoding; readonly length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/** UTF-8 bytes of chunks in another encoding, without their byte order mark; UTF-8 itself passes through unchecked. */
export async function* toUtf8(
  chunks: AsyncIterable<Buffer>,
  asked: Encoding | null,
  file: string,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  const decode = (bytes: Buffer | null): Buffer => {
    if (decoder === null) return bytes ?? Buffer.alloc(0);
    try {
      return Buffer.from(bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }));
    } catch {
      throw dataError(
        `${file}: this is not ${decoder.encoding.toUpperCase()} text.`,
        'Name its encoding with --encoding.',
      );
    }
  };
  const begin = (bytes: Buffer): Buffer => {
    head = null;
    const mark = byteOrderMark(bytes);
    const encoding = mark?.encoding ?? asked ?? 'utf-8';
    onEncoding(encoding);
    if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return decode(bytes.subarray(mark?.length ?? 0));
  };
  for await (const chunk of chunks) {
    if (head === null) {
      yield decode(chunk);
      continue;
    }
    const start: Buffer = Buffer.concat([head, chunk]);
    if (start.length >= 3) yield begin(start);
    else head = start;
  }
  if (head !== null) yield begin(head);
  if (decoder !== null) yield decode(null);
}

/** The error for bytes that are not UTF-8, with the line of the first of them. */
export function notUtf8(bytes: Uint8Array, firstLine: number, file: string): Error {
  let line = firstLine;
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 10 && (bytes[at] !== 13 || bytes[at + 1] === 10)) continue;
    if (!isUtf8(bytes.subarray(from, at))) break;
    from = at + 1;
    line++;
  }
  return dataError(
    `${file}, line ${line}: this is not UTF-8 text.`,
    'If an older system or a spreadsheet wrote it, say --encoding windows-1252.',
  );
}
