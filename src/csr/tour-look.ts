import { recordTourAccess } from '../casework/tour-access.ts';
import type { Context } from '../core/command.ts';
import { resolveActor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read } from '../store/store.ts';

/** Counts a list of police or City requests that a member opens as the look of the tour (CSR-36); nobody known, none. */
export async function lookOfTour(context: Context, command: string): Promise<void> {
  const rule = 'CSR-36';
  const actor = await read(context.storePath, (reader) =>
    resolveActor(reader, context, { rule, cite: loadPolicy(context.env).cite(rule) }),
  );
  if (actor === null) return;
  const { memberId, roles } = actor;
  await recordTourAccess(context, { system: 'csr', command, memberId, roles });
}
