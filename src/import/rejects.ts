import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dataError } from '../core/errors.ts';
import { foldKey } from '../core/text.ts';
import { REJECT_COLUMNS } from './choose.ts';

/** A row that was not taken. */
export interface RejectedRow {
  readonly line: number;
  /** Name of the column it is about, null for the row as a whole. */
  readonly column: string | null;
  readonly reason: string;
}

/** The rejects file of one import; it appears whole on `keep`, or not at all. */
export interface RejectsFile {
  readonly path: string;
  /** `fields` in the order of the header; `extra` is what has no column. */
  add(row: RejectedRow, fields: readonly string[], extra: string): void;
  keep(): void;
  drop(): void;
}

const FLUSH_CHARACTERS = 64 * 1024;

/** One line of CSV with these cells, without its line end. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return cells
    .map((cell) =>
      /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(delimiter);
}

/** Starts a rejects file beside its final place. Throws a data error when it cannot be written there. */
export function openRejects(
  path: string,
  { header, delimiter }: { readonly header: readonly string[]; readonly delimiter: string },
): RejectsFile {
  const columns = header.filter((name) => !REJECT_COLUMNS.some((own) => own === foldKey(name)));
  const temporary = `${path}.${process.pid}.tmp`;
  let file: number | null = null;
  try {
    file = openSync(temporary, 'w', 0o600);
  } catch {
    throw dataError(`The rejects file ${path} cannot be written.`, 'Check its folder and its permissions.');
  }
  let waiting = `${csvLine([...columns, ...REJECT_COLUMNS], delimiter)}\n`;
  const flush = (): void => {
    const bytes = Buffer.from(waiting);
    for (let at = 0; file !== null && at < bytes.length; ) at += writeSync(file, bytes, at);
    waiting = '';
  };
  const close = (): void => {
    if (file !== null) closeSync(file);
    file = null;
  };
  const width = columns.length;
  return {
    path,
    add(row, fields, extra) {
      const cells = Array.from({ length: width }, (_, i) => fields[i] ?? '');
      waiting += `${csvLine([...cells, String(row.line), row.column ?? '', row.reason, extra], delimiter)}\n`;
      if (waiting.length >= FLUSH_CHARACTERS) flush();
    },
    keep() {
      flush();
      close();
      renameSync(temporary, path);
    },
    drop() {
      if (file === null) return;
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/**
 * Marks a row whose cells are not those of the columns they stand under. It goes into the reason, so that the row is
 * known when it comes back unmended: it has all its columns then, and might pass for a good one.
 */
export function marked(reason: string, fields: readonly string[], width: number): string {
  return `${reason} (unmended ${fingerprint(fields, width)})`;
}

/** The reason for which a row of a rejects file was refused, when its cells are still the same; else null. */
export function stillUnmended(reason: string, fields: readonly string[]): string | null {
  const mark = MARKED.exec(reason);
  if (mark === null || mark[1] !== fingerprint(fields, fields.length)) return null;
  return reason.slice(0, mark.index);
}

/** A reason without its mark, for people. */
export function unmarked(reason: string): string {
  return reason.replace(MARKED, '');
}

const MARKED = / \(unmended ([0-9a-f]{8})\)$/;

// FNV-1a, 32 bits: it has to tell a mended row from an unmended one, not to withstand anybody.
function fingerprint(fields: readonly string[], width: number): string {
  let hash = 0x811c9dc5;
  const take = (code: number): void => {
    hash = Math.imul(hash ^ code, 0x01000193);
  };
  for (let column = 0; column < width; column++) {
    const cell = fields[column] ?? '';
    for (let i = 0; i < cell.length; i++) take(cell.charCodeAt(i));
    take(0x10000);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
