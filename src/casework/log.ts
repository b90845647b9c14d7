import { hash } from 'node:crypto';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type Reader, type Writer, write } from '../store/store.ts';

/** The hash before the first entry of a chain. */
export const GENESIS = '0'.repeat(64);

/** JSON with sorted keys and no undefined: one text for one content. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const parts: string[] = [];
  for (const [key, inner] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (inner !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(inner)}`);
  }
  return `{${parts.join(',')}}`;
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** An event before it is written. `content` is what can later be erased under a certificate; its digest stays. */
export interface NewEvent {
  readonly recordId: string;
  readonly name: string;
  readonly at: Instant;
  readonly unit?: string | null;
  readonly actorId?: string | null;
  readonly role?: string | null;
  readonly origin: 'local' | 'import';
  readonly batchId?: number | null;
  readonly replaces?: number | null;
  readonly content?: Readonly<Record<string, unknown>>;
}

/**
 * Appends to one chain inside a transaction. `append` answers the new seq, or null when that event is known already. It
 * throws a usage error for an event by hand that is still to come; what an import tells is taken as it is.
 */
export interface Chain {
  append(event: NewEvent): number | null;
}

/** Seconds by which two machines' clocks may differ. */
const CLOCKS_DIFFER = 300;

/** True for what has not happened yet by the system clock. */
export function isAhead(at: Instant, recordedAt: Instant): boolean {
  return at > recordedAt + CLOCKS_DIFFER;
}

/** Throws a usage error for a time that is still to come: by hand only what has happened is recorded. */
export function refuseAhead(at: Instant, recordedAt: Instant): void {
  if (!isAhead(at, recordedAt)) return;
  throw usageError('What has not happened yet cannot be recorded.', 'Give a time that is past with --as-of.');
}

/** What the hash of an entry covers. */
export interface HashedEvent {
  readonly chain: string;
  readonly record_id: string;
  readonly name: string;
  readonly at: number;
  readonly unit: string;
  readonly actor_id: string | null;
  readonly role: string | null;
  readonly origin: string;
  readonly batch_id: number | null;
  readonly replaces: number | null;
  readonly recorded_at: number;
  readonly content_digest: string;
  readonly prev_hash: string;
}

/** The hash of an event: SHA-256 over its fields in a fixed order, its content's digest and the hash before it. */
export function eventHash(event: HashedEvent): string {
  return sha256(
    JSON.stringify([
      event.chain,
      event.record_id,
      event.name,
      event.at,
      event.unit,
      event.actor_id,
      event.role,
      event.origin,
      event.batch_id,
      event.replaces,
      event.recorded_at,
      event.content_digest,
      event.prev_hash,
    ]),
  );
}

const EVENT_COLUMNS =
  'chain, record_id, name, at, unit, actor_id, role, origin, batch_id, replaces, recorded_at, content, content_digest, prev_hash, hash';

/** Opens a directive's chain for appending; `recordedAt` is the system clock's time of this transaction. */
export function openChain(writer: Writer, chain: string, recordedAt: Instant): Chain {
  const insert = writer.prepare(
    `insert into event (${EVENT_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const known = openKnown(writer);
  const last = writer.prepare('select hash from event where chain = ? order by seq desc limit 1').get(chain);
  let head = typeof last?.[0] === 'string' ? last[0] : GENESIS;
  return {
    append(event) {
      if (event.origin === 'local') refuseAhead(event.at, recordedAt);
      const content = canonical(event.content ?? {});
      const row: HashedEvent = {
        chain,
        record_id: event.recordId,
        name: event.name,
        at: event.at,
        unit: event.unit ?? '',
        actor_id: event.actorId ?? null,
        role: event.role ?? null,
        origin: event.origin,
        batch_id: event.batchId ?? null,
        replaces: event.replaces ?? null,
        recorded_at: recordedAt,
        content_digest: sha256(content),
        prev_hash: head,
      };
      if (known(row)) return null;
      const next = eventHash(row);
      const result = insert.run(
        row.chain,
        row.record_id,
        row.name,
        row.at,
        row.unit,
        row.actor_id,
        row.role,
        row.origin,
        row.batch_id,
        row.replaces,
        row.recorded_at,
        content,
        row.content_digest,
        row.prev_hash,
        next,
      );
      head = next;
      return result.lastInsertRowid;
    },
  };
}

/**
 * Whether an event is on record: what an import tells by record, name, instant and unit, whatever else is told with it;
 * what is entered here by its content and its member too, since two different things may be done at one instant.
 */
function openKnown(writer: Writer): (row: HashedEvent) => boolean {
  const same =
    'select 1 from event where chain = ? and record_id = ? and name = ? and at = ? and unit = ? and coalesce(replaces, 0) = ?';
  const told = writer.prepare(`${same} limit 1`);
  const entered = writer.prepare(`${same} and content_digest = ? and actor_id is ? limit 1`);
  return (row) => {
    const identity = [row.chain, row.record_id, row.name, row.at, row.unit, row.replaces ?? 0];
    const found =
      row.origin === 'import'
        ? told.get(...identity)
        : entered.get(...identity, row.content_digest, row.actor_id);
    return found !== undefined;
  };
}

/** The hash at the end of a directive's chain, for the foot of a report; the genesis hash when it is empty. */
export async function chainHead(reader: Reader, chain: string): Promise<string> {
  const last = await reader.db
    .selectFrom('event')
    .select('hash')
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.hash ?? GENESIS;
}

/** What was looked at; `subject` names records or a filter, never a person's name. */
export interface Look {
  readonly system: string;
  readonly command: string;
  readonly subject: string;
  readonly actorId?: string | null;
}

/** What the hash of an entry covers. */
export interface HashedAccess {
  readonly at: number;
  readonly actor_id: string | null;
  readonly os_user: string;
  readonly command: string;
  readonly system: string;
  readonly subject: string;
  readonly purpose: string | null;
  readonly prev_hash: string;
}

/** The hash of an access entry, over its fields in a fixed order and the hash before it. */
export function accessHash(entry: HashedAccess): string {
  return sha256(
    JSON.stringify([
      entry.at,
      entry.actor_id,
      entry.os_user,
      entry.command,
      entry.system,
      entry.subject,
      entry.purpose,
      entry.prev_hash,
    ]),
  );
}

/** Writes who looks at what, for which purpose, at the system clock's time. Call it before confidential output is given. */
export async function logAccess(context: Context, look: Look): Promise<void> {
  await write(context.storePath, async (writer) => {
    const last = await writer.db
      .selectFrom('access')
      .select('hash')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const entry: HashedAccess = {
      at: context.clock(),
      actor_id: look.actorId ?? context.actor,
      os_user: context.osUser,
      command: look.command,
      system: look.system,
      subject: look.subject,
      purpose: context.purpose,
      prev_hash: last?.hash ?? GENESIS,
    };
    await writer.write
      .insertInto('access')
      .values({ ...entry, hash: accessHash(entry) })
      .execute();
  });
}
