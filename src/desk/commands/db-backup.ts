import { resolve } from 'node:path';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { backupStore, checkTarget } from '../../store/backup.ts';
import { storeFacts } from '../../store/maintenance.ts';
import { read } from '../../store/store.ts';

/** `rollcall db backup <file>`: a checked copy of the store, whole or not at all. */
export const dbBackup: Command<Document> = {
  name: 'db backup',
  summary: 'copy the store while it is in use',
  details:
    'The copy is made from one moment of the store, checked, and only then given its name, with mode 0600. It is a ' +
    'store like any other: `rollcall db check --logs --store <file>` looks whether it is sound. ' +
    'Rows that were deleted do not travel.',
  arguments: [{ name: 'file', summary: 'where the copy goes', required: true }],
  options: [{ flags: '--force', summary: 'replace the file when it is there' }],
  examples: [
    { line: 'rollcall db backup /backups/rollcall.db --force', says: 'for cron: always the newest copy' },
    { line: 'rollcall db backup before.db', says: 'once, before something larger' },
  ],
  fields: { from: 'the store', file: 'the copy', bytes: 'its size; null on a dry run' },
  carries: [],
  writes: true,
  run,
};

async function run(context: Context, { args, options }: Input): Promise<Outcome<Document>> {
  const target = resolve(context.cwd, String(args.file));
  const force = options.force === true;
  const { version, knownVersion } = storeFacts(context.storePath);
  const newest =
    version === knownVersion ? await read(context.storePath, (reader) => newestImport(reader, null)) : null;
  checkTarget(context.storePath, target, force);
  const bytes = context.dryRun ? null : backupStore(context.storePath, target, force);
  const size = bytes === null ? '' : `, ${(bytes / 1_048_576).toFixed(1)} MB`;
  return {
    document: {
      title: bytes === null ? 'The store would be copied' : 'The store is copied',
      subtitle: `${target}${size}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
    },
    data: { from: context.storePath, file: target, bytes },
    newestImport: newest,
  };
}
