import { actorOf } from '../casework/act-verb.ts';
import { recordTourAccess } from '../casework/tour-access.ts';
import type { Context } from '../core/command.ts';
import { type Actor, resolveActor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, read } from '../store/store.ts';
import { type Scope, scopeIfAny, scopeOf, scopeText } from './visibility.ts';

/** Who looks and what they may see. */
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

/** Who looks at a list that cron prints too, and in words what they see of it. */
export interface Look {
  readonly looker: Looker | null;
  readonly seen: string;
}

/** What a list is narrowed to; nothing is every district. */
interface AskedFor {
  readonly district?: string | undefined;
  readonly beat?: string | undefined;
  readonly unit?: string | undefined;
}

/** Whether a list holds what is new to whoever sees so much. */
type HoldsNew = (scope: Scope) => boolean;

/**
 * The acting member, their scope, and their look counted for the tour where the list holds what is new. No looker where nobody is known or a member sees
 * no concern (CC-10): both get what cron gets.
 */
export async function lookAround(
  context: Context,
  command: string,
  asked: AskedFor,
  holdsNew: HoldsNew,
): Promise<Look> {
  const { actor, scope } = await read(context.storePath, async (reader) => {
    const actor = await resolveActor(reader, context);
    return { actor, scope: actor === null ? null : await scopeIfAny(reader, actor, context.now) };
  });
  if (actor !== null && scope !== null) {
    await counted(context, command, actor, holdsNew(scope));
    return { looker: { actor, scope }, seen: seenText(asked, scope) };
  }
  const whom = actor === null ? 'without an actor' : `for ${actor.memberId}`;
  const told = 'ids, dates, rules, units and districts (CC-10)';
  return { looker: null, seen: `${seenText(asked, null)}; ${whom}: ${told}` };
}

// What was asked for and, of a member who sees a part only, of which part: `unit 189 · District 005`.
function seenText({ district, beat, unit }: AskedFor, scope: Scope | null): string {
  const asked = [
    ...(district !== undefined ? [`District ${district}`] : []),
    ...(beat !== undefined ? [`Beat ${beat}`] : []),
    ...(unit !== undefined ? [`unit ${unit}`] : []),
  ].join(', ');
  const part = scope === null || scope.all ? null : scopeText(scope);
  if (asked === '') return part ?? 'every district';
  return part === null || part === asked ? asked : `${asked} · ${part}`;
}

/** Like lookAround for a command that takes one of `roles`; refuses by `rule` otherwise. Only the worklist holds what is new. */
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
  await counted(context, command, looker.actor, command === 'concerns worklist');
  return looker;
}

async function counted(
  context: Context,
  command: string,
  { memberId, roles }: Actor,
  holdsNew: boolean,
): Promise<void> {
  await recordTourAccess(context, { system: 'concerns', command, memberId, roles, holdsNew });
}
