import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { storeError, usageError } from '../core/errors.ts';
import { explainStoreError, openStore } from './open.ts';

/**
 * Copies a store, in use or not, to `target`: whole or not at all, mode 0600, checked before it gets its name. Rows
 * that were deleted do not travel. Answers its bytes. Throws usage errors about the target and store errors.
 */
export function backupStore(path: string, target: string, force: boolean): number {
  checkTarget(path, target, force);
  const db = openStore(path, { readonly: true, anyVersion: true });
  const temporary = besides(target);
  try {
    // An empty file is taken by `vacuum into`; made here so that nobody else can open it meanwhile.
    closeSync(openSync(temporary, 'wx', 0o600));
    db.prepare('vacuum into ?').run(temporary);
    checkCopy(temporary);
    place(temporary, target);
    return statSync(target).size;
  } catch (error) {
    throw explainTarget(error, path, target);
  } finally {
    db.close();
    for (const left of [temporary, `${temporary}-wal`, `${temporary}-shm`]) rmSync(left, { force: true });
  }
}

/** Throws a usage error when a file cannot be put at `target`: its folder is missing, or it is there without `force`. */
export function checkTarget(path: string, target: string, force: boolean): void {
  const folder = statSync(dirname(target), { throwIfNoEntry: false });
  if (!folder?.isDirectory())
    throw usageError(`${target}: there is no such folder.`, 'Make the folder first.');
  const there = statSync(target, { throwIfNoEntry: false });
  if (there === undefined) return;
  const own = statSync(path, { throwIfNoEntry: false });
  if (own !== undefined && own.ino === there.ino && own.dev === there.dev) {
    throw usageError(`${target} is the store itself.`, 'Name another file.');
  }
  if (there.isDirectory()) throw usageError(`${target} is a folder.`, 'Name a file in it.');
  // The log of whatever stands there would be taken for the copy's own.
  if ((statSync(`${target}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw usageError(`${target} is in use: ${target}-wal lies beside it.`, 'Name another file.');
  }
  if (!force) throw usageError(`${target} exists.`, 'Name another file, or add --force to replace it.');
}

/** Writes a small file whole or not at all, mode 0600. Throws a usage error when it cannot be written. */
export function writeWhole(target: string, text: string): void {
  const temporary = besides(target);
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    place(temporary, target);
  } catch (error) {
    throw explainTarget(error, target, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function besides(target: string): string {
  return `${target}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

function checkCopy(path: string): void {
  const copy = new Database(path);
  try {
    if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw storeError('The copy is damaged, so it was thrown away.', 'Run: rollcall db check');
    }
    copy.pragma('journal_mode = wal');
  } finally {
    copy.close();
  }
}

function place(temporary: string, target: string): void {
  chmodSync(temporary, 0o600);
  const file = openSync(temporary, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, target);
}

function explainTarget(error: unknown, path: string, target: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return usageError(`${target}: you may not write there.`, 'Write elsewhere.');
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return usageError(`${target}: there is no such folder.`, 'Make the folder first.');
  }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return storeError(
      `${target}: the disk is full, nothing was written.`,
      'Make room and repeat the command.',
    );
  }
  return explainStoreError(error, existsSync(path) ? path : target);
}
