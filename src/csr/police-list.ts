import { standingEvent } from '../casework/standing-events.ts';
import { localDay } from '../core/calendar.ts';
import { isLate } from '../core/due.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { type MirroredPolice, mirroredPolice } from './police-mirror.ts';
import { liesIn, type PoliceOrder, policeOrders } from './police-orders.ts';
import { lastDue, UNHANDED } from './work-orders.ts';

/** A police request as of an instant, from its events until then. */
export interface ListedPolice {
  readonly id: string;
  readonly createdAt: Instant | null;
  readonly category: string | null;
  readonly address: string | null;
  readonly beat: string | null;
  readonly district: string | null;
  readonly state: 'new' | 'opened' | 'printed' | 'assigned' | 'returned' | 'submitted' | 'closed';
  /** False where 311 has it and no SRSWO was made of it by then (CSR-40). */
  readonly onOrder: boolean;
  readonly printed: boolean;
  readonly openedAt: Instant | null;
  readonly assignedAt: Instant | null;
  readonly submittedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly assignedTo: string | null;
  /** More time was asked for and is not decided on (CSR-48). */
  readonly moreTimeAskedAt: Instant | null;
  readonly moreTimeReason: string | null;
  readonly dueAt: Instant | null;
  readonly dueBy: string | null;
  /** The clock runs past its due day. */
  readonly overdue: boolean;
  /** When the clock of the last period stopped; null while it runs or without one. */
  readonly stoppedAt: Instant | null;
  /** The clock stopped after its due day; null while it runs or without one. */
  readonly late: boolean | null;
  readonly extensions: number;
  readonly returns: number;
  readonly replies: number;
  readonly idssr: number;
  readonly ageDays: number | null;
}

/** What asks for more time, and what answers or overtakes it. */
const ANSWERS_ASKING = ['extension-requested', 'extended', 'submitted', 'closed'];

/** An event of a police request that stands. */
export interface Past {
  readonly name: string;
  readonly at: Instant;
  readonly assignedTo: string | null;
  readonly reason: string | null;
}

type Pasts = ReadonlyMap<string, readonly Past[]>;

const STATE_AFTER: Readonly<Record<string, ListedPolice['state']>> = {
  opened: 'opened',
  printed: 'printed',
  assigned: 'assigned',
  submitted: 'submitted',
  returned: 'returned',
  closed: 'closed',
};

/**
 * Every police request of a place created by `now`, as it stood then: those on an SRSWO by beat and number, then those
 * that 311 has and nobody took up by then.
 */
export async function listPolice(
  reader: Reader,
  place: Place,
  now: Instant,
  { police }: CsrPolicy,
): Promise<readonly ListedPolice[]> {
  const pasts = await policePasts(reader, now);
  const taken = await ordersBy(reader, pasts);
  const mirrored = await mirroredPolice(reader, place, now, police.type);
  return [
    ...(await ordersOf(reader, place, now, pasts)).filter(({ id }) => taken.has(id)),
    ...[...mirrored.values()].filter(({ id }) => !taken.has(id)).map((one) => untaken(one, police.type, now)),
  ];
}

/** The work orders that there were after these events, by number: one made here of a mirrored request begins with being opened. */
export async function ordersBy(reader: Reader, pasts: Pasts): Promise<ReadonlySet<string>> {
  const rows = await reader.db.selectFrom('srswo').select(['sr_number', 'batch_id']).execute();
  return new Set(
    rows
      .filter(({ sr_number: id, batch_id }) => batch_id !== null || pasts.has(id))
      .map((row) => row.sr_number),
  );
}

function untaken(
  { id, createdAt, address, beat, district, open, closedAt }: MirroredPolice,
  category: string,
  now: Instant,
): ListedPolice {
  return {
    id,
    createdAt,
    category,
    address,
    beat,
    district,
    state: open ? 'new' : 'closed',
    onOrder: false,
    printed: false,
    openedAt: null,
    assignedAt: null,
    submittedAt: null,
    closedAt,
    assignedTo: null,
    moreTimeAskedAt: null,
    moreTimeReason: null,
    dueAt: null,
    dueBy: null,
    overdue: false,
    stoppedAt: null,
    late: null,
    extensions: 0,
    returns: 0,
    replies: 0,
    idssr: 0,
    ageDays: localDay(now) - localDay(createdAt),
  };
}

