import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command } from '../../core/command.ts';
import type { Instant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { highlightsOf } from '../jacket-records.ts';
import { OSS_BANNER } from '../triage.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';
import { workItemAsOf } from '../worklist-items.ts';

const COMMAND: readonly string[] = COMMAND_ROLES;

/** `rollcall oss highlights <id>`: what was said in the meetings, for the few who may read it. */
export const ossHighlights: Command<Document> = {
  name: 'oss highlights',
  summary: 'what was said in the meetings on one Work Item, for the few who may read it',
  details:
    'Confidential (OSS-39, OSS-41): for command; for the assigned supervisor the own notes, not those of another; for ' +
    'the Area Representative what was shared as needed. No list, export, report or history holds it, and this has no form for machines. Each look ' +
    'is logged.',
  arguments: [{ name: 'id', summary: 'Work Item id', required: true }],
  examples: [
    { line: 'rollcall oss highlights WI-0034 --actor M0026', says: 'for the supervisor who met the member' },
  ],
  fields: { id: 'Work Item id; the highlights themselves have no JSON form' },
  without: ['json', 'ndjson', 'csv'],
  carries: [
    { rule: 'OSS-39', as: 'block' },
    { rule: 'OSS-41', as: 'block' },
  ],
  async run(context, { args }) {
    const id = String(args.id).trim();
    const area = 'oss.highlights';
    const { rows, actor, newest } = await read(context.storePath, async (reader) => {
      const sight = await requireSight(reader, context, area, ['OSS-41', 'read meeting highlights']);
      const before = await workItemAsOf(reader, sight.directory, id, context.now);
      const item = requireReach(sight, context, { id, before, area, hiddenBy: 'OSS-41' });
      const roles = [...sight.actor.roles].filter((role) => sight.seesAs(role, area, item));
      return {
        rows: (await highlightsOf(reader, id, context.now)).filter(
          (row) =>
            roles.some((role) => COMMAND.includes(role)) ||
            row.by_member === sight.actor.memberId ||
            (roles.includes('oss-area-rep') && row.with_area_rep === 1),
        ),
        actor: sight.actor,
        newest: await newestImport(reader, 'oss'),
      };
    });
    await logAccess(context, {
      system: 'oss',
      command: 'oss highlights',
      subject: id,
      actorId: actor.memberId,
    });
    return {
      document: {
        title: `Meeting highlights, Work Item ${id}`,
        banner: [
          ...OSS_BANNER,
          'Confidential: not to be discussed with anyone without a part in it (OSS-41).',
        ],
        asOf: context.now,
        newestImport: newest,
        blocks: [
          {
            kind: 'table',
            id: 'highlights',
            columns: [
              { key: 'at', title: 'When' },
              { key: 'by', title: 'By' },
              { key: 'text', title: 'Highlights' },
            ],
            rows: rows.map((row) => ({
              at: { kind: 'instant', at: row.at as Instant },
              by: row.by_member,
              text: row.highlights,
            })),
            empty: 'None that may be read.',
          },
        ],
      },
      data: { id },
      newestImport: newest,
    };
  },
};
