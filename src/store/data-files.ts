import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeError, usageError } from '../core/errors.ts';
import type { ClockPolicy } from '../core/policy.ts';
import { openPolicy, POLICY_FILES, type Policy } from '../core/policy-files.ts';

type Env = Readonly<Record<string, string | undefined>>;

let packageFolder: string | null = null;
const opened = new Map<string, Policy>();

/** Full path of a file in the package's data folder: `dataFile('geography/beats.json')`. The same from src and dist. */
export function dataFile(relative: string): string {
  packageFolder ??= findPackage(dirname(fileURLToPath(import.meta.url)));
  return join(packageFolder, 'data', relative);
}

/**
 * The policy, opened once; each file is parsed when first asked for. `ROLLCALL_POLICY` in `env` names a department's
 * own file, or a folder of such `.json` files, that is laid over the shipped ones.
 */
export function loadPolicy(env: Env = process.env): Policy {
  const overlay = env.ROLLCALL_POLICY ?? '';
  const policy = opened.get(overlay) ?? openPolicy(readText, dataFile('policy'), overlayFiles(overlay));
  opened.set(overlay, policy);
  return policy;
}

/** The clocks alone, without reading the rules: what start-up can afford. */
export function loadClocks(env: Env = process.env): readonly ClockPolicy[] {
  return loadPolicy(env).clocks();
}

/** sha256, in hex, over the bytes of the shipped policy files in name order, then of the overlay's files. */
export function rulesetHash(env: Env = process.env): string {
  const hash = sha256();
  for (const name of POLICY_FILES) hash.update(readFileSync(dataFile(`policy/${name}`)));
  for (const path of overlayFiles(env.ROLLCALL_POLICY ?? '')) hash.update(readFileSync(path));
  return hash.digest('hex');
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function overlayFiles(overlay: string): readonly string[] {
  if (overlay === '') return [];
  const path = resolve(overlay);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw usageError(
      `ROLLCALL_POLICY: there is no ${overlay}.`,
      'Name a JSON file or a folder, or unset it.',
    );
  }
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name));
}

function findPackage(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isPackage(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) {
      throw storeError('The data folder of rollcall is missing.', 'Install the program again.');
    }
  }
}

function isPackage(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  return JSON.parse(readText(path)).name === 'rollcall';
}

// Loading node:crypto takes a fifth of the program's start, and few commands need it.
function sha256() {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}
