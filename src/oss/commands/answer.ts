import { openActs } from '../../casework/act.ts';
import { titleOf } from '../../casework/act-outcome.ts';
import { actorOf, eventOf, refuseBy } from '../../casework/act-verb.ts';
import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { type Reader, read, write } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { answering } from '../model-answering.ts';
import { countedAnswers } from '../model-answers.ts';
import { flagsWith, labelOf } from '../model-explain.ts';
import { ANSWERED, flagsOf } from '../model-records.ts';
import { workItemKind } from '../records.ts';
import { OSS_BANNER } from '../triage.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';
import { workItemAsOf } from '../worklist-items.ts';

/** `rollcall oss answer <id>`: what the assigned supervisor thinks of each flag and factor. */
export const ossAnswer: Command<Document> = {
  name: 'oss answer',
  summary: "record whether you agree with a Work Item's flags and factors",
  details:
    'For the supervisor to whom the item is assigned. --flag answers a whole model, --factor one factor of it or of ' +
    'every model that names it, by the names that oss explain prints; a flag that came with an import has none. On a ' +
    'terminal, without either, each is asked. Answers change no score; they are for those who keep the models. A later ' +
    'answer stands beside the earlier one. Without an id: how often supervisors agreed, by model and factor, for those who ' +
    'keep the models; figures of one to four answers are not shown.',
  arguments: [{ name: 'id', summary: 'Work Item id; without it answers are counted' }],
  options: [
    {
      flags: '--flag <answer>',
      summary: 'agree, disagree, or model=agree; may be repeated',
      repeatable: true,
    },
    {
      flags: '--factor <answer>',
      summary: 'factor=agree or factor=disagree; may be repeated',
      repeatable: true,
    },
    { flags: '--note <text>', summary: 'in words' },
  ],
  examples: [
    {
      line: 'rollcall oss answer WI-20201231-0005 --flag agree --factor unit-complaints=disagree --actor M0003',
      says: 'agree with the flag, not with one of its factors',
    },
    { line: 'rollcall oss answer --actor OSSU02', says: 'how often supervisors agreed, by model and factor' },
  ],
  fields: {
    id: 'Work Item id',
    'items[].model': 'data model',
    'items[].factor': 'factor, or null for the flag itself',
    'items[].answer': 'agree or disagree',
    'items[].agree': 'without an id: answers that agree; null for one to four',
    'items[].disagree': 'without an id: answers that disagree; null for one to four',
    leftOut: 'without an id: flags and factors of which neither figure can be shown',
    note: 'as given, or null',
    total: 'answers recorded',
  },
  carries: [{ rule: 'OSS-32', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  if (input.args.id === undefined) return countedAnswers(context);
  const id = String(input.args.id).trim();
  // Looked at first and asked outside of any transaction: nobody else waits while a person thinks.
  const { flags } = await read(context.storePath, (reader) => judged(reader, context, id));
  const { answers, note } = await answering(context, input, flags, id);
  const { actor, newest } = await write(
    context.storePath,
    async (writer) => {
      const { actor } = await judged(writer, context, id);
      const acts = await openActs(writer, workItemKind, context.clock());
      const detail = { answers: JSON.stringify(answers) };
      await acts.act(id, eventOf({ name: ANSWERED, reason: note, detail }, actor.memberId, context.now));
      await acts.finish();
      return { actor, newest: await newestImport(writer, 'oss-models') };
    },
    { dryRun: context.dryRun },
  );
  await logAccess(context, { system: 'oss', command: 'oss answer', subject: id, actorId: actor.memberId });
  const items = answers.map((one) => ({ ...one }));
  return {
    document: {
      title: titleOf(context, `Answers on ${id}`),
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'answers',
          columns: [
            { key: 'model', title: 'Model' },
            { key: 'factor', title: 'Factor' },
            { key: 'answer', title: 'Answer' },
          ],
          rows: answers.map(({ model, factor, answer }) => ({
            model,
            factor: factor === null ? 'the flag' : labelOf(factor),
            answer,
          })),
        },
      ],
      notes: note === null ? [] : [`Note: ${note}`],
    },
    data: { id, items, total: items.length, note },
    items,
    newestImport: newest,
  };
}

// Who may answer on it, and what there is to answer; a refusal for everyone else.
async function judged(reader: Reader, context: Context, id: string) {
  const what = 'answer on the flags of a Work Item';
  const actor = await actorOf(reader, context, { roles: SUPERVISOR_ROLES, by: ['OSS-32', what] });
  const sight = await requireSight(reader, context, 'oss.detail', ['OSS-32', what]);
  const before = await workItemAsOf(reader, sight.directory, id, context.now);
  const item = requireReach(sight, context, { id, before });
  if (!sight.supervises(item))
    throw refuseBy(
      context,
      'OSS-32',
      `${id} is not assigned to ${actor.memberId}: the assigned supervisor answers.`,
    );
  return { actor, flags: flagsWith(item.models, await flagsOf(reader, id, context.now)) };
}
