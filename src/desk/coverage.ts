import { RollcallError } from '../core/errors.ts';
import type { Carry, Rule } from '../core/policy.ts';

/** How the code carries a rule: it flags, prints, refuses, or keeps a record as proof. */
export type CarriedAs = 'check' | 'report' | 'block' | 'evidence';

/** One rule that some part of the code registers as carried. */
export interface Carried {
  readonly rule: string;
  readonly as: CarriedAs;
}

/** Numbers of rules by how they are carried; each rule counts once, so they add up to `rules`. */
export interface CoverageCounts {
  readonly rules: number;
  readonly enforced: number;
  readonly blocked: number;
  readonly evidenced: number;
  readonly reported: number;
  readonly listed: number;
}

export interface CoverageRow extends CoverageCounts {
  readonly directive: string;
  readonly system: string;
  /** The same counts if every rule were carried as it is meant to be. */
  readonly meant: CoverageCounts;
}

// A rule carried in several ways counts once, by the one that binds most.
const STRENGTH: readonly CarriedAs[] = ['block', 'check', 'evidence', 'report'];

/** The strongest way in which each rule is carried; throws (a bug of ours) for an id that the policy does not know. */
export function strongest(
  rules: readonly Rule[],
  carried: readonly Carried[],
): ReadonlyMap<string, CarriedAs> {
  const known = new Set(rules.map((rule) => rule.id));
  const best = new Map<string, CarriedAs>();
  for (const { rule, as } of carried) {
    if (!known.has(rule))
      throw new RollcallError('bug', `The code registers rule ${rule}, which does not exist.`);
    const held = best.get(rule);
    if (held === undefined || STRENGTH.indexOf(as) < STRENGTH.indexOf(held)) best.set(rule, as);
  }
  return best;
}

/**
 * Per system, in the order of the rules: how many rules the code carries and how, beside how many are meant to be.
 * Rules that a department has switched off are left out; throws like `strongest`.
 */
export function coverage(rules: readonly Rule[], carried: readonly Carried[]): readonly CoverageRow[] {
  const best = strongest(rules, carried);
  const applying = rules.filter((rule) => rule.status !== 'off');
  const groups = Map.groupBy(applying, (rule) => `${rule.directive} ${rule.system}`);
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    return {
      directive: first.directive,
      system: first.system,
      ...count(group.map((rule) => best.get(rule.id) ?? 'registry')),
      meant: count(group.map((rule) => rule.carry)),
    };
  });
}

/** The sum over all rows, for the last line of the table. */
export function coverageTotal(rows: readonly CoverageRow[]): CoverageCounts & { meant: CoverageCounts } {
  return { ...sum(rows), meant: sum(rows.map((row) => row.meant)) };
}

function count(forms: readonly Carry[]): CoverageCounts {
  const of = (form: Carry): number => forms.filter((given) => given === form).length;
  return {
    rules: forms.length,
    enforced: of('check'),
    blocked: of('block'),
    evidenced: of('evidence'),
    reported: of('report'),
    listed: of('registry'),
  };
}

function sum(rows: readonly CoverageCounts[]): CoverageCounts {
  const of = (key: keyof CoverageCounts): number => rows.reduce((total, row) => total + row[key], 0);
  return {
    rules: of('rules'),
    enforced: of('enforced'),
    blocked: of('blocked'),
    evidenced: of('evidenced'),
    reported: of('reported'),
    listed: of('listed'),
  };
}
