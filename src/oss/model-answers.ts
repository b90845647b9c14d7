import { logAccess } from '../casework/log.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import type { Document } from '../report/document.ts';
import { read } from '../store/store.ts';
import { requireEvaluator } from './model-access.ts';
import { labelOf } from './model-explain.ts';
import { countAnswers } from './model-records.ts';
import { OSS_BANNER } from './triage.ts';
import { SMALL } from './validate-units.ts';

/** Supervisors' answers counted by model and factor, for those who keep the models; small figures are left out. */
export async function countedAnswers(context: Context): Promise<Outcome<Document>> {
  const { actor, counts, newest } = await read(context.storePath, async (reader) => ({
    actor: await requireEvaluator(reader, context),
    counts: await countAnswers(reader, context.now),
    newest: await newestImport(reader, 'oss-models'),
  }));
  await logAccess(context, {
    system: 'oss',
    command: 'oss answer',
    subject: 'answers, counted',
    actorId: actor.memberId,
  });
  const items = counts
    .filter(({ agree, disagree }) => agree + disagree >= SMALL)
    .map((count) => ({ ...count }));
  const leftOut = counts.length - items.length;
  return {
    document: {
      title: 'What supervisors say of the flags',
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
            { key: 'agree', title: 'Agree', align: 'right' },
            { key: 'disagree', title: 'Disagree', align: 'right' },
          ],
          rows: items.map((count) => ({
            ...count,
            factor: count.factor === null ? 'the flag' : labelOf(count.factor),
          })),
          empty: 'No flag and no factor has five answers yet.',
        },
      ],
      notes: leftOut === 0 ? [] : [`Left out, having fewer than ${SMALL} answers: ${leftOut}.`],
    },
    data: { items, total: items.length, leftOut },
    items,
    newestImport: newest,
  };
}
