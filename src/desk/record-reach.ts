import type { Directive } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { type Actor, resolveActor } from '../people/identity.ts';
import type { Reader } from '../store/store.ts';

/** Who acts, or null when nobody is known: also for a member id that the store does not have. */
export async function knownActor(reader: Reader, context: Context): Promise<Actor | null> {
  try {
    return await resolveActor(reader, context);
  } catch {
    return null;
  }
}

/** Records that are not to be told of, by system; only systems in which this actor may not know of every record. */
export async function hiddenRecords(
  reader: Reader,
  context: Context,
  known: readonly Directive[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const actor = await knownActor(reader, context);
  const hidden = new Map<string, ReadonlySet<string>>();
  for (const directive of known) {
    const ids = await directive.hidden?.(reader, context, actor);
    if (ids) hidden.set(directive.system, ids);
  }
  return hidden;
}
