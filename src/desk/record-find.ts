import type { Directive, Reach, RecordView } from '../casework/directive.ts';
import { logAccess } from '../casework/log.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type Actor, requirePurpose, requireRole, resolveActor } from '../people/identity.ts';
import { type Reader, read } from '../store/store.ts';
import { knownActor } from './record-reach.ts';

export type DirectiveList = () => Promise<readonly Directive[]>;

/** One record with its directive, and who looks at it (null for one who gets no more than everyone). */
export interface Found {
  readonly directive: Directive;
  readonly view: RecordView;
  readonly actor: Actor | null;
  /** What of it is kept back from the actor; null where nothing is. */
  readonly reach: Reach | null;
}

/** What a command makes of each record with the id, and what was kept back. */
export interface Records<T> {
  readonly sections: readonly { readonly found: Found; readonly value: T }[];
  readonly notes: readonly string[];
  /** For whom texts were kept back, a line each. */
  readonly kept: readonly string[];
  /** Newest import behind the first record's system. */
  readonly newest: Instant | null;
}

/**
 * Every record with this id that the acting member may see, each read by `use`. Looks at confidential ones are logged
 * before this answers. Throws a usage error when there is none, a refusal when the only ones are not for this actor.
 */
export async function readRecords<T>(
  context: Context,
  list: DirectiveList,
  id: string,
  command: string,
  use: (reader: Reader, found: Found) => Promise<T>,
): Promise<Records<T>> {
  const known = await list();
  const answer = await read(context.storePath, async (reader) => {
    const { open, closed: all } = await findAll(reader, known, id, context.now);
    const closed = await withoutUnreached(reader, context, await withoutHidden(reader, context, all));
    if (open.length + closed.length === 0) throw await unknownRecord(reader, known, id, context.now);
    const notes: string[] = [];
    const viewer = await knownActor(reader, context);
    const founds: Found[] = [];
    for (const each of open)
      founds.push(await openly(reader, context, { ...each, view: toldTo(each.view, viewer) }));
    const kept = founds.flatMap(({ reach }) => [
      ...(reach?.bare === undefined
        ? []
        : [
            `${reach.stateless ? 'Texts, and how it was judged and by whom,' : 'Texts'} are not shown ${reach.bare}.`,
          ]),
      ...(reach?.note === undefined ? [] : [reach.note]),
    ]);
    for (const each of closed) {
      const actor = await allowed(reader, context, each, open.length > 0);
      if (actor !== null) founds.push({ ...each, ...actor });
      // Where a purpose is asked, even that there is such a record is not for everyone.
      else if (!each.directive.needsPurpose) {
        notes.push(`There is a record ${id} in ${each.directive.title} too: name an actor who may see it.`);
      }
    }
    const sections: { found: Found; value: T }[] = [];
    for (const found of founds) sections.push({ found, value: await use(reader, found) });
    const newest = await newestImport(reader, founds[0]?.view.system ?? null);
    return { sections, notes, kept, newest };
  });
  for (const { found } of answer.sections) {
    if (found.actor === null) continue;
    await logAccess(context, {
      system: found.directive.system,
      command,
      subject: id,
      actorId: found.actor.memberId,
    });
  }
  return answer;
}

// Without the facts that are told to other roles than this actor's.
function toldTo(view: RecordView, actor: Actor | null): RecordView {
  const told = view.facts.filter(({ roles }) => !roles || roles.some((role) => actor?.roles.has(role)));
  return { ...view, facts: told };
}

/**
 * A record whose bare facts are for everyone: with the actor who reaches it, whose look is logged, or without its texts.
 */
async function openly(reader: Reader, context: Context, match: Match): Promise<Found> {
  const { directive, view } = match;
  if (!directive.reach) return { ...match, actor: null, reach: null };
  const actor = await resolveActor(reader, context);
  const reach = await directive.reach(reader, context, actor, view);
  if (reach.reached) return { ...match, actor, reach };
  const facts = view.facts.map((fact) => (fact.words ? { ...fact, value: null } : fact));
  const state = reach.stateless ? null : view.state;
  return { directive, view: { ...view, state, facts }, actor: null, reach };
}

