import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonical, sha256 } from '../casework/log.ts';
import { dataError } from '../core/errors.ts';
import { dataFile, loadPolicy } from '../store/data-files.ts';
import { type Model, parseModel } from './models/model.ts';
import { OUTCOMES } from './models/outcomes.ts';
import type { Fitted } from './train.ts';

export interface LoadedModel {
  readonly model: Model;
  /** What its scores come from: `fitId`. */
  readonly sha256: string;
}

/** A model file; throws a data error when it cannot be read or is wrong. */
export function loadModel(path: string, cwd: string): LoadedModel {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), 'utf8');
  } catch {
    throw dataError(`The model file ${path} cannot be read.`, 'Check its name and permissions.');
  }
  const model = parseModel(text, path);
  return { model, sha256: fitId(model) };
}

/** The four shipped data models (OSS-03), in the order of OUTCOMES. */
export function shippedModels(): readonly LoadedModel[] {
  return OUTCOMES.map((outcome) => loadModel(dataFile(`models/oss-${outcome}.json`), '/'));
}

/** The models to score with: the files given, else the four shipped ones. Throws when two are of one name. */
export function modelsToUse(paths: readonly string[], cwd: string): readonly LoadedModel[] {
  const models = paths.length === 0 ? shippedModels() : paths.map((path) => loadModel(path, cwd));
  const twice = models.find(({ model }, i) => models.findIndex((one) => one.model.id === model.id) !== i);
  if (twice) throw dataError(`Two model files are named ${twice.model.id}.`, 'Give each model once.');
  return models;
}

/** What a reader of a model's output has to be told: that its term is over, or that there are not four (OSS-03). */
export function modelWarnings(models: readonly LoadedModel[], today: string): readonly string[] {
  const warnings = models
    .filter(({ model }) => model.expiresOn < today)
    .map(({ model }) => `${model.id} ${model.version} expired on ${model.expiresOn}: validate it anew.`);
  for (const { model } of models) {
    const { until } = model.trained;
    if (until > today)
      warnings.push(
        `${model.id} ${model.version} was trained until ${until}: it has seen what came after the day.`,
      );
  }
  const { models: count } = loadPolicy().oss().modelCount;
  if (models.length !== count)
    warnings.push(`${models.length} data models are used; the system works with ${count} (OSS-03).`);
  return warnings;
}

/** sha256, in hex, of what a fit is and nothing else: the same records give the same, whenever and for whom it was made. */
export function fitId({ outcome, horizonMonths, trained, intercept, inputs }: Fitted): string {
  const fit = inputs.map(({ id, mean, sd, weight }) => ({ id, mean, sd, weight }));
  const { until, origins, rows, withOutcome, ridge } = trained;
  const from = { until, origins, rows, withOutcome, ridge };
  return sha256(canonical({ outcome, horizonMonths, trained: from, intercept, inputs: fit }));
}
