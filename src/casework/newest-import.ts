import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';

/** The profiles whose imports stand behind the figures of a system. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  oss: ['oss-work-items', 'oss-events'],
  concerns: ['concerns', 'concern-events'],
  csr: [
    'csr',
    'csr-police',
    'csr-police-events',
    'chicago-311',
    'chicago-311-legacy',
    'chicago-311-2012',
    'chicago-311-9',
    'open311',
  ],
  said: ['said-subjects', 'said-incidents'],
};

/** When the newest import behind a system's figures was made; of any profile when `system` is null; null for none. */
export async function newestImport(reader: Reader, system: string | null): Promise<Instant | null> {
  let query = reader.db
    .selectFrom('batch')
    .select((e) => e.fn.max('imported_at').as('newest'))
    .where('undone_at', 'is', null);
  const profiles = system === null ? undefined : BEHIND[system];
  if (profiles) query = query.where('profile', 'in', profiles);
  const row = await query.executeTakeFirst();
  return typeof row?.newest === 'number' ? (row.newest as Instant) : null;
}
