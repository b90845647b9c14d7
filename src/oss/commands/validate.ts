import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { addMonths, endOfDay, localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { dataError, usageError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireEvaluator } from '../model-access.ts';
import { dutyCategories } from '../model-categories.ts';
import { fitId, type LoadedModel, loadModel } from '../model-file.ts';
import { dayOf, monthsOf, outcomeOf, refuseFuture, textOf } from '../model-options.ts';
import { categoryCounts, loadHistory } from '../model-records.ts';
import { earliestDay, originsOf, train } from '../train.ts';
import { OSS_BANNER } from '../triage.ts';
import { endsEarly, type Validation, validate } from '../validate.ts';
import { validationDocument } from '../validate-report.ts';

/** `rollcall oss validate`: how well a data model, and simple counts, foretell what happened after a day. */
export const ossValidate: Command<Document> = {
  name: 'oss validate',
  summary: 'how well a data model foretells what happened after a day',
  details:
    'A temporal split: weights are fitted on what was known by the day, members in service are put in order by it, and ' +
    'what they had in the months after it is counted. Beside the model stand a count of all past complaints, one of ' +
    'the last five years, one of the same kind, and the concentration that chance alone makes. Names nobody.',
  options: [
    { flags: '--outcome <kind>', summary: 'on-duty, off-duty, complaints or force' },
    { flags: '--train-until <date>', summary: 'the split: what was known by the end of this day' },
    { flags: '--horizon <length>', summary: 'how long the outcome is followed (24mo)' },
    { flags: '--model <file>', summary: 'these weights instead of newly fitted ones' },
  ],
  examples: [
    {
      line: 'rollcall oss validate --outcome complaints --train-until 2012-12-31 --horizon 24mo --actor E1',
      says: 'fit on history to the end of 2012, follow 2013 and 2014',
    },
  ],
  fields: {
    outcome: 'what is foretold',
    split: 'last day of which the model knows',
    to: 'last day of the horizon',
    population: 'sworn members appointed on or before the split and not resigned by it',
    withOutcome: 'of these with at least one event in the horizon',
    events: 'events in the horizon',
    'methods[].id': 'model, all-complaints, complaints-5y, same-kind-5y',
    'methods[].auc': 'area under the ROC curve, ties worth a half',
    'methods[].tops[]':
      'share, size, tied; hits, precision, recall, lift, events, perHead each worst, best, expected; intervals',
    'concentration[]': 'share of events: foretold, in hindsight, by chance',
    'units[].share': 'share of all members; one table each',
    'units[].rows[]':
      'unit, members, withOutcome, events; methods[]: flagged and the same figures of each order',
    'units[].pooled': 'units too small to be shown alone',
    categories:
      'complaint categories taken as on or off duty, with their complaints; null for other outcomes',
    'model.sha256': 'of the fit: outcome, horizon, training data, intercept and inputs',
    'warnings[]': 'what a reader has to know',
  },
  carries: [
    { rule: 'OSS-03', as: 'report' },
    { rule: 'OSS-08', as: 'check' },
    { rule: 'OSS-56', as: 'block' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const split = dayOf(input, 'trainUntil', '--train-until');
  const months = monthsOf(input);
  refuseFuture(split, months, localDate(context.now));
  const given = givenModel(context, input, split);
  const outcome = given?.model.outcome ?? outcomeOf(input);
  const until = endOfDay(addMonths(split, months));
  const asksDuty = dutyCategories(outcome, []) !== null;
  const { actor, history, counts, newest } = await read(context.storePath, async (reader) => ({
    actor: await requireEvaluator(reader, context),
    history: await loadHistory(reader, until, earliestDay(split, months)),
    counts: asksDuty ? await categoryCounts(reader, until) : [],
    newest: await newestImport(reader, 'oss-models'),
  }));
  await logAccess(context, {
    system: 'oss',
    command: 'oss validate',
    subject: `${outcome} until ${split}`,
    actorId: actor.memberId,
  });
  const origins = originsOf(history);
  const model = given?.model ?? train(history, origins, outcome, split, months);
  const found = validate(history, origins, model, split, months);
  if (found.population === 0) {
    throw dataError(
      `No member of this store is known to be sworn, appointed on or before ${split} and not resigned by it.`,
      'Import them with their days of appointment: rollcall import --template officers',
    );
  }
  const categories = dutyCategories(outcome, counts);
  const warnings = warningsOf(found, given, months);
  for (const warning of warnings) context.warn(warning);
  const name = given === null ? `weights fitted until ${split}` : `${given.model.id} ${given.model.version}`;
  const command = `rollcall oss validate --outcome ${outcome} --train-until ${split} --horizon ${months}mo`;
  return {
    document: validationDocument(
      found,
      {
        name,
        categories,
        banner: OSS_BANNER,
        asOf: context.now,
        newestImport: newest,
        footer: [
          {
            label: 'Command',
            text: given === null ? command : `${command} --model ${textOf(input, 'model')}`,
          },
          { label: 'Fit, sha256', text: fitId(model) },
        ],
      },
      warnings,
    ),
    data: {
      ...found,
      categories,
      model: {
        id: given?.model.id ?? null,
        sha256: fitId(model),
        trained: model.trained,
      },
      warnings,
    },
    items: found.methods.flatMap(({ id, auc, tops }) => tops.map((top) => ({ method: id, auc, ...top }))),
    newestImport: newest,
  };
}

// Weights that have seen the horizon would foretell what they know.
function givenModel(context: Context, input: Input, split: string): LoadedModel | null {
  const path = textOf(input, 'model');
  if (path === null) return null;
  const loaded = loadModel(path, context.cwd);
  const { id, outcome, trained } = loaded.model;
  const asked = textOf(input, 'outcome');
  if (asked !== null && asked !== outcome)
    throw usageError(`${id} foretells ${outcome}, not ${asked}.`, 'Leave --outcome out.');
  if (trained.until > split)
    throw usageError(
      `${id} was fitted on history up to ${trained.until}: it has seen what came after ${split}.`,
      `Split at ${trained.until} or later.`,
    );
  return loaded;
}

function warningsOf(found: Validation, given: LoadedModel | null, months: number): readonly string[] {
  const warnings: string[] = [];
  if (endsEarly(found))
    warnings.push(
      `The newest event of this kind was filed on ${found.newestEvent ?? 'no day'}, before the horizon ends on ${found.to}: some of what happened is missing.`,
    );
  if (given !== null && given.model.horizonMonths !== months)
    warnings.push(`${given.model.id} was fitted for ${given.model.horizonMonths} months, not ${months}.`);
  if (found.withOutcome === 0) warnings.push('Nobody had the outcome: nothing can be said of any order.');
  return warnings;
}
