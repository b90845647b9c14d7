import { clockBook, loadHistories, replayHistory } from '../casework/replay.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts } from '../core/workflow.ts';
import type { Directory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import { workItemKind } from './records.ts';
import type { WorkItemState } from './workflow-state.ts';

const PAGE = 1000;

/** A Work Item with the events that led to its state, in order. */
export interface ItemHistory {
  readonly item: WorkItemState;
  readonly events: readonly CaseEvent[];
}

/**
 * Every Work Item as its history up to `now` leads to it, by id. Replayed and not read from the table, so that an
 * --as-of tells what was true then.
 */
export async function workItemsAsOf(
  reader: Reader,
  directory: Directory,
  now: Instant,
): Promise<readonly WorkItemState[]> {
  const histories = await workItemHistoriesAsOf(reader, directory, now);
  return histories.map(({ item }) => item);
}

/** The same with the events that led there, for figures that count steps. */
export async function workItemHistoriesAsOf(
  reader: Reader,
  directory: Directory,
  now: Instant,
): Promise<readonly ItemHistory[]> {
  const rows = await reader.db
    .selectFrom('work_item')
    .select('work_item_id')
    .where('generated_at', '<=', now)
    .orderBy('work_item_id')
    .execute();
  const ids = rows.map((row) => row.work_item_id);
  const items: ItemHistory[] = [];
  for (let at = 0; at < ids.length; at += PAGE)
    items.push(...(await replayed(reader, directory, ids.slice(at, at + PAGE), now)));
  return items;
}

/** The Work Items with these ids as of `now`, by id. */
export async function workItemsById(
  reader: Reader,
  directory: Directory,
  ids: readonly string[],
  now: Instant,
): Promise<readonly WorkItemState[]> {
  const items: WorkItemState[] = [];
  const sorted = ids.toSorted();
  for (let at = 0; at < sorted.length; at += PAGE) {
    const page = await replayed(reader, directory, sorted.slice(at, at + PAGE), now);
    items.push(...page.map(({ item }) => item));
  }
  return items;
}

/**
 * Earlier Work Items of the same member that stood as found invalid at `now`, oldest first: for who may know of them
 * alone (OSS-12). A data model flags on what is still there, so whoever was flagged wrongly is flagged again.
 */
export async function foundInvalidBefore(
  reader: Reader,
  directory: Directory,
  { memberId, generatedAt }: Pick<WorkItemState, 'memberId' | 'generatedAt'>,
  now: Instant,
): Promise<readonly WorkItemState[]> {
  const rows = await reader.db
    .selectFrom('work_item')
    .select('work_item_id')
    .where('member_id', '=', memberId)
    .where('generated_at', '<', generatedAt)
    .execute();
  const ids = rows.map((row) => row.work_item_id);
  const earlier = await workItemsById(reader, directory, ids, now);
  return earlier
    .filter(({ determination }) => determination === 'invalid')
    .toSorted((a, b) => a.generatedAt - b.generatedAt);
}

/** One Work Item as of `now`; null when there is none. */
export async function workItemAsOf(
  reader: Reader,
  directory: Directory,
  id: string,
  now: Instant,
): Promise<WorkItemState | null> {
  return (await replayed(reader, directory, [id], now))[0]?.item ?? null;
}

async function replayed(
  reader: Reader,
  directory: Directory,
  ids: readonly string[],
  now: Instant,
): Promise<readonly ItemHistory[]> {
  const kind = workItemKind;
  const bases = await kind.bases(reader, ids);
  const histories = await loadHistories(reader, kind.system, ids);
  const facts: CaseFacts = {
    book: clockBook(),
    policy: kind.policy(),
    person: directory.person,
    other: () => null,
  };
  return ids.flatMap((id) => {
    const base = bases.get(id);
    if (base === undefined) return [];
    const past = (histories.get(id) ?? []).filter((event) => event.at <= now);
    const { state } = replayHistory(kind, base, past, facts);
    return state.state === 'new' ? [] : [{ item: state, events: past }];
  });
}
