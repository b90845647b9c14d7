import { logAccess } from '../casework/log.ts';
import type { Waiting } from '../casework/waiting.ts';
import type { Context } from '../core/command.ts';
import { actorById } from '../people/identity.ts';
import { type Reader, read } from '../store/store.ts';
import { loadSight } from './act-sight.ts';
import { type Task, tasksFor } from './worklist.ts';
import { workItemsById } from './worklist-items.ts';

/**
 * The steps that wait for a member on these Work Items, oldest first, each with the command that does it. That they were
 * looked at is logged first, as for the queue (OSS-58); where nothing waits nothing is shown.
 */
export async function waitingSteps(
  context: Context,
  memberId: string,
  ids: readonly string[],
): Promise<readonly Waiting[]> {
  const steps = await read(context.storePath, (reader) => stepsOn(reader, context, memberId, ids));
  if (steps.length > 0)
    await logAccess(context, { system: 'oss', command: 'today', subject: 'queue', actorId: memberId });
  return steps;
}

async function stepsOn(
  reader: Reader,
  context: Context,
  memberId: string,
  ids: readonly string[],
): Promise<readonly Waiting[]> {
  const actor = await actorById(reader, memberId, context.now);
  if (actor === null) return [];
  const sight = await loadSight(reader, context, actor);
  const items = await workItemsById(reader, sight.directory, ids, context.now);
  return tasksFor(items, sight).map((task) => ({
    system: 'oss',
    id: task.item.workItemId,
    rule: task.rule,
    what: task.what,
    command: `rollcall oss ${task.verb} ${task.item.workItemId}${wordOf(task)}`,
    since: task.since,
    dueAt: task.dueAt,
    unit: null,
    beat: null,
    category: null,
  }));
}

// What a step must be told, as the options of its command name it.
const TOLD: Readonly<Record<string, string>> = {
  determine: ' --determination <word>',
  forward: ' --to <member>',
  assign: ' --to <member>',
  notify: ' --method <method>',
  meet: ' --checklist <letters>',
  plan: ' --add <support>',
  return: ' --reason <text>',
  progress: ' --support <support> --status <status>',
};

// A discrepancy is dealt with in three moves, and the next one is named.
function wordOf({ verb, item }: Task): string {
  if (verb !== 'discrepancy') return TOLD[verb] ?? '';
  const open = item.discrepancies.find(({ state }) => state !== 'replied');
  if (open?.state !== 'open') return ' reply --letter <reference>';
  return open.contacts === 0 ? ' contact --party <who>' : ' decide --revised <word>';
}
