import { openActs } from '../../casework/act.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { requireRole } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { write } from '../../store/store.ts';
import { workItemKind } from '../records.ts';
import { OSS_BANNER } from '../triage.ts';

/** `rollcall oss reopen <id> --reason …`: takes a determination back by a further event; the first one stays in the history. */
export const ossReopen: Command<Document> = {
  name: 'oss reopen',
  summary: 'correct a wrong determination by a further event',
  details:
    'The Work Item goes back to the queue. Its 48 hours still run from generation, so it may be overdue at once. The ' +
    'determination that was taken back stays in its history.',
  arguments: [{ name: 'id', summary: 'Work Item id', required: true }],
  options: [{ flags: '--reason <text>', summary: 'why the determination was wrong' }],
  examples: [
    { line: 'rollcall oss reopen W0001 --reason "wrong member" --actor OSSU01', says: 'back to the queue' },
  ],
  fields: { id: 'Work Item id', state: 'generated', reason: 'as given' },
  carries: [{ rule: 'OSS-13', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.id);
  const reason = await reasonOf(context, input);
  const newest = await write(
    context.storePath,
    async (writer) => {
      const actor = await requireRole(writer, context, ['oss-analyst', 'ossu-supervisor'], {
        rule: 'OSS-16',
        cite: 'D20-04 IV.A.2',
        what: 'reopen a determination',
      });
      const acts = await openActs(writer, workItemKind, context.clock());
      await acts.act(id, {
        name: 'reopened',
        at: context.now,
        unit: null,
        by: actor.memberId,
        reason,
        detail: {},
      });
      await acts.finish();
      return newestImport(writer, 'oss');
    },
    { dryRun: context.dryRun },
  );
  return {
    document: {
      title: context.dryRun ? `${id} would be reopened` : `${id} is reopened`,
      subtitle: reason,
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
      notes: ['It waits for its validity to be determined again; the 48 hours run from its generation.'],
    },
    data: { id, state: 'generated', reason },
    newestImport: newest,
  };
}

async function reasonOf(context: Context, input: Input): Promise<string> {
  const given = input.options.reason;
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  if (!context.interactive) throw usageError('A reopened determination needs a reason.', 'Add --reason.');
  return context.prompt.text('Why was the determination wrong?', { required: true });
}
