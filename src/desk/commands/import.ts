import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Instant } from '../../core/instant.ts';
import { profileByName } from '../../import/choose.ts';
import {
  importDocument,
  profilesDocument,
  templateDocument,
  templateText,
  undoDocument,
} from '../../import/documents.ts';
import { type FileOutcome, type FileResult, importFiles, isRefused } from '../../import/engine.ts';
import { undoBatch } from '../../import/undo.ts';
import { importingActor } from '../../people/imports-actor.ts';
import type { Document } from '../../report/document.ts';
import { read, write } from '../../store/store.ts';
import { afterBatch, afterUndo } from '../import-effects.ts';
import { allProfiles } from '../registry.ts';

/** `rollcall import <file…|->`: the exports of a department's own systems, read into the store. */
export const importCommand: Command<Document> = {
  name: 'import',
  summary: 'read CSV exports into the store',
  details:
    'Each file is one transaction: all of its acceptable rows are taken, or none. Which profile a file is of is found ' +
    'by its header. Importing the same file twice changes nothing. Files that end in .gz are read as they are; - is ' +
    'standard input. The store is made where there is none.',
  arguments: [{ name: 'files', summary: 'CSV files, or - for standard input', variadic: true }],
  options: [
    { flags: '--as <profile>', summary: 'the profile, instead of finding it by the header' },
    { flags: '--encoding <encoding>', summary: 'utf-8, utf-16le, utf-16be or windows-1252' },
    { flags: '--rejects <file>', summary: 'write the rows that were not taken there, to be mended' },
    { flags: '--strict', summary: 'one bad row refuses its file' },
    { flags: '--list', summary: 'list the profiles' },
    { flags: '--template <profile>', summary: 'print the header of a profile' },
    { flags: '--undo <batch>', summary: 'take a batch back' },
  ],
  examples: [
    {
      line: 'rollcall import members.csv concerns.csv concern-events.csv',
      says: 'parents before their events, in any order given',
    },
    { line: 'rollcall import export.csv --rejects bad.csv', says: 'mend bad.csv and import it' },
    { line: 'rollcall import --template concerns > concerns.csv', says: 'a file to fill in' },
  ],
  fields: {
    'items[].file': 'name of the file',
    'items[].sha256': 'of its bytes as they are',
    'items[].profile': 'the profile it was read by',
    'items[].batch': 'number of the batch',
    'items[].rows': 'data rows',
    'items[].inserted': 'new records or events',
    'items[].updated': 'changed ones',
    'items[].unchanged': 'known as they are',
    'items[].keptLocal': 'older than what was entered here, which was kept',
    'items[].rejected': 'rows that were not taken',
    'items[].ignoredColumns': 'columns that the profile does not know',
    'items[].findings': 'findings noted',
    'items[].rejects': 'the first rejected rows: line, column, reason',
    'items[].rejectsFile': 'where all of them are; null when none was asked for',
    'items[].notes': 'data quality: text and count',
    'items[].error': 'why the whole file was refused; null when it was not',
  },
  carries: [
    { rule: 'OSS-10', as: 'block' },
    { rule: 'OSS-58', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, { args, options }: Input): Promise<Outcome<Document>> {
  const profiles = await allProfiles();
  if (options.list === true) {
    const items = profiles.map(({ name, system, summary, columns }) => ({
      profile: name,
      system,
      summary,
      columns,
    }));
    const when = await whenOf(context);
    return {
      document: profilesDocument(profiles, when),
      data: { total: items.length, items },
      newestImport: when.newestImport,
    };
  }
  if (typeof options.template === 'string') {
    const profile = profileByName(options.template, profiles);
    const when = await whenOf(context);
    return {
      document: templateDocument(profile, when),
      text: templateText(profile),
      data: { profile: profile.name, columns: profile.columns },
      newestImport: when.newestImport,
    };
  }
  if (typeof options.undo === 'string') return await undo(context, options.undo, profiles);

  const files = [args.files ?? []].flat();
  if (files.length === 0)
    throw usageError('No file is named.', 'rollcall import <file…>, or - for standard input.');
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === 'string' ? value : null;
  };
  const rejects = text('rejects');
  const outcomes = await importFiles({
    storePath: context.storePath,
    files: files.map((file) => (file === '-' ? file : resolve(context.cwd, file))),
    profiles,
    as: text('as'),
    encoding: text('encoding'),
    rejects: rejects === null ? null : resolve(context.cwd, rejects),
    strict: options.strict === true,
    dryRun: context.dryRun,
    stdin: context.stdin,
    clock: context.clock,
    progress: context.progress,
    actor: (writer, profile) => importingActor(writer, context, profile),
    onBatch: afterBatch,
  });
  return await outcomeOf(context, outcomes);
}

async function outcomeOf(context: Context, outcomes: readonly FileOutcome[]): Promise<Outcome<Document>> {
  const [first] = outcomes;
  if (first && outcomes.length === 1 && isRefused(first)) throw first.error;
  for (const one of outcomes) {
    if (isRefused(one)) context.warn([one.error.message, one.error.remedy ?? ''].join(' ').trim());
    else if (one.rejected > 0) for (const line of rejectLines(one)) context.warn(line);
  }
  const when = await whenOf(context);
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
  if (more > 0) lines.push(`${one.file}: ${more} more rows like these.`);
  lines.push(
    `${one.file}: ${one.rejected} of ${one.rows} rows were not taken. ${
      one.rejectsFile === null ? 'Get them with --rejects <file.csv>.' : `They are in ${one.rejectsFile}.`
    }`,
  );
  return lines;
}

async function undo(context: Context, given: string, profiles: Awaited<ReturnType<typeof allProfiles>>) {
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
  const when = await whenOf(context);
  return {
    document: undoDocument(undone, context.dryRun, when),
    data: { dryRun: context.dryRun, ...undone },
    newestImport: when.newestImport,
  };
}

async function whenOf(context: Context): Promise<{ asOf: Instant; newestImport: Instant | null }> {
  const { storePath, now } = context;
  if (!existsSync(storePath)) return { asOf: now, newestImport: null };
  return { asOf: now, newestImport: await read(storePath, (reader) => newestImport(reader, null)) };
}
