// Every static check of the checkout, one after another; all of them run, and one that fails fails the whole.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proveGuard } from './guard.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a package's program with this Node; true when it found nothing. */
function passes(script, ...args) {
  const program = join(root, 'node_modules', script);
  return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

const STEPS = {
  types: () => passes('typescript/bin/tsc', '-p', '.'),
  'format, lint, import directions': () => passes('@biomejs/biome/bin/biome', 'ci'),
  'unused code': () => passes('knip/bin/knip.js'),
  'the import guard bites': () => {
    const { problems, planted } = proveGuard();
    for (const problem of problems) console.error(`  ${problem}`);
    if (problems.length === 0) console.error(`  ${planted} planted violations, all caught; nothing else was`);
    return problems.length === 0;
  },
};

const failed = [];
for (const [name, step] of Object.entries(STEPS)) {
  console.error(`\ncheck: ${name}`);
  if (!step()) failed.push(name);
}
console.error(failed.length === 0 ? '\ncheck: all passed' : `\ncheck: failed: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
