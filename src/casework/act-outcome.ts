import type { Context, Outcome } from '../core/command.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { CaseEvent, CaseState, Objection } from '../core/workflow.ts';
import type { Block, Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';

/** A clock that runs on a record after a step. */
export interface Running {
  readonly rule: string;
  readonly unit: string | null;
  readonly dueAt: Instant;
}

/** How a record after a step is shown. */
export interface Shown {
  readonly subtitle?: string;
  readonly blocks: readonly Block[];
}

/** What came of a step on one record. */
export interface Acted<S extends CaseState> {
  readonly id: string;
  /** In order, at least one. */
  readonly events: readonly CaseEvent[];
  readonly after: S;
  readonly objections: readonly Objection[];
  readonly newest: Instant | null;
}

/** JSON fields of a step on one record. */
export const ACTED_FIELDS: Readonly<Record<string, string>> = {
  step: 'what was recorded; of several events the last',
  'events[]': 'names of the events written; with --dry-run of those that would be',
  state: 'place in the workflow after it; null, and no clocks, where the record is not for the actor',
  at: 'instant of the step (--as-of)',
  by: 'acting member',
  'clocks[]': 'rule, unit and dueAt of each clock that runs after it',
  'remarks[]': 'rule, code and text of what a rule remarks on without refusing it',
  dryRun: 'true when nothing was written',
};

/** A title, or what it would be: a dry run says so. */
export function titleOf({ dryRun }: Pick<Context, 'dryRun'>, title: string): string {
  return dryRun ? `${title} (dry run, nothing written)` : title;
}

/** What a rule says, with its cite: `more time was requested after the due day (CSR-48, S02-03-03 V.E.2)`. */
export function ruleLine(
  { env }: Pick<Context, 'env'>,
  { rule, text }: { readonly rule: string | null; readonly text: string },
): string {
  return rule === null ? text : `${text} (${rule}, ${loadPolicy(env).cite(rule)})`;
}

/** Objections as JSON has them. */
export function remarksOf(objections: readonly Objection[]) {
  return objections.map(({ rule, code, text }) => ({ rule, code, text }));
}

/** Tells what was done on one record: `says` follows its id in the title. */
export function actedOutcome<S extends CaseState>(
  context: Context,
  { id, events, after, objections, newest }: Acted<S>,
  {
    says,
    banner,
    notes,
    shows,
    told,
  }: {
    readonly says: string;
    readonly banner?: readonly string[];
    readonly notes: readonly string[];
    readonly shows?: (after: S, clocks: readonly Running[]) => Shown;
    /** Whether how the record stands is for the actor. */
    readonly told: boolean;
  },
): Outcome<Document> {
  const clocks = (told ? after.spans : [])
    .filter(({ endedBy }) => endedBy === 'running')
    .map(({ rule, owner, dueAt }) => ({ rule, unit: owner.unit, dueAt }));
  const remarks = remarksOf(objections);
  const last = events.at(-1);
  return {
    document: {
      title: titleOf(context, `${id} ${says}`),
      banner,
      asOf: context.now,
      newestImport: newest,
      ...(told ? (shows?.(after, clocks) ?? stateAndDue(context, after, clocks)) : { blocks: [] }),
      notes: [...remarks.map((remark) => `Remarked: ${ruleLine(context, remark)}.`), ...notes],
    },
    data: {
      id,
      step: last?.name ?? null,
      events: events.map(({ name }) => name),
      state: told ? after.state : null,
      at: isoInstant(context.now),
      by: last?.by ?? null,
      clocks: clocks.map(({ dueAt, ...clock }) => ({ ...clock, dueAt: isoInstant(dueAt) })),
      remarks,
      dryRun: context.dryRun,
    },
    newestImport: newest,
  };
}

function stateAndDue({ env }: Context, { state }: CaseState, clocks: readonly Running[]): Shown {
  const { cite } = loadPolicy(env);
  const due = clocks.map(({ rule, dueAt }) => ({
    label: 'Due',
    value: { kind: 'instant' as const, at: dueAt },
    note: `${rule}, ${cite(rule)}`,
  }));
  return {
    blocks: [{ kind: 'figures', id: 'after', figures: [{ label: 'State', value: state }, ...due] }],
  };
}
