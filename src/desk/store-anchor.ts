import { readFileSync } from 'node:fs';
import { dataError } from '../core/errors.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';

/** The end of one chain at some time: kept elsewhere, it shows later that nothing before it was cut off or replaced. */
export interface Head {
  /** `event` and its chain, or `access`. */
  readonly log: 'event' | 'access';
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

const SCHEMA = 'rollcall/anchor/1';

/** The last entry of every chain that has one. */
export async function headsOf(reader: Reader): Promise<readonly Head[]> {
  const chains = await reader.db.selectFrom('event').select('chain').distinct().orderBy('chain').execute();
  const heads: Head[] = [];
  for (const { chain } of chains) {
    const last = await reader.db
      .selectFrom('event')
      .select(['seq', 'hash'])
      .where('chain', '=', chain)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last) heads.push({ log: 'event', chain, ...last });
  }
  const access = await reader.db
    .selectFrom('access')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (access) heads.push({ log: 'access', chain: 'access', ...access });
  return heads;
}

/** The text of an anchor file. */
export function anchorText(heads: readonly Head[], at: Instant): string {
  return `${JSON.stringify({ schema: SCHEMA, writtenAt: isoInstant(at), heads }, null, 2)}\n`;
}

/** The heads of an anchor file; throws a data error when it cannot be read or is none. */
export function readAnchor(path: string, shown: string): readonly Head[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error;
    throw dataError(
      `${shown}: ${missing ? 'the file cannot be read' : 'this is no anchor file'}.`,
      'Write one with: rollcall audit verify --write-anchor <file>',
    );
  }
  const heads =
    typeof parsed === 'object' &&
    parsed !== null &&
    'schema' in parsed &&
    parsed.schema === SCHEMA &&
    'heads' in parsed
      ? parsed.heads
      : null;
  if (!Array.isArray(heads) || !heads.every(isHead)) {
    throw dataError(
      `${shown}: this is no anchor file.`,
      'Write one with: rollcall audit verify --write-anchor <file>',
    );
  }
  return heads;
}

function isHead(value: unknown): value is Head {
  return (
    typeof value === 'object' &&
    value !== null &&
    'log' in value &&
    (value.log === 'event' || value.log === 'access') &&
    'chain' in value &&
    typeof value.chain === 'string' &&
    'seq' in value &&
    typeof value.seq === 'number' &&
    'hash' in value &&
    typeof value.hash === 'string'
  );
}

/** What no longer agrees with an anchor: entries that were cut off, and those that were replaced. */
export async function brokenHeads(
  reader: Reader,
  heads: readonly Head[],
): Promise<readonly (Head & { readonly what: string })[]> {
  const broken: (Head & { what: string })[] = [];
  for (const head of heads) {
    const found =
      head.log === 'access'
        ? await reader.db.selectFrom('access').select('hash').where('seq', '=', head.seq).executeTakeFirst()
        : await reader.db
            .selectFrom('event')
            .select('hash')
            .where('seq', '=', head.seq)
            .where('chain', '=', head.chain)
            .executeTakeFirst();
    if (found === undefined) broken.push({ ...head, what: 'it is in the anchor and no longer in the log' });
    else if (found.hash !== head.hash)
      broken.push({ ...head, what: 'it is another entry than in the anchor' });
  }
  return broken;
}
