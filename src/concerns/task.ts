import { refuseBy } from '../casework/act-verb.ts';
import { sameUnit } from '../casework/units.ts';
import { usageError } from '../core/errors.ts';
import type { Reader } from '../store/store.ts';
import type { Acting } from './act-spec.ts';
import { heldTasks, openTask, type Task } from './state.ts';

/**
 * The running task that a step is about: of the unit named, else of the actor's own unit, else the only one. Refuses by `rule`
 * where the unit has none, and a usage error where several could be meant.
 */
export function taskOf(acting: Acting, rule: string, named = acting.answers.unit): Task {
  const { actor, before, context, id } = acting;
  const open = heldTasks(before);
  if (named !== undefined) {
    const task = openTask(before, named);
    if (task === undefined)
      throw refuseBy(context, rule, `${id}: unit ${named} has no task that is running.`);
    return task;
  }
  const own = actor.unit === null ? undefined : openTask(before, actor.unit);
  const [only, ...others] = open;
  if (own !== undefined) return own;
  if (only === undefined)
    throw refuseBy(
      context,
      rule,
      `${id}: no unit has a task that is running; its state is "${before.state}".`,
    );
  if (others.length === 0) return only;
  throw usageError(
    `${id} is with several units: ${open.map(({ unit }) => unit).join(', ')}.`,
    'Name one with --unit.',
  );
}

/** The task like taskOf; refuses by `rule` one of another unit than the actor's. */
export function ownTaskOf(acting: Acting, rule: string, named = acting.answers.unit): Task {
  const task = taskOf(acting, rule, named);
  const { actor, context, id } = acting;
  if (actor.unit === null || sameUnit(actor.unit, task.unit)) return task;
  throw refuseBy(
    context,
    rule,
    `${id}: the task is unit ${task.unit}'s, and ${actor.memberId} serves in unit ${actor.unit}.`,
  );
}

/** Throws a usage error when a member is in no members file. */
export async function requireMember(
  reader: Reader,
  memberId: string | undefined,
  option: string,
): Promise<void> {
  if (memberId === undefined) return;
  const found = await reader.db
    .selectFrom('member')
    .select('member_id')
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (found === undefined)
    throw usageError(`${option} ${memberId}: there is no such member.`, 'Import members first.');
}
