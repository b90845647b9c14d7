import { sql } from 'kysely';
import type { Instant } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import type { Reader } from '../store/store.ts';
import { policeOrders } from './police-orders.ts';
import type { Count } from './report-count.ts';
import { POLICE_TYPE_ID } from './report-police.ts';
import type { Tallied } from './report-tally.ts';

/** A request as a report lists it. */
export interface ListedRequest {
  readonly srNumber: string;
  readonly type: string | null;
  /** What the work order of a police request is about; null for any other. */
  readonly category: string | null;
  readonly status: string | null;
  readonly createdAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly address: string | null;
  readonly district: string | null;
  readonly beat: string | null;
}

/** The requests at one chronic place, oldest first. */
export interface PlaceRequests {
  readonly location: string;
  readonly requests: readonly ListedRequest[];
}

const PAGE = 5000;

/** Requests of the mirror by id. */
export async function mirroredRequests(
  reader: Reader,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ListedRequest>> {
  const listed = new Map<number, ListedRequest>();
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = JSON.stringify(ids.slice(from, from + PAGE));
    const found = await reader.db
      .selectFrom('csr_request as r')
      .innerJoin('csr_word as t', 't.id', 'r.type_id')
      .innerJoin('csr_word as s', 's.id', 'r.status_id')
      .select(['r.id', 'r.sr_number', 'r.created_at', 'r.closed_at', 'r.address', 'r.district', 'r.beat'])
      .select(['t.word as type', 's.word as status'])
      .where('r.id', 'in', sql<number>`(select value from json_each(${page}))`)
      .execute();
    for (const row of found) {
      listed.set(row.id, {
        srNumber: row.sr_number,
        type: row.type,
        category: null,
        status: row.status,
        createdAt: row.created_at as Instant,
        closedAt: row.closed_at as Instant | null,
        address: row.address,
        district: placeText(row.district, 3),
        beat: placeText(row.beat, 4),
      });
    }
  }
  return listed;
}

/** Police requests on work orders by number, each under the type as which it is counted. */
export async function policeRequests(
  reader: Reader,
  numbers: readonly string[],
  { police, words: { words } }: Pick<Count, 'police' | 'words'>,
): Promise<ReadonlyMap<string, ListedRequest>> {
  if (numbers.length === 0) return new Map();
  const types = new Map(police.map(({ row }) => [row.srNumber, row.mirror?.typeId ?? POLICE_TYPE_ID]));
  const orders = await policeOrders(reader);
  return new Map(
    numbers.flatMap((number): [string, ListedRequest][] => {
      const order = orders.get(number);
      if (order === undefined) return [];
      const { category, state: status, createdAt, closedAt, address, district, beat } = order;
      const type = words.get(types.get(number) ?? POLICE_TYPE_ID) ?? null;
      return [
        [number, { srNumber: number, type, category, status, createdAt, closedAt, address, district, beat }],
      ];
    }),
  );
}

/** The order of listed requests: oldest first. */
export function byAge(a: ListedRequest, b: ListedRequest): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.srNumber < b.srNumber ? -1 : 1);
}

/** The requests at the chronic places that a report shows. */
export async function chronicRequests(
  reader: Reader,
  { chronicIds }: Tallied,
  count: Pick<Count, 'police' | 'words'>,
): Promise<readonly PlaceRequests[]> {
  const ids = [...chronicIds.values()].flat();
  const numberOf = new Map(count.police.map(({ row, request }) => [request?.[0], row.srNumber]));
  const mirrored = await mirroredRequests(
    reader,
    ids.filter((id) => !numberOf.has(id)),
  );
  const numbers = ids.map((id) => numberOf.get(id)).filter((number) => typeof number === 'string');
  const orders = await policeRequests(reader, numbers, count);
  return [...chronicIds].map(([location, own]) => ({
    location,
    requests: own
      .map((id) => mirrored.get(id) ?? orders.get(numberOf.get(id) ?? ''))
      .filter((request) => request !== undefined)
      .sort(byAge),
  }));
}

/** The districts or beats that requests and work orders bear. */
export async function placesOfRequests(
  reader: Reader,
  kind: 'district' | 'beat',
): Promise<readonly string[]> {
  const mirrored = await reader.db.selectFrom('csr_request').select(kind).distinct().execute();
  const worked = await reader.db.selectFrom('srswo').select(kind).distinct().execute();
  const named = mirrored.map((row) => placeText(row[kind], kind === 'district' ? 3 : 4));
  return [...named, ...worked.map((row) => row[kind])].filter((place) => place !== null);
}