async function ordersOf(
  reader: Reader,
  place: Place,
  now: Instant,
  pasts: Pasts,
): Promise<readonly ListedPolice[]> {
  const orders = [...(await policeOrders(reader)).values()].filter(
    (order) => liesIn(order, place) && (order.createdAt === null || order.createdAt <= now),
  );
  const due = await lastDue(reader, now);
  return orders.sort(byBeat).map(({ id, createdAt, category, address, beat, district }) => {
    const past = pasts.get(id) ?? [];
    const asked = past.findLast(({ name }) => ANSWERS_ASKING.includes(name));
    const pending = asked?.name === 'extension-requested' ? asked : null;
    const count = (name: string): number => past.filter((event) => event.name === name).length;
    const first = (name: string): Instant | null => past.find((event) => event.name === name)?.at ?? null;
    const last = (name: string): Instant | null => past.findLast((event) => event.name === name)?.at ?? null;
    const span = due.get(id) ?? null;
    const running = span !== null && (span.stoppedAt >= FAR_FUTURE || span.stoppedAt > now);
    return {
      id,
      createdAt,
      category,
      address,
      beat,
      district,
      state: stateAfter(past),
      onOrder: true,
      printed: count('printed') > 0,
      openedAt: first('opened'),
      assignedAt: first('assigned'),
      submittedAt: last('submitted'),
      closedAt: last('closed'),
      assignedTo: past.findLast((event) => event.name === 'assigned')?.assignedTo ?? null,
      moreTimeAskedAt: pending?.at ?? null,
      moreTimeReason: pending?.reason ?? null,
      dueAt: span?.dueAt ?? null,
      dueBy: span?.rule ?? null,
      overdue: running && isLate(now, span.dueAt),
      stoppedAt: span === null || running ? null : (span.stoppedAt as Instant),
      late: span === null || running ? null : isLate(span.stoppedAt as Instant, span.dueAt),
      extensions: count('extended'),
      returns: count('returned'),
      replies: count('replied'),
      idssr: count('idssr'),
      ageDays: createdAt === null ? null : localDay(now) - localDay(createdAt),
    };
  });
}

function byBeat(a: PoliceOrder, b: PoliceOrder): number {
  const [one, other] = [a.beat ?? '', b.beat ?? ''];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Where a police request stands after these events: one that is with a member is not taken back by its print. */
export function stateAfter(past: readonly Past[]): ListedPolice['state'] {
  return past
    .flatMap(({ name }) => STATE_AFTER[name] ?? [])
    .reduce<ListedPolice['state']>(
      (state, next) => (next === 'printed' && !UNHANDED.includes(state) ? state : next),
      'new',
    );
}

/** The events of police requests until `now` that stand, in order, by number. */
export async function policePasts(
  reader: Reader,
  now: Instant,
): Promise<ReadonlyMap<string, readonly Past[]>> {
  const pasts = new Map<string, Past[]>();
  const query = {
    sql: `select e.record_id, e.name, e.at, e.content ->> '$.assigned_to', e.content ->> '$.reason' from event e
      join srswo s on s.sr_number = e.record_id
      where e.chain = 'csr' and e.at <= ? and e.name <> 'corrected'
        and ${standingEvent('e')}
      order by e.record_id, e.at, e.seq`,
    parameters: [now],
  };
  for await (const batch of reader.scan(query, 4096)) {
    for (const [id, name, at, assignedTo, reason] of batch) {
      const event = {
        name: String(name),
        at: Number(at) as Instant,
        assignedTo: typeof assignedTo === 'string' ? assignedTo : null,
        reason: typeof reason === 'string' ? reason : null,
      };
      const known = pasts.get(String(id));
      if (known) known.push(event);
      else pasts.set(String(id), [event]);
    }
  }
  return pasts;
}
