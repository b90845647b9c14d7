import { type Instant, instantOrNull } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { inDistrict } from './in-district.ts';
import { reopeningsByRequest } from './records.ts';
import { closedAsOf, lifeOf } from './report-counter.ts';

/** A police request as the 311 export tells of it. */
export interface MirroredPolice {
  readonly id: string;
  readonly createdAt: Instant;
  readonly address: string | null;
  readonly beat: string | null;
  readonly district: string | null;
  readonly open: boolean;
  readonly closedAt: Instant | null;
}

/** The police requests of a place that 311 had taken by `now`, duplicates left out, by number (CSR-30). */
export async function mirroredPolice(
  reader: Reader,
  place: Place,
  now: Instant,
  type: string,
): Promise<ReadonlyMap<string, MirroredPolice>> {
  let query = reader.db
    .selectFrom('csr_request as r')
    .innerJoin('csr_word as t', 't.id', 'r.type_id')
    .select([
      'r.id',
      'r.sr_number',
      'r.created_at',
      'r.address',
      'r.beat',
      'r.district',
      'r.is_open',
      'r.closed_at',
    ])
    .where('t.kind', '=', 'type')
    .where('t.word', '=', type)
    .where('r.duplicate', '=', 0)
    .where('r.created_at', '<=', now)
    .where(inDistrict(place, 'r.district', 'number'))
    .orderBy('r.beat')
    .orderBy('r.sr_number');
  if (place.beat !== null) query = query.where('r.beat', '=', Number(place.beat));
  const reopenings = await reopeningsByRequest(reader);
  return new Map(
    (await query.execute()).map((row) => {
      const life = lifeOf(row.created_at, row.is_open === 1, row.closed_at, reopenings.get(row.id) ?? []);
      const closedAt = closedAsOf(row.created_at, life, now);
      return [
        row.sr_number,
        {
          id: row.sr_number,
          createdAt: row.created_at as Instant,
          address: row.address,
          beat: placeText(row.beat, 4),
          district: placeText(row.district, 3),
          open: closedAt === null,
          closedAt: instantOrNull(closedAt),
        },
      ];
    }),
  );
}
