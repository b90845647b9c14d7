import { refuseBy } from '../../casework/act-verb.ts';
import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { type Instant, isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { isForwarded, requireSight } from '../act-sight.ts';
import { OSS_BANNER } from '../triage.ts';
import type { WorkItemState } from '../workflow-state.ts';
import { workItemsAsOf } from '../worklist-items.ts';

const AUTHORITIES = ['superintendent', 'designee', 'court-order'] as const;
const INSIDE = 'Not to leave the Department (OSS-57)';

/** `rollcall oss export`: states and dates of Work Items, for inside, or outside on a named authority. */
export const ossExport: Command<Document> = {
  name: 'oss export',
  summary: 'states and dates of Work Items; outside the Department only on a named authority',
  details:
    'Nothing leaves the Department but on the authority of the Superintendent, an appointed designee or a court order, ' +
    'with its reference (OSS-57): both are logged and stand on the output and in each of its rows. No export holds ' +
    'highlights, plans or summaries, and none for outside holds a Work Item that is not valid and forwarded.',
  options: [
    { flags: '--external', summary: 'for outside the Department' },
    { flags: '--authority <who>', summary: 'on whose authority', choices: AUTHORITIES },
    { flags: '--ref <reference>', summary: 'number of the authorization or order' },
    { flags: '--item <id>', summary: 'only this Work Item; as often as needed', repeatable: true },
  ],
  examples: [
    {
      line: 'rollcall oss export --external --authority court-order --ref 20-CV-118 --item WI-0034 -o out.csv',
      says: 'one Work Item, on a court order',
    },
  ],
  fields: {
    marking: 'on what authority it may be outside, or that it may not',
    'items[].id': 'Work Item id',
    'items[].memberId': 'affected member',
    'items[].state': 'place in the workflow',
    'items[].determination': 'valid, invalid; null before',
    'items[].generatedAt': 'instant',
    'items[].determinedAt': 'instant',
    'items[].forwardedAt': 'instant, and so on for each step',
    'items[].marking': 'the same marking in each row',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-41', as: 'block' },
    { rule: 'OSS-57', as: 'block' },
  ],
  run,
};

async function run(context: Context, { options }: Input): Promise<Outcome<Document>> {
  const external = options.external === true;
  const { authority, ref } = options;
  if (external && (typeof authority !== 'string' || typeof ref !== 'string' || ref.trim() === '')) {
    throw refuseBy(
      context,
      'OSS-57',
      'Nothing leaves the Department without an authority and its reference.',
      `Name both: --authority ${AUTHORITIES.join(', ')} and --ref.`,
    );
  }
  const marking = external
    ? `Released outside the Department on authority: ${authority}, reference ${String(ref).trim()} (OSS-57)`
    : INSIDE;
  const { items, actor, newest } = await read(context.storePath, async (reader) => {
    const sight = await requireSight(reader, context, 'oss.export', ['OSS-57', 'export Work Items']);
    const all = await workItemsAsOf(reader, sight.directory, context.now);
    return {
      items: all.filter((item) => sight.sees('oss.export', item) && (!external || isForwarded(item))),
      actor: sight.actor,
      newest: await newestImport(reader, 'oss'),
    };
  });
  const wanted = Array.isArray(options.item) ? options.item : null;
  const shown = items.filter((item) => wanted === null || wanted.includes(item.workItemId));
  await logAccess(context, {
    system: 'oss',
    command: 'oss export',
    subject: external ? `external: ${authority}, ${String(ref).trim()}` : 'internal',
    actorId: actor.memberId,
  });
  const rows = shown.map((item) => ({ ...rowOf(item), marking }));
  return {
    document: {
      title: 'Work Items',
      subtitle: `${rows.length} exported${external ? ' for outside the Department' : ''}`,
      banner: [...OSS_BANNER, marking],
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'export',
          columns: [
            { key: 'id', title: 'Work Item' },
            { key: 'memberId', title: 'Member' },
            { key: 'state', title: 'State' },
            { key: 'generated', title: 'Generated' },
            { key: 'completed', title: 'Completed' },
          ],
          rows: shown.map((item) => ({
            id: item.workItemId,
            memberId: item.memberId,
            state: item.state,
            generated: { kind: 'instant', at: item.generatedAt },
            completed: { kind: 'instant', at: item.first.completed ?? null },
          })),
          empty: 'None that may be exported.',
        },
      ],
      footer: [{ label: 'Marking', text: marking }],
    },
    data: { marking, items: rows, total: rows.length },
    items: rows,
    newestImport: newest,
  };
}

const STEPS = {
  forwardedAt: 'forwarded',
  notifiedAt: 'notified',
  assignedAt: 'assigned',
  metAt: 'met',
  planSubmittedAt: 'plan-submitted',
  commandApprovedAt: 'command-approved',
  areaRepApprovedAt: 'area-rep-approved',
  completedAt: 'completed',
} as const;

// A-OSS-2: assigned to command here, or received as an import says.
function receivedAt({ first }: WorkItemState): Instant | null {
  return first['assigned-command'] ?? first.received ?? null;
}

function rowOf(item: WorkItemState): Readonly<Record<string, unknown>> {
  const { first } = item;
  return {
    id: item.workItemId,
    memberId: item.memberId,
    state: item.state,
    determination: item.determination,
    generatedAt: isoInstant(item.generatedAt),
    determinedAt: isoOrNull(item.determinedAt),
    commandReceivedAt: isoOrNull(receivedAt(item)),
    ...Object.fromEntries(Object.entries(STEPS).map(([key, step]) => [key, isoOrNull(first[step] ?? null)])),
  };
}
