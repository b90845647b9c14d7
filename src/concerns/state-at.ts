import { associationsOf, clockBook, loadHistories, replayHistory } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseFacts } from '../core/workflow.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import { concernKind } from './records.ts';
import type { ConcernState } from './state.ts';

/** Each of these concerns as it stood at `at`, by its history up to then; unknown ones are left out. */
export async function concernStatesAt(
  reader: Reader,
  ids: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, ConcernState>> {
  const directory = await loadDirectory(reader);
  const bases = await concernKind.bases(reader, ids);
  const histories = await loadHistories(reader, concernKind.system, ids);
  const { other } = await associationsOf(reader, concernKind, [...histories.values()].flat());
  const facts: CaseFacts = {
    book: clockBook(),
    policy: concernKind.policy(),
    person: directory.person,
    other,
  };
  const states = new Map<string, ConcernState>();
  for (const [id, base] of bases) {
    const events = (histories.get(id) ?? []).filter((event) => event.at <= at);
    states.set(id, replayHistory(concernKind, base, events, facts).state);
  }
  return states;
}

/** One concern, which must exist, as it stood at `at`. */
export async function concernStateAt(reader: Reader, id: string, at: Instant): Promise<ConcernState> {
  const state = (await concernStatesAt(reader, [id], at)).get(id);
  if (state === undefined) throw new Error(`no concern ${id}`);
  return state;
}
