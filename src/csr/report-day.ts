import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Period } from '../core/period.ts';
import type { Reader } from '../store/store.ts';

/**
 * As of when a report is told. Without --as-of a period that is over is told as of the last thing that the store knows of
 * it (an import, an event), not of the clock: the same store and the same options give the same bytes.
 */
export async function reportDay(
  reader: Reader,
  { asOfGiven, now }: Pick<Context, 'asOfGiven' | 'now'>,
  { end }: Period,
): Promise<Instant> {
  if (asOfGiven || end >= now) return now;
  const [row] = await reader.rows({
    sql: "select max(at) from event where chain = 'csr' and at <= ?",
    parameters: [now],
  });
  const known = [end, await newestImport(reader, 'csr'), row?.[0] ?? null];
  const instants = known.filter((at) => typeof at === 'number' && at <= now);
  return Math.max(...instants.map(Number)) as Instant;
}
