import { newestImport } from '../../casework/newest-import.ts';
import { verifyLogs } from '../../casework/verify.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import type { Document } from '../../report/document.ts';
import { storeFaults } from '../../store/maintenance.ts';
import { read } from '../../store/store.ts';

/** `rollcall db check`: looks for damage in the store; ends with 5 when it finds some. */
export const dbCheck: Command<Document> = {
  name: 'db check',
  summary: 'check the store for damage',
  details:
    'The file itself, references between tables, tables and triggers that ought to be there, clocks that contradict ' +
    'themselves, states that contradict their clocks or have no event behind them. With --logs the chains of both logs too, as audit verify does.',
  options: [{ flags: '--logs', summary: 'also the chains of both logs' }],
  examples: [{ line: 'rollcall db check --logs', says: 'everything that can be checked' }],
  fields: {
    'items[].check': 'file, references, shape, clocks, states or logs',
    'items[].text': 'what is wrong',
    total: 'number of items; 0 when all is well',
  },
  carries: [{ rule: 'OSS-13', as: 'check' }],
  run,
};

async function run(context: Context, { options }: Input): Promise<Outcome<Document>> {
  const faults: { check: string; text: string }[] = storeFaults(context.storePath).map((fault) => ({
    ...fault,
  }));
  // What is damaged below cannot be read any further.
  const readable = !faults.some(({ check }) => check === 'file' || check === 'shape');
  const newest = readable ? await read(context.storePath, (reader) => newestImport(reader, null)) : null;
  if (readable && options.logs === true) {
    const { breaks } = await read(context.storePath, verifyLogs);
    for (const { chain, seq, what } of breaks)
      faults.push({ check: 'logs', text: `${chain}, entry ${seq}: ${what}` });
  }
  const well = faults.length === 0;
  return {
    document: {
      title: well ? 'The store is sound' : 'The store is damaged',
      subtitle: well ? context.storePath : `${plural(faults.length, 'fault')} in ${context.storePath}`,
      asOf: context.now,
      newestImport: newest,
      blocks: well
        ? []
        : [
            {
              kind: 'table',
              id: 'faults',
              columns: [
                { key: 'check', title: 'Check' },
                { key: 'text', title: 'What is wrong' },
              ],
              rows: faults,
            },
          ],
      notes: well
        ? []
        : ['Put back a copy made with rollcall db backup, or import the files again into a new store.'],
    },
    data: { items: faults, total: faults.length },
    items: faults,
    newestImport: newest,
    exitCode: well ? 0 : 5,
  };
}
