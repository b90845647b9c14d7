// The quick start: runs the main job on the bundled samples, in a throw-away folder, as a user would type it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const samples = join('data', 'samples');
const about = JSON.parse(readFileSync(join(root, samples, 'samples.json'), 'utf8'));
const { asOf, quarter, district, actors, files } = about;

const folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'));
const store = join(folder, 'rollcall.db');
const report = join(folder, 'report.html');

// Nothing of the user's own settings: their store is never touched.
const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ROLLCALL_'));
const env = { ...Object.fromEntries(inherited), ROLLCALL_STORE: store, ROLLCALL_AS_OF: asOf };
const table = process.stdout.isTTY ? [] : ['--format', 'table'];

function shown(word) {
  return /^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Prints a command line, runs it in the checkout, and ends the quick start when it fails. */
function rollcall(...args) {
  console.log(`\n$ rollcall ${args.map(shown).join(' ')}`);
  const shim = join(root, 'bin', 'rollcall.js');
  const { status, signal } = spawnSync(process.execPath, [shim, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(
    `\nrollcall: the quick start failed: "rollcall ${args.join(' ')}" ended with ${signal ?? status}`,
  );
  process.exit(status || 1);
}

console.log(`The samples, as of ${asOf}, in a store of their own:

$ export ROLLCALL_STORE=${shown(store)} ROLLCALL_AS_OF=${asOf}`);

const as = (actor) => ['--actor', actor];
rollcall('import', ...files.map((file) => join(samples, file)), ...table);
rollcall('oss', 'triage', '--list', ...as(actors.analyst), ...table);
rollcall('concerns', 'overdue', ...table);
rollcall('csr', 'report', '--quarterly', quarter, '--district', district, ...table);
rollcall('said', 'score', '--purpose', 'review', ...as(actors.commander), ...table);
rollcall('csr', 'report', '--quarterly', quarter, '--district', district, '-o', report);

console.log(`
The report as a page for the browser: ${report}
Everything above lives in ${folder}; delete it when you like. rollcall --help lists all commands.`);