interface Match {
  readonly directive: Directive;
  readonly view: RecordView;
}

async function findAll(
  reader: Reader,
  known: readonly Directive[],
  id: string,
  now: Instant,
): Promise<{ readonly open: readonly Match[]; readonly closed: readonly Match[] }> {
  const matches: Match[] = [];
  for (const directive of known) {
    for (const view of await viewsOf(reader, directive, id, now)) matches.push({ directive, view });
  }
  return {
    open: matches.filter(({ directive }) => directive.sees === null),
    closed: matches.filter(({ directive }) => directive.sees !== null),
  };
}

async function viewsOf(
  reader: Reader,
  directive: Directive,
  id: string,
  now: Instant,
): Promise<readonly RecordView[]> {
  if (directive.findAll) return directive.findAll(reader, id, now);
  const view = await directive.find(reader, id, now);
  return view === null ? [] : [view];
}

/** The actor and their reach when they may see this record; null (with `elsewhere`) or a refusal when they may not. */
async function allowed(
  reader: Reader,
  context: Context,
  { directive, view }: Match,
  elsewhere: boolean,
): Promise<{ readonly actor: Actor; readonly reach: Reach | null } | null> {
  const { sees } = directive;
  if (sees === null) return null;
  if (elsewhere) {
    const actor = await resolveActor(reader, context);
    if (actor === null || !sees.roles.some((role) => actor.roles.has(role))) return null;
    if (directive.needsPurpose && context.purpose === null) return null;
  }
  const actor = await requireRole(reader, context, sees.roles, sees.guard);
  if (directive.needsPurpose) requirePurpose(context);
  const reach = (await directive.reach?.(reader, context, actor, view)) ?? null;
  return { actor, reach };
}

// What is hidden from the actor is not found, in the words for a record that there is not (OSS-12).
async function withoutHidden(
  reader: Reader,
  context: Context,
  matches: readonly Match[],
): Promise<readonly Match[]> {
  const kept: Match[] = [];
  for (const match of matches) {
    const hidden = await match.directive.hidden?.(reader, context, await knownActor(reader, context));
    if (!hidden?.has(match.view.id)) kept.push(match);
  }
  return kept;
}

// Nor is one in the hands of others, for whoever might have it in theirs: trying ids is to tell nothing (OSS-58).
async function withoutUnreached(
  reader: Reader,
  context: Context,
  matches: readonly Match[],
): Promise<readonly Match[]> {
  const actor = matches.length === 0 ? null : await knownActor(reader, context);
  const kept: Match[] = [];
  for (const match of matches) {
    const { sees, reach } = match.directive;
    const looks = actor !== null && sees?.roles.some((role) => actor.roles.has(role));
    const reached =
      !looks || reach === undefined || (await reach(reader, context, actor, match.view)).reached;
    if (reached) kept.push(match);
  }
  return kept;
}

async function unknownRecord(
  reader: Reader,
  known: readonly Directive[],
  id: string,
  now: Instant,
): Promise<Error> {
  const shown = `There is no record ${id}.`;
  for (const other of [id.trim(), id.trim().toUpperCase(), id.trim().toLowerCase()]) {
    if (other === id) continue;
    const { open } = await findAll(
      reader,
      known.filter((directive) => directive.sees === null),
      other,
      now,
    );
    if (open.length > 0) return usageError(shown, `Did you mean ${other}?`);
  }
  return usageError(
    shown,
    `An id is a Work Item's, a control number, an SR number or a subject's, to the letter.`,
  );
}

/** The one word that a command takes as record id; throws a usage error for an empty one. */
export function recordId(value: unknown): string {
  const id = typeof value === 'string' ? value.trim() : '';
  if (id === '') throw usageError('No record is named.', 'Give its id: rollcall show CC-1001');
  return id;
}
