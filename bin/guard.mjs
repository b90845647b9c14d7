// Proves that the import-direction rules of biome.json bite: runs them over a small tree with planted violations.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// A line of the tree that must be caught says so.
const MARK = '// violation';

function markedLines(folder) {
  const marks = new Set();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    lines.forEach((line, at) => {
      if (line.endsWith(MARK)) marks.add(`${file.split(sep).join('/')}:${at + 1}`);
    });
  }
  return marks;
}

function caughtLines(folder) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none'];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  const caught = new Set();
  for (const [, file, line] of stdout.matchAll(/noRestrictedImports,file=([^,]+),line=(\d+)/g)) {
    caught.add(`${relative(folder, resolve(folder, file)).split(sep).join('/')}:${line}`);
  }
  return { caught, said: `${stdout}${stderr}` };
}

/**
 * Lints a copy of test/fixtures/violation with this checkout's biome.json. Answers the number of planted violations
 * and what is wrong: each that was not caught, each line caught that should not be.
 */
export function proveGuard() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'rollcall-guard-'));
  try {
    cpSync(join(root, 'test/fixtures/violation'), folder, { recursive: true });
    // The copy is no git checkout; everything else of the configuration is what the checkout itself is held to.
    const { vcs: _, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined }));
    const marked = markedLines(folder);
    const { caught, said } = caughtLines(folder);
    const problems = [];
    if (marked.size === 0) problems.push('nothing is planted');
    if (caught.size === 0) problems.push(`nothing was caught: ${said.trim()}`);
    for (const line of marked) if (!caught.has(line)) problems.push(`not caught: ${line}`);
    for (const line of caught) if (!marked.has(line)) problems.push(`caught, but allowed: ${line}`);
    return { problems, planted: marked.size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
