import type { Instant } from '../core/instant.ts';
import type { Cell, Table } from '../report/document.ts';
import type { Reader } from '../store/store.ts';
import { concernStatesAt } from './state-at.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** A concern of which the district station supervisor was told as of a crime (CC-18). */
export interface Told {
  readonly id: string;
  readonly district: string | null;
  readonly at: Instant;
  readonly by: string | null;
  /** Whole minutes since the sergeant's first access; null when it was not accessed before. */
  readonly minutes: number | null;
}

/** Whole minutes from the first access to the notice; "immediately" has no figure (A-CC-9). */
export function minutesToStation(accessedAt: Instant | null, toldAt: Instant | null): number | null {
  if (accessedAt === null || toldAt === null || toldAt < accessedAt) return null;
  return Math.floor((toldAt - accessedAt) / 60);
}

/** The notices of a period to station supervisors, in order of time. */
export async function toldInPeriod(
  reader: Reader,
  scope: Scope,
  { start, end }: { readonly start: Instant; readonly end: Instant },
): Promise<readonly Told[]> {
  const seen = scopeCondition(scope);
  const rows = await reader.rows({
    sql: `select c.control_number, c.district, min(e.at), e.actor_id from event e
      join concern c on c.control_number = e.record_id
      where e.chain = 'concerns' and e.name = 'criminal' and e.at <= ? and ${seen.sql}
      group by c.control_number having min(e.at) >= ? order by min(e.at), c.control_number`,
    parameters: [end, ...seen.parameters, start],
  });
  const states = await concernStatesAt(
    reader,
    rows.map(([id]) => String(id)),
    end,
  );
  return rows.flatMap(([id, district, , by]) => {
    const state = states.get(String(id));
    const at = state?.stationToldAt ?? null;
    if (state === undefined || at === null || at < start) return [];
    return [
      {
        id: String(id),
        district: typeof district === 'string' ? district : null,
        at,
        by: typeof by === 'string' ? by : null,
        minutes: minutesToStation(state.firstAccessedAt, at),
      },
    ];
  });
}

/** Notices to station supervisors, for people. */
export function toldTable(list: readonly Told[]): Table {
  return {
    kind: 'table',
    id: 'station',
    title: 'Crimes told to the district station supervisor (CC-18)',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'district', title: 'District', priority: 2 },
      { key: 'at', title: 'Told' },
      { key: 'by', title: 'By' },
      { key: 'minutes', title: 'After access', unit: 'min', align: 'right' },
    ],
    rows: list.map(
      ({ id, district, at, by, minutes }): Readonly<Record<string, Cell>> => ({
        id,
        district,
        at: { kind: 'instant', at },
        by,
        minutes,
      }),
    ),
    caption: '"Immediately" has no figure in the directive: nothing is called late (A-CC-9).',
    empty: 'None was told.',
  };
}
