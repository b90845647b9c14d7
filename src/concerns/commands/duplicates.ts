import { newestImport } from '../../casework/newest-import.ts';
import { districtOption, requirePlace } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { concernInSight } from '../act-spec.ts';
import { candidates, withoutParted } from '../duplicate-candidates.ts';
import { commandsOf, duplicatesDocument } from '../duplicate-output.ts';
import type { Proposal } from '../duplicates.ts';
import { OPEN_STATES } from '../list.ts';
import { lookAs, viewingRoles } from '../looking.ts';
import type { ConcernState } from '../state.ts';
import { concernStateAt } from '../state-at.ts';

/** `rollcall concerns duplicates`: proposes primaries for concerns alike in nature and place (CC-06). */
export const concernsDuplicates: Command<Document> = {
  name: 'concerns duplicates',
  summary: 'concerns alike in nature and place, each with its primary',
  details:
    'Among concerns in which something is still owed (concerns list --open) and what is associated to them. The score ' +
    'adds up words in common (the rarer the more), the same category, distance and time by the shares of the policy ' +
    'file; proposed is what reaches its threshold. The earliest submission of a group is the primary of all: what is ' +
    'like one that is under a primary is proposed under that, and a primary that proves not to be the earliest is ' +
    'proposed under the earlier one, with what to separate first. It only proposes: rollcall concerns associate ' +
    'decides. It reads words, not meaning: look before you associate. It compares what residents wrote and is for ' +
    'those who may see it (CC-10).',
  options: [
    { flags: '--district <district>', summary: 'only this district (005)' },
    { flags: '--control <number>', summary: 'only proposals in which this concern stands' },
  ],
  examples: [
    { line: 'rollcall concerns duplicates --actor M0019', says: 'what may be one matter' },
    { line: 'rollcall concerns duplicates --control CC-002154 --actor M0019', says: 'of one concern' },
  ],
  fields: {
    'items[].id': 'the later concern',
    'items[].primary': 'the earliest of its group, proposed as its primary',
    'items[].of': 'the later one of the pair that is alike: the concern, or one that is associated to it',
    'items[].like': 'the earlier one of the pair: the primary, or one that is, or is proposed, under it',
    'items[].score': 'of the pair: 0 to 1, two decimals',
    'items[].words': '0 to 1: words in common',
    'items[].shared[]': 'up to five of them, rarest first',
    'items[].sameCategory': 'true when the categories are the same',
    'items[].metres': 'between them; 0 when known by the same address only',
    'items[].days': 'whole days between the submissions',
    'items[].commands[]':
      'the commands that associate them, in order: what is under the concern is separated first',
    'stays[]': 'alike as well, and not to be associated: why is complete, closed below or earlier below',
    compared: 'concerns looked at',
    passedOver: 'of these without a place or without words',
    threshold: 'least score, from the policy file',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-06', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { district, control } = input.options;
  const policy = loadPolicy(context.env).concerns();
  const settings = { ...policy.duplicates, metres: policy.associationMetres.suggestWithin };
  const filter = typeof district === 'string' ? districtOption(district) : null;
  const asked = typeof control === 'string' ? control.trim() : null;
  await requirePlace(context, { district: filter ?? undefined });
  const { actor, scope } = await lookAs(
    context,
    'concerns duplicates',
    viewingRoles(),
    'CC-10',
    'compare concerns',
  );
  const { found, made, apart, own, newest } = await read(context.storePath, async (reader) => {
    if (asked !== null) await concernInSight(reader, context, actor, asked);
    return {
      own: asked === null ? null : await concernStateAt(reader, asked, context.now),
      ...(await withoutParted(
        reader,
        await candidates(reader, filter, scope, context.now),
        settings,
        context.now,
      )),
      newest: await newestImport(reader, 'concerns'),
    };
  });
  const { proposals, kept, passedOver } = made;
  const stands = ({ id, primary, of, like, below }: Proposal) =>
    asked === null || [id, primary, of, like, ...below].includes(asked);
  const told = {
    proposals: proposals.filter(stands),
    kept: kept.filter(stands),
    compared: found.length,
    passedOver: passedOver.length,
    apart,
    settings,
  };
  const items = told.proposals.map((proposal) => ({
    id: proposal.id,
    primary: proposal.primary,
    of: proposal.of,
    like: proposal.like,
    score: proposal.score,
    words: proposal.words,
    sameCategory: proposal.sameCategory,
    metres: proposal.metres,
    days: proposal.days,
    shared: proposal.shared(),
    commands: commandsOf(proposal),
  }));
  return {
    get document() {
      const isCompared = own === null || found.some(({ id }) => id === own.controlNumber);
      const empty = isCompared ? alikeToNone(asked, told.kept, passedOver) : notCompared(own, filter);
      return duplicatesDocument({ ...told, empty }, context.now, newest);
    },
    data: {
      items,
      total: items.length,
      stays: told.kept.map(({ id, primary, of, like, score, stays }) => ({
        id,
        primary,
        of,
        like,
        score,
        why: stays,
      })),
      compared: found.length,
      passedOver: passedOver.length,
      threshold: settings.threshold,
    },
    items,
    newestImport: newest,
  };
}

function alikeToNone(asked: string | null, kept: readonly Proposal[], passedOver: readonly string[]): string {
  if (kept.length > 0) return 'Nothing to associate.';
  if (asked === null) return 'No two concerns are alike enough.';
  if (passedOver.includes(asked))
    return `${asked} is without a place or without words: nothing can be said of it.`;
  return `No concern is alike enough to ${asked}.`;
}

function notCompared(
  { controlNumber, state, primary, district }: ConcernState,
  filter: string | null,
): string {
  const own = `${controlNumber} is not compared`;
  if (state !== 'associated' && !OPEN_STATES.includes(state)) return `${own}: its state is ${state}.`;
  if (filter !== null && filter !== district) return `${own}: it is not of District ${filter}.`;
  return `${own}: it is associated to ${primary}, which is closed or not in what is compared.`;
}
