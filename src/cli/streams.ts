import { once } from 'node:events';
import { realpathSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type RollcallError, storeError, usageError } from '../core/errors.ts';

/** Rendered text or bytes in pieces, as a renderer gives it. */
export type Chunks = Iterable<string> | AsyncIterable<string> | Iterable<Uint8Array>;

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

const PIECE = 64 * 1024;

/** Joins short pieces: one write a table row would be one system call a row. */
async function* pieces(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  let held = '';
  for await (const chunk of chunks) {
    if (typeof chunk !== 'string') {
      yield chunk;
      continue;
    }
    held += chunk;
    if (held.length >= PIECE) {
      yield held;
      held = '';
    }
  }
  if (held !== '') yield held;
}

/** Waits until the stream takes more, or is gone. */
async function drained(stream: NodeJS.WritableStream): Promise<void> {
  const either = new AbortController();
  const { signal } = either;
  const settled = [once(stream, 'drain', { signal }), once(stream, 'close', { signal })];
  try {
    await Promise.race(settled);
  } finally {
    either.abort();
    await Promise.allSettled(settled);
  }
}

/**
 * Writes to a stream no faster than its reader reads. Answers false when the reader closed the pipe, which is no
 * error. Throws kind `store` when the stream cannot be written (a full disk behind `>`).
 */
export async function writeStream(stream: NodeJS.WritableStream, chunks: Chunks): Promise<boolean> {
  let failed: unknown;
  const note = (error?: unknown) => {
    failed ??= error ?? undefined;
  };
  stream.on('error', note);
  try {
    for await (const piece of pieces(chunks)) {
      if (failed !== undefined) break;
      if (!stream.write(piece, note)) await drained(stream);
    }
    // An empty write comes back after everything before it: only then is every failure known.
    await new Promise<void>((done) => {
      stream.write('', (error) => {
        note(error);
        done();
      });
    });
  } catch (error) {
    note(error);
  } finally {
    stream.off('error', note);
  }
  if (failed === undefined) return true;
  if (codeOf(failed) === 'EPIPE' || codeOf(failed) === 'ERR_STREAM_DESTROYED') return false;
  if (codeOf(failed).startsWith('E')) throw outputFailure('standard output', failed);
  throw failed;
}

function outputFailure(where: string, thrown: unknown): RollcallError {
  const code = codeOf(thrown);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return usageError(`${where}: there is no such folder`, 'Make the folder first, or write elsewhere.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return usageError(`${where}: you may not write there`, 'Write elsewhere.');
    case 'EISDIR':
      return usageError(`${where}: that is a folder`, 'Name a file in it.');
    case 'ENOSPC':
    case 'EDQUOT':
      return storeError(
        `${where}: the disk is full, nothing was written`,
        'Make room and repeat the command.',
      );
    default:
      return storeError(`${where}: cannot be written (${code})`);
  }
}

/** The file that `path` leads to through links. Throws a usage error when it cannot be written as a plain file. */
export function checkOutput(path: string): string {
  try {
    if (!statSync(dirname(path)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  } catch (error) {
    throw outputFailure(path, error);
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return path;
  if (found.isDirectory()) throw outputFailure(path, Object.assign(new Error(), { code: 'EISDIR' }));
  if (!found.isFile())
    throw usageError(`${path}: is no plain file`, 'Leave --output out and redirect instead.');
  return realpathSync(path);
}

/**
 * Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it. Mode 0600,
 * because what it holds is confidential. Throws usage or store failures that name the file.
 */
export async function writeFileWhole(path: string, chunks: Chunks): Promise<void> {
  const target = checkOutput(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  let file: FileHandle | null = null;
  try {
    file = await open(temporary, 'wx', 0o600);
    for await (const piece of pieces(chunks)) await file.writeFile(piece);
    await file.sync();
    await file.close();
    file = null;
    await rename(temporary, target);
  } catch (error) {
    await file?.close();
    if (codeOf(error) !== 'EEXIST') await rm(temporary, { force: true });
    if (/^E[A-Z]+$/.test(codeOf(error))) throw outputFailure(path, error);
    throw error;
  }
}
