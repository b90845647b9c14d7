import { hash } from 'node:crypto';
import { startOfDay } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import type { Rule } from '../core/policy.ts';
import type { Writer } from '../store/store.ts';
import { canonical, openChain } from './log.ts';

/** The proof that something a rule asks for was done: what an evidence file has in a row. Empty texts are unknown. */
export interface Evidence {
  readonly rule: string;
  readonly on: LocalDate;
  readonly by: string;
  readonly district: string;
  readonly note: string;
  readonly document: string;
}

/** Systems with a chain of their own; evidence for any other rule goes into the desk's. */
const CHAINS: readonly string[] = ['oss', 'concerns', 'csr', 'said'];

/** The chain into which evidence for a rule is written. */
function chainOfRule(rule: Pick<Rule, 'system'>): string {
  return CHAINS.includes(rule.system) ? rule.system : 'desk';
}

/**
 * Adds one piece of evidence and its event; false when the very same is there already, and then nothing is written. What
 * was only imported becomes what this member recorded.
 * The event's record is the rule with a mark of the content, so that two proofs of one day are two events.
 */
export function addEvidence(
  writer: Writer,
  rule: Pick<Rule, 'id' | 'system'>,
  evidence: Evidence,
  actorId: string,
  recordedAt: Instant,
): boolean {
  const { on, by, district, note, document } = evidence;
  const added = writer
    .prepare(
      `insert into evidence (rule, on_day, by_member, district, note, document) values (?, ?, ?, ?, ?, ?)
       on conflict do update set batch_id = null where batch_id is not null`,
    )
    .run(rule.id, on, by, district, note, document);
  if (added.changes === 0) return false;
  const mark = hash('sha256', canonical(evidence), 'hex').slice(0, 12);
  openChain(writer, chainOfRule(rule), recordedAt).append({
    recordId: `${rule.id}:${mark}`,
    name: 'evidence',
    at: startOfDay(on),
    unit: district,
    actorId,
    origin: 'local',
    content: { ...evidence },
  });
  return true;
}
