import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataError } from '../core/errors.ts';
import { dataFile } from '../store/data-files.ts';
import { type Model, parseModel } from './model.ts';

export interface LoadedModel {
  readonly model: Model;
  /** sha256, in hex, of the bytes of the file. */
  readonly sha256: string;
}

/** The scorecard in `path`, or the shipped one when null. Throws a data error when it cannot be read or is wrong. */
export function loadModel(path: string | null, cwd: string): LoadedModel {
  const file = path === null ? dataFile('models/cvrm.json') : resolve(cwd, path);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw dataError(
      `The model file ${path ?? 'data/models/cvrm.json'} cannot be read.`,
      'Check its name and permissions, or leave --model out.',
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { model: parseModel(bytes.toString('utf8'), path ?? 'data/models/cvrm.json'), sha256 };
}
