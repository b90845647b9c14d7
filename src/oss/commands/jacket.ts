import { refuseBy } from '../../casework/act-verb.ts';
import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { isoInstant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { requireSight, type Sight } from '../act-sight.ts';
import { type JacketEntry, jacketEntries } from '../jacket-records.ts';
import { OSS_BANNER } from '../triage.ts';
import { workItemsAsOf } from '../worklist-items.ts';

/** `rollcall oss jacket <member>`: a member's jacket as a timeline; each look is logged. */
export const ossJacket: Command<Document> = {
  name: 'oss jacket',
  summary: "a member's jacket: training, complaints, use of force, units",
  details:
    'Training, commendations, complaints, use of force and the history of units, newest first, as imported and as ' +
    'known at --as-of (OSS-32): a complaint from its filing, a finding from its closing. The analyst sees every jacket, ' +
    'others that of a member whose Work Item is in their hands. Outcomes of complaints are facts and stay; the jacket ' +
    'itself disciplines nobody (OSS-06). Each look is logged.',
  arguments: [{ name: 'member', summary: 'member id', required: true }],
  options: [{ flags: '--kind <kind>', summary: 'only entries of this kind: training, complaint, unit …' }],
  examples: [{ line: 'rollcall oss jacket M0043 --actor M0001', says: 'everything on record' }],
  fields: {
    memberId: 'whose jacket',
    'items[].id': 'number of the entry',
    'items[].at': 'instant it happened',
    'items[].kind': 'complaint, use-of-force, training, commendation, absence, exposure, other, unit',
    'items[].category': 'as imported',
    'items[].finding': 'as imported',
    'items[].outcome': 'as imported',
    'items[].onDuty': 'true or false; null when unknown',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-15', as: 'report' },
    { rule: 'OSS-20', as: 'report' },
    { rule: 'OSS-32', as: 'evidence' },
    { rule: 'OSS-58', as: 'block' },
  ],
  async run(context, { args, options }) {
    const memberId = String(args.member).trim();
    const { entries, actor, newest } = await read(context.storePath, async (reader) => {
      const sight = await requireSight(reader, context, 'oss.jacket', ['OSS-58', 'see a jacket']);
      const items = await workItemsAsOf(reader, sight.directory, context.now);
      if (!maySee(sight, memberId, items)) {
        const text = `The jacket of ${memberId} is not for ${sight.actor.memberId}: no Work Item of that member is in their hands.`;
        throw refuseBy(context, 'OSS-58', text);
      }
      if (!sight.directory.has(memberId)) throw usageError(`There is no member ${memberId} in this store.`);
      return {
        entries: await jacketEntries(reader, memberId, context.now),
        actor: sight.actor,
        newest: await newestImport(reader, null),
      };
    });
    await logAccess(context, {
      system: 'oss',
      command: 'oss jacket',
      subject: memberId,
      actorId: actor.memberId,
    });
    const shown = entries.filter((entry) => options.kind === undefined || entry.kind === options.kind);
    const items = shown.map(({ at, ...rest }) => ({ ...rest, at: isoInstant(at) }));
    return {
      document: {
        title: `Jacket of ${memberId}`,
        subtitle: counts(shown),
        banner: OSS_BANNER,
        asOf: context.now,
        newestImport: newest,
        blocks: [
          {
            kind: 'table',
            id: 'jacket',
            columns: [
              { key: 'at', title: 'When' },
              { key: 'kind', title: 'Kind' },
              { key: 'category', title: 'What' },
              { key: 'finding', title: 'Finding', priority: 1 },
              { key: 'outcome', title: 'Outcome', priority: 2 },
              { key: 'duty', title: 'On duty', priority: 3 },
            ],
            rows: shown.map(({ at, kind, category, finding, outcome, onDuty }) => ({
              at: { kind: 'instant', at },
              kind,
              category,
              finding,
              outcome,
              duty: onDuty === null ? null : onDuty ? 'yes' : 'no',
            })),
            empty: 'Nothing is on record.',
          },
        ],
      },
      data: { memberId, items, total: items.length },
      items,
      newestImport: newest,
    };
  },
};

function maySee(sight: Sight, memberId: string, items: Awaited<ReturnType<typeof workItemsAsOf>>): boolean {
  if (memberId === sight.actor.memberId) return false;
  if (sight.scopes('oss.jacket').has('all')) return true;
  return items.some((item) => item.memberId === memberId && sight.sees('oss.jacket', item));
}

function counts(entries: readonly JacketEntry[]): string {
  const kinds = Map.groupBy(entries, (entry) => entry.kind);
  const parts = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { length }]) => `${kind} ${length}`);
  return parts.join(', ') || 'empty';
}
