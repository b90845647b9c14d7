import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeScene, ROOT, type Scene } from '../cli/harness.ts';

const SAMPLES = [
  'members',
  'delegations',
  'duty-roster',
  'accesses',
  'member-activity',
  'evidence',
  'oss-work-items',
  'oss-events',
  'concerns',
  'concern-events',
  'csr-chicago-311',
  'csr-police',
  'csr-police-events',
  'said-subjects',
  'said-incidents',
].map((name) => join(ROOT, 'data', 'samples', `${name}.csv`));

/** The moment at which the samples end. */
export const SAMPLE_DAY = '2021-01-04T09:00';

/** Scenes whose store holds all samples; they are imported once. */
export interface SampleStores {
  scene(): Scene;
  remove(): void;
}

/** Imports the samples; each scene then gets a copy. */
export async function sampleStores(): Promise<SampleStores> {
  const first = makeScene();
  const store = join(first.folder, 'rollcall.db');
  const { code, stderr } = await first.run(['import', ...SAMPLES, '--quiet']);
  if (code !== 0) throw new Error(stderr);
  const whole = new Database(store);
  whole.pragma('wal_checkpoint(truncate)');
  whole.close();
  const scenes = [first];
  return {
    scene() {
      const scene = makeScene();
      scenes.push(scene);
      copyFileSync(store, join(scene.folder, 'rollcall.db'));
      return scene;
    },
    remove() {
      for (const scene of scenes) scene.remove();
    },
  };
}

/** Path of a scene's store. */
export function storeOf(scene: Scene): string {
  return join(scene.folder, 'rollcall.db');
}

/** Everything that a store holds: its schema and the rows of every table, in order; `without` leaves tables out. */
export function contentOf(path: string, without: readonly string[] = []): string {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string; sql: string }>(
        `select name, sql from sqlite_schema where sql is not null order by type, name`,
      )
      .all();
    const names = db
      .prepare<[], string>(`select name from sqlite_schema where type = 'table' order by name`)
      .pluck()
      .all()
      .filter((name) => !without.includes(name));
    const rows = names.map((name) => [name, db.prepare(`select * from "${name}"`).raw().all()]);
    return JSON.stringify([tables, rows], (_, value) =>
      typeof value === 'bigint' ? String(value) : Buffer.isBuffer(value) ? value.toString('hex') : value,
    );
  } finally {
    db.close();
  }
}

/** One number out of a store. */
export function countIn(path: string, sql: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return Number(db.prepare(sql).pluck().get());
  } finally {
    db.close();
  }
}
