import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { migrateStore } from '../../store/maintenance.ts';
import { read } from '../../store/store.ts';

/** `rollcall db migrate`: applies the migrations that a store of an older rollcall lacks. */
export const dbMigrate: Command<Document> = {
  name: 'db migrate',
  summary: 'bring the store to this version',
  details:
    'Each migration is applied whole or not at all. A store that is of this version already stays as it is. An older ' +
    'rollcall cannot open it afterwards: make a copy first with rollcall db backup.',
  examples: [
    { line: 'rollcall db migrate --dry-run', says: 'what would be applied' },
    { line: 'rollcall db migrate', says: 'apply it' },
  ],
  fields: {
    from: 'version before',
    to: 'version after',
    'items[].migration': 'what was applied, or with --dry-run would be',
    total: 'number of items; 0 when there was nothing to do',
  },
  carries: [],
  writes: true,
  run,
};

async function run(context: Context): Promise<Outcome<Document>> {
  const { from, to, applied } = migrateStore(context.storePath, context.dryRun);
  const readable = from === to || !context.dryRun;
  const newest = readable ? await read(context.storePath, (reader) => newestImport(reader, null)) : null;
  const items = applied.map((migration) => ({ migration }));
  const done = context.dryRun ? 'would go' : 'went';
  return {
    document: {
      title:
        applied.length === 0
          ? 'The store is of this version'
          : `The store ${done} from version ${from} to ${to}`,
      subtitle: context.storePath,
      asOf: context.now,
      newestImport: newest,
      blocks:
        applied.length === 0
          ? []
          : [
              {
                kind: 'table',
                id: 'migrations',
                columns: [{ key: 'migration', title: context.dryRun ? 'Missing' : 'Applied' }],
                rows: items,
              },
            ],
    },
    data: { from, to, items, total: items.length },
    items,
    newestImport: newest,
  };
}
