import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { Reader } from '../store/store.ts';

/**
 * As of when a report is told. Without --as-of a period that is over, as the one beside it, is told as of the last thing
 * that the store knows of it (an import, an event), not of the clock: the same store and options give the same bytes.
 */
export async function reportDay(
  reader: Reader,
  { asOfGiven, now }: Pick<Context, 'asOfGiven' | 'now'>,
  periods: readonly Period[],
): Promise<Instant> {
  const ends = periods.map(({ end }) => end);
  if (asOfGiven || ends.some((end) => end >= now)) return now;
  const [row] = await reader.rows({
    sql: "select max(at) from event where chain = 'csr' and at <= ?",
    parameters: [now],
  });
  const known = [...ends, await newestImport(reader, 'csr'), row?.[0] ?? null];
  const instants = known.filter((at) => typeof at === 'number' && at <= now);
  return Math.max(...instants.map(Number)) as Instant;
}
