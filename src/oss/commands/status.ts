import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { OSS_BANNER } from '../triage.ts';
import { WORK_ITEM_STATES } from '../workflow.ts';
import { statusItem, statusTable } from '../worklist-documents.ts';
import { workItemsAsOf } from '../worklist-items.ts';

/** `rollcall oss status`: every Work Item that the acting member may see, with the evidence triad. */
export const ossStatus: Command<Document> = {
  name: 'oss status',
  summary: 'Work Items with their state, age and the evidence triad',
  details:
    'R the supervisor or command reviewed it, C there was a conversation with the member, S there is a support on the ' +
    'plan: what the system rests on (OSS-05). Where an export names no supports, S is unknown and shown as not there. ' +
    'Ages have no deadline (A-OSS-4).',
  options: [
    { flags: '--open', summary: 'only what is neither completed nor invalid' },
    { flags: '--state <state>', summary: 'only this state', choices: WORK_ITEM_STATES },
  ],
  examples: [{ line: 'rollcall oss status --open --actor M0003', says: 'what is open in the Area' }],
  fields: {
    'items[].id': 'Work Item id',
    'items[].memberId': 'affected member',
    'items[].state': 'place in the workflow',
    'items[].since': 'instant since which it is there',
    'items[].ageHours': 'hours since then, one decimal',
    'items[].reviewed': 'by supervisor or command',
    'items[].conversed': 'the member was met',
    'items[].connected': 'a support is on the plan; null when plans are not for this role',
    'items[].supervisorId': 'assigned supervisor; null for none',
    'items[].plans': 'submissions',
    'items[].openDiscrepancies': 'not replied to yet; null when not for this role',
    'items[].next': 'what is next; null for nothing',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-05', as: 'report' },
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-58', as: 'block' },
  ],
  async run(context, { options }) {
    const { seen, sight, newest } = await read(context.storePath, async (reader) => {
      const seer = await requireSight(reader, context, 'oss.detail', ['OSS-58', 'see Work Items']);
      const all = await workItemsAsOf(reader, seer.directory, context.now);
      return {
        seen: all.filter((item) => seer.sees('oss.detail', item)),
        sight: seer,
        newest: await newestImport(reader, 'oss'),
      };
    });
    await logAccess(context, {
      system: 'oss',
      command: 'oss status',
      subject: 'status',
      actorId: sight.actor.memberId,
    });
    const shown = seen.filter(
      ({ state }) =>
        (options.open !== true || !['completed', 'invalid'].includes(state)) &&
        (options.state === undefined || state === options.state),
    );
    const items = shown.map((item) => statusItem(item, sight, context.now));
    return {
      document: {
        title: 'Work Items',
        subtitle: `${shown.length} in the hands of ${sight.actor.memberId}`,
        banner: OSS_BANNER,
        asOf: context.now,
        newestImport: newest,
        blocks: [statusTable(shown, sight, context.now)],
        notes: ['R reviewed, C conversed, S connected to a support (OSS-05).'],
      },
      data: { items, total: items.length },
      items,
      newestImport: newest,
    };
  },
};
