import { openChain } from '../casework/log.ts';
import type { Instant } from '../core/instant.ts';
import type { BatchSummary } from '../import/engine.ts';
import type { ImportSession } from '../import/profile.ts';
import type { UndoneBatch } from '../import/undo.ts';
import type { Writer } from '../store/store.ts';
import { allProfiles, directives } from './registry.ts';

/** Profiles by which histories are judged: roles, ranks and delegations. */
const JUDGES: ReadonlySet<string> = new Set(['members', 'delegations', 'officers']);

/**
 * What follows when a file's rows are in: one event of the batch in its directive's chain and, when members or
 * delegations have changed, every history judged anew, so that the order of imports makes no difference.
 */
export async function afterBatch(session: ImportSession, summary: BatchSummary): Promise<void> {
  const changed = summary.inserted + summary.updated > 0;
  await batchEvent(session.writer, 'imported', summary, session.recordedAt, session.actor, { ...summary });
  if (changed) await judgeAnew(session.writer, summary.profile);
}

/** What follows when a batch was taken back: its event and, for members and delegations, every history judged anew. */
export async function afterUndo(
  writer: Writer,
  undone: UndoneBatch,
  at: Instant,
  actor: string | null,
): Promise<void> {
  await batchEvent(writer, 'import-undone', undone, at, actor, { ...undone });
  await judgeAnew(writer, undone.profile);
}

async function batchEvent(
  writer: Writer,
  name: string,
  { batch, profile }: { readonly batch: number; readonly profile: string },
  at: Instant,
  actor: string | null,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  const system = (await allProfiles()).find((known) => known.name === profile)?.system ?? 'desk';
  openChain(writer, system, at).append({
    recordId: `batch-${batch}`,
    name,
    at,
    actorId: actor,
    origin: 'import',
    batchId: batch,
    content,
  });
}

async function judgeAnew(writer: Writer, profile: string): Promise<void> {
  if (!JUDGES.has(profile)) return;
  for (const directive of await directives()) await directive.replayAll?.(writer);
}
