import type { Instant } from '../core/instant.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import type { Candidate } from './duplicates.ts';
import { changedLater } from './later.ts';
import { ACTIVE } from './state.ts';
import { concernStatesAt } from './state-at.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** Concerns of a district (null: any) and scope that could be associated, or be a primary, as of `now`. */
export async function candidates(
  reader: Reader,
  district: string | null,
  scope: Scope,
  now: Instant,
): Promise<readonly Candidate[]> {
  const seen = scopeCondition(scope);
  const later = await changedLater(reader, now);
  const states = await concernStatesAt(reader, later, now);
  const rows = await reader.rows({
    sql: `select c.control_number, c.submitted_at, c.category, c.description, c.address, c.latitude, c.longitude
      from concern c
      where c.submitted_at <= ? and (? is null or c.district = ?) and ${seen.sql}
        and (c.state in (select value from json_each(?)) or c.control_number in (select value from json_each(?)))`,
    parameters: [now, district, district, ...seen.parameters, JSON.stringify(ACTIVE), JSON.stringify(later)],
  });
  const primaries = await primaryIds(reader, now, states);
  const list = rows.map((row) => candidateOf(row, primaries));
  if (states.size === 0) return list;
  return list.filter(({ id }) => ACTIVE.includes(states.get(id)?.state ?? 'submitted'));
}

async function primaryIds(
  reader: Reader,
  now: Instant,
  states: ReadonlyMap<string, { readonly primary: string | null }>,
): Promise<ReadonlySet<string>> {
  const rows = await reader.rows({
    sql: `select control_number, primary_control_number from concern
      where primary_control_number is not null and submitted_at <= ?`,
    parameters: [now],
  });
  const standing = rows.filter(([id]) => !states.has(String(id))).map(([, primary]) => String(primary));
  return new Set([...standing, ...[...states.values()].flatMap(({ primary }) => primary ?? [])]);
}

function candidateOf(row: readonly SqlValue[], primaries: ReadonlySet<string>): Candidate {
  const [id, submittedAt, category, description, address, latitude, longitude] = row;
  const text = (value: SqlValue | undefined) => (typeof value === 'string' ? value : null);
  const number = (value: SqlValue | undefined) => (typeof value === 'number' ? value : null);
  return {
    id: String(id),
    submittedAt: Number(submittedAt) as Instant,
    category: text(category),
    description: text(description),
    address: text(address),
    latitude: number(latitude),
    longitude: number(longitude),
    isPrimary: primaries.has(String(id)),
  };
}
