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
    actor: await requireEvaluator(reader, context, 'see how supervisors answered'),
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
    .map(({ agree, disagree, ...count }) => ({ ...count, agree: shown(agree), disagree: shown(disagree) }))
    .filter(({ agree, disagree }) => (agree ?? 0) > 0 || (disagree ?? 0) > 0);
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
            agree: count.agree ?? UNDER,
            disagree: count.disagree ?? UNDER,
            factor: count.factor === null ? 'the flag' : labelOf(count.factor),
          })),
          empty: `No flag and no factor has ${SMALL} answers either way yet.`,
        },
      ],
      notes: leftOut === 0 ? [] : [`Left out, having fewer than ${SMALL} answers either way: ${leftOut}.`],
    },
    data: { items, total: items.length, leftOut },
    items,
    newestImport: newest,
  };
}

const UNDER = `under ${SMALL}`;

// One to four answers would tell of a few people; without a total nothing gives the figure away.
function shown(count: number): number | null {
  return count > 0 && count < SMALL ? null : count;
}
