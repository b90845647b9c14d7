import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { answerItem, explanationDocument, explanationItem, flagsWith } from '../model-explain.ts';
import { shippedModels } from '../model-file.ts';
import { answersOn, flagsOf } from '../model-records.ts';
import { workItemAsOf } from '../worklist-items.ts';

/** `rollcall oss explain <id>`: why a Work Item was generated: models, factors, and what each added to the score. */
export const ossExplain: Command<Document> = {
  name: 'oss explain',
  summary: 'why a Work Item was generated: models, factors, their parts',
  details:
    'Every model that flagged the member, the values it read and what each added; the parts add up to the score ' +
    'exactly, and what lowers it is marked. Points are thousandths of log-odds against the average member. Of a flag ' +
    'that came with an import only the model is known. Seen by the analyst, by OSSU supervisors, and by those whom a valid item has reached; every look is logged.',
  arguments: [{ name: 'id', summary: 'Work Item id', required: true }],
  examples: [
    { line: 'rollcall oss explain WI-20201231-0005 --actor M0001', says: 'the sums behind one item' },
  ],
  fields: {
    id: 'Work Item id',
    memberId: 'affected member',
    'items[].model': 'data model',
    'items[].origin': 'generated, or import: then all that follows is null and there are no factors',
    'items[].version': 'its version',
    'items[].sha256': 'sha256 of its fit',
    'items[].score': 'sum of the points',
    'items[].chance': 'of its outcome within its horizon, 0 to 1',
    'items[].place': '1 is highest',
    'items[].scored': 'members scored that day',
    'items[].factors[]':
      'factor, label, value, points: all of them, the average member last; they add up to score',
    'answers[]': 'model, factor (null: the flag itself), answer, note, by, at',
    total: 'models that flagged the member',
  },
  carries: [
    { rule: 'OSS-15', as: 'evidence' },
    { rule: 'OSS-32', as: 'report' },
    { rule: 'OSS-58', as: 'block' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.id).trim();
  const found = await read(context.storePath, async (reader) => {
    const sight = await requireSight(reader, context, 'oss.detail', ['OSS-58', 'see Work Items']);
    const before = await workItemAsOf(reader, sight.directory, id, context.now);
    return {
      actor: sight.actor,
      item: requireReach(sight, context, { id, before, hiddenBy: 'OSS-58' }),
      flags: await flagsOf(reader, id, context.now),
      answers: await answersOn(reader, id, context.now),
      newest: await newestImport(reader, 'oss-models'),
    };
  });
  const { actor, item, answers, newest } = found;
  const flags = flagsWith(item.models, found.flags);
  const known = shippedModels().map(({ model }) => model.id);
  await logAccess(context, { system: 'oss', command: 'oss explain', subject: id, actorId: actor.memberId });
  const items = flags.map(explanationItem);
  return {
    document: explanationDocument(
      { id, memberId: item.memberId, flags, answers, known },
      context.now,
      newest,
    ),
    data: { id, memberId: item.memberId, items, total: items.length, answers: answers.map(answerItem) },
    items,
    newestImport: newest,
  };
}
