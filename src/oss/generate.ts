import type { LoadedModel } from './model-file.ts';
import type { Origin } from './models/features.ts';
import type { History } from './models/history.ts';
import { chanceOf, scoreAll, type Term, termsOf } from './models/model.ts';
import { cutAt, type Ranking, rank } from './validate-metrics.ts';

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
}

/**
 * Every member in service on the day whom a model flags, in order of member id, with the flags of all models together.
 * A top share is never exceeded: members tied at its edge who do not all fit in are all left out, so that no one is
 * flagged by chance, and nobody where nothing tells members apart.
 */
export function flagMembers(
  history: History,
  origin: Origin,
  models: readonly LoadedModel[],
  cut: Cut,
): FlagResult {
  const flags = new Map<number, Flag[]>();
  const tied: { model: string; members: number }[] = [];
  for (const { model, sha256 } of models) {
    const scores = scoreAll(model, origin);
    const ranking = rank(scores);
    const scored = scores.length;
    const last = 'top' in cut ? edgeOf(ranking, cut.top) : { at: scored, tied: 0 };
    if (last.tied > 0) tied.push({ model: model.id, members: last.tied });
    let place = 1;
    for (const [g, end] of ranking.ends.entries()) {
      if (end > last.at) break;
      for (let i = ranking.ends[g - 1] ?? 0; i < end; i++) {
        const row = ranking.order[i] ?? 0;
        const score = scores[row] ?? 0;
        const chance = chanceOf(score);
        if ('threshold' in cut && chance < cut.threshold) continue;
        const terms = termsOf(model, origin, row);
        const flag = { model: model.id, version: model.version, sha256, score, chance, place, scored, terms };
        flags.set(row, [...(flags.get(row) ?? []), flag]);
      }
      place = end + 1;
    }
  }
  const flagged = [...flags].map(
    ([row, found]): Flagged => ({ memberId: history.ids[origin.members[row] ?? -1] ?? '', flags: found }),
  );
  return { flagged: flagged.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1)), tied };
}

function edgeOf(ranking: Ranking, share: number): { readonly at: number; readonly tied: number } {
  const { inside, edge, room } = cutAt(ranking, share);
  return edge - inside > room ? { at: inside, tied: edge - inside } : { at: edge, tied: 0 };
}

/** The terms that weigh most, the average member apart. */
export function strongest(terms: readonly Term[]): readonly Term[] {
  return terms.filter((term) => term.input !== 'average member' && term.points !== 0).slice(0, STRONGEST);
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
