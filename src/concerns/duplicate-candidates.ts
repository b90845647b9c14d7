import { standingEvent } from '../casework/standing-events.ts';
import type { Instant } from '../core/instant.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import {
  type Candidate,
  type DuplicateSettings,
  FREE,
  type Parted,
  proposeDuplicates,
  type Standing,
  type Stays,
} from './duplicates.ts';
import { changedLater } from './later.ts';
import { OPEN_STATES } from './list.ts';
import { ACTIVE, COMPLETED, type ConcernState } from './state.ts';
import { concernStatesAt } from './state-at.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/**
 * Concerns of a district (null: any) and scope that are compared as of `now`: the open ones, which may be a primary, and
 * what is associated to one of them.
 */
export async function candidates(
  reader: Reader,
  district: string | null,
  scope: Scope,
  now: Instant,
): Promise<readonly Candidate[]> {
  const seen = scopeCondition(scope);
  const later = await changedLater(reader, now);
  const states = await concernStatesAt(reader, later, now);
  // The state of an active one, of nearly all, is not read.
  const rows = await reader.rows({
    sql: `select c.control_number, c.submitted_at, c.category, c.description, c.address, c.latitude, c.longitude,
        case when c.state in (select value from json_each(?)) then null else c.state end
      from concern c
      where c.submitted_at <= ? and (? is null or c.district = ?) and ${seen.sql}
        and (c.state in (select value from json_each(?)) or c.control_number in (select value from json_each(?)))`,
    parameters: [
      JSON.stringify(ACTIVE),
      now,
      district,
      district,
      ...seen.parameters,
      JSON.stringify([...OPEN_STATES, 'associated']),
      JSON.stringify(later),
    ],
  });
  const ties = tiesOf(await standingTies(reader, now, states));
  const stateOf = (id: string, own: SqlValue | undefined) =>
    states.get(id)?.state ?? (typeof own === 'string' ? own : null);
  const list = rows.map((row) => candidateOf(row, standingOf(row, stateOf(String(row[0]), row[7]), ties)));
  if (states.size === 0 && ties.above.size === 0) return list;
  const primaries = new Set(list.filter(({ standing }) => standing.below.length > 0).map(({ id }) => id));
  return list.filter(({ id, standing: { primary } }) => {
    if (primary !== null) return primaries.has(primary);
    const then = states.get(id)?.state;
    return then === undefined || OPEN_STATES.includes(then);
  });
}

/** Proposals without the pairs that somebody has parted: their histories are read only where they would be proposed. */
export async function withoutParted(
  reader: Reader,
  found: readonly Candidate[],
  settings: DuplicateSettings,
  now: Instant,
) {
  let made = proposeDuplicates(found, settings);
  const parted = new Map<string, Parted>();
  for (let before = -1; parted.size > before; ) {
    before = parted.size;
    const ids = new Set(made.proposals.flatMap(({ id, primary, of, like }) => [id, primary, of, like]));
    for (const each of await partedBy(reader, [...ids], now)) parted.set(`${each.id} ${each.from}`, each);
    if (parted.size > before) made = proposeDuplicates(found, settings, [...parted.values()]);
  }
  return { found, made, apart: parted.size };
}

/** Which of these concerns were separated, each from which primary, by `now`. */
async function partedBy(reader: Reader, ids: readonly string[], now: Instant): Promise<readonly Parted[]> {
  const rows = await reader.rows({
    sql: `select s.record_id,
        (select json_extract(a.content, '$.primary_control_number') from event a
          where a.chain = s.chain and a.record_id = s.record_id and a.name = 'associated'
            and (a.at < s.at or (a.at = s.at and a.seq < s.seq))
          order by a.at desc, a.seq desc limit 1)
      from json_each(?) j join event s on s.chain = 'concerns' and s.record_id = j.value
      where s.name = 'separated' and s.at <= ? and ${standingEvent('s')}`,
    parameters: [JSON.stringify(ids), now],
  });
  return rows.flatMap(([id, from]) => (typeof from === 'string' ? [{ id: String(id), from }] : []));
}

/** A concern with the primary that it is, or was when it was closed, associated to. */
interface Tie {
  readonly id: string;
  readonly primary: string;
  readonly state: string;
  readonly submittedAt: number;
}

async function standingTies(
  reader: Reader,
  now: Instant,
  states: ReadonlyMap<string, ConcernState>,
): Promise<readonly Tie[]> {
  const rows = await reader.rows({
    sql: `select control_number, primary_control_number, state, submitted_at from concern
      where primary_control_number is not null and submitted_at <= ?
      order by submitted_at, control_number`,
    parameters: [now],
  });
  const standing = rows
    .map(([id, primary, state, at]) => ({
      id: String(id),
      primary: String(primary),
      state: String(state),
      submittedAt: Number(at),
    }))
    .filter(({ id }) => !states.has(id));
  const then = [...states.values()].flatMap(({ controlNumber: id, primary, state, submittedAt }) =>
    primary === null ? [] : [{ id, primary, state, submittedAt }],
  );
  return [...standing, ...then];
}

interface Ties {
  /** The primary of each that is associated. */
  readonly above: ReadonlyMap<string, string>;
  readonly below: ReadonlyMap<string, readonly Tie[]>;
}

function tiesOf(ties: readonly Tie[]): Ties {
  const above = new Map<string, string>();
  const below = new Map<string, Tie[]>();
  for (const tie of ties) {
    if (tie.state === 'associated') above.set(tie.id, tie.primary);
    const known = below.get(tie.primary);
    if (known) known.push(tie);
    else below.set(tie.primary, [tie]);
  }
  return { above, below };
}

function candidateOf(row: readonly SqlValue[], standing: Standing): Candidate {
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
    standing,
  };
}

/** `state` null: an active one. */
function standingOf(row: readonly SqlValue[], state: string | null, { above, below }: Ties): Standing {
  const id = String(row[0]);
  const own = below.get(id) ?? [];
  if (own.length === 0 && (state === null || ACTIVE.includes(state))) return FREE;
  return {
    primary: state === 'associated' ? (above.get(id) ?? null) : null,
    below: own.map((tie) => tie.id),
    stays: staysAs(state, own, Number(row[1])),
  };
}

// CC-06: what is complete is put under nothing, what is closed is not taken away any more, the earliest submission stays.
function staysAs(state: string | null, below: readonly Tie[], submittedAt: number): Stays | null {
  if (state !== null && COMPLETED.includes(state)) return 'complete';
  if (below.some((tie) => tie.state !== 'associated')) return 'closed below';
  return below.some((tie) => tie.submittedAt < submittedAt) ? 'earlier below' : null;
}
