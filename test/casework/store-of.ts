import { join } from 'node:path';
import type { Instant } from '../../src/core/instant.ts';
import { parseCsvTime } from '../../src/core/parse-time.ts';
import type { ImportSession, NewFinding, Profile, Rejection, RowFate } from '../../src/import/profile.ts';
import { write } from '../../src/store/store.ts';
import { temporaryFolder } from '../temporary.ts';

/** A path for a store in a folder of its own. */
export function freshStore(): string {
  return join(temporaryFolder(), 'store.db');
}

/** Chicago local text to an instant. */
export function at(text: string): Instant {
  const parsed = parseCsvTime(text, 'start');
  if (parsed === null) throw new Error(`no time: ${text}`);
  return parsed.at;
}

const FATES = ['inserted', 'updated', 'unchanged', 'keptLocal'] as const;

/** Imports rows through a profile without a file; answers each row's fate (counted ones first, then rejections). */
export async function importRows(
  path: string,
  profile: Profile,
  rows: readonly Readonly<Record<string, string>>[],
): Promise<readonly (RowFate | Rejection)[]> {
  return write(
    path,
    async (writer) => {
      const batch = writer
        .prepare(
          `insert into batch (profile, file, sha256, rows, imported_at) values (?, 'test.csv', '', ?, 1)`,
        )
        .run(profile.name, rows.length);
      const findings: NewFinding[] = [];
      const session: ImportSession = {
        writer,
        batchId: batch.lastInsertRowid,
        recordedAt: at('2021-01-01') as Instant,
        actor: null,
        file: 'test.csv',
        sha256: '',
        finding: (finding) => findings.push(finding),
        note: () => undefined,
        remember: () => undefined,
      };
      const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const sink = await profile.open(session, (column) => header.indexOf(column));
      const fates = rows.map((row, i) =>
        sink.add(
          header.map((column) => row[column] ?? ''),
          i + 2,
        ),
      );
      await sink.finish();
      const counts = sink.counts?.();
      if (!counts) return fates;
      const known = FATES.flatMap((fate) => Array<RowFate>(counts[fate]).fill(fate));
      return [...known, ...fates.filter((fate) => typeof fate !== 'string')];
    },
    { create: true },
  );
}
