import { type RawBuilder, sql } from 'kysely';
import type { Place } from './asking.ts';

/**
 * The condition that a column of three digits (of numbers, in the mirror) lies in the district of a place; any, where
 * no district is named.
 */
export function inDistrict(
  { district, unplaced }: Place,
  column: string,
  as: 'digits' | 'number' = 'digits',
): RawBuilder<boolean> {
  if (district === null) return sql<boolean>`1`;
  const named = sql`${sql.ref(column)} = ${as === 'digits' ? district : Number(district)}`;
  return unplaced === true ? sql<boolean>`(${named} or ${sql.ref(column)} is null)` : sql<boolean>`${named}`;
}
