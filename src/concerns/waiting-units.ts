import type { Viewer, Waiting } from '../casework/waiting.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import { type OwnTask, ownTasks } from './own-tasks.ts';
import { COMMAND } from './roles.ts';
import type { Moment } from './waiting-states.ts';

/** What a unit's command and a supervisor have to do about running tasks (CC-21, CC-25, CC-28). */
export async function unitsWaiting(rows: Rows, viewer: Viewer, moment: Moment): Promise<readonly Waiting[]> {
  const { roles, unit, memberId } = viewer;
  const commands = COMMAND.some((role) => roles.has(role));
  const leads = commands || roles.has('unit-supervisor');
  const running = leads && unit !== null ? await ownTasks(rows, { unit }, moment) : [];
  const ofUnit = running.filter(({ untaken }) => !untaken);
  const mine = roles.has('supervisor') ? await ownTasks(rows, { member: memberId }, moment) : [];
  const seen = new Set(ofUnit.map(({ id }) => id));
  return [
    ...ofUnit.flatMap((task) => commandTask(task, commands, memberId) ?? []),
    ...mine.filter(({ id }) => !seen.has(id)).flatMap((task) => supervisorTask(task) ?? []),
  ];
}

function commandTask(task: OwnTask, commands: boolean, memberId: string): Waiting | null {
  const { id, submittedAt, responsible, member } = task;
  // CC-33: what was decided to be another lieutenant's is none of this one's.
  if (commands && responsible !== null && responsible !== memberId) return null;
  if (submittedAt !== null) {
    if (!commands) return null;
    const command = `rollcall concerns complete ${id}`;
    return ofTask(task, 'CC-25', 'complete it: its action is submitted', command, submittedAt);
  }
  if (member !== null && member !== responsible) return null;
  const command = `rollcall concerns assign ${id} --supervisor <member>`;
  return ofTask(task, 'CC-21', 'name a supervisor for it', command);
}

function supervisorTask(task: OwnTask): Waiting | null {
  if (task.submittedAt !== null) return null;
  const command = `rollcall concerns submit ${task.id} --action <text>`;
  return ofTask(task, 'CC-28', 'have it done and submit the action', command);
}

/** A task as it waits for a step: since it was assigned or returned, or since `since`. */
function ofTask(
  { id, dueAt, unit, beat, category, openedAt }: OwnTask,
  rule: string,
  what: string,
  command: string,
  since: Instant = openedAt,
): Waiting {
  return { system: 'concerns', id, rule, what, command, since, dueAt, unit, beat, category };
}
