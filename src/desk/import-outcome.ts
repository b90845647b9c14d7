import { existsSync } from 'node:fs';
import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import { plural } from '../core/duration.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { importDocument, undoDocument } from '../import/documents.ts';
import { type FileOutcome, type FileResult, isRefused } from '../import/engine.ts';
import type { Profile } from '../import/profile.ts';
import { undoBatch } from '../import/undo.ts';
import { importingActor } from '../people/imports-actor.ts';
import type { Document } from '../report/document.ts';
import { read, write } from '../store/store.ts';
import { afterUndo } from './import-effects.ts';

/**
 * Says on stderr what was not taken (a few rows a file, never all) and answers what was done. The only file of a call
 * that was refused is thrown as its error; exit code 4 when a rule refused one, 3 when data was refused, else 0.
 */
export async function importOutcome(
  context: Context,
  outcomes: readonly FileOutcome[],
): Promise<Outcome<Document>> {
  const [first] = outcomes;
  if (first && outcomes.length === 1 && isRefused(first)) throw first.error;
  for (const one of outcomes) {
    if (isRefused(one)) context.warn([one.error.message, one.error.remedy ?? ''].join(' ').trim());
    else if (one.rejected > 0) for (const line of rejectLines(one)) context.warn(line);
  }
  const when = await importedWhen(context);
  const items = outcomes.map((one) =>
    isRefused(one) ? { ...NOTHING, file: one.file, error: one.error.message } : { ...one, error: null },
  );
  const byRule = outcomes.some((one) => isRefused(one) && one.error.kind === 'refused');
  const bad = outcomes.some((one) => isRefused(one) || one.rejected > 0);
  return {
    document: importDocument(outcomes, context.dryRun, when),
    data: { dryRun: context.dryRun, total: items.length, items },
    newestImport: when.newestImport,
    exitCode: byRule ? 4 : bad ? 3 : 0,
  };
}

const NOTHING = {
  sha256: null,
  profile: null,
  batch: null,
  rows: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  keptLocal: 0,
  rejected: 0,
  ignoredColumns: [],
  findings: 0,
  rejects: [],
  rejectsFile: null,
  notes: [],
};

function rejectLines(one: FileResult): readonly string[] {
  const lines = one.rejects.map(
    ({ line, column, reason }) =>
      `${one.file}, line ${line}${column === null ? '' : `, ${column}`}: ${reason}`,
  );
  const more = one.rejected - one.rejects.length;
  if (more > 0) lines.push(`${one.file}: ${plural(more, 'more row')} like these.`);
  lines.push(
    `${one.file}: ${one.rejected} of ${one.rows} rows were not taken. ${
      one.rejectsFile === null ? 'Get them with --rejects <file.csv>.' : `They are in ${one.rejectsFile}.`
    }`,
  );
  return lines;
}

/** Takes a batch back; throws a usage error when it cannot be, a refusal when the actor may not. */
export async function undoOutcome(
  context: Context,
  given: string,
  profiles: readonly Profile[],
): Promise<Outcome<Document>> {
  if (!/^\d+$/.test(given)) throw usageError(`--undo ${given}: this is no batch number.`);
  const undone = await write(
    context.storePath,
    async (writer) => {
      const batch = Number(given);
      const [name] = writer.prepare('select profile from batch where id = ?').get(batch) ?? [];
      const profile = profiles.find((one) => one.name === name);
      const actor = profile ? await importingActor(writer, context, profile) : context.actor;
      const result = await undoBatch(writer, batch, profiles, context.clock());
      await afterUndo(writer, result, context.clock(), actor);
      return result;
    },
    { dryRun: context.dryRun },
  );
  const when = await importedWhen(context);
  return {
    document: undoDocument(undone, context.dryRun, when),
    data: { dryRun: context.dryRun, ...undone },
    newestImport: when.newestImport,
  };
}

/**
 * As of when, and the newest import of the store, null when there is none. Without --as-of an import is shown as of
 * its end, so that it does not lie after its own report.
 */
export async function importedWhen(
  context: Context,
): Promise<{ asOf: Instant; newestImport: Instant | null }> {
  const { storePath, now, asOfGiven } = context;
  if (!existsSync(storePath)) return { asOf: now, newestImport: null };
  const newest = await read(storePath, (reader) => newestImport(reader, null));
  const asOf = !asOfGiven && newest !== null && newest > now ? newest : now;
  return { asOf, newestImport: newest };
}
