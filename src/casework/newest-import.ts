import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';

/** The profiles whose imports stand behind the figures of a system. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  oss: ['oss-work-items', 'oss-events'],
  // what the data models read
  'oss-models': [
    'members',
    'member-activity',
    'officers',
    'officer-complaints',
    'officer-force',
    'officer-units',
  ],
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
export async function newestImport(reader: Rows, system: string | null): Promise<Instant | null> {
  const profiles = (system === null ? undefined : BEHIND[system]) ?? null;
  const [row] = await reader.rows({
    sql: `select max(imported_at) from batch
      where undone_at is null and (? is null or profile in (select value from json_each(?)))`,
    parameters: [profiles === null ? null : 1, JSON.stringify(profiles ?? [])],
  });
  return typeof row?.[0] === 'number' ? (row[0] as Instant) : null;
}
