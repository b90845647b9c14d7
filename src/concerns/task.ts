import { sameUnit } from '../casework/units.ts';
import { usageError } from '../core/errors.ts';
import type { Reader } from '../store/store.ts';
import { type Acting, answer, refuse } from './act-command.ts';
import { openTask, type Task } from './state.ts';

/**
 * The running task that a step is about: of --unit, else of the actor's own unit, else the only one. Refuses by `rule`
 * where the unit has none, and a usage error where several could be meant.
 */
export function taskOf(acting: Acting, rule: string): Task {
  const { actor, answers, id, state } = acting;
  const open = state.tasks.filter((task) => !task.done);
  const named = answer(answers, 'unit');
  if (named !== undefined) {
    const task = openTask(state, named);
    if (task === undefined) throw refuse(rule, `${id}: unit ${named} has no task that is running.`);
    return task;
  }
  const own = actor.unit === null ? undefined : openTask(state, actor.unit);
  const [only, ...others] = open;
  if (own !== undefined) return own;
  if (only === undefined)
    throw refuse(rule, `${id}: no unit has a task that is running; its state is "${state.state}".`);
  if (others.length === 0) return only;
  throw usageError(
    `${id} is with several units: ${open.map(({ unit }) => unit).join(', ')}.`,
    'Name one with --unit.',
  );
}

/** Refuses by `rule` when the actor serves in another unit than the task's. */
export function requireOwnUnit({ actor, id }: Acting, task: Task, rule: string): void {
  if (actor.unit === null || sameUnit(actor.unit, task.unit)) return;
  throw refuse(
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
