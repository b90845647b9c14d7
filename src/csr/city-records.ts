import type { Instant } from '../core/instant.ts';
import { placeText } from '../core/place.ts';
import type { Reader } from '../store/store.ts';

/** A mirrored City request with its words spelled out, or undefined. */
export async function cityRequestById(reader: Reader, id: string) {
  const row = await reader.db
    .selectFrom('csr_request as r')
    .innerJoin('csr_word as t', 't.id', 'r.type_id')
    .innerJoin('csr_word as s', 's.id', 'r.status_id')
    .leftJoin('csr_word as d', 'd.id', 'r.department_id')
    .leftJoin('csr_word as o', 'o.id', 'r.origin_id')
    .select([
      'r.created_at',
      'r.updated_at',
      'r.closed_at',
      'r.address',
      'r.district',
      'r.beat',
      'r.duplicate',
      'r.is_open',
    ])
    .select([
      'r.parent_sr_number',
      't.word as type',
      's.word as status',
      'd.word as department',
      'o.word as origin',
    ])
    .where('r.sr_number', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    type: row.type,
    status: row.status,
    department: row.department,
    origin: row.origin,
    open: row.is_open === 1,
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at,
    closedAt: row.closed_at as Instant | null,
    address: row.address,
    district: placeText(row.district, 3),
    beat: placeText(row.beat, 4),
    duplicate: row.duplicate === 1,
    parentSrNumber: row.parent_sr_number,
  };
}
