import { sql } from 'kysely';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { Table } from '../report/document.ts';
import type { Reader } from '../store/store.ts';

/** Which entries of a log are asked for; every field narrows. `limit` keeps the newest. */
export interface LogFilter {
  readonly system?: string;
  readonly record?: string;
  readonly actor?: string;
  readonly since?: Instant;
  /** Entries recorded later than this are left out. */
  readonly until?: Instant;
  readonly limit: number;
  /** Systems of whose records nothing is told. */
  readonly closed?: readonly string[];
  /** Names of events by system that are not to be told of. */
  readonly hiddenEvents?: ReadonlyMap<string, readonly string[]>;
  /** Who reads. */
  readonly reader?: string;
  /** Records by system that are not to be told of (OSS-12); entries are then not numbered either. */
  readonly hidden?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One entry of either log. Never its content: names, ids and times only. */
export interface LogEntry {
  /** Null where a number would tell how many entries are left out. */
  readonly seq: number | null;
  readonly recordedAt: Instant;
  readonly system: string;
  /** Event name, or the command that looked. */
  readonly what: string;
  /** Record, or what was looked at; null when it is not for this actor. */
  readonly subject: string | null;
  readonly actor: string | null;
  /** When the event happened; null for a look. */
  readonly at: Instant | null;
  readonly origin: string | null;
  readonly batch: number | null;
  readonly osUser: string | null;
  readonly purpose: string | null;
}

/** Entries of the event log in the order in which they were recorded. */
export async function eventEntries(reader: Reader, filter: LogFilter): Promise<readonly LogEntry[]> {
  let query = reader.db
    .selectFrom('event')
    .select(['seq', 'recorded_at', 'chain', 'name', 'record_id', 'actor_id', 'at', 'origin', 'batch_id'])
    .orderBy('seq', 'desc')
    .limit(filter.limit);
  if (filter.system !== undefined) query = query.where('chain', '=', filter.system);
  // Named with every chain, so that the index of events by chain and record serves it.
  if (filter.record !== undefined) {
    query = query
      .where('chain', 'in', ['oss', 'concerns', 'csr', 'said', 'desk'])
      .where('record_id', '=', filter.record);
  }
  if (filter.actor !== undefined) query = query.where('actor_id', '=', filter.actor);
  if (filter.since !== undefined) query = query.where('recorded_at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('recorded_at', '<=', filter.until);
  for (const system of filter.closed ?? []) query = query.where('chain', '<>', system);
  for (const [system, ids] of filter.hidden ?? [])
    query = query.where(sql<boolean>`not (chain = ${system} and record_id in ${listOf(ids)})`);
  for (const [system, names] of filter.hiddenEvents ?? [])
    query = query.where(sql<boolean>`not (chain = ${system} and name in ${listOf(new Set(names))})`);
  const rows = await query.execute();
  return rows.reverse().map((row) => ({
    seq: filter.hidden?.size ? null : row.seq,
    recordedAt: row.recorded_at as Instant,
    system: row.chain,
    what: row.name,
    subject: row.record_id,
    actor: row.actor_id,
    at: row.at as Instant,
    origin: row.origin,
    batch: row.batch_id,
    osUser: null,
    purpose: null,
  }));
}

/** Entries of the access log in the order in which they were recorded. */
export async function accessEntries(reader: Reader, filter: LogFilter): Promise<readonly LogEntry[]> {
  let query = reader.db
    .selectFrom('access')
    .select(['seq', 'at', 'system', 'command', 'subject', 'actor_id', 'os_user', 'purpose'])
    .orderBy('seq', 'desc')
    .limit(filter.limit);
  if (filter.system !== undefined) query = query.where('system', '=', filter.system);
  if (filter.record !== undefined) query = query.where('subject', '=', filter.record);
  if (filter.actor !== undefined) query = query.where('actor_id', '=', filter.actor);
  if (filter.since !== undefined) query = query.where('at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where(sql<boolean>`at <= ${filter.until}`);
  for (const system of filter.closed ?? []) query = query.where('system', '<>', system);
  for (const [system, ids] of filter.hidden ?? []) {
    query = query.where(sql<boolean>`not (system = ${system} and subject in ${listOf(ids)})`);
    // Whose jacket was opened tells of a record that may be hidden.
    if (!ids.has(filter.reader ?? ''))
      query = query.where(
        sql<boolean>`not (system = ${system} and subject in (select member_id from member))`,
      );
  }
  const rows = await query.execute();
  return rows.reverse().map((row) => ({
    seq: filter.hidden?.size ? null : row.seq,
    recordedAt: row.at as Instant,
    system: row.system,
    what: row.command,
    subject: row.subject,
    actor: row.actor_id,
    at: null,
    origin: null,
    batch: null,
    osUser: row.os_user,
    purpose: row.purpose,
  }));
}

function listOf(ids: ReadonlySet<string>) {
  return sql`(select value from json_each(${JSON.stringify([...ids])}))`;
}

/** An entry as JSON; `log` is `event` or `access`. */
export function logItem(log: 'event' | 'access', entry: LogEntry): Readonly<Record<string, unknown>> {
  return {
    log,
    ...entry,
    recordedAt: isoInstant(entry.recordedAt),
    at: entry.at === null ? null : isoInstant(entry.at),
  };
}

/** The list for people. */
export function logTable(log: 'event' | 'access', entries: readonly LogEntry[]): Table {
  const looked = log === 'access';
  return {
    kind: 'table',
    id: log,
    columns: [
      { key: 'seq', title: 'Entry', align: 'right' },
      { key: 'recorded', title: looked ? 'Looked' : 'Recorded' },
      { key: 'actor', title: 'By' },
      { key: 'system', title: 'System', priority: 2 },
      { key: 'what', title: looked ? 'Command' : 'Event' },
      { key: 'subject', title: looked ? 'At what' : 'Record' },
      ...(looked
        ? [
            { key: 'purpose', title: 'Purpose' },
            { key: 'user', title: 'Login', priority: 3 },
          ]
        : [
            { key: 'at', title: 'Happened', priority: 1 },
            { key: 'from', title: 'From', priority: 3 },
          ]),
    ],
    rows: entries.map((entry) => ({
      seq: entry.seq,
      recorded: { kind: 'instant', at: entry.recordedAt },
      actor: entry.actor,
      system: entry.system,
      what: entry.what,
      subject: entry.subject ?? { kind: 'tone', tone: 'muted', text: 'withheld' },
      purpose: entry.purpose,
      user: entry.osUser,
      at: { kind: 'instant', at: entry.at },
      from: entry.batch === null ? entry.origin : `batch ${entry.batch}`,
    })),
    empty: 'No entry.',
  };
}
