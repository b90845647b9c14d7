import type { Instant } from '../core/instant.ts';
import type { CaseState } from '../core/workflow.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import type { CaseKind } from './kind.ts';
import { replayHistories } from './replay.ts';

/** Each of these records as it stood at `at`, by its history up to then; unknown ones are left out. */
export async function statesAt<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  ids: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, S>> {
  const replayed = await replayHistories(reader, kind, await loadDirectory(reader), ids, at);
  return new Map([...replayed].map(([id, { state }]) => [id, state]));
}
