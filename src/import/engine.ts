import { basename } from 'node:path';
import type { Progress } from '../core/command.ts';
import { dataError, RollcallError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type Writer, write } from '../store/store.ts';
import { chooseProfile, type Mapping, profileByName } from './choose.ts';
import { type CsvSource, openCsv } from './csv/reader.ts';
import { takeRows } from './intake.ts';
import type { ImportSession, Profile } from './profile.ts';
import { openRejects, type RejectedRow } from './rejects.ts';
import { openSession } from './session.ts';

/** What became of a file; also what the batch's event tells. */
export interface BatchSummary {
  readonly batch: number;
  readonly profile: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly keptLocal: number;
  readonly rejected: number;
  readonly findings: number;
}

/** One imported file. */
export interface FileResult extends BatchSummary {
  readonly ignoredColumns: readonly string[];
  /** The first few rows that were not taken. */
  readonly rejects: readonly RejectedRow[];
  /** Where all of them stand, when a rejects file was asked for. */
  readonly rejectsFile: string | null;
  readonly notes: readonly { readonly text: string; readonly count: number }[];
}

/** A file that was refused as a whole: nothing of it is in the store. */
export interface RefusedFile {
  readonly file: string;
  readonly error: RollcallError;
}

export type FileOutcome = FileResult | RefusedFile;

export interface ImportRequest {
  readonly storePath: string;
  /** Paths; `-` is `stdin`. */
  readonly files: readonly string[];
  readonly profiles: readonly Profile[];
  /** Name of a profile, or null: found by each header. */
  readonly as: string | null;
  readonly encoding: string | null;
  /** Path of the rejects file, or null. With several files each has its own, named after it. */
  readonly rejects: string | null;
  /** One bad row refuses its file. */
  readonly strict: boolean;
  readonly dryRun: boolean;
  readonly stdin: NodeJS.ReadableStream;
  /** The system clock: recorded time. */
  readonly clock: () => Instant;
  readonly progress: Progress;
  /** The acting member, or null; throws a refusal when they may not import this profile. Asked before any row. */
  readonly actor: (writer: Writer, profile: Profile) => Promise<string | null>;
  /** Told once a file, in its transaction: writes the event of the batch. */
  readonly onBatch: (session: ImportSession, summary: BatchSummary) => Promise<void>;
}

interface Planned {
  readonly source: CsvSource;
  readonly mapping: Mapping;
  readonly rejects: string | null;
}

/** True for a file that was refused as a whole. */
export function isRefused(outcome: FileOutcome): outcome is RefusedFile {
  return 'error' in outcome;
}

/**
 * Imports files, each in one transaction of its own, parents before their events whatever their order. A file that is
 * refused does not stop the others: it answers with its error. Throws when the store cannot be used.
 */
export async function importFiles(request: ImportRequest): Promise<readonly FileOutcome[]> {
  const as = request.as === null ? null : profileByName(request.as, request.profiles);
  const planned: Planned[] = [];
  const refused: RefusedFile[] = [];
  try {
    for (const [place, path] of request.files.entries()) {
      await refusing(refused, path === '-' ? 'standard input' : basename(path), async () => {
        const source = await openCsv(path, { encoding: request.encoding, stdin: request.stdin });
        try {
          const mapping = chooseProfile(source.file, source.header, request.profiles, as);
          planned.push({ source, mapping, rejects: rejectsPath(request, source.file, place) });
        } catch (error) {
          await source.close();
          throw error;
        }
      });
    }
    const ordered = planned.toSorted((a, b) => orderOf(a) - orderOf(b));
    const imported: FileResult[] = [];
    if (request.dryRun) await tryAll(request, ordered, imported, refused);
    else {
      for (const one of ordered) {
        await refusing(refused, one.source.file, async () => {
          const apply = (writer: Writer) => importFile(writer, one, request);
          imported.push(await write(request.storePath, apply, { create: true }));
        });
      }
    }
    return [...imported, ...refused];
  } finally {
    for (const one of planned) await one.source.close();
  }
}

