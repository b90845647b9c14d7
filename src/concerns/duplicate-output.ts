import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Cell, Column, Document, Table } from '../report/document.ts';
import type { DuplicateSettings, Proposal, Stays } from './duplicates.ts';

/** What is told of a comparison. */
export interface Compared {
  readonly proposals: readonly Proposal[];
  readonly kept: readonly Proposal[];
  readonly compared: number;
  readonly passedOver: number;
  /** How many associations were taken back among what is alike. */
  readonly apart: number;
  /** Said where nothing is proposed. */
  readonly empty: string;
  readonly settings: DuplicateSettings;
}

/** The commands that put a concern under its primary, in the order in which they can be run. */
export function commandsOf({ id, primary, below }: Proposal): readonly string[] {
  const associate = (concern: string) => `rollcall concerns associate ${concern} --to ${primary}`;
  if (below.length === 0) return [associate(id)];
  return [
    ...below.map((each) => `rollcall concerns separate ${each} --reason "goes under ${primary}"`),
    associate(id),
    ...below.map(associate),
  ];
}

/** Proposals, and what is alike and stays where it is. */
export function duplicatesDocument(told: Compared, now: Instant, newestImport: Instant | null): Document {
  const { proposals, kept, compared, passedOver, apart, settings } = told;
  const { shares, threshold, thresholdTied, thresholdProposed } = settings;
  const separates = proposals.some(({ below }) => below.length > 0);
  return {
    title: 'Concerns that may be one',
    subtitle: `${plural(proposals.length, 'proposal')} among ${plural(compared, 'concern')}`,
    asOf: now,
    newestImport,
    blocks: [
      proposalTable(told),
      ...(kept.length > 0 ? [keptTable(kept.map((each) => ({ ...each, below: [] })))] : []),
    ],
    notes: [
      `Proposed from a score of ${threshold}: words ${shares.words}, category ${shares.category}, distance ${shares.distance}, time ${shares.time}; within ${settings.metres} m and ${settings.days} days.`,
      `From ${thresholdTied} where one of the two is associated or has associates, from ${thresholdProposed} to one that is only proposed under its primary.`,
      `${plural(passedOver, 'concern')} without a place or without words: nothing can be said of them.`,
      ...(apart === 0
        ? []
        : [`What was separated from a primary is not proposed under it again: ${plural(apart, 'pair')}.`]),
      ...(separates ? ['To separate: rollcall concerns separate <concern> --reason <why>.'] : []),
      'To associate: rollcall concerns associate <concern> --to <primary>.',
    ],
  };
}

function proposalTable({ proposals, empty }: Compared): Table {
  return {
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
      ...howColumn(proposals),
    ],
    rows: proposals.map(
      (proposal): Readonly<Record<string, Cell>> => ({
        id: proposal.id,
        primary: proposal.primary,
        score: proposal.score,
        metres: proposal.metres,
        days: proposal.days,
        category: proposal.sameCategory ? 'the same' : 'another',
        words: proposal.words,
        shared: proposal.shared().join(', '),
        how: howOf(proposal),
      }),
    ),
    empty,
  };
}

function keptTable(kept: readonly Proposal[]): Table {
  return {
    kind: 'table',
    id: 'stays',
    title: 'Alike, and not to be associated',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'primary', title: 'Belongs under' },
      { key: 'score', title: 'Score', align: 'right' },
      { key: 'why', title: 'Stays because' },
      ...howColumn(kept),
    ],
    rows: kept.map((each) => ({
      id: each.id,
      primary: each.primary,
      score: each.score,
      why: each.stays === null ? null : BECAUSE[each.stays],
      how: howOf(each),
    })),
  };
}

const BECAUSE: Readonly<Record<Stays, string>> = {
  complete: 'its investigation is complete',
  'closed below': 'one under it is closed',
  'earlier below': 'one under it was submitted earlier',
};

/** Only where something is to be said of one. */
function howColumn(list: readonly Proposal[]): readonly Column[] {
  return list.some((each) => howOf(each) !== null) ? [{ key: 'how', title: 'How', below: true }] : [];
}

// What is not seen from the concern and its primary alone: by what other one, and what comes first.
function howOf({ id, primary, of, like, below }: Proposal): string | null {
  const parts: string[] = [];
  if (of !== id) parts.push(`${of}, which is under it, is like ${like}.`);
  else if (like !== primary) parts.push(`It is like ${like}.`);
  if (like !== primary) parts.push(`${like} belongs under ${primary} too.`);
  if (below.length > 0) parts.push(`First separate ${below.join(', ')}: to ${primary} afterwards.`);
  return parts.length === 0 ? null : parts.join(' ');
}
