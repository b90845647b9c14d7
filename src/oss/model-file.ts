import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataError } from '../core/errors.ts';
import { dataFile, loadPolicy } from '../store/data-files.ts';
import { type Model, parseModel } from './models/model.ts';
import { OUTCOMES } from './models/outcomes.ts';

export interface LoadedModel {
  readonly model: Model;
  /** sha256, in hex, of the bytes of the file. */
  readonly sha256: string;
}

/** A model file; throws a data error when it cannot be read or is wrong. */
export function loadModel(path: string, cwd: string): LoadedModel {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(cwd, path));
  } catch {
    throw dataError(`The model file ${path} cannot be read.`, 'Check its name and permissions.');
  }
  return { model: parseModel(bytes.toString('utf8'), path), sha256: sha256(bytes) };
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
  const { models: count } = loadPolicy().oss().modelCount;
  if (models.length !== count)
    warnings.push(`${models.length} data models are used; the system works with ${count} (OSS-03).`);
  return warnings;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
