import { statesAt } from '../casework/state-at.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { concernKind } from './records.ts';
import type { ConcernState } from './state.ts';

/** Each of these concerns as it stood at `at`, by its history up to then; unknown ones are left out. */
export function concernStatesAt(
  reader: Reader,
  ids: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, ConcernState>> {
  return statesAt(reader, concernKind, ids, at);
}

/** One concern, which must exist, as it stood at `at`. */
export async function concernStateAt(reader: Reader, id: string, at: Instant): Promise<ConcernState> {
  const state = (await concernStatesAt(reader, [id], at)).get(id);
  if (state === undefined) throw new Error(`no concern ${id}`);
  return state;
}
