import { newestImport } from '../../casework/newest-import.ts';
import { districtOption, requirePlace } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import type { Cell, Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { candidates } from '../duplicate-candidates.ts';
import { type DuplicateSettings, type Proposal, proposeDuplicates } from '../duplicates.ts';
import { lookAs, viewingRoles } from '../looking.ts';

/** `rollcall concerns duplicates`: proposes primaries for concerns alike in nature and place (CC-06). */
export const concernsDuplicates: Command<Document> = {
  name: 'concerns duplicates',
  summary: 'concerns alike in nature and place, each with its primary',
  details:
    'Among concerns in which something is still owed. The score adds up words in common (the rarer the more), the same ' +
    'category, distance and time by the shares of the policy file; proposed is what reaches its threshold. The ' +
    'earliest submission is the primary and nothing is proposed under one that is associated. It only proposes: ' +
    'rollcall concerns associate decides. It reads words, not meaning: look before you associate. It ' +
    'compares what residents wrote and is for those who may see it (CC-10).',
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
    'items[].primary': 'the earlier one, proposed as its primary',
    'items[].score': '0 to 1, two decimals',
    'items[].words': '0 to 1: words in common',
    'items[].shared[]': 'up to five of them, rarest first',
    'items[].sameCategory': 'true when the categories are the same',
    'items[].metres': 'between them; 0 when known by the same address only',
    'items[].days': 'whole days between the submissions',
    'items[].command': 'the command that associates them',
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
  const command = 'concerns duplicates';
  const filter = typeof district === 'string' ? districtOption(district) : null;
  await requirePlace(context, { district: filter ?? undefined });
  const { scope } = await lookAs(context, command, viewingRoles(), 'CC-10', 'compare concerns');
  const { found, newest } = await read(context.storePath, async (reader) => ({
    found: await candidates(reader, filter, scope, context.now),
    newest: await newestImport(reader, 'concerns'),
  }));
  const { proposals, passedOver } = proposeDuplicates(found, settings);
  const list = proposals.filter(
    ({ id, primary }) => typeof control !== 'string' || id === control.trim() || primary === control.trim(),
  );
  const items = list.map(({ id, primary, score, words, sameCategory, metres, days, shared }) => ({
    id,
    primary,
    score,
    words,
    sameCategory,
    metres,
    days,
    shared: shared(),
    command: commandOf({ id, primary }),
  }));
  return {
    get document() {
      return documentOf(context, list, {
        compared: found.length,
        passedOver,
        settings,
        newest,
      });
    },
    data: { items, total: items.length, compared: found.length, passedOver, threshold: settings.threshold },
    items,
    newestImport: newest,
  };
}

function commandOf({ id, primary }: Pick<Proposal, 'id' | 'primary'>): string {
  return `rollcall concerns associate ${id} --to ${primary}`;
}

interface Said {
  readonly compared: number;
  readonly passedOver: number;
  readonly settings: DuplicateSettings;
  readonly newest: Context['now'] | null;
}

function documentOf(context: Context, list: readonly Proposal[], said: Said): Document {
  const { settings, compared, passedOver, newest } = said;
  const { shares } = settings;
  return {
    title: 'Concerns that may be one',
    subtitle: `${plural(list.length, 'proposal')} among ${plural(compared, 'concern')}`,
    asOf: context.now,
    newestImport: newest,
    blocks: [
      {
        kind: 'table',
        id: 'proposals',
        columns: [
          { key: 'id', title: 'Concern' },
          { key: 'primary', title: 'Primary' },
          { key: 'score', title: 'Score', align: 'right' },
          { key: 'metres', title: 'Apart', unit: 'm', align: 'right' },
          { key: 'days', title: 'Days', align: 'right' },
          { key: 'category', title: 'Category' },
          { key: 'words', title: 'Words', align: 'right', priority: 2 },
          { key: 'shared', title: 'In common', priority: 3 },
        ],
        rows: list.map(
          (proposal): Readonly<Record<string, Cell>> => ({
            id: proposal.id,
            primary: proposal.primary,
            score: proposal.score,
            metres: proposal.metres,
            days: proposal.days,
            category: proposal.sameCategory ? 'the same' : 'another',
            words: proposal.words,
            shared: proposal.shared().join(', '),
          }),
        ),
        empty: 'No two concerns are alike enough.',
      },
    ],
    notes: [
      `Proposed from a score of ${settings.threshold}: words ${shares.words}, category ${shares.category}, distance ${shares.distance}, time ${shares.time}; within ${settings.metres} m and ${settings.days} days.`,
      `${plural(passedOver, 'concern')} without a place or without words: nothing can be said of them.`,
      'To associate: rollcall concerns associate <concern> --to <primary>.',
    ],
  };
}
