import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { dataError } from '../../core/errors.ts';
import { digestBeside, digestHere } from './digest.ts';

const CHUNK = 256 * 1024;
/** From this size on a thread of its own for the digest takes less time than it costs. */
const LARGE = 16 * 1024 * 1024;

/** The bytes of a file or of standard input, once, hashed and counted on the way. */
export interface Input {
  /** Bytes after decompression; a chunk is valid until the next is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Size of the file, null when unknown. */
  readonly bytesTotal: number | null;
  /** Bytes taken in so far, as they are in the file. */
  bytesRead(): number;
  /** SHA-256 (hex) of the file's bytes as they are; '' until the last chunk has been taken. */
  sha256(): string;
  close(): Promise<void>;
}

function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT')
    return dataError(`${file}: there is no such file.`, 'Check the name and the folder.');
  if (code === 'EISDIR') return dataError(`${file}: this is a folder.`, 'Name the files in it.');
  if (code === 'EACCES' || code === 'EPERM')
    return dataError(`${file}: this file may not be read.`, 'Check its permissions.');
  if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR')
    return dataError(`${file}: the compressed file is cut off or damaged.`, 'Export or copy it again.');
  return error;
}

/** Reads ahead by one chunk, into two buffers by turns. */
async function* fileChunks(handle: FileHandle): AsyncGenerator<Buffer> {
  let ready = Buffer.allocUnsafe(CHUNK);
  let filling = Buffer.allocUnsafe(CHUNK);
  let pending = handle.read(filling, 0, CHUNK, null);
  for (;;) {
    const { bytesRead } = await pending;
    if (bytesRead === 0) return;
    [ready, filling] = [filling, ready];
    pending = handle.read(filling, 0, CHUNK, null);
    // A failure of the read ahead is met at the next turn; until then nobody waits for it.
    pending.catch(() => undefined);
    yield ready.subarray(0, bytesRead);
  }
}

/** Opens `path` (`-` is `stdin`); a name that ends in .gz is decompressed. Throws a data error when it cannot be read. */
export async function openInput(path: string, file: string, stdin: NodeJS.ReadableStream): Promise<Input> {
  let sha256 = '';
  let read = 0;
  let handle: FileHandle | null = null;
  let bytesTotal: number | null = null;
  try {
    if (path !== '-') {
      handle = await open(path, 'r');
      const stat = await handle.stat();
      if (stat.isDirectory()) throw dataError(`${file}: this is a folder.`, 'Name the files in it.');
      if (stat.isFile()) bytesTotal = stat.size;
    }
  } catch (error) {
    await handle?.close();
    throw explain(error, file);
  }

  const digest =
    handle !== null && bytesTotal !== null && bytesTotal >= LARGE ? digestBeside(handle.fd) : digestHere();

  async function* raw(): AsyncGenerator<Buffer> {
    const source: AsyncIterable<string | Buffer> = handle === null ? stdin : fileChunks(handle);
    for await (const chunk of source) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      digest.add(bytes);
      read += bytes.length;
      yield bytes;
    }
    sha256 = await digest.finish();
  }

  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      if (!path.toLowerCase().endsWith('.gz')) {
        yield* raw();
        return;
      }
      // The stream keeps what it is given, the buffers of fileChunks are used again: so it gets copies.
      const copies = (async function* () {
        for await (const bytes of raw()) yield Buffer.from(bytes);
      })();
      const unzip = createGunzip({ chunkSize: CHUNK });
      // What fails on the way ends the last stream, and is met by whoever reads that.
      pipeline(Readable.from(copies, { objectMode: false }), unzip, () => undefined);
      yield* unzip;
    } catch (error) {
      throw explain(error, file);
    }
  }

  return {
    chunks: chunks(),
    bytesTotal,
    bytesRead: () => read,
    sha256: () => sha256,
    async close() {
      if (sha256 === '') digest.drop();
      const closing = handle;
      handle = null;
      await closing?.close();
    },
  };
}
