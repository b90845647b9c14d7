import { DAY } from '../core/calendar.ts';
import { plural } from '../core/duration.ts';
import type { Reader } from '../store/store.ts';

/** By concern and instant, how many whole days after it an extension by hand was entered; those of a day or more. */
export type LateEntries = ReadonlyMap<string, number>;

/** Reads which extensions were entered here a day or more after they were granted; what exports tell is left out. */
export async function lateEntries(reader: Reader): Promise<LateEntries> {
  const rows = await reader.rows({
    sql: `select record_id, at, (recorded_at - at) / ${DAY} from event
      where chain = 'concerns' and name = 'extended' and origin = 'local' and recorded_at - at >= ${DAY}`,
    parameters: [],
  });
  return new Map(rows.map(([id, at, days]) => [`${id} ${at}`, Number(days)]));
}

/** `, entered 4 days later`, or nothing. */
export function enteredLater(entries: LateEntries, { id, at }: { readonly id: string; readonly at: number }) {
  const days = entries.get(`${id} ${at}`);
  return days === undefined ? '' : `, entered ${plural(days, 'day')} later`;
}
