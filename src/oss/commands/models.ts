import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { nearest } from '../../core/text.ts';
import type { Document } from '../../report/document.ts';
import { categoriesOfStore, categoriesTable } from '../model-categories.ts';
import { type LoadedModel, modelWarnings, shippedModels } from '../model-file.ts';
import { cardBlocks, weightsTable } from '../model-report.ts';
import { OUTCOME_WORDS } from '../models/outcomes.ts';
import { OSS_BANNER } from '../triage.ts';

/** `rollcall oss models`: the data models and, of one, its card and weights. */
export const ossModels: Command<Document> = {
  name: 'oss models',
  summary: 'the four data models, and the card of one',
  details:
    'Names, inputs and weights are ours: the Department has not published its data models. Of one model the card and ' +
    'every weight are printed; nothing of them is secret. With a store, whoever may validate also gets the complaint ' +
    'categories that are taken as on or off duty, as the records name them, with their numbers.',
  arguments: [{ name: 'model', summary: 'name of a model, to see its card' }],
  examples: [
    { line: 'rollcall oss models', says: 'all four' },
    { line: 'rollcall oss models oss-off-duty', says: 'one with its card and weights' },
    { line: 'rollcall oss models oss-off-duty --actor E1', says: 'and the categories that count for it' },
  ],
  fields: {
    'items[].id': 'name',
    'items[].outcome': 'what it foretells',
    'items[].horizonMonths': 'over how many months',
    'items[].version': 'version',
    'items[].sha256': 'sha256 of its fit: outcome, horizon, training data, intercept and inputs',
    'items[].trainedUntil': 'last day of its training data',
    'items[].owner': 'who answers for it',
    'items[].expiresOn': 'day after which it has to be validated anew',
    'items[].expired': 'true after that day',
    'items[].card': 'purpose, origin, inputs, outcome, training, validation, limits',
    'items[].inputs': 'with a model: id, mean, sd, weight',
    'categories.items[]': 'with a model on or off duty: category, complaints (null: one to four); else null',
    'categories.taken': 'complaints of these; otherwise: taken the other way; neither: on no list',
    total: 'number of models',
  },
  carries: [{ rule: 'OSS-03', as: 'report' }],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const all = shippedModels();
  const today = localDate(context.now);
  const wanted = typeof input.args.model === 'string' ? named(all, input.args.model) : null;
  const warnings = modelWarnings(all, today);
  for (const warning of warnings) context.warn(warning);
  const categories = wanted === null ? null : await categoriesOfStore(context, wanted.model.outcome);
  const items = (wanted === null ? all : [wanted]).map(({ model, sha256 }) => ({
    id: model.id,
    title: model.title,
    outcome: model.outcome,
    horizonMonths: model.horizonMonths,
    version: model.version,
    sha256,
    trainedUntil: model.trained.until,
    owner: model.owner,
    issuedOn: model.issuedOn,
    expiresOn: model.expiresOn,
    expired: model.expiresOn < today,
    card: model.card,
    ...(wanted === null ? {} : { intercept: model.intercept, inputs: model.inputs }),
  }));
  return {
    document: {
      title: wanted === null ? 'Data models of the Officer Support System' : wanted.model.title,
      subtitle:
        wanted === null
          ? `${all.length} models; names and weights are ours`
          : `${wanted.model.id} ${wanted.model.version}, expires on ${wanted.model.expiresOn}`,
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: null,
      blocks:
        wanted === null
          ? [listOf(all, today)]
          : [
              weightsTable(wanted.model),
              ...cardBlocks(wanted.model),
              ...(categories === null ? [] : [categoriesTable(categories)]),
            ],
      notes: warnings.map((text) => `Warning: ${text}`),
      footer: [{ label: 'Rule', text: 'OSS-03, D20-04 II: four data models work together' }],
    },
    data: { items, categories, total: items.length, warnings },
    items,
    newestImport: null,
  };
}

function listOf(all: readonly LoadedModel[], today: string): Document['blocks'][number] {
  return {
    kind: 'table',
    id: 'models',
    columns: [
      { key: 'id', title: 'Model' },
      { key: 'outcome', title: 'Foretells' },
      { key: 'months', title: 'Months', align: 'right' },
      { key: 'trained', title: 'Trained until', priority: 1 },
      { key: 'owner', title: 'Owner', priority: 2 },
      { key: 'expires', title: 'Expires' },
    ],
    rows: all.map(({ model }) => ({
      id: model.id,
      outcome: OUTCOME_WORDS[model.outcome],
      months: model.horizonMonths,
      trained: model.trained.until,
      owner: model.owner,
      expires:
        model.expiresOn < today
          ? { kind: 'tone', tone: 'bad', text: `${model.expiresOn}, expired` }
          : model.expiresOn,
    })),
  };
}

function named(all: readonly LoadedModel[], id: string): LoadedModel {
  const found = all.find(({ model }) => model.id === id || model.outcome === id);
  if (found) return found;
  const ids = all.map(({ model }) => model.id);
  const near = nearest(id, ids);
  throw usageError(
    `There is no data model ${id}${near === null ? '' : `; did you mean ${near}?`}`,
    `They are ${ids.join(', ')}.`,
  );
}
