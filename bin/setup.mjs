// Sets the checkout up once and runs one job with its own Node: `node bin/setup.mjs <job> [arguments]`.
// Plain JavaScript that runs on any Node from 20 up and before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.rollcall-setup');

/** The jobs: the script each runs, its fixed arguments, and whether it needs the bundle. */
const JOBS = {
  start: { script: 'bin/start.mjs', built: true },
  test: {
    script: 'node_modules/vitest/vitest.mjs',
    fixed: ['run', '--config', 'test/vitest.config.ts'],
    built: true,
  },
  check: { script: 'bin/check.mjs' },
  build: { script: 'bin/build.mjs' },
  bench: { script: 'test/bench/run.ts', built: true },
  generate: { script: 'test/generate/main.ts' },
};

const say = (text) => process.stderr.write(`rollcall: ${text}\n`);

function fail(text) {
  say(text);
  process.exit(1);
}

/** What is asked to be installed, as one hash. */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Installed, and nothing changed since; a finished `npm ci` by hand counts and is stamped. */
function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted();
  const finished = join(modules, '.package-lock.json');
  if (!existsSync(finished)) return false;
  const at = statSync(finished).mtimeMs;
  if (at < statSync(join(root, 'package-lock.json')).mtimeMs) return false;
  writeFileSync(stamp, wanted());
  return true;
}

/** `npm ci` with the very npm that runs this script, else with the one on the path. */
function npmCi() {
  // --include=dev: NODE_ENV=production would leave out what the jobs need. The pinned Node runs everything, so
  // warnings that the current one is too old mean nothing.
  const args = ['ci', '--include=dev', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  return npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

async function install() {
  if (isInstalled()) return;
  await withLock(
    join(root, '.install.tmp'),
    () => {
      if (isInstalled()) return;
      say('installing what package-lock.json names, once (about half a minute)');
      const { status, error } = npmCi();
      if (status !== 0) fail(`npm ci failed${error ? ` (${error.message})` : ''}; its message is above`);
      writeFileSync(stamp, wanted());
    },
    () => say('another process is installing; waiting for it'),
  );
}

function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function isAtLeast(version, major, minor) {
  const [a, b] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

/** The checkout's own Node; the current one where the pin could not be installed and it is new enough. */
function findNode() {
  const exe = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const path of [join(modules, '.bin', exe), join(modules, 'node', 'bin', exe)]) {
    const version = existsSync(path) ? versionOf(path) : null;
    if (version) return { path, version };
  }
  const version = process.versions.node;
  if (!isAtLeast(version, 22, 13)) {
    fail(
      `the pinned Node was not installed and this one is ${version}: run \`npm rebuild node --ignore-scripts=false\`, or use Node 22.13 or newer`,
    );
  }
  say(`the pinned Node is not here; using Node ${version}`);
  return { path: process.execPath, version };
}

/** Runs a script to its end; answers its exit code (128 + signal number when it was killed). */
function run(node, args) {
  // Older lines of Node 22 need the flag to run TypeScript as it is.
  const flags = isAtLeast(node.version, 22, 18) ? [] : ['--experimental-strip-types'];
  const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node.path, [...flags, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // A terminal sends Ctrl-C to both: the job decides how to end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done) => {
    child.on('error', (error) => fail(`cannot start ${node.path}: ${error.message}`));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

const [name = '', ...rest] = process.argv.slice(2);
const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
if (!job) fail(`no job "${name}"; there is ${Object.keys(JOBS).join(', ')}`);
const args = rest[0] === '--' ? rest.slice(1) : rest;

await install();
const node = findNode();
if (job.built) {
  const code = await run(node, ['bin/build.mjs', '--if-stale']);
  if (code !== 0) process.exit(code);
}
if (!existsSync(join(root, job.script))) fail(`${job.script} is missing from this checkout`);
process.exitCode = await run(node, [job.script, ...(job.fixed ?? []), ...args]);
