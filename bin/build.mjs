// Bundles src/ into dist/, split by command: `node bin/build.mjs` always, buildIfStale() when something changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');

/** One hash over everything that the bundle is made of. */
function fingerprint() {
  const hash = createHash('sha256').update(process.platform);
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts'));
  const files = [...sources.map((file) => join('src', file)), 'bin/build.mjs', 'package-lock.json'];
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** True when dist/ was made from the sources as they are. */
function isFresh() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/**
 * Keeps `import.meta.url` meaning the source file, so that a module finds data/ and migrations/ by the same relative
 * path in src/ and in dist/: dist/ is flat and stands beside src/.
 */
const sourceUrls = {
  name: 'source-urls',
  load(path) {
    if (!path.endsWith('.ts') || path.includes(`${sep}node_modules${sep}`)) return null;
    const text = readFileSync(path, 'utf8');
    if (!text.includes('import.meta.url')) return null;
    const source = `../${relative(root, path).split(sep).join('/')}`;
    const code = text.replaceAll(
      'import.meta.url',
      `new URL(${JSON.stringify(source)}, import.meta.url).href`,
    );
    return { code, moduleType: 'ts' };
  },
};

/** commander starts other programs for commands of its own that rollcall has none of; loading what does that takes time. */
const noSubprocess = {
  name: 'no-subprocess',
  resolveId: (id, importer) =>
    id === 'node:child_process' && importer?.includes(`${sep}commander${sep}`) ? '\0no-subprocess' : null,
  load: (id) => (id === '\0no-subprocess' ? 'export default {};' : null),
};

// Every file costs about a millisecond at start-up: what all commands and those that cron starts need is one file,
// what the other looks at records need another, and each further command its own.
const GROUPS = [
  {
    name: 'kernel',
    test: /src[\\/](core|cli)[\\/](?!completion|man|help|prompts|progress)|src[\\/]report[\\/](render|plain|json|cell|provenance|as-table|width)\.|src[\\/]store[\\/](open|migrate|data-files)|src[\\/]casework[\\/](overdue|newest-import)|commands[\\/]overdue|node_modules[\\/]commander/,
    priority: 3,
  },
  {
    name: 'casework',
    test: /src[\\/]store[\\/](store|schema)|node_modules[\\/]kysely|src[\\/](casework|people[\\/](identity|directory|units))/,
    priority: 1,
  },
  {
    name: 'today',
    test: /src[\\/]casework[\\/](tour-duties|units|waiting)|src[\\/]concerns[\\/](later|roles|state|today|visibility|waiting)\.|src[\\/]desk[\\/](today-|commands[\\/]today)/,
    priority: 2,
  },
];

async function bundle() {
  const { build } = await import('rolldown');
  const fresh = join(root, `dist.${process.pid}.tmp`);
  const mark = fingerprint();
  try {
    await build({
      cwd: root,
      input: { main: 'src/main.ts' },
      platform: 'node',
      transform: { target: 'node22' },
      // A package with a native binary, and one that looks its fonts up beside itself; everything else is bundled.
      external: ['better-sqlite3', 'pdfkit'],
      plugins: [noSubprocess, sourceUrls],
      output: {
        dir: fresh,
        format: 'esm',
        minify: true,
        comments: { legal: false },
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: { groups: GROUPS },
      },
      // Modules that both a group and a single command load belong into the group.
      checks: { ineffectiveDynamicImport: false },
      logLevel: 'warn',
    });
    writeFileSync(join(fresh, '.stamp'), mark);
    const old = join(root, `dist.old.${process.pid}.tmp`);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(fresh, dist);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Builds unless dist/ is fresh; answers whether it built. Two at a time build once. `say` gets one line before. */
export async function buildIfStale(say = () => {}) {
  if (isFresh()) return false;
  return withLock(join(root, '.build.tmp'), async () => {
    if (isFresh()) return false;
    say('building');
    await bundle();
    return true;
  });
}

async function command() {
  const say = (text) => process.stderr.write(`rollcall: ${text}\n`);
  try {
    if (process.argv.includes('--if-stale')) return await buildIfStale(say);
    await withLock(join(root, '.build.tmp'), bundle);
    say(`dist/ has ${readdirSync(dist).filter((file) => file.endsWith('.js')).length} files`);
  } catch (error) {
    // The bundler has printed what is wrong where.
    if (!error.errors) throw error;
    say('the build failed; dist/ is as it was');
    process.exitCode = 1;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await command();
