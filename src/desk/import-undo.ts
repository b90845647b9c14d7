import { openChain } from '../casework/log.ts';
import type { Instant } from '../core/instant.ts';
import type { UndoneBatch } from '../import/undo.ts';
import type { Writer } from '../store/store.ts';
import { allProfiles, directives } from './registry.ts';

/** What follows when a batch is taken back: an event of it, and its directive's histories replayed without it. */
export async function afterUndo(
  writer: Writer,
  undone: UndoneBatch,
  recordedAt: Instant,
  actor: string | null,
): Promise<void> {
  const profile = (await allProfiles()).find((known) => known.name === undone.profile);
  const system = profile?.system ?? 'desk';
  openChain(writer, system, recordedAt).append({
    recordId: `batch-${undone.batch}`,
    name: 'undone',
    at: recordedAt,
    actorId: actor,
    origin: 'local',
    batchId: undone.batch,
    content: { ...undone },
  });
  // Members and delegations judge the histories of every directive.
  for (const directive of await directives()) {
    if (system === 'desk' || directive.system === system) await directive.replayAll?.(writer);
  }
}
