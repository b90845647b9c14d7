import { usageError } from '../core/errors.ts';
import type { LoadedModel } from './model-file.ts';
import type { Origin } from './models/features.ts';
import type { History } from './models/history.ts';
import { chanceOf, scoreAll, type Term, termsOf } from './models/model.ts';
import { cutAt, rank } from './validate-metrics.ts';

/** Who is flagged: the top share of those scored by each model, or everyone whose chance reaches a threshold. */
export type Cut = { readonly top: number } | { readonly threshold: number };

/** One model's flag on a member. */
export interface Flag {
  readonly model: string;
  readonly version: string;
  readonly sha256: string;
  /** Thousandths of log-odds; the sum of the terms. */
  readonly score: number;
  /** 0 to 1, of the model's outcome within its horizon. */
  readonly chance: number;
  /** 1 is highest; those of one score share a place. */
  readonly place: number;
  readonly scored: number;
  readonly terms: readonly Term[];
}

/** A member whom at least one model flags. */
export interface Flagged {
  readonly memberId: string;
  readonly flags: readonly Flag[];
}

/** How many of a member's terms a Work Item names. */
const STRONGEST = 5;

/** Whom the models flag, and how many were tied at the edge of a model's top share and are left out. */
export interface FlagResult {
  readonly flagged: readonly Flagged[];
  readonly tied: readonly { readonly model: string; readonly members: number }[];
  /** Members scored, whoever has it done apart. */
  readonly scored: number;
}

/**
 * Every member in service on the day whom a model flags, in order of member id, with the flags of all models together.
 * A top share is never exceeded: members tied at its edge who do not all fit in are all left out, so that no one is
 * flagged by chance, and nobody where nothing tells members apart. The share and the places are those among all but
 * `self`, who has it done: nothing that is shown depends on that member, who is flagged beside the others (OSS-12).
 */
export function flagMembers(
  history: History,
  origin: Origin,
  models: readonly LoadedModel[],
  cut: Cut,
  self: string | null,
): FlagResult {
  const flags = new Map<number, Flag[]>();
  const tied: { model: string; members: number }[] = [];
  const own = origin.members.findIndex((m) => history.ids[m] === self);
  const scored = origin.members.length - Number(own >= 0);
  for (const { model, sha256 } of models) {
    const scores = scoreAll(model, origin);
    const found = inCut(scores, own, cut);
    if (found.tied > 0) tied.push({ model: model.id, members: found.tied });
    for (const { row, place } of found.rows) {
      const score = scores[row] ?? 0;
      const flag: Flag = {
        model: model.id,
        version: model.version,
        sha256,
        score,
        chance: chanceOf(score),
        place,
        scored: scored + Number(row === own),
        terms: termsOf(model, origin, row),
      };
      flags.set(row, [...(flags.get(row) ?? []), flag]);
    }
  }
  const flagged = [...flags].map(
    ([row, found]): Flagged => ({ memberId: history.ids[origin.members[row] ?? -1] ?? '', flags: found }),
  );
  return { flagged: flagged.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)), tied, scored };
}

interface InCut {
  readonly rows: readonly { readonly row: number; readonly place: number }[];
  readonly tied: number;
}

// The rows of one model's scores that lie in the cut, with their places; `own` beside the others.
function inCut(scores: Int32Array, own: number, cut: Cut): InCut {
  const others = own < 0 ? scores : scores.filter((_, row) => row !== own);
  const rowOf = (i: number): number => (own < 0 || i < own ? i : i + 1);
  const ranking = rank(others);
  const scoreAt = (i: number): number => others[ranking.order[i] ?? -1] ?? Number.NEGATIVE_INFINITY;
  const reaches = (score: number): boolean => !('threshold' in cut) || chanceOf(score) >= cut.threshold;
  const { size, inside, edge, room } = cutAt(ranking, 'top' in cut ? cut.top : 1);
  const crowded = edge - inside > room;
  const last = crowded ? inside : edge;
  const rows: { row: number; place: number }[] = [];
  for (const [g, end] of ranking.ends.entries()) {
    const first = ranking.ends[g - 1] ?? 0;
    if (end > last || !reaches(scoreAt(first))) break;
    for (let i = first; i < end; i++) rows.push({ row: rowOf(ranking.order[i] ?? 0), place: first + 1 });
  }
  const mine = scores[own];
  if (mine !== undefined && reaches(mine)) {
    const before = others.reduce((above, score) => above + Number(score > mine), 0);
    const fits = 'threshold' in cut || (before < size && mine > scoreAt(last));
    if (fits) rows.push({ row: own, place: before + 1 });
  }
  return { rows, tied: crowded ? edge - inside : 0 };
}

/** Throws a usage error when a model flags more than the share `atMost` of those scored: a list of everyone is no flag. */
export function refuseMany({ flagged, scored }: FlagResult, self: string, atMost: number): void {
  const counts = new Map<string, number>();
  for (const { memberId, flags } of flagged)
    for (const { model } of memberId === self ? [] : flags) counts.set(model, (counts.get(model) ?? 0) + 1);
  for (const [model, count] of counts) {
    if (count > Math.ceil(atMost * scored))
      throw usageError(
        `--threshold: ${model} would flag more than ${Number((atMost * 100).toFixed(2))} % of all members.`,
        'Give a higher chance.',
      );
  }
}

/** The terms that raise a score most: what lowers it is no reason for a flag, nor is the average member. */
export function strongest(terms: readonly Term[]): readonly Term[] {
  return terms.filter((term) => term.input !== 'average member' && term.points > 0).slice(0, STRONGEST);
}

/** What a Work Item says of itself in one line. */
export function summaryOf({ flags }: Flagged): string {
  return flags
    .map(({ model, place, scored, terms }) => {
      const [first] = strongest(terms);
      const most = first === undefined ? '' : `, most for ${first.label} (${first.value ?? 0})`;
      return `${model}: place ${place} of ${scored}${most}`;
    })
    .join('; ');
}
