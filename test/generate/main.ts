import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bulkRows } from './bulk.ts';
import { isProfile, PROFILES, type ProfileName, type Row } from './columns.ts';
import { line } from './csv.ts';
import { FAULTS, soiled } from './dirty.ts';
import { seeded } from './random.ts';
import { SAMPLE_SEED, sampleFiles } from './samples.ts';

const HELP = `Writes synthetic exports; the same seed gives the same bytes.

  node test/generate/main.ts --samples [--seed <n>] [-o <folder>]
  node test/generate/main.ts --profile <name> --rows <n> [--of <n>] [--seed <n>] [--dirty <share>] [-o <file>]

  --samples         rewrite data/samples (or the folder of -o)
  --profile <name>  ${Object.keys(PROFILES).join(', ')}
  --rows <n>        data rows
  --of <n>          records whose rows these are: concern-events --of 100000 belong to concerns --rows 100000,
                    said-incidents --of 400000 to said-subjects --rows 400000; without --rows, all of them
  --seed <n>        default 1; the samples have ${SAMPLE_SEED}
  --dirty <share>   this share of the rows gets one fault (0 to 1): ${FAULTS.join(', ')}
  -o, --output      a file, or - for standard output, the default
`;

const CHUNK = 1 << 18;

/** Data lines of a profile, a seeded share of them soiled. */
function* lines(name: ProfileName, rows: Iterable<Row>, seed: number, dirty: number): Generator<string> {
  yield line(PROFILES[name].columns);
  if (dirty <= 0) {
    for (const row of rows) yield line(row);
    return;
  }
  const rng = seeded(seed, 'dirty', name);
  for (const row of rows) yield rng.chance(dirty) ? soiled(name, row, rng.pick(FAULTS), rng) : line(row);
}

async function write(text: Iterable<string>, output: string): Promise<void> {
  const stream = output === '-' ? process.stdout : createWriteStream(output);
  let closed = false;
  // A reader that has seen enough (`| head`) is no failure.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
    stream.emit('drain');
  });
  let chunk = '';
  const flush = async (): Promise<void> => {
    if (!stream.write(chunk)) await once(stream, 'drain');
    chunk = '';
  };
  for (const part of text) {
    chunk += part;
    if (chunk.length >= CHUNK) await flush();
    if (closed) return;
  }
  await flush();
  if (stream !== process.stdout) {
    stream.end();
    await once(stream, 'finish');
  }
}

function count(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}

async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      samples: { type: 'boolean' },
      profile: { type: 'string' },
      rows: { type: 'string' },
      of: { type: 'string' },
      seed: { type: 'string' },
      dirty: { type: 'string' },
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  if (values.samples === true) {
    const folder = values.output ?? join(import.meta.dirname, '../../data/samples');
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of sampleFiles(count(values.seed, 'seed') ?? SAMPLE_SEED)) {
      writeFileSync(join(folder, file), text);
    }
    return;
  }
  const name = values.profile ?? '';
  if (!isProfile(name)) throw new RangeError(`--profile takes one of: ${Object.keys(PROFILES).join(', ')}`);
  const size = {
    seed: count(values.seed, 'seed') ?? 1,
    rows: count(values.rows, 'rows'),
    of: count(values.of, 'of'),
  };
  if (size.rows === undefined && size.of === undefined)
    throw new RangeError('say how many: --rows <n> or --of <n>');
  const dirty = Number(values.dirty ?? 0);
  if (!(dirty >= 0 && dirty <= 1)) throw new RangeError('--dirty takes a share from 0 to 1');
  await write(lines(name, bulkRows(name, size), size.seed, dirty), values.output ?? '-');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`generate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
