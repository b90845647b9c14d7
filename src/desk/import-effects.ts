import { openChain } from '../casework/log.ts';
import type { BatchSummary } from '../import/engine.ts';
import type { ImportSession } from '../import/profile.ts';
import { allProfiles, directives } from './registry.ts';

/** Profiles by which histories are judged: roles, ranks and delegations. */
const JUDGES: ReadonlySet<string> = new Set(['members', 'delegations']);

/**
 * What follows when a file's rows are in: one event of the batch in its directive's chain and, when members or
 * delegations have changed, every history judged anew, so that the order of imports makes no difference.
 */
export async function afterBatch(session: ImportSession, summary: BatchSummary): Promise<void> {
  const profile = (await allProfiles()).find((known) => known.name === summary.profile);
  openChain(session.writer, profile?.system ?? 'desk', session.recordedAt).append({
    recordId: `batch-${summary.batch}`,
    name: 'imported',
    at: session.recordedAt,
    actorId: session.actor,
    origin: 'import',
    batchId: summary.batch,
    content: { ...summary },
  });
  if (!JUDGES.has(summary.profile) || summary.inserted + summary.updated === 0) return;
  for (const directive of await directives()) await directive.replayAll?.(session.writer);
}
