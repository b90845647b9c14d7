import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../src/core/instant.ts';
import { foldKey } from '../../src/core/text.ts';
import { cityProfiles } from '../../src/csr/imports-311.ts';
import { undoMirror } from '../../src/csr/mirror-undo.ts';
import type { RowBlock } from '../../src/import/csv/block.ts';
import type { NewFinding, Profile, Rejection, RowFate } from '../../src/import/profile.ts';
import type { SqlValue } from '../../src/store/open.ts';
import { read, write } from '../../src/store/store.ts';

export interface Outcome {
  readonly batchId: number;
  readonly counts: Readonly<Record<RowFate, number>>;
  readonly rejected: readonly (Rejection & { readonly row: number })[];
  readonly findings: readonly NewFinding[];
  readonly notes: Readonly<Record<string, number>>;
}

export interface City {
  readonly path: string;
  /** Imports rows of texts under a header, as the engine would: in blocks, or one by one. */
  take(
    profile: string,
    header: readonly string[],
    rows: readonly (readonly string[])[],
    how?: 'blocks' | 'rows',
  ): Promise<Outcome>;
  undo(batchId: number): Promise<{ readonly removed: number; readonly restored: number }>;
  rows(sql: string): Promise<readonly (readonly SqlValue[])[]>;
  remove(): void;
}

export const RECORDED = 1_750_000_000 as Instant;

/** A store in a folder of its own that takes City requests. */
export function openCity(): City {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-mirror-'));
  const path = join(folder, 'store.db');
  return {
    path,
    async take(name, header, rows, how = 'blocks') {
      return await write(
        path,
        async (writer) => {
          const batchId = writer
            .prepare('insert into batch (profile, file, sha256, rows, imported_at) values (?, ?, ?, ?, ?)')
            .run(name, 'x.csv', '0', rows.length, RECORDED).lastInsertRowid;
          const findings: NewFinding[] = [];
          const notes: Record<string, number> = {};
          const profile = profileNamed(name);
          const sink = await profile.open(
            {
              writer,
              batchId,
              recordedAt: RECORDED,
              actor: null,
              file: 'x.csv',
              sha256: '0',
              finding: (finding) => findings.push(finding),
              note(text) {
                notes[text] = (notes[text] ?? 0) + 1;
              },
              remember() {},
            },
            (column) => placeOf(profile, header, column),
          );
          const rejected: (Rejection & { row: number })[] = [];
          if (how === 'blocks') {
            sink.addBlock?.(blockOf(rows, header.length), (row, rejection) =>
              rejected.push({ row, ...rejection }),
            );
          } else {
            for (const [row, fields] of rows.entries()) {
              const fate = sink.add(fields, row + 2);
              if (typeof fate === 'object') rejected.push({ row, ...fate });
            }
          }
          await sink.finish();
          const counts = { ...(sink.counts?.() ?? { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 }) };
          return { batchId, counts, rejected, findings, notes };
        },
        { create: true },
      );
    },
    undo: async (batchId) => await write(path, async (writer) => await undoMirror(writer, batchId)),
    rows: async (sql) => await read(path, async (reader) => await reader.rows({ sql, parameters: [] })),
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function profileNamed(name: string): Profile {
  const profile = cityProfiles().find((candidate) => candidate.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

/** The place in a header of a profile's column or one of its other names; -1 when it is not there. */
export function placeOf(profile: Profile, header: readonly string[], column: string): number {
  const folded = header.map(foldKey);
  const spec = profile.columns.find(({ name }) => name === column);
  for (const name of [column, ...(spec?.aliases ?? [])]) {
    const place = folded.indexOf(foldKey(name));
    if (place >= 0) return place;
  }
  return -1;
}

/** The rows as a block of bytes, as the file's reader hands them over. */
function blockOf(rows: readonly (readonly string[])[], width: number): RowBlock {
  const bounds = new Int32Array(2 * width * rows.length);
  const parts: Buffer[] = [];
  let length = 0;
  let at = 0;
  for (const row of rows) {
    for (const field of row) {
      const part = Buffer.from(`${field},`, 'utf8');
      bounds[at] = length;
      length += part.length;
      bounds[at + 1] = length - 1;
      at += 2;
      parts.push(part);
    }
  }
  const bytes = Buffer.concat(parts);
  const text = (row: number, column: number): string => {
    const place = 2 * (row * width + column);
    return bytes.toString('utf8', bounds[place], bounds[place + 1]);
  };
  return {
    rows: rows.length,
    width,
    bytes,
    bounds,
    lines: Int32Array.from(rows, (_, index) => index + 2),
    text,
    fields: (row) => Array.from({ length: width }, (_, column) => text(row, column)),
  };
}
