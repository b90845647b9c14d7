import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Instant } from '../../src/core/instant.ts';
import {
  type FileOutcome,
  type FileResult,
  type ImportRequest,
  importFiles,
  isRefused,
} from '../../src/import/engine.ts';
import { undoBatch } from '../../src/import/undo.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import type { Query, SqlValue } from '../../src/store/open.ts';
import { read, write } from '../../src/store/store.ts';
import { temporaryFolder } from '../temporary.ts';

const NOW = 1_600_000_000 as Instant;

/** A folder with a store of its own, and imports into it. */
export interface Place {
  readonly store: string;
  path(name: string): string;
  file(name: string, content: string | Buffer): string;
  /** Imports files; `change` overrides the request. */
  all(paths: readonly string[], change?: Partial<ImportRequest>): Promise<readonly FileOutcome[]>;
  /** Imports one text as a file that must be taken. */
  one(name: string, content: string, change?: Partial<ImportRequest>): Promise<FileResult>;
  /** The message and remedy with which one text is refused. */
  refusal(name: string, content: string | Buffer, change?: Partial<ImportRequest>): Promise<string>;
  rows(sql: string): Promise<readonly (readonly SqlValue[])[]>;
  undo(batch: number): Promise<void>;
}

export function place(): Place {
  const folder = temporaryFolder();
  const store = join(folder, 'store.db');
  const path = (name: string) => join(folder, name);
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(path(name), content);
    return path(name);
  };
  const all: Place['all'] = (paths, change = {}) =>
    importFiles({
      storePath: store,
      files: paths,
      profiles: peopleProfiles,
      as: null,
      encoding: null,
      rejects: null,
      strict: false,
      dryRun: false,
      stdin: Readable.from([]),
      clock: () => NOW,
      progress: { start() {}, update() {}, stop() {} },
      actor: async () => null,
      onBatch: async () => {},
      ...change,
    });
  return {
    store,
    path,
    file,
    all,
    async one(name, content, change) {
      const [outcome] = await all([file(name, content)], change);
      if (outcome === undefined || isRefused(outcome)) throw outcome?.error ?? new Error('no outcome');
      return outcome;
    },
    async refusal(name, content, change) {
      const [outcome] = await all([file(name, content)], change);
      if (outcome === undefined || !isRefused(outcome)) throw new Error(`${basename(name)} was taken`);
      return [outcome.error.message, outcome.error.remedy].join('\n');
    },
    async rows(sql) {
      const query: Query = { sql, parameters: [] };
      return await read(store, (reader) => reader.rows(query));
    },
    async undo(batch) {
      await write(store, async (writer) => {
        await undoBatch(writer, batch, peopleProfiles, NOW);
      });
    },
  };
}

/** The counts of a result, short. */
export function counts(result: FileResult): string {
  const { inserted, updated, unchanged, keptLocal, rejected } = result;
  return `+${inserted} ~${updated} =${unchanged} kept ${keptLocal} rejected ${rejected}`;
}
