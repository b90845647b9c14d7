import { openActs } from '../casework/act.ts';
import { actorOf, eventOf } from '../casework/act-verb.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Instant, instantOrNull } from '../core/instant.ts';
import { parseDistrict } from '../core/place.ts';
import { type Reader, read, write } from '../store/store.ts';
import type { Place } from './asking.ts';
import { inDistrict } from './in-district.ts';
import { OFFICE } from './own-district.ts';
import { ownPlace } from './own-place.ts';
import { policeRequestKind } from './police-records.ts';
import { type Happening, pastsOf } from './work-order-past.ts';

/** A Service Request Single Work Order as it is printed. */
export interface WorkOrder {
  readonly id: string;
  readonly createdAt: Instant | null;
  readonly category: string | null;
  readonly address: string | null;
  readonly beat: string | null;
  readonly district: string | null;
  readonly state: string;
  readonly assignedTo: string | null;
  readonly assignedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly dueBy: string | null;
  /** What the member goes by who takes it up again (CSR-44, CSR-46, CSR-49), in order. */
  readonly past: readonly Happening[];
  /** False when it had been printed before. */
  readonly first: boolean;
}

/** States of what is with no member yet. */
export const UNHANDED: readonly string[] = ['new', 'opened', 'printed'];

export interface OrdersAsk {
  readonly place: Place;
  readonly ids: readonly string[];
  /** Also those that are with a member already. */
  readonly all: boolean;
}

/** The SRSWOs to be printed, and what marks them as printed (CSR-42) once they are. */
export interface Orders {
  readonly orders: readonly WorkOrder[];
  readonly newest: Instant | null;
  /** Marks those that never were. Called when the paper exists: a lost print is made again. */
  readonly printed: () => Promise<void>;
}

/** The SRSWOs asked for; refuses other roles than the office's own, and the orders of another district. */
export async function ordersToPrint(context: Context, ask: OrdersAsk): Promise<Orders> {
  const verb = { roles: OFFICE, by: ['CSR-42', 'print work orders'] } as const;
  return read(context.storePath, async (reader) => {
    const actor = await actorOf(reader, context, verb);
    const own = (place: Place) => ownPlace(reader, context, actor, place, verb);
    const place = ask.ids.length > 0 ? ask.place : await own(ask.place);
    const orders = await ordersOf(reader, { ...ask, place }, context.now);
    for (const district of new Set(orders.map((order) => order.district)))
      if (district !== null) await own({ district: parseDistrict(district)?.district ?? null, beat: null });
    const ids = orders.filter(({ first }) => first).map(({ id }) => id);
    return {
      orders,
      newest: await newestImport(reader, 'csr'),
      printed: () => markPrinted(context, ids, actor.memberId),
    };
  });
}

async function markPrinted(context: Context, ids: readonly string[], memberId: string): Promise<void> {
  await write(context.storePath, async (writer) => {
    const acts = await openActs(writer, policeRequestKind, context.clock());
    for (const id of ids) await acts.act(id, eventOf({ name: 'printed' }, memberId, context.now), 'fine');
    await acts.finish();
  });
}

async function ordersOf(reader: Reader, { place, ids, all }: OrdersAsk, now: Instant) {
  let query = reader.db
    .selectFrom('srswo')
    .select(['sr_number', 'created_at', 'category', 'address', 'beat', 'district', 'state'])
    .select(['assigned_to', 'assigned_at'])
    .where((where) => where.or([where('created_at', 'is', null), where('created_at', '<=', now)]))
    .where(inDistrict(place, 'district'))
    .orderBy('beat')
    .orderBy('sr_number');
  if (ids.length > 0) query = query.where('sr_number', 'in', ids);
  else query = query.where('state', 'in', all ? [...UNHANDED, 'assigned', 'returned'] : UNHANDED);
  if (place.beat !== null) query = query.where('beat', '=', place.beat);
  const rows = await query.execute();
  const missing = ids.filter((id) => !rows.some((row) => row.sr_number === id));
  if (missing.length > 0)
    throw usageError(
      `There is no police request ${missing.join(', ')} here.`,
      'rollcall csr query-report lists them.',
    );
  const due = await lastDue(reader, now);
  const pasts = await pastsOf(
    reader,
    rows.map((row) => row.sr_number),
    now,
  );
  return rows.map((row): WorkOrder => {
    const span = due.get(row.sr_number);
    const past = pasts.get(row.sr_number);
    return {
      id: row.sr_number,
      createdAt: instantOrNull(row.created_at),
      category: row.category,
      address: row.address,
      beat: row.beat,
      district: row.district,
      state: row.state,
      assignedTo: row.assigned_to,
      assignedAt: instantOrNull(row.assigned_at),
      dueAt: span?.dueAt ?? null,
      dueBy: span?.rule ?? null,
      past: past?.happenings ?? [],
      first: past?.printed !== true,
    };
  });
}

/** The last period of each police request's clock that had begun by `now`: when it is due and by which rule. */
export async function lastDue(
  reader: Reader,
  now: Instant,
): Promise<
  ReadonlyMap<string, { readonly dueAt: Instant; readonly rule: string; readonly stoppedAt: number }>
> {
  const rows = await reader.db
    .selectFrom('clock')
    .select(['record_id', 'due_at', 'rule', 'stopped_at'])
    .where('system', '=', 'csr')
    .where('opened_at', '<=', now)
    .orderBy('opened_at')
    .orderBy('period')
    .orderBy('id')
    .execute();
  return new Map(
    rows.map((row) => [
      row.record_id,
      { dueAt: row.due_at as Instant, rule: row.rule, stoppedAt: row.stopped_at },
    ]),
  );
}
