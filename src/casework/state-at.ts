import type { Instant } from '../core/instant.ts';
import type { CaseFacts, CaseState } from '../core/workflow.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import type { CaseKind } from './kind.ts';
import { associationsOf, clockBook, loadHistories, replayHistory } from './replay.ts';

/** Each of these records as it stood at `at`, by its history up to then; unknown ones are left out. */
export async function statesAt<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  ids: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, S>> {
  const directory = await loadDirectory(reader);
  const bases = await kind.bases(reader, ids);
  const histories = await loadHistories(reader, kind.system, ids);
  const { other } = await associationsOf(reader, kind, [...histories.values()].flat());
  const facts: CaseFacts = { book: clockBook(), policy: kind.policy(), person: directory.person, other };
  const states = new Map<string, S>();
  for (const [id, base] of bases) {
    const events = (histories.get(id) ?? []).filter((event) => event.at <= at);
    states.set(id, replayHistory(kind, base, events, facts).state);
  }
  return states;
}
