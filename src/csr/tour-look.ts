import { recordTourAccess } from '../casework/tour-access.ts';
import type { Context } from '../core/command.ts';
import { districtsActedFor } from '../people/acting-districts.ts';
import { resolveActor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read } from '../store/store.ts';
import { districtNamed, type Place } from './asking.ts';
import { OFFICE } from './own-district.ts';

/**
 * Logs that a member opens a list of requests, and counts it as the look of the tour (CSR-36) where it holds the new
 * police requests of a place (`shown`; null for none) in a district for which they act. Nobody known, none.
 */
export async function lookOfTour(context: Context, command: string, shown: Place | null): Promise<void> {
  const rule = 'CSR-36';
  const found = await read(context.storePath, async (reader) => {
    const actor = await resolveActor(reader, context, { rule, cite: loadPolicy(context.env).cite(rule) });
    if (actor === null) return null;
    const theirs = await districtsActedFor(reader, actor.memberId, OFFICE, context.now);
    return { actor, theirs };
  });
  if (found === null) return;
  const { memberId, roles } = found.actor;
  const named = shown === null ? null : districtNamed(shown);
  const own = named === null || (found.theirs?.has(named) ?? true);
  await recordTourAccess(context, {
    system: 'csr',
    command,
    memberId,
    roles,
    holdsNew: shown !== null && own,
  });
}
