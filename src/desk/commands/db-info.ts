import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Outcome } from '../../core/command.ts';
import { resolveActor } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { storeFacts } from '../../store/maintenance.ts';
import { read } from '../../store/store.ts';
import { headsOf } from '../store-anchor.ts';

/** `rollcall db info`: path, size, mode, version, rows and newest import of the store in use. */
export const dbInfo: Command<Document> = {
  name: 'db info',
  summary: 'what the store holds',
  details:
    'Path, size, mode and version of the store, rows by table, batches and the newest import. The ends of the logs are ' +
    'printed for the role isd-admin only: they change with every confidential event.',
  examples: [{ line: 'rollcall db info', says: 'the store in use' }],
  fields: {
    path: 'the file',
    bytes: 'its size; null unless the actor is isd-admin',
    walBytes: 'size of its write-ahead log; likewise',
    mode: 'permission bits in octal: 0600',
    version: 'version of the store',
    knownVersion: 'version that this program makes',
    journal: 'wal',
    'items[].table': 'name',
    'items[].rows': 'number; null where it would tell of confidential records, unless the actor is isd-admin',
    total: 'number of items',
    batches: 'imports that stand; null unless the actor is isd-admin',
    undoneBatches: 'imports that were taken back; likewise',
    'heads[]': 'log, chain, seq, hash; null unless the actor is isd-admin',
  },
  carries: [{ rule: 'OSS-12', as: 'block' }],
  run,
};

/** Tables whose number of rows depends on confidential records. */
const CONFIDENTIAL: ReadonlySet<string> = new Set([
  'access',
  'batch',
  'clock',
  'event',
  'finding',
  'oss_highlight',
  'overdue_printed',
  'sqlite_stat1',
  'undo',
  'work_item',
]);

async function run(context: Context): Promise<Outcome<Document>> {
  const facts = storeFacts(context.storePath);
  const current = facts.version === facts.knownVersion;
  const more = current ? await read(context.storePath, (reader) => contents(reader, context)) : null;
  // Sizes and numbers of rows would tell others how many records there are that they may not know of (OSS-12).
  const told = more?.admin ?? false;
  const items = facts.tables.map(({ name, rows }) => ({
    table: name,
    rows: told || !CONFIDENTIAL.has(name) ? rows : null,
  }));
  const { path, version, journal } = facts;
  const bytes = told ? facts.bytes : null;
  const walBytes = told ? facts.walBytes : null;
  const batches = told ? (more?.batches ?? null) : null;
  const undoneBatches = told ? (more?.undone ?? null) : null;
  const mode = `0${facts.mode.toString(8).padStart(3, '0')}`;
  const notes = [];
  if (!current)
    notes.push(`It is of version ${version}; this program needs ${facts.knownVersion}: rollcall db migrate`);
  if ((facts.mode & 0o077) !== 0) notes.push(`Others may read it (mode ${mode}): chmod 600 ${path}`);
  return {
    document: {
      title: 'Store',
      subtitle: path,
      asOf: context.now,
      newestImport: more?.newest ?? null,
      blocks: [
        {
          kind: 'figures',
          id: 'store',
          figures: [
            {
              label: 'Size',
              value: bytes === null ? 'for an isd-admin' : `${(bytes / 1_048_576).toFixed(1)} MB`,
            },
            { label: 'Mode', value: mode, note: 'roles prevent mistakes; the file mode protects' },
            { label: 'Version', value: version },
            { label: 'Imports', value: batches ?? 'for an isd-admin' },
            { label: 'Taken back', value: undoneBatches ?? 'for an isd-admin' },
          ],
        },
        {
          kind: 'table',
          id: 'tables',
          title: 'Rows',
          columns: [
            { key: 'table', title: 'Table' },
            { key: 'rows', title: 'Rows', align: 'right' },
          ],
          rows: items.map(({ table, rows }) => ({ table, rows: rows ?? 'for an isd-admin' })),
        },
      ],
      notes,
      footer: more?.heads?.map(({ log, chain, seq, hash }) => ({
        label: log === 'access' ? 'End of the access log' : `End of ${chain}`,
        text: `${hash} (entry ${seq})`,
      })),
    },
    data: {
      path,
      bytes,
      walBytes,
      mode,
      version,
      knownVersion: facts.knownVersion,
      journal,
      items,
      total: items.length,
      batches,
      undoneBatches,
      heads: more?.heads ?? null,
    },
    items,
    newestImport: more?.newest ?? null,
  };
}

async function contents(reader: Parameters<typeof headsOf>[0], context: Context) {
  const rows = await reader.db.selectFrom('batch').select('undone_at').execute();
  const undone = rows.filter((row) => row.undone_at !== null).length;
  const actor = await resolveActor(reader, context);
  return {
    batches: rows.length - undone,
    undone,
    newest: await newestImport(reader, null),
    admin: actor?.roles.has('isd-admin') ?? false,
    heads: actor?.roles.has('isd-admin') ? await headsOf(reader) : null,
  };
}
