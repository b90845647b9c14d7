import { openActs, recordBefore } from '../../casework/act.ts';
import { answersOf } from '../../casework/act-asking.ts';
import { actorOf, eventOf, type Verb, verbOf } from '../../casework/act-verb.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { write } from '../../store/store.ts';
import { loadSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { workItemKind } from '../records.ts';
import { OSS_BANNER } from '../triage.ts';

const VERB = {
  name: 'oss reopen',
  summary: 'correct a wrong determination by a further event',
  details:
    'The Work Item goes back to the queue. Its 48 hours still run from generation, so it may be overdue at once. The ' +
    'determination that was taken back stays in its history. Once forwarded, a Work Item is in other hands and is not ' +
    'reopened.',
  roles: ['oss-analyst', 'ossu-supervisor'],
  by: ['OSS-16', 'reopen a determination'],
  asks: [
    {
      flags: '--reason <text>',
      summary: 'why the determination was wrong',
      question: 'Why was the determination wrong?',
    },
  ],
  examples: [
    { line: 'rollcall oss reopen W0001 --reason "wrong member" --actor OSSU01', says: 'back to the queue' },
  ],
  carries: [{ rule: 'OSS-13', as: 'evidence' }],
} as const satisfies Verb;

/** `rollcall oss reopen <id> --reason …`: takes a determination back by a further event; the first one stays in the history. */
export const ossReopen: Command<Document> = {
  ...verbOf(VERB),
  arguments: [{ name: 'id', summary: 'Work Item id', required: true }],
  fields: { id: 'Work Item id', state: 'generated', reason: 'as given' },
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.id).trim();
  const { reason = '' } = (await answersOf(VERB.name, VERB.asks, context, input)).answers;
  const newest = await write(
    context.storePath,
    async (writer) => {
      const actor = await actorOf(writer, context, VERB);
      const { memberId } = actor;
      const before = await recordBefore(writer, workItemKind, id, context.now);
      requireReach(await loadSight(writer, context, actor), context, { id, before });
      const acts = await openActs(writer, workItemKind, context.clock());
      await acts.act(id, eventOf({ name: 'reopened', reason }, memberId, context.now));
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
