import { type Instant, instantOrNull } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { lifeOf } from './report-counter.ts';
import { isOpenAt, type Reopening } from './report-timeline.ts';

/** What 311 holds under the number of a work order. */
export interface In311 {
  readonly id: number;
  readonly typeId: number;
  readonly type: string;
  readonly originId: number | null;
  readonly departmentId: number | null;
  readonly createdAt: Instant;
  readonly isOpen: boolean;
  readonly closedAt: Instant | null;
  readonly district: string | null;
  readonly beat: string | null;
  readonly duplicate: boolean;
}

/** A police request on its work order: the order's own facts, 311's where the order has none. */
export interface PoliceOrder {
  readonly id: string;
  readonly createdAt: Instant | null;
  readonly assignedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly state: string;
  readonly category: string | null;
  readonly address: string | null;
  readonly district: string | null;
  readonly beat: string | null;
  /** What the order alone says, without 311. */
  readonly own: Where & { readonly createdAt: Instant | null };
  readonly in311: In311 | null;
}

interface Where {
  readonly district: string | null;
  readonly beat: string | null;
}

/** Every work order of the store beside what 311 holds under its number, by number. */
export async function policeOrders(reader: Reader): Promise<ReadonlyMap<string, PoliceOrder>> {
  const rows = await reader.db
    .selectFrom('srswo as s')
    .leftJoin('csr_request as r', 'r.sr_number', 's.sr_number')
    .leftJoin('csr_word as t', 't.id', 'r.type_id')
    .select(['s.sr_number', 's.created_at', 's.assigned_at', 's.closed_at', 's.state', 's.category'])
    .select(['s.address', 's.district', 's.beat', 'r.id', 'r.duplicate', 'r.type_id', 't.word as type'])
    .select(['r.origin_id', 'r.department_id', 'r.is_open as there_open', 'r.closed_at as there_closed_at'])
    .select(['r.created_at as there_created_at', 'r.address as there_address'])
    .select(['r.district as there_district', 'r.beat as there_beat'])
    .orderBy('s.sr_number')
    .execute();
  return new Map(
    rows.map((row): [string, PoliceOrder] => {
      const in311 = in311Of(row);
      const own = { district: row.district, beat: row.beat, createdAt: instantOrNull(row.created_at) };
      return [
        row.sr_number,
        {
          id: row.sr_number,
          createdAt: own.createdAt ?? in311?.createdAt ?? null,
          assignedAt: instantOrNull(row.assigned_at),
          closedAt: instantOrNull(row.closed_at),
          state: row.state,
          category: row.category,
          address: row.address ?? row.there_address,
          ...placeOf(own, in311),
          own,
          in311,
        },
      ];
    }),
  );
}

interface Joined {
  readonly id: number | null;
  readonly type_id: number | null;
  readonly type: string | null;
  readonly origin_id: number | null;
  readonly department_id: number | null;
  readonly duplicate: number | null;
  readonly there_open: number | null;
  readonly there_created_at: number | null;
  readonly there_closed_at: number | null;
  readonly there_district: number | null;
  readonly there_beat: number | null;
}

function in311Of({ id, type_id: typeId, type, there_created_at: at, ...row }: Joined): In311 | null {
  const createdAt = instantOrNull(at);
  if (id === null || typeId === null || type === null || createdAt === null) return null;
  return {
    id,
    typeId,
    type,
    originId: row.origin_id,
    departmentId: row.department_id,
    createdAt,
    isOpen: row.there_open === 1,
    closedAt: instantOrNull(row.there_closed_at),
    district: placeText(row.there_district, 3),
    beat: placeText(row.there_beat, 4),
    duplicate: row.duplicate === 1,
  };
}

// A beat of 311 says nothing of an order in another district.
function placeOf({ district, beat }: Where, in311: In311 | null): Where {
  if (in311 === null || beat !== null) return { district, beat };
  if (district === null || district === in311.district) return { district: in311.district, beat: in311.beat };
  return { district, beat };
}

/** Whether 311 had the request of a work order open at an instant. */
export function isOpenThere(
  { id, createdAt, isOpen, closedAt }: In311,
  reopenings: ReadonlyMap<number, readonly Reopening[]>,
  at: Instant,
): boolean {
  return isOpenAt(createdAt, lifeOf(createdAt, isOpen, closedAt, reopenings.get(id) ?? []), at);
}

/** Why a police request on a work order is in no figure (the duplicates and information only have lines of their own). */
export type LeftOut = 'duplicate' | 'information only';

/** Why 311 has a work order's request counted in no figure; null for one that counts. */
export function leftOutOf(
  { in311 }: PoliceOrder,
  { informationOnlyTypes }: Pick<CsrPolicy, 'informationOnlyTypes'>,
): LeftOut | null {
  if (in311 === null) return null;
  if (in311.duplicate) return 'duplicate';
  return informationOnlyTypes.includes(in311.type) ? 'information only' : null;
}

/** The work orders that are in no figure, by number, and why. */
export async function leftOutOrders(
  reader: Reader,
  policy: CsrPolicy,
): Promise<ReadonlyMap<string, LeftOut>> {
  return new Map(
    [...(await policeOrders(reader))].flatMap(([id, order]): [string, LeftOut][] => {
      const why = leftOutOf(order, policy);
      return why === null ? [] : [[id, why]];
    }),
  );
}

/** Whether a record lies in a place; one of an unknown district as well where those are asked for. */
export function liesIn({ district, beat }: Where, place: Place): boolean {
  return (
    (place.district === null ||
      district === place.district ||
      (place.unplaced === true && district === null)) &&
    (place.beat === null || beat === place.beat)
  );
}
