import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { addMonths, endOfDay, localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { dataError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireEvaluator } from '../model-access.ts';
import { modelOf } from '../model-card.ts';
import { fitId } from '../model-file.ts';
import { dayOf, monthsOf, outcomeOf, refuseFuture, textOf } from '../model-options.ts';
import { loadHistory } from '../model-records.ts';
import { cardBlocks, weightsTable } from '../model-report.ts';
import { earliestDay, originsOf, train } from '../train.ts';
import { OSS_BANNER } from '../triage.ts';

/** `rollcall oss train`: fits the weights of a data model on what was known by a day. */
export const ossTrain: Command<Document> = {
  name: 'oss train',
  summary: 'fit a data model on history up to a day',
  details:
    'Logistic regression with a ridge penalty, by Newton steps from zero: the same records give the same weights. ' +
    'Inputs are counts of complaints, use-of-force reports and other jacket entries; sex, race, age and length of ' +
    'service are never read. Written with -o model.json, the file can be given to validate and generate with --model.',
  options: [
    { flags: '--until <date>', summary: 'nothing filed after the end of this day is looked at' },
    { flags: '--outcome <kind>', summary: 'on-duty, off-duty, complaints or force' },
    { flags: '--horizon <length>', summary: 'how long after a day the outcome is followed (24mo)' },
    { flags: '--owner <text>', summary: 'who answers for the model' },
  ],
  examples: [
    {
      line: 'rollcall oss train --until 2012-12-31 --outcome off-duty -o model.json --actor OSSU02',
      says: 'a model file with its card',
    },
  ],
  fields: {
    id: 'name of the model',
    outcome: 'what it foretells',
    'trained.until': 'last day looked at',
    'trained.origins[]': 'days from whose end the outcome was followed',
    'trained.rows': 'members of all those days',
    'trained.withOutcome': 'of these with the outcome',
    intercept: 'log-odds of the average member',
    'inputs[]': 'id, mean, sd, and weight in log-odds a standard deviation',
    sha256: 'of the fit alone: the same records give the same, whenever it was made',
    card: 'purpose, origin, inputs, outcome, training, validation, limits',
  },
  carries: [
    { rule: 'OSS-03', as: 'check' },
    { rule: 'OSS-08', as: 'check' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const outcome = outcomeOf(input);
  const until = dayOf(input, 'until', '--until');
  const months = monthsOf(input);
  const today = localDate(context.now);
  refuseFuture(until, 0, today);
  const { actor, history, newest } = await read(context.storePath, async (reader) => ({
    actor: await requireEvaluator(reader, context),
    history: await loadHistory(reader, endOfDay(until), earliestDay(until, months)),
    newest: await newestImport(reader, 'oss-models'),
  }));
  await logAccess(context, {
    system: 'oss',
    command: 'oss train',
    subject: `${outcome} until ${until}`,
    actorId: actor.memberId,
  });
  const fitted = train(history, originsOf(history), outcome, until, months);
  if (fitted.trained.withOutcome === 0 || fitted.trained.withOutcome === fitted.trained.rows) {
    throw dataError(
      `Of ${fitted.trained.rows} members in service, ${fitted.trained.withOutcome} had the outcome: nothing to learn from.`,
      'Import officers, officer-complaints and officer-force that reach further back (rollcall import --list), or choose another day.',
    );
  }
  const model = modelOf(
    fitted,
    {
      on: today,
      until: addMonths(today, 12),
      owner: textOf(input, 'owner') ?? 'not named',
      version: `1.0.0-${until}`,
    },
    [],
  );
  const sha256 = fitId(model);
  return {
    document: {
      title: `${model.title}, fitted until ${until}`,
      subtitle: `${fitted.trained.withOutcome} of ${fitted.trained.rows} rows had the outcome`,
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: newest,
      blocks: [weightsTable(model), ...cardBlocks(model)],
      footer: [{ label: 'Fit, sha256', text: sha256 }],
    },
    data: { ...model, sha256 },
    newestImport: newest,
  };
}
