import { RollcallError } from './errors.ts';

/** The six systems that the directives set up; each is a folder of the code. */
export const SYSTEMS = ['oss', 'csr', 'concerns', 'engagement', 'said', 'schools'] as const;
export type System = (typeof SYSTEMS)[number];

export const RULE_TYPES = [
  'obligation',
  'role',
  'deadline',
  'transition',
  'report',
  'record',
  'prohibition',
  'note',
] as const;
export type RuleType = (typeof RULE_TYPES)[number];

/** What a rule is meant to become: flagged, proved by a record, printed, refused, or only listed. */
export const CARRIES = ['check', 'evidence', 'report', 'block', 'registry'] as const;
export type Carry = (typeof CARRIES)[number];

/** `draft` rules apply (A-CP-4); `off` is what a department's own policy file has switched off. */
export type RuleStatus = 'in-force' | 'draft' | 'off';

export interface Rule {
  readonly id: string;
  readonly cite: string;
  readonly directive: string;
  readonly system: System;
  /** Our own paraphrase, one sentence. */
  readonly text: string;
  readonly type: readonly RuleType[];
  readonly carry: Carry;
  readonly status: RuleStatus;
}

/** How we read a place where a directive is silent or contradicts itself. */
export interface Reading {
  readonly id: string;
  readonly rules: readonly string[];
  readonly text: string;
}

/** Elapsed hours, or Chicago calendar days. */
export type Length = { readonly hours: number } | { readonly days: number };

/** An extension adds a period of `days`, counted from the due day of its period or from the approval. */
export interface ExtensionPolicy {
  readonly days: number;
  readonly base: 'due' | 'approval';
  readonly rule: string;
  readonly cite: string;
  /** Roles that may grant the first extension, and every further one. */
  readonly by: readonly string[];
  readonly furtherBy: readonly string[];
}

/** A clock that runs on a record. A `floor` is a shortest time to wait and never overdue. */
export interface ClockPolicy {
  readonly rule: string;
  readonly cite: string;
  readonly name: string;
  readonly system: System;
  readonly kind: 'clock' | 'floor';
  readonly starts: string;
  readonly stops: string;
  readonly length: Length;
  readonly extension: ExtensionPolicy | null;
  readonly ownerRole: string;
  readonly note?: string;
}

export const RECURRENCES = ['tour', 'day', 'month', 'quarter', 'half-year'] as const;
export type Recurrence = (typeof RECURRENCES)[number];

/** A recurring duty without a due instant; its proof is an access, a record of evidence or a report. */
export interface DutyPolicy {
  readonly rule: string;
  readonly cite: string;
  readonly name: string;
  readonly system: System;
  readonly kind: 'duty';
  readonly status: RuleStatus;
  readonly every: Recurrence;
  readonly ownerRole: string;
  readonly record: 'access' | 'evidence' | 'report';
  /** `office`: owed by the members of a district's office together, so that one of them does it for all. */
  readonly owedBy?: 'office';
}

/** A role word of `members.roles`, the rules that name it, and the kinds of act it may do. */
export interface RolePolicy {
  readonly role: string;
  readonly label: string;
  readonly rules: readonly string[];
  readonly acts: readonly string[];
}

/** Who may see a subject area; a role that is not named sees nothing of it. */
export interface ViewPolicy {
  readonly area: string;
  readonly rules: readonly string[];
  /** Rules whose findings speak of this part of a record. */
  readonly findings?: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
}

/** The rule with this id, or undefined. */
export function ruleById(rules: readonly Rule[], id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** The clock of a rule; throws (a bug of ours) when the policy has none. */
export function clockFor(clocks: readonly ClockPolicy[], rule: string): ClockPolicy {
  const clock = clocks.find((candidate) => candidate.rule === rule);
  if (clock === undefined) throw new RollcallError('bug', `The policy has no clock for rule ${rule}.`);
  return clock;
}

/** The cite of a rule; throws (a bug of ours) when there is no such rule. */
export function citeOf(rules: readonly Rule[], id: string): string {
  const rule = ruleById(rules, id);
  if (rule === undefined) throw new RollcallError('bug', `The policy has no rule ${id}.`);
  return rule.cite;
}

/** What `role` may see of `area`: a scope word (`all`, `area`, `received` …), or null for nothing. */
export function scopeOf(views: readonly ViewPolicy[], area: string, role: string): string | null {
  return views.find((view) => view.area === area)?.roles[role] ?? null;
}

/** Shipped rows with a department's rows laid over them by key, field by field; new rows come last. */
export function mergeRows<Row extends object>(
  shipped: readonly Row[],
  own: readonly Partial<Row>[],
  key: (row: Partial<Row>) => string | undefined,
): readonly Row[] {
  if (own.length === 0) return shipped;
  const merged = new Map(shipped.map((row) => [key(row), row]));
  for (const row of own) {
    // A new row is whole: the overlay's check has seen to that.
    merged.set(key(row), { ...merged.get(key(row)), ...row } as Row);
  }
  return [...merged.values()];
}