// A dry run takes all files in one transaction, so that later ones see the records of earlier ones.
async function tryAll(
  request: ImportRequest,
  files: readonly Planned[],
  imported: FileResult[],
  refused: RefusedFile[],
): Promise<void> {
  if (files.length === 0) return;
  const attempt = async (writer: Writer): Promise<void> => {
    for (const one of files) {
      writer.exec('savepoint file');
      const taken = await refusing(refused, one.source.file, async () => {
        imported.push(await importFile(writer, one, request));
      });
      if (!taken) writer.exec('rollback to file');
      writer.exec('release file');
    }
  };
  await write(request.storePath, attempt, { create: true, dryRun: true });
}

// Refusals of a file stand beside the results of the others; everything else ends the import.
async function refusing(refused: RefusedFile[], file: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof RollcallError) || (error.kind !== 'data' && error.kind !== 'refused')) throw error;
    refused.push({ file, error });
    return false;
  }
}

function orderOf(one: Planned): number {
  return one.mapping.profile.order ?? 10;
}

function rejectsPath(request: ImportRequest, file: string, place: number): string | null {
  if (request.rejects === null || request.files.length === 1) return request.rejects;
  const own = file
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^\w.-]+/g, '-');
  const dot = request.rejects.lastIndexOf('.');
  const cut = dot > request.rejects.lastIndexOf('/') ? dot : request.rejects.length;
  const twins = request.files.filter((path) => path.endsWith(file)).length;
  const suffix = twins > 1 ? `${own}-${place + 1}` : own;
  return `${request.rejects.slice(0, cut)}-${suffix}${request.rejects.slice(cut)}`;
}

async function importFile(writer: Writer, planned: Planned, request: ImportRequest): Promise<FileResult> {
  const { source, mapping } = planned;
  const { profile } = mapping;
  const { file } = source;
  const actor = await request.actor(writer, profile);
  const importedAt = request.clock();
  const batch = writer
    .prepare(
      `insert into batch (profile, file, sha256, rows, actor_id, imported_at) values (?, ?, '', 0, ?, ?)`,
    )
    .run(profile.name, file, actor, importedAt).lastInsertRowid;
  let sha256 = '';
  const opened = openSession({
    writer,
    batchId: batch,
    recordedAt: importedAt,
    actor,
    file,
    sha256: () => sha256,
  });
  const rejects = planned.rejects === null || request.dryRun ? null : openRejects(planned.rejects, source);
  try {
    const sink = await profile.open(opened.session, mapping.index);
    const taken = await takeRows(source, sink, rejects, request.progress);
    sha256 = source.sha256();
    if (request.strict && taken.rejected > 0) {
      rejects?.keep();
      throw strictRefusal(file, taken.rejected, taken.rejects, planned.rejects);
    }
    await sink.finish();
    const counts = sink.counts?.() ?? taken.fates;
    const summary: BatchSummary = {
      batch,
      profile: profile.name,
      file,
      sha256,
      rows: taken.rows,
      ...counts,
      rejected: taken.rejected,
      findings: opened.findings(),
    };
    writer
      .prepare(
        `update batch set sha256 = ?, rows = ?, inserted = ?, updated = ?, unchanged = ?, kept_local = ?,
           rejected = ?, findings = ?
         where id = ?`,
      )
      .run(
        sha256,
        summary.rows,
        summary.inserted,
        summary.updated,
        summary.unchanged,
        summary.keptLocal,
        summary.rejected,
        summary.findings,
        batch,
      );
    await request.onBatch(opened.session, summary);
    rejects?.keep();
    return {
      ...summary,
      ignoredColumns: mapping.ignored,
      rejects: taken.rejects,
      rejectsFile: rejects?.path ?? null,
      notes: [...opened.notes].map(([text, count]) => ({ text, count })),
    };
  } catch (error) {
    rejects?.drop();
    throw error;
  }
}

function strictRefusal(
  file: string,
  rejected: number,
  first: readonly RejectedRow[],
  rejects: string | null,
): RollcallError {
  const rows = rejected === 1 ? '1 row is' : `${rejected} rows are`;
  const [one] = first;
  const where = one
    ? ` First: line ${one.line}${one.column === null ? '' : `, ${one.column}`}: ${one.reason}.`
    : '';
  return dataError(
    `${file}: ${rows} not acceptable, so with --strict nothing of the file was taken.${where}`,
    rejects === null ? 'See all of them with --rejects <file.csv>.' : `All of them are in ${rejects}.`,
  );
}
