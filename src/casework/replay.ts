import type { ClockBook, Span } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import { type CaseEvent, type CaseFacts, type CaseState, decide, type Objection } from '../core/workflow.ts';
import { type Directory, loadDirectory } from '../people/directory.ts';
import { loadClocks } from '../store/data-files.ts';
import type { Reader, Writer } from '../store/store.ts';
import { type Associations, type KnownRecords, loadAssociations, touchTied } from './associations.ts';
import type { Base, CaseKind } from './kind.ts';
import { openOutput } from './replay-output.ts';
import { standingEvent } from './standing-events.ts';

/** An event of the log, ready to be replayed. */
export interface LoggedEvent extends CaseEvent {
  readonly seq: number;
  readonly recordId: string;
}

/** What the rules hold against a step. */
export interface Objected {
  readonly event: LoggedEvent;
  readonly objection: Objection;
  /** When a later step mended it; null while it stands. */
  readonly endedAt: Instant | null;
}

/** What a record's whole history leads to. */
export interface Replayed<S extends CaseState> {
  readonly state: S;
  /** Each span with the counts that held when it opened. */
  readonly counts: ReadonlyMap<Span, ReturnType<CaseKind<S>['counts']>>;
  readonly objections: readonly Objected[];
  /** The events gone through, in order. */
  readonly events: readonly LoggedEvent[];
}

const PAGE = 1000;

/** The policy of every clock by rule. */
export function clockBook(): ClockBook {
  return new Map(loadClocks().map((clock) => [clock.rule, clock]));
}

/**
 * Goes through a record's history in order of event time, then of recording. What happened is taken as it is; what
 * the rules would have refused comes back as objections (contract.md, "What an import means").
 */
export function replayHistory<S extends CaseState>(
  kind: CaseKind<S>,
  base: Base<S>,
  events: readonly LoggedEvent[],
  facts: CaseFacts,
): Replayed<S> {
  let state = base.state;
  const counts = new Map<string, ReturnType<CaseKind<S>['counts']>>();
  let objections: readonly Objected[] = [];
  const history = withoutEchoes(events);
  for (const event of history) {
    const decision = decide(kind.workflow, state, event, facts);
    state = decision.next;
    const found = decision.objections.map((objection) => ({ event, objection, endedAt: null }));
    if (found.length > 0) objections = [...objections, ...found];
    objections = stillStanding(kind, state, objections, event.at);
    for (const span of state.spans)
      if (!counts.has(spanId(span))) counts.set(spanId(span), kind.counts(state, span));
  }
  return {
    state,
    counts: new Map(state.spans.map((span) => [span, counts.get(spanId(span)) ?? kind.counts(state, span)])),
    objections,
    events: history,
  };
}

/** Each remark with the instant at which a step mended it; one that its own step mends was never true. */
function stillStanding<S extends CaseState>(
  kind: CaseKind<S>,
  state: S,
  objections: readonly Objected[],
  at: Instant,
): readonly Objected[] {
  const { stands } = kind;
  if (stands === undefined || objections.length === 0) return objections;
  return objections.flatMap((each) => {
    const { event, objection, endedAt } = each;
    if (objection.refuses || stands(state, event, objection))
      return endedAt === null ? [each] : [{ ...each, endedAt: null }];
    return event.at === at ? [] : [{ ...each, endedAt: endedAt ?? at }];
  });
}

function spanId(span: Span): string {
  return `${span.rule} ${span.key} ${span.period} ${span.openedAt} ${span.owner.unit} ${span.owner.member}`;
}

/** One fact told twice, once with a unit and once without, is one event. */
function withoutEchoes(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const withUnit = new Set<string>();
  for (const event of events) if (event.unit !== null) withUnit.add(`${event.name} ${event.at}`);
  if (withUnit.size === 0) return events;
  return events.filter((event) => event.unit !== null || !withUnit.has(`${event.name} ${event.at}`));
}

/** Records to be replayed, kept in a temporary table of the transaction's connection. */
export interface Touched {
  add(id: string): void;
}

/** Opens the list of records that this transaction has touched. */
export function openTouched(writer: Writer): Touched {
  writer.exec(
    'create temp table if not exists touched (record_id text primary key) without rowid; delete from touched',
  );
  const insert = writer.prepare('insert or ignore into touched (record_id) values (?)');
  let last: string | null = null;
  return {
    add(id) {
      if (id === last) return;
      last = id;
      insert.run(id);
    },
  };
}

/** Replays every record of a kind: when the members by whom histories are judged have changed. */
export async function replayAll<S extends CaseState>(writer: Writer, kind: CaseKind<S>): Promise<void> {
  openTouched(writer);
  writer.exec(`insert into touched (record_id) select ${kind.table.key} from ${kind.table.name}`);
  await replayTouched(writer, kind);
}

/** Replays what a batch told of, after it was taken back; clocks and findings of records that are gone go too. */
export async function replayBatch<S extends CaseState>(
  writer: Writer,
  kind: CaseKind<S>,
  batchId: number,
): Promise<void> {
  openTouched(writer);
  writer
    .prepare(
      'insert or ignore into touched (record_id) select record_id from event where chain = ? and batch_id = ?',
    )
    .run(kind.system, batchId);
  await replayTouched(writer, kind);
}

