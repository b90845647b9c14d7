import type { RecordView } from '../casework/directive.ts';
import type { Span, SpanEnd } from '../core/clock.ts';
import { FAR_FUTURE, type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { ClockPolicy } from '../core/policy.ts';
import type { Reader } from '../store/store.ts';
import { type Absent, absentClocks, type Chain, chainsOf } from './why-chains.ts';

/** The clocks of one record: those that ran or run, and those that never did. */
export interface RecordClocks {
  readonly chains: readonly Chain[];
  readonly absent: readonly Absent[];
  readonly uncounted: readonly Uncounted[];
  /** Clocks that start from something that stands for what was not recorded. */
  readonly inferred: readonly Inferred[];
}

/** What a clock's start was inferred from, by the rule of the clock and the instant of its start. */
export interface Inferred {
  readonly at: Instant;
  readonly rule: string;
  readonly text: string;
}

/** An extension on record that a rule would have refused: it is a finding and moves no due date. */
export interface Uncounted {
  readonly at: Instant;
  readonly rule: string | null;
  readonly text: string;
}

/** Reads the clocks of a record as of `now`. */
export async function recordClocks(
  reader: Reader,
  view: RecordView,
  policy: readonly ClockPolicy[],
  now: Instant,
): Promise<RecordClocks> {
  const clocks = policy.filter((clock) => clock.system === view.system);
  // A City request that is only mirrored has no clock of ours, whatever runs on the police request of its number.
  const worked = view.system !== 'csr' || view.facts.some((fact) => fact.key === 'assignedTo');
  const chains = worked ? chainsOf(await spansOf(reader, view), clocks, now) : [];
  const names = await reader.db
    .selectFrom('event')
    .select('name')
    .distinct()
    .where('chain', '=', view.system)
    .where('record_id', '=', view.id)
    .where('at', '<=', now)
    .execute();
  const origin = view.facts.find((fact) => fact.key === 'origin')?.value;
  const absent = absentClocks(chains, clocks, {
    events: new Set(names.map((row) => row.name)),
    origin: view.system === 'concerns' && typeof origin === 'string' ? origin : null,
    worked,
  });
  const uncounted = worked ? await uncountedExtensions(reader, view, chains, now) : [];
  const inferred = await inferredStarts(reader, view);
  return { chains, absent, uncounted, inferred };
}

async function inferredStarts(reader: Reader, view: RecordView): Promise<readonly Inferred[]> {
  const rows = await reader.db
    .selectFrom('finding')
    .select(['at', 'rule', 'text'])
    .where('system', '=', view.system)
    .where('record_id', '=', view.id)
    .where('code', '=', 'RECEIPT_INFERRED')
    .where('at', 'is not', null)
    .where('rule', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ at: Number(row.at) as Instant, rule: String(row.rule), text: row.text }));
}

async function uncountedExtensions(
  reader: Reader,
  view: RecordView,
  chains: readonly Chain[],
  now: Instant,
): Promise<readonly Uncounted[]> {
  const rows = await reader.db
    .selectFrom('event as e')
    .innerJoin('finding as f', (join) =>
      join
        .onRef('f.system', '=', 'e.chain')
        .onRef('f.record_id', '=', 'e.record_id')
        .onRef('f.at', '=', 'e.at'),
    )
    .select(['e.at', 'f.rule', 'f.text'])
    .where('e.chain', '=', view.system)
    .where('e.record_id', '=', view.id)
    .where('e.name', '=', 'extended')
    .where('e.at', '<=', now)
    .where('f.code', '<>', 'UNKNOWN_MEMBER')
    .where('f.ended_at', 'is', null)
    .orderBy('e.at')
    .orderBy('f.id')
    .execute();
  // One that counted opened a period at its instant, whatever was remarked on it.
  const counted = new Set(
    chains.flatMap(({ spans }) => spans.filter(({ period }) => period > 1).map(({ openedAt }) => openedAt)),
  );
  return rows
    .filter((row) => !counted.has(row.at as Instant))
    .map((row) => ({ at: row.at as Instant, rule: row.rule, text: row.text }));
}

async function spansOf(reader: Reader, view: RecordView): Promise<readonly Span[]> {
  const rows = await reader.db
    .selectFrom('clock')
    .selectAll()
    .where('system', '=', view.system)
    .where('record_id', '=', view.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    rule: row.rule,
    key: row.clock_key,
    period: row.period,
    startedAt: row.started_at as Instant,
    openedAt: row.opened_at as Instant,
    dueAt: row.due_at as Instant,
    stoppedAt: row.stopped_at as Instant,
    // Written by replay from SpanEnd itself.
    endedBy: row.ended_by as SpanEnd,
    owner: { role: row.owner_role, unit: row.owner_unit, member: row.owner_member },
  }));
}

/** One clock as JSON: instants in UTC, `lateHours` with one decimal, `stoppedAt` null while it runs. */
export function clockItem(chain: Chain): Readonly<Record<string, unknown>> {
  return {
    rule: chain.rule,
    cite: chain.policy?.cite ?? null,
    name: chain.policy?.name ?? null,
    key: chain.key === '' ? null : chain.key,
    startedAt: isoInstant(chain.startedAt),
    dueAt: isoInstant(chain.dueAt),
    stoppedAt: isoOrNull(chain.stoppedAt ?? FAR_FUTURE),
    endedBy: chain.endedBy,
    timeliness: chain.timeliness,
    lateHours: Math.round(chain.lateBy / 360) / 10,
    extensions: chain.extensions,
    returns: chain.returns,
    owner: chain.owner,
  };
}

/** The rule by which a clock is due as it stands, with its cite: that of the extension once it is extended (CSR-47). */
export function ruleNow({ rule, policy, spans }: Chain): {
  readonly rule: string;
  readonly cite: string | null;
} {
  const now = spans.at(-1)?.rule ?? rule;
  if (now === rule || policy?.extension?.rule !== now) return { rule, cite: policy?.cite ?? null };
  return { rule: now, cite: policy.extension.cite };
}
