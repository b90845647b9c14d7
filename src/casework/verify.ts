import type { Reader } from '../store/store.ts';
import { accessHash, eventHash, GENESIS, type HashedAccess, type HashedEvent, sha256 } from './log.ts';

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
