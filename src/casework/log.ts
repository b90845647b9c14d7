import { hash } from 'node:crypto';
import type { Context } from '../core/command.ts';
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

function sha256(text: string): string {
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

/** Appends to one chain inside a transaction. `append` answers the new seq, or null when that event is known already. */
export interface Chain {
  append(event: NewEvent): number | null;
}

interface HashedEvent {
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
function eventHash(event: HashedEvent): string {
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
    `insert into event (${EVENT_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (chain, record_id, name, at, unit, coalesce(replaces, 0)) do nothing`,
  );
  const last = writer.prepare('select hash from event where chain = ? order by seq desc limit 1').get(chain);
  let head = typeof last?.[0] === 'string' ? last[0] : GENESIS;
  return {
    append(event) {
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
      if (result.changes === 0) return null;
      head = next;
      return result.lastInsertRowid;
    },
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

interface HashedAccess {
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
function accessHash(entry: HashedAccess): string {
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

/** The first entry of a log that does not agree with its hash or with the entry before it. */
export interface Break {
  readonly log: 'event' | 'access';
  readonly chain: string;
  readonly seq: number;
  readonly what: string;
}

/** Walks every chain of the event log and the access log; answers entries checked and the first break of each chain. */
export async function verifyLogs(
  reader: Reader,
): Promise<{ readonly checked: number; readonly breaks: readonly Break[] }> {
  const breaks: Break[] = [];
  let checked = 0;
  const heads = new Map<string, string>();
  const broken = new Set<string>();
  const events = reader.db
    .selectFrom('event')
    .select([
      'seq',
      'chain',
      'record_id',
      'name',
      'at',
      'unit',
      'actor_id',
      'role',
      'origin',
      'batch_id',
      'replaces',
    ])
    .select(['recorded_at', 'content', 'content_digest', 'erased_under', 'prev_hash', 'hash'])
    .orderBy('seq')
    .compile();
  for await (const batch of reader.scan(events)) {
    for (const row of batch) {
      checked++;
      const event: HashedEvent = {
        chain: String(row[1]),
        record_id: String(row[2]),
        name: String(row[3]),
        at: Number(row[4]),
        unit: String(row[5]),
        actor_id: textOrNull(row[6]),
        role: textOrNull(row[7]),
        origin: String(row[8]),
        batch_id: numberOrNull(row[9]),
        replaces: numberOrNull(row[10]),
        recorded_at: Number(row[11]),
        content_digest: String(row[13]),
        prev_hash: String(row[15]),
      };
      if (broken.has(event.chain)) continue;
      const what = eventFault(
        event,
        textOrNull(row[12]),
        textOrNull(row[14]),
        String(row[16]),
        heads.get(event.chain) ?? GENESIS,
      );
      if (what !== null) {
        broken.add(event.chain);
        breaks.push({ log: 'event', chain: event.chain, seq: Number(row[0]), what });
      }
      heads.set(event.chain, String(row[16]));
    }
  }
  let head = GENESIS;
  const accesses = reader.db
    .selectFrom('access')
    .select([
      'seq',
      'at',
      'actor_id',
      'os_user',
      'command',
      'system',
      'subject',
      'purpose',
      'prev_hash',
      'hash',
    ])
    .orderBy('seq')
    .compile();
  access: for await (const batch of reader.scan(accesses)) {
    for (const row of batch) {
      checked++;
      const entry: HashedAccess = {
        at: Number(row[1]),
        actor_id: textOrNull(row[2]),
        os_user: String(row[3]),
        command: String(row[4]),
        system: String(row[5]),
        subject: String(row[6]),
        purpose: textOrNull(row[7]),
        prev_hash: String(row[8]),
      };
      const what =
        entry.prev_hash !== head
          ? 'it does not follow the entry before it'
          : accessHash(entry) !== row[9]
            ? 'it was changed after it was written'
            : null;
      if (what !== null) {
        breaks.push({ log: 'access', chain: 'access', seq: Number(row[0]), what });
        break access;
      }
      head = String(row[9]);
    }
  }
  return { checked, breaks };
}

function eventFault(
  event: HashedEvent,
  content: string | null,
  erasedUnder: string | null,
  recorded: string,
  head: string,
): string | null {
  if (event.prev_hash !== head) return 'it does not follow the entry before it';
  if (eventHash(event) !== recorded) return 'it was changed after it was written';
  if (content === null) return erasedUnder === null ? 'its content is gone without a certificate' : null;
  return sha256(content) === event.content_digest ? null : 'its content was changed after it was written';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