/**
 * Replays every touched record: rewrites its state, its clocks and its findings from its events. Linear in events,
 * constant in memory. Answers how many findings there are on those records. `loaded`: the directory, where it was read in
 * this transaction and no member has changed since.
 */
export async function replayTouched<S extends CaseState>(
  writer: Writer,
  kind: CaseKind<S>,
  loaded?: Directory,
): Promise<number> {
  const directory = loaded ?? (await loadDirectory(writer));
  const book = clockBook();
  const policy = kind.policy();
  const save = kind.saver(writer);
  const output = openOutput(writer, kind.system);
  const tied = kind.links !== undefined && touchTied(writer, kind, kind.links);
  const known = (ids: readonly string[]) => beginnings(writer, kind, ids);
  const { other } =
    tied && kind.links ? await loadAssociations(writer, kind.system, kind.links, [], known) : NOBODY;
  const next = writer.prepare('select record_id from touched where record_id > ? order by record_id limit ?');
  let findings = 0;
  for (let last = ''; ; ) {
    const ids = next.all(last, PAGE).map((row) => String(row[0]));
    const from = ids[0];
    const to = ids.at(-1);
    if (from === undefined || to === undefined) break;
    output.clear(from, to);
    const bases = await kind.bases(writer, ids);
    const histories = await loadHistories(writer, kind.system, ids);
    const facts: CaseFacts = {
      book,
      policy,
      person: directory.person,
      other,
    };
    for (const id of ids) {
      const base = bases.get(id);
      if (base === undefined) continue;
      const replayed = replayHistory(kind, base, histories.get(id) ?? [], facts);
      save(id, replayed.state);
      output.spans(id, replayed, base.labels);
      findings += output.findings(id, replayed, base.members ?? [], directory.has);
    }
    last = to;
  }
  output.flush();
  return findings;
}

/** Each of these records, unknown ones left out, as its history up to `until` leads to it. */
export async function replayHistories<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  directory: Directory,
  ids: readonly string[],
  until: number = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, Replayed<S>>> {
  const bases = await kind.bases(reader, ids);
  const histories = await loadHistories(reader, kind.system, ids);
  const { other } = await associationsOf(reader, kind, [...histories.values()].flat());
  const facts: CaseFacts = { book: clockBook(), policy: kind.policy(), person: directory.person, other };
  const replayed = new Map<string, Replayed<S>>();
  for (const [id, base] of bases) {
    const events = (histories.get(id) ?? []).filter((event) => event.at <= until);
    replayed.set(id, replayHistory(kind, base, events, facts));
  }
  return replayed;
}

const NOBODY: Associations = { other: () => null };

/**
 * Who was tied to whom among all records of a kind, and what is known of those that `events` name; nobody where no
 * event ties or parts.
 */
export async function associationsOf<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  events: readonly CaseEvent[],
): Promise<Associations> {
  const { links } = kind;
  if (!links) return NOBODY;
  const ties = events.filter(({ name }) => name === links.tie || name === links.part);
  if (ties.length === 0) return NOBODY;
  const named = ties.flatMap(({ detail }) => detail[links.to] ?? []);
  return loadAssociations(reader, kind.system, links, named, (ids) => beginnings(reader, kind, ids));
}

async function beginnings<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  ids: readonly string[],
): Promise<KnownRecords> {
  const bases = await kind.bases(reader, ids);
  return new Map([...bases].map(([id, { began }]) => [id, began ?? null]));
}

// Written out, for it is asked once an act: a typed query would be built anew each time.
const HISTORIES = `select e.seq, e.record_id, e.name, e.at, e.unit, e.actor_id, e.content, e.origin, e.recorded_at
  from event e
  where e.chain = ? and e.record_id in (select value from json_each(?)) and e.name <> 'corrected'
    and ${standingEvent('e')}
  order by e.record_id, e.at, e.seq`;

/** The events of these records that still stand (not replaced, not of an undone batch), in order, by record. */
export async function loadHistories(
  reader: Reader,
  chain: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly LoggedEvent[]>> {
  const histories = new Map<string, LoggedEvent[]>();
  if (ids.length === 0) return histories;
  const query = { sql: HISTORIES, parameters: [chain, JSON.stringify(ids)] };
  for (const row of await reader.rows(query)) {
    const event = loggedEvent(row);
    const known = histories.get(event.recordId);
    if (known) known.push(event);
    else histories.set(event.recordId, [event]);
  }
  return histories;
}

function loggedEvent(row: readonly unknown[]): LoggedEvent {
  const [seq, recordId, name, at, unit, actor, content, origin, recordedAt] = row;
  const detail: Record<string, string> = {};
  if (typeof content === 'string' && content !== '{}') {
    for (const [key, value] of Object.entries(JSON.parse(content)))
      if (typeof value === 'string') detail[key] = value;
  }
  return {
    seq: Number(seq),
    recordId: String(recordId),
    name: String(name),
    at: Number(at) as Instant,
    unit: typeof unit === 'string' && unit !== '' ? unit : null,
    by: typeof actor === 'string' ? actor : null,
    reason: detail.reason ?? null,
    detail,
    ...(origin === 'local' ? { enteredAt: Number(recordedAt) as Instant } : {}),
  };
}
