import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { tasksFor } from '../worklist.ts';
import { queueDocument, taskItem } from '../worklist-documents.ts';
import { workItemsAsOf } from '../worklist-items.ts';

/** `rollcall oss queue`: what waits for the acting member, oldest first. */
export const ossQueue: Command<Document> = {
  name: 'oss queue',
  summary: 'what waits for the acting member, oldest first',
  details:
    'Work Items in the hands of the acting member, with the step that the directive asks of that role. Three steps ' +
    'have 48 hours; the others show how long they have waited and are never called overdue (A-OSS-4).',
  options: [],
  examples: [
    { line: 'rollcall oss queue --actor M0015', says: 'what waits for a watch operations lieutenant' },
  ],
  fields: {
    'items[].id': 'Work Item id',
    'items[].memberId': 'affected member',
    'items[].state': 'place in the workflow',
    'items[].verb': 'verb of rollcall oss that does it',
    'items[].what': 'what is to be done',
    'items[].rule': 'rule that asks for it',
    'items[].since': 'instant since which it has waited',
    'items[].ageHours': 'hours since then, one decimal',
    'items[].dueAt': 'instant it is due; null where the directive sets no deadline',
    'items[].overdue': 'true or false on a clock; null without one',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-14', as: 'report' },
    { rule: 'OSS-19', as: 'report' },
    { rule: 'OSS-58', as: 'block' },
  ],
  async run(context) {
    const { tasks, actor, newest } = await read(context.storePath, async (reader) => {
      const sight = await requireSight(reader, context, 'oss.queue', ['OSS-58', 'see Work Items']);
      const items = await workItemsAsOf(reader, sight.directory, context.now);
      return {
        tasks: tasksFor(items, sight),
        actor: sight.actor,
        newest: await newestImport(reader, 'oss'),
      };
    });
    await logAccess(context, {
      system: 'oss',
      command: 'oss queue',
      subject: 'queue',
      actorId: actor.memberId,
    });
    const items = tasks.map((task) => taskItem(task, context.now));
    return {
      document: queueDocument(tasks, actor.memberId, context.now, newest),
      data: { items, total: items.length },
      items,
      newestImport: newest,
    };
  },
};
