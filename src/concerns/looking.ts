import { actorOf } from '../casework/act-verb.ts';
import { recordTourAccess } from '../casework/tour-access.ts';
import type { Context } from '../core/command.ts';
import { type Actor, resolveActor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, read } from '../store/store.ts';
import { type Scope, scopeOf } from './visibility.ts';

/** Who looks and what they may see; null where nobody is known: then ids, dates, rules and units only. */
export interface Looker {
  readonly actor: Actor;
  readonly scope: Scope;
}

/** Roles that the matrix lets see concerns at all (CC-10). */
export function viewingRoles(): readonly string[] {
  const view = loadPolicy()
    .views()
    .find(({ area }) => area === 'concerns.detail');
  return Object.keys(view?.roles ?? {});
}

/**
 * The acting member, their scope, and their look counted for the tour. Null without an actor; refuses (CC-10, exit
 * code 4) one who may see no concern.
 */
export async function lookAround(context: Context, command: string): Promise<Looker | null> {
  const looker = await read(context.storePath, async (reader) => {
    const actor = await resolveActor(reader, context);
    return actor === null ? null : { actor, scope: await scopeOf(reader, actor, context.now) };
  });
  if (looker !== null) await counted(context, command, looker.actor);
  return looker;
}

/** Like lookAround for a command that takes one of `roles`; refuses by `rule` otherwise. */
export async function lookAs(
  context: Context,
  command: string,
  roles: readonly string[],
  rule: string,
  what: string,
): Promise<Looker> {
  const looker = await read(context.storePath, async (reader: Reader) => {
    const actor = await actorOf(reader, context, { roles, by: [rule, what] });
    return { actor, scope: await scopeOf(reader, actor, context.now) };
  });
  await counted(context, command, looker.actor);
  return looker;
}

async function counted(context: Context, command: string, { memberId, roles }: Actor): Promise<void> {
  await recordTourAccess(context, { system: 'concerns', command, memberId, roles });
}
