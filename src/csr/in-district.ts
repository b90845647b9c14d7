import { type RawBuilder, sql } from 'kysely';
import type { Place } from './asking.ts';

/** The condition that a column of three digits lies in the district of a place; any, where no district is named. */
export function inDistrict({ district, unplaced }: Place, column: string): RawBuilder<boolean> {
  if (district === null) return sql<boolean>`1`;
  const named = sql`${sql.ref(column)} = ${district}`;
  return unplaced === true ? sql<boolean>`(${named} or ${sql.ref(column)} is null)` : sql<boolean>`${named}`;
}
