import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scale } from './bench.ts';
import { rollcall, seconds } from './measure.ts';

const GENERATE = join(import.meta.dirname, '../generate/main.ts');
const kept = process.env.ROLLCALL_BENCH_DIR ?? '';
let folder = '';

/** The folder of generated files and stores: ROLLCALL_BENCH_DIR, which is kept, or one of this run's own. */
export function benchFolder(): string {
  if (folder === '') {
    if (kept !== '') mkdirSync(kept, { recursive: true });
    folder = kept === '' ? mkdtempSync(join(tmpdir(), 'rollcall-bench-')) : kept;
  }
  return folder;
}

/** Removes what this run has made, unless it was asked to be kept. */
export function clearBench(): void {
  if (folder !== '' && kept === '') rmSync(folder, { recursive: true, force: true });
}

/** A generated export of a profile; made once. `of` is the number of records that events belong to. */
export async function exportFile(
  profile: string,
  size: { readonly rows?: number; readonly of?: number },
): Promise<string> {
  const parts = [profile, size.rows, size.of === undefined ? undefined : `of-${size.of}`];
  const file = join(benchFolder(), `${parts.filter((part) => part !== undefined).join('-')}.csv`);
  if (existsSync(file)) return file;
  const rows = size.rows === undefined ? [] : ['--rows', String(size.rows)];
  const of = size.of === undefined ? [] : ['--of', String(size.of)];
  const half = `${file}.part`;
  await seconds({
    command: process.execPath,
    args: [GENERATE, '--profile', profile, ...rows, ...of, '--seed', '1', '-o', half],
  });
  renameSync(half, file);
  return file;
}

/** One analyst, who may see everything of SAID. */
export const ANALYST = 'B1';

/** A store with these files in it, imported in one call; made once. */
export async function storeOf(name: string, files: readonly string[]): Promise<string> {
  const store = join(benchFolder(), `${name}.db`);
  if (existsSync(store) && files.every((file) => statSync(file).mtimeMs < statSync(store).mtimeMs))
    return store;
  removeStore(store);
  const task = rollcall('import', ...files, '--store', store);
  await seconds({ ...task, exits: [3] });
  return store;
}

/** Exports of concerns and of what happened to them. */
export async function concernFiles(count: number): Promise<readonly string[]> {
  return [await exportFile('concerns', { rows: count }), await exportFile('concern-events', { of: count })];
}

/** A sergeant of the 005th District, with a tour on 5 Jan 2021. */
export const SERGEANT = 'B2';

/** Exports with SERGEANT and that tour. */
export function sergeantFiles(): readonly string[] {
  const members = join(benchFolder(), 'sergeant.csv');
  const roster = join(benchFolder(), 'roster.csv');
  if (existsSync(roster)) return [members, roster];
  writeFileSync(
    members,
    `member_id,rank,unit,district,sworn,roles\n${SERGEANT},Sergeant,5,005,yes,cp-sergeant\n`,
  );
  writeFileSync(
    roster,
    `member_id,tour_start,tour_end,role\n${SERGEANT},2021-01-05T06:00:00,2021-01-05T15:00:00,cp-sergeant\n`,
  );
  return [members, roster];
}

/** One store for all that reads much: a hundred thousand concerns, a million City requests, and SERGEANT. */
export async function districtStore(
  scale: Scale,
): Promise<{ readonly store: string; readonly concerns: number; readonly requests: number }> {
  const concerns = scale.rows(100_000);
  const requests = scale.rows(1_000_000);
  const files = [
    ...(await concernFiles(concerns)),
    await exportFile('chicago-311', { rows: requests }),
    ...sergeantFiles(),
  ];
  return { store: await storeOf(`district-${requests}`, files), concerns, requests };
}

/** A members export with ANALYST alone. */
export function analystFile(): string {
  const file = join(benchFolder(), 'analyst.csv');
  if (!existsSync(file)) {
    writeFileSync(file, `member_id,rank,roles,trained_on\n${ANALYST},Civilian,dos-analyst,2020-11-01\n`);
  }
  return file;
}

/** Removes a store and what SQLite keeps beside it. */
export function removeStore(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}
