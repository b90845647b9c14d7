import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command } from '../../core/command.ts';
import { isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { itemData, itemDocument } from '../worklist-documents.ts';
import { foundInvalidBefore, workItemAsOf } from '../worklist-items.ts';

/** `rollcall oss show <id>`: one Work Item, as far as the view matrix lets the actor see it. */
export const ossShow: Command<Document> = {
  name: 'oss show',
  summary: 'one Work Item, as far as the acting member may see it',
  details:
    'State, dates, the evidence triad and what is next; the plan for those who may see plans (A-OSS-8), discrepancies ' +
    'for those who deal with them. Never what was said in a meeting: rollcall oss highlights.',
  arguments: [{ name: 'id', summary: 'Work Item id', required: true }],
  examples: [{ line: 'rollcall oss show WI-0034 --actor M0026', says: 'with its plan, for the supervisor' }],
  fields: {
    id: 'Work Item id',
    memberId: 'affected member',
    state: 'place in the workflow',
    'steps{}': 'when each step was first taken',
    plan: 'supports and answers; null when plans are not for this role',
    'discrepancies[]': 'number, state, openedAt, contacts, revised; null when not for this role',
    next: 'what is next; null for nothing',
    'invalidBefore[]':
      'earlier Work Items of the member that were found invalid: id, determinedAt, reason; null when not for this role',
  },
  carries: [
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-56', as: 'block' },
    { rule: 'OSS-58', as: 'block' },
  ],
  async run(context, { args }) {
    const id = String(args.id).trim();
    const { item, earlier, sight, newest } = await read(context.storePath, async (reader) => {
      const seer = await requireSight(reader, context, 'oss.detail', ['OSS-58', 'see Work Items']);
      const before = await workItemAsOf(reader, seer.directory, id, context.now);
      const item = requireReach(seer, context, { id, before });
      const knows = seer.scopes('oss.invalid').has('all');
      return {
        item,
        earlier: knows ? await foundInvalidBefore(reader, seer.directory, item, context.now) : [],
        sight: seer,
        newest: await newestImport(reader, 'oss'),
      };
    });
    await logAccess(context, {
      system: 'oss',
      command: 'oss show',
      subject: id,
      actorId: sight.actor.memberId,
    });
    return {
      document: itemDocument(item, earlier, sight, context.now, newest),
      data: {
        ...itemData(item, sight, context.now),
        invalidBefore: sight.scopes('oss.invalid').has('all')
          ? earlier.map(({ workItemId: earlierId, determinedAt, reason }) => ({
              id: earlierId,
              determinedAt: isoOrNull(determinedAt),
              reason,
            }))
          : null,
      },
      newestImport: newest,
    };
  },
};
