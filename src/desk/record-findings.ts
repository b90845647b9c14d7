import { sql } from 'kysely';
import type { Directive } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { type Instant, isoOrNull } from '../core/instant.ts';
import type { Policy } from '../core/policy-files.ts';
import type { Reader } from '../store/store.ts';

/** One finding as the store holds it, with the cite of its rule. */
export interface Finding {
  readonly id: string;
  readonly system: string;
  readonly code: string;
  readonly rule: string | null;
  readonly cite: string | null;
  readonly at: Instant | null;
  /** Null where it is kept back from the actor. */
  readonly text: string | null;
  /** The import whose rows it speaks of; null when it comes from a record's history. */
  readonly batch: number | null;
}

/** Which findings are asked for; every field narrows. */
export interface FindingFilter {
  readonly system?: string;
  readonly code?: string;
  readonly record?: string;
}

/**
 * Findings in order of system, code and record; those of a batch that was taken back are gone. With an --as-of, what
 * happened after it is left out. What a directive finds by the day is among them.
 */
export async function findings(
  reader: Reader,
  context: Context,
  policy: Policy,
  filter: FindingFilter,
  known: readonly Directive[],
): Promise<readonly Finding[]> {
  const kept = await keptFindings(reader, context, policy, filter);
  const found = await foundNow(reader, context, policy, filter, known);
  if (found.length === 0) return kept;
  return [...kept, ...found].toSorted(
    (a, b) => order(a.system, b.system) || order(a.code, b.code) || order(a.id, b.id),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function foundNow(
  reader: Reader,
  { now }: Context,
  policy: Policy,
  { system, code, record }: FindingFilter,
  known: readonly Directive[],
): Promise<readonly Finding[]> {
  const cite = citeBook(policy);
  const found: Finding[] = [];
  for (const directive of known) {
    if (system !== undefined && system !== directive.system) continue;
    for (const each of (await directive.checks?.(reader, now, record)) ?? []) {
      if ((code ?? each.code) !== each.code || (record ?? each.record) !== each.record) continue;
      const { record: id, rule, text, at } = each;
      found.push({
        id,
        system: directive.system,
        code: each.code,
        rule,
        cite: cite(rule),
        at,
        text,
        batch: null,
      });
    }
  }
  return found;
}

async function keptFindings(
  reader: Reader,
  context: Context,
  policy: Policy,
  filter: FindingFilter,
): Promise<readonly Finding[]> {
  let query = reader.db
    .selectFrom('finding')
    .select(['system', 'record_id', 'rule', 'code', 'at', 'text', 'batch_id'])
    .where(
      sql<boolean>`(batch_id is null or batch_id not in (select id from batch where undone_at is not null))`,
    )
    .orderBy('system')
    .orderBy('code')
    .orderBy('record_id')
    .orderBy('at')
    .orderBy('id');
  if (filter.system !== undefined) query = query.where('system', '=', filter.system);
  if (filter.code !== undefined) query = query.where('code', '=', filter.code);
  if (filter.record !== undefined) query = query.where('record_id', '=', filter.record);
  if (context.asOfGiven) query = query.where(sql<boolean>`(at is null or at <= ${context.now})`);
  // What a later step mended was true until then.
  query = query.where(sql<boolean>`(ended_at is null or ended_at > ${context.now})`);
  const cite = citeBook(policy);
  const found: Finding[] = [];
  for await (const batch of reader.scan(query.compile())) {
    for (const [system, record, rule, code, at, text, batchId] of batch) {
      found.push({
        id: String(record),
        system: String(system),
        code: String(code),
        rule: typeof rule === 'string' ? rule : null,
        cite: typeof rule === 'string' ? cite(rule) : null,
        at: typeof at === 'number' ? (at as Instant) : null,
        text: String(text),
        batch: typeof batchId === 'number' ? batchId : null,
      });
    }
  }
  return found;
}

/** The cite of a rule, or null for one that the policy does not know (a department may have taken it out). */
function citeBook(policy: Policy): (rule: string) => string | null {
  const cites = new Map(policy.rules().map((rule) => [rule.id, rule.cite]));
  return (rule) => cites.get(rule) ?? null;
}

/** A finding as JSON. */
export function findingItem(finding: Finding): Readonly<Record<string, unknown>> {
  return { ...finding, at: isoOrNull(finding.at) };
}
