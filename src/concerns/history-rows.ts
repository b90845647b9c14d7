import { standingEvent } from '../casework/standing-events.ts';
import type { Instant } from '../core/instant.ts';
import type { SqlValue } from '../store/open.ts';
import type { Reader } from '../store/store.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** A step of a concern's history that stands. */
export interface Step {
  readonly name: string;
  readonly at: Instant;
  readonly unit: string | null;
  readonly by: string | null;
  /** Justification of an extension; null for every other step. */
  readonly justification: string | null;
  /** The primary of an association; null for every other step. */
  readonly primary: string | null;
}

/** A stretch of a clock. */
export interface ClockSpan {
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly stoppedAt: Instant;
  readonly endedBy: string;
  readonly period: number;
  /** The role that answers for it: the executive officer's once its unit gave it up to nobody (CC-34). */
  readonly role: string | null;
}

/** One clock from its start: its stretches in order. */
export interface ClockRun {
  readonly rule: string;
  readonly unit: string | null;
  readonly startedAt: Instant;
  readonly spans: readonly ClockSpan[];
}

/** A concern with its steps and clocks, in order of time. */
export interface ConcernHistory {
  readonly id: string;
  readonly origin: string;
  readonly category: string | null;
  readonly district: string | null;
  readonly beat: string | null;
  readonly address: string | null;
  readonly submittedAt: Instant;
  readonly steps: readonly Step[];
  readonly clocks: readonly ClockRun[];
}

type Growing = Omit<ConcernHistory, 'steps' | 'clocks'> & {
  readonly steps: Step[];
  readonly clocks: ClockRun[];
};

/** Every concern of a scope submitted by `until`, with what happened by then. Three passes, linear in events. */
export async function concernHistories(
  reader: Reader,
  scope: Scope,
  until: Instant,
): Promise<readonly ConcernHistory[]> {
  const seen = scopeCondition(scope);
  const found = new Map<string, Growing>();
  const concerns = await reader.rows({
    sql: `select c.control_number, c.origin, c.category, c.district, c.beat, c.address, c.submitted_at from concern c
      where c.submitted_at <= ? and ${seen.sql} order by c.control_number`,
    parameters: [until, ...seen.parameters],
  });
  for (const [id, origin, category, district, beat, address, submittedAt] of concerns) {
    found.set(String(id), {
      id: String(id),
      origin: String(origin),
      category: text(category),
      district: text(district),
      beat: text(beat),
      address: text(address),
      submittedAt: Number(submittedAt) as Instant,
      steps: [],
      clocks: [],
    });
  }
  await addSteps(reader, found, until);
  await addClocks(reader, found, until);
  return [...found.values()];
}

async function addSteps(reader: Reader, found: ReadonlyMap<string, Growing>, until: Instant): Promise<void> {
  for (const [id, step] of await standingSteps(reader, until)) found.get(id)?.steps.push(step);
}

/** When these concerns were moved, in order of time; what moved nothing is not counted (CC-34). */
export async function movesOf(
  reader: Reader,
  ids: readonly string[],
  until: Instant,
): Promise<ReadonlyMap<string, readonly Instant[]>> {
  if (ids.length === 0) return new Map();
  const only = {
    sql: "e.name = 'reassigned' and e.record_id in (select value from json_each(?))",
    parameters: [JSON.stringify(ids)],
  };
  const moves = Map.groupBy(await standingSteps(reader, until, only), ([id]) => id);
  return new Map([...moves].map(([id, steps]) => [id, steps.map(([, { at }]) => at)]));
}

/** The steps that stand, of every concern or of those that a condition names, in order of time. */
async function standingSteps(
  reader: Reader,
  until: Instant,
  only: { readonly sql: string; readonly parameters: readonly SqlValue[] } = { sql: '1', parameters: [] },
): Promise<readonly (readonly [id: string, step: Step])[]> {
  const withheld = new Set(
    (
      await reader.rows({
        sql: `select record_id, 'associated', at from finding
            where system = 'concerns' and rule = 'CC-06' and code like 'PRIMARY_%'
          union all select record_id, 'reassigned', at from finding
            where system = 'concerns' and rule = 'CC-17' and code in ('MOVES_NOTHING', 'FROM_WITHOUT_TASK')`,
        parameters: [],
      })
    ).map(([id, name, at]) => `${id} ${name} ${at}`),
  );
  const steps = await reader.rows({
    sql: `select e.record_id, e.name, e.at, e.unit, e.actor_id,
        case e.name when 'extended' then coalesce(json_extract(e.content, '$.justification'),
          json_extract(e.content, '$.reason')) end,
        case e.name when 'associated' then json_extract(e.content, '$.primary_control_number') end
      from event e
      where e.chain = 'concerns' and e.at <= ? and e.name not in ('corrected', 'pin-issued')
        and ${standingEvent('e')}
        and ${only.sql}
      order by e.at, e.seq`,
    parameters: [until, ...only.parameters],
  });
  // An association that the rules refused, or a move of what was not there, was told and changed nothing.
  return steps
    .filter(([id, name, at]) => !withheld.has(`${id} ${name} ${at}`))
    .map(([id, name, at, unit, by, justification, primary]) => [
      String(id),
      {
        name: String(name),
        at: Number(at) as Instant,
        unit: text(unit) || null,
        by: text(by),
        justification: text(justification),
        primary: text(primary),
      },
    ]);
}

async function addClocks(reader: Reader, found: ReadonlyMap<string, Growing>, until: Instant): Promise<void> {
  const rows = await reader.rows({
    sql: `select record_id, rule, owner_unit, clock_key, started_at, opened_at, due_at, stopped_at, ended_by, period,
        owner_role
      from clock where system = 'concerns' and opened_at <= ? order by id`,
    parameters: [until],
  });
  const runs = new Map<string, ClockSpan[]>();
  for (const [id, rule, unit, key, startedAt, openedAt, dueAt, stoppedAt, endedBy, period, role] of rows) {
    const span = {
      openedAt: Number(openedAt) as Instant,
      dueAt: Number(dueAt) as Instant,
      stoppedAt: Number(stoppedAt) as Instant,
      endedBy: String(endedBy),
      period: Number(period),
      role: text(role),
    };
    const name = `${id} ${rule} ${key} ${startedAt}`;
    const known = runs.get(name);
    if (known) {
      known.push(span);
      continue;
    }
    const spans = [span];
    runs.set(name, spans);
    found
      .get(String(id))
      ?.clocks.push({ rule: String(rule), unit: text(unit), startedAt: Number(startedAt) as Instant, spans });
  }
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
