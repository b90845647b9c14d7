import { resolve } from 'node:path';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { profileByName } from '../../import/choose.ts';
import { profilesDocument, templateDocument, templateText } from '../../import/documents.ts';
import { importFiles } from '../../import/engine.ts';
import { importingActor, rolesHeldIn } from '../../people/imports-actor.ts';
import type { Document } from '../../report/document.ts';
import { afterBatch } from '../import-effects.ts';
import { importedWhen, importOutcome, undoOutcome } from '../import-outcome.ts';
import { allProfiles } from '../registry.ts';

/** `rollcall import <file…|->`: the exports of a department's own systems, read into the store. */
export const importCommand: Command<Document> = {
  name: 'import',
  summary: 'read CSV exports into the store',
  details:
    'Each file is one transaction: all of its acceptable rows are taken, or none. Which profile a file is of is found ' +
    'by its header. Importing the same file twice changes nothing. Files that end in .gz are read as they are; - is ' +
    'standard input. The store is made where there is none. Once a member holds isd-admin, only such a member imports ' +
    'members and delegations; once one holds oss-analyst, ossu-supervisor or isd-admin, only such members import Work ' +
    'Items and their events (OSS-58): a cron job that does so names one with --actor. A batch on whose records ' +
    'something was entered here is not taken back.',
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
    const when = await importedWhen(context);
    return {
      document: profilesDocument(profiles, when),
      data: { total: items.length, items },
      newestImport: when.newestImport,
    };
  }
  if (typeof options.template === 'string') {
    const profile = profileByName(options.template, profiles);
    const when = await importedWhen(context);
    return {
      document: templateDocument(profile, when),
      text: templateText(profile),
      data: { profile: profile.name, columns: profile.columns },
      newestImport: when.newestImport,
    };
  }
  if (typeof options.undo === 'string') return await undoOutcome(context, options.undo, profiles);

  const files = [args.files ?? []].flat();
  if (files.length === 0)
    throw usageError('No file is named.', 'rollcall import <file…>, or - for standard input.');
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === 'string' ? value : null;
  };
  const rejects = text('rejects');
  const held = await rolesHeldIn(context.storePath);
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
    actor: (writer, profile) => importingActor(writer, context, profile, held),
    onBatch: afterBatch,
  });
  return await importOutcome(context, outcomes);
}
