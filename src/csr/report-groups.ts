import { byKey, UNKNOWN_KEY } from '../report/keys.ts';
import { daysOf, nearestRank } from '../report/statistics.ts';

/** Figures of one type, place, unit or origin. Days to two decimals; null when nothing was closed that can be measured. */
export interface Group {
  readonly key: string;
  readonly opened: number;
  readonly closed: number;
  readonly openAtEnd: number;
  readonly medianDaysToClose: number | null;
}

/** Counts by one property of requests; a slot stands for one key, so that a million rows look up numbers only. */
export interface Grouping {
  /** The slot of a stored value. */
  slot(value: number | null): number;
  /** Keys by slot. */
  readonly keys: readonly string[];
  readonly opened: number[];
  readonly closed: number[];
  readonly openAtEnd: number[];
}

/** An empty grouping; `keyOf` names a stored value, blank for unknown. Values of one key share a slot. */
export function grouping(keyOf: (value: number) => string): Grouping {
  const slots = new Map<number | null, number>();
  const byKey = new Map<string, number>();
  const keys: string[] = [];
  const opened: number[] = [];
  const closed: number[] = [];
  const openAtEnd: number[] = [];
  const add = (value: number | null): number => {
    const key = (value === null ? '' : keyOf(value).trim()) || UNKNOWN_KEY;
    let slot = byKey.get(key);
    if (slot === undefined) {
      slot = keys.push(key) - 1;
      byKey.set(key, slot);
      opened.push(0);
      closed.push(0);
      openAtEnd.push(0);
    }
    slots.set(value, slot);
    return slot;
  };
  return { slot: (value) => slots.get(value) ?? add(value), keys, opened, closed, openAtEnd };
}

/** What has been counted so far for one key, by measure; `closings` are the slots of those that can be measured. */
export function groupReads(
  grouped: Grouping,
  closings: readonly number[],
  key: string,
): Readonly<Record<string, () => number>> {
  let slot = -1;
  let looked = 0;
  const slotNow = (): number => {
    if (slot < 0 && looked < grouped.keys.length) {
      slot = grouped.keys.indexOf(key, looked);
      looked = grouped.keys.length;
    }
    return slot;
  };
  const of = (counts: readonly number[]) => () => counts[slotNow()] ?? 0;
  let counted = 0;
  let measured = 0;
  return {
    opened: of(grouped.opened),
    closed: of(grouped.closed),
    openAtEnd: of(grouped.openAtEnd),
    measured() {
      const own = slotNow();
      for (; counted < closings.length; counted++) if (closings[counted] === own) measured++;
      return measured;
    },
  };
}

/** Seconds to close of each closing that can be measured, with its slot in each grouping. */
export interface Closings {
  readonly seconds: readonly number[];
  readonly slots: readonly number[];
}

/** The groups that count anything, most opened first (`by` key: in key order), with the median of their closings. */
export function groupsOf(
  { keys, opened, closed, openAtEnd }: Grouping,
  { seconds, slots }: Closings,
  order: 'opened' | 'key',
): readonly Group[] {
  const medians = mediansBySlot(keys.length, seconds, slots);
  const groups: Group[] = [];
  for (const [slot, key] of keys.entries()) {
    const group = {
      key,
      opened: opened[slot] ?? 0,
      closed: closed[slot] ?? 0,
      openAtEnd: openAtEnd[slot] ?? 0,
      medianDaysToClose: medians[slot] ?? null,
    };
    if (group.opened + group.closed + group.openAtEnd > 0) groups.push(group);
  }
  return groups.sort((a, b) => (order === 'opened' ? b.opened - a.opened : 0) || byKey(a.key, b.key));
}

function mediansBySlot(
  size: number,
  seconds: readonly number[],
  slots: readonly number[],
): readonly (number | null)[] {
  const ends = new Uint32Array(size + 1);
  for (const slot of slots) ends[slot + 1] = (ends[slot + 1] ?? 0) + 1;
  for (let slot = 0; slot < size; slot++) ends[slot + 1] = (ends[slot + 1] ?? 0) + (ends[slot] ?? 0);
  const next = ends.slice();
  const sorted = new Float64Array(seconds.length);
  for (let i = 0; i < seconds.length; i++) {
    const slot = slots[i] ?? 0;
    const place = next[slot] ?? 0;
    sorted[place] = seconds[i] ?? 0;
    next[slot] = place + 1;
  }
  return Array.from({ length: size }, (_, slot) => {
    const part = sorted.subarray(ends[slot], ends[slot + 1]).sort();
    const median = nearestRank(part, 0.5);
    return median === null ? null : daysOf(median);
  });
}

const TYPES_SHOWN = 15;
const PLACES_SHOWN = 40;

/** The lines of a breakdown that a table shows, and those that share its last one, `17 others`. */
export function groupsShown(
  name: string,
  groups: readonly Group[],
): { readonly kept: readonly Group[]; readonly others: readonly Group[]; readonly othersKey: string } {
  const shown =
    name === 'byBeat' || name === 'byDistrict' || name === 'bySector' ? PLACES_SHOWN : TYPES_SHOWN;
  // One line alone is not worth a line of others.
  const whole = groups.length <= shown + 1;
  const sorted = whole ? groups : groups.toSorted((a, b) => b.opened - a.opened);
  const kept = whole ? sorted : sorted.slice(0, shown);
  const others = sorted.slice(kept.length);
  return { kept, others, othersKey: `${others.length} others` };
}
