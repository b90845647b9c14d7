import { openActs } from '../../casework/act.ts';
import { actorOf, eventOf } from '../../casework/act-verb.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { recordTourAccess } from '../../casework/tour-access.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Instant } from '../../core/instant.ts';
import { isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { write } from '../../store/store.ts';
import { concernInSight } from '../act-spec.ts';
import { viewingRoles } from '../looking.ts';
import { concernKind } from '../records.ts';
import { concernStateAt } from '../state-at.ts';

/** `rollcall concerns access`: opens one concern; the sergeant's first look starts the 36 hours (CC-14, CC-15). */
export const concernsAccess: Command<Document> = {
  name: 'concerns access',
  summary: 'open a concern; the first look starts the 36 hours',
  details:
    "The community policing sergeant's first look at a webportal concern starts its 36 hours (CC-15). Anyone else who " +
    'may see it reads it without starting anything. Every look counts for the tour and is in the access log.',
  arguments: [{ name: 'control', summary: 'control number', required: true }],
  examples: [{ line: 'rollcall concerns access CC-2020-000001 --actor M0019', says: 'read it' }],
  fields: {
    id: 'control number',
    state: 'its state after the look',
    acceptBy: 'due instant of the 36 hours; null when they do not run',
    firstAccessedAt: "the sergeant's first look",
    description: 'as submitted',
    address: 'as submitted',
  },
  carries: [
    { rule: 'CC-14', as: 'check' },
    { rule: 'CC-15', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.control).trim();
  const seen = await write(
    context.storePath,
    async (writer) => {
      const by = ['CC-10', 'open a concern'] as const;
      const actor = await actorOf(writer, context, { roles: viewingRoles(), by });
      const row = await concernInSight(writer, context, actor, id);
      if (actor.roles.has('cp-sergeant')) {
        const acts = await openActs(writer, concernKind, context.clock());
        await acts.act(id, eventOf({ name: 'accessed' }, actor.memberId, context.now));
        await acts.finish();
      }
      const state = await concernStateAt(writer, id, context.now);
      return { actor, row, state, newest: await newestImport(writer, 'concerns') };
    },
    { dryRun: context.dryRun },
  );
  const { actor, row, state } = seen;
  await recordTourAccess(context, {
    system: 'concerns',
    command: `concerns access ${id}`,
    memberId: actor.memberId,
    roles: actor.roles,
    holdsNew: true,
  });
  const due =
    state.spans.find(({ rule, endedBy }) => rule === 'CC-15' && endedBy === 'running')?.dueAt ?? null;
  const at = (value: number | null) => ({ kind: 'instant' as const, at: value as Instant | null });
  return {
    document: {
      title: `Community Concern ${id}`,
      subtitle: `State: ${state.state}`,
      asOf: context.now,
      newestImport: seen.newest,
      blocks: [
        {
          kind: 'figures',
          id: 'concern',
          figures: [
            { label: 'Origin', value: row.origin },
            { label: 'Submitted', value: at(row.submitted_at) },
            { label: 'Category', value: row.category },
            { label: 'Description', value: row.description },
            { label: 'Address', value: row.address },
            { label: 'Beat', value: row.beat },
            { label: 'First accessed', value: at(state.firstAccessedAt) },
            { label: 'Accept or not by', value: at(due), note: 'CC-15, 36 hours, webportal concerns only' },
          ],
        },
      ],
      notes: context.dryRun ? ['Dry run: nothing was written.'] : [],
    },
    data: {
      id,
      state: state.state,
      origin: row.origin,
      submittedAt: isoInstant(row.submitted_at as Instant),
      firstAccessedAt: isoOrNull(state.firstAccessedAt),
      acceptBy: isoOrNull(due),
      category: row.category,
      description: row.description,
      address: row.address,
      beat: row.beat,
    },
    newestImport: seen.newest,
  };
}
