import { peopleCount, plural } from '../core/duration.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { Document } from '../report/document.ts';
import { type Cut, type Flag, type FlagResult, strongest } from './generate.ts';
import type { Generated, Passed } from './generate-records.ts';
import type { RosterCounts } from './models/features.ts';
import type { Term } from './models/model.ts';
import { OSS_BANNER } from './triage.ts';

/** One generated Work Item as JSON; member and flags are null for those who may not see why it was generated. */
export function generatedItem(
  one: Generated,
  at: Instant,
  detailed: boolean,
): Readonly<Record<string, unknown>> {
  const flags = one.flags.map(({ model, version, score, chance, place, scored, terms }) => ({
    model,
    version,
    score,
    chance: Math.round(chance * 1000) / 1000,
    place,
    scored,
    factors: strongest(terms).map(factorItem),
  }));
  return {
    id: one.id,
    memberId: detailed ? one.memberId : null,
    generatedAt: isoInstant(at),
    state: 'generated',
    flags: detailed ? flags : null,
  };
}

/** One term as JSON. */
export function factorItem({ input, label, value, points }: Term): Readonly<Record<string, unknown>> {
  return { factor: input, label, value, points };
}

/** A flagged member without a new Work Item as JSON. */
export function passedItem({ memberId, workItemId, why }: Passed): Readonly<Record<string, unknown>> {
  return { memberId, workItemId, why };
}

export interface GeneratedReport {
  readonly generated: readonly Generated[];
  /** Null for those who may not know of other Work Items. */
  readonly passed: readonly Passed[] | null;
  readonly tied: FlagResult['tied'];
  readonly scored: number;
  readonly roster: RosterCounts;
  readonly cut: Cut;
  readonly warnings: readonly string[];
  readonly detailed: boolean;
  readonly asOf: Instant;
  readonly newestImport: Instant | null;
  readonly dryRun: boolean;
}

/** What was generated, for people. */
export function generatedDocument(found: GeneratedReport): Document {
  const { generated, scored, roster, detailed, warnings } = found;
  const passed = found.passed ?? [];
  const verb = found.dryRun ? 'would be generated (dry run, nothing written)' : 'generated';
  const open = passed.filter(({ why }) => why === 'open').length;
  const sameDay = passed.length - open;
  return {
    title: `Work Items ${verb}`,
    subtitle: `${generated.length} of ${plural(scored, 'sworn member')} in service, ${cutWords(found.cut)}`,
    banner: OSS_BANNER,
    asOf: found.asOf,
    newestImport: found.newestImport,
    blocks: [
      {
        kind: 'table',
        id: 'generated',
        columns: [
          { key: 'id', title: 'Work Item' },
          ...(detailed
            ? [
                { key: 'member', title: 'Member' },
                { key: 'flags', title: 'Flags' },
                { key: 'factors', title: 'Strongest factors', priority: 1 },
              ]
            : []),
        ],
        rows: generated.map(({ id, memberId, flags }) => ({
          id,
          ...(detailed
            ? {
                member: memberId,
                flags: flags.map(({ model, place }) => `${model} (place ${place})`).join(', '),
                factors: factorsOf(flags),
              }
            : {}),
        })),
        empty: 'Nobody is flagged who has no open Work Item.',
      },
    ],
    notes: [
      ...warnings.map((text) => `Warning: ${text}`),
      ...(roster.inactive === 0
        ? []
        : [`Not scored, the roster of today marking them not active: ${peopleCount(roster.inactive)}.`]),
      ...(roster.unmarked === 0
        ? []
        : [`Scored, the roster not saying whether they are active: ${peopleCount(roster.unmarked)}.`]),
      ...(open === 0 ? [] : [`Flagged and passed over, a Work Item being open: ${open}.`]),
      ...(sameDay === 0 ? [] : [`Flagged and passed over, one of this day being there: ${sameDay}.`]),
      ...found.tied.map(
        ({ model, members }) =>
          `${model}: ${plural(members, 'member')} tied at the edge of the share, who do not all fit in, are left out.`,
      ),
      ...(detailed ? ['Each factor and its part: rollcall oss explain <work item>.'] : []),
    ],
    footer: [{ label: 'Rule', text: 'OSS-14, D20-04 IV.A: every generated item goes to the analyst' }],
  };
}

/** Who is flagged, in words. */
export function cutWords(cut: Cut): string {
  return 'top' in cut
    ? `the top ${Number((cut.top * 100).toFixed(2))} % by each model`
    : `a chance of at least ${cut.threshold} by a model`;
}

// Of the flag that stands highest: the list is to be skimmed, `explain` has them all.
function factorsOf(flags: readonly Flag[]): string {
  const [highest] = flags.toSorted((a, b) => a.place - b.place);
  return strongest(highest?.terms ?? [])
    .map(({ label, value, points }) => `${label}: ${value ?? 0} (+${points})`)
    .join('; ');
}
