import { openActs } from '../casework/act.ts';
import type { CaseKind } from '../casework/kind.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context, Outcome } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type CaseEvent, type CaseState, type Decision, isRefused } from '../core/workflow.ts';
import { type Guard, requireRole, resolveActor } from '../people/identity.ts';
import type { Cell, Column, Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Writer, write } from '../store/store.ts';

/** One step that a member takes on records of one kind. */
export interface Step<S extends CaseState> {
  readonly kind: CaseKind<S>;
  readonly ids: readonly string[];
  readonly name: string;
  readonly unit?: string | null;
  readonly reason?: string | null;
  readonly detail?: Readonly<Record<string, string>>;
  /** Judged before any record; null lets every known member. */
  readonly roles: readonly string[] | null;
  readonly rule: string;
  /** The step as an infinitive, for a refusal: `assign police requests`. */
  readonly what: string;
  /** The step as done, for the title: `assigned`. */
  readonly done: string;
  /** What to show of a record after it, as JSON. */
  readonly shows: (state: S) => Readonly<Record<string, string | number | null>>;
  readonly columns: readonly Column[];
  readonly cells: (state: S) => Readonly<Record<string, Cell>>;
  readonly notes?: readonly string[];
  /** More to be written in the same transaction, once for each record that took the step. */
  readonly also?: (writer: Writer, id: string, actor: string, state: S) => Promise<void>;
}

interface Taken<S extends CaseState> {
  readonly id: string;
  readonly decision: Decision<S>;
}

interface Left {
  readonly id: string;
  readonly rule: string | null;
  readonly text: string;
}

/**
 * Takes a step on every named record in one transaction. One record that a rule refuses is a refusal (exit code 4);
 * of several, those are listed and the others kept (contract.md, exit code 4). Remarks of the rules are warnings.
 */
export async function takeStep<S extends CaseState>(
  context: Context,
  step: Step<S>,
): Promise<Outcome<Document>> {
  const policy = loadPolicy(context.env);
  const guard = { rule: step.rule, cite: policy.cite(step.rule), what: step.what };
  const { taken, left, newest } = await write(
    context.storePath,
    async (writer) => {
      const by = await actorOf(writer, context, step.roles, guard);
      const acts = await openActs(writer, step.kind, context.clock());
      const taken: Taken<S>[] = [];
      const left: Left[] = [];
      for (const id of step.ids) {
        const event = eventOf(step, context.now, by);
        if (step.ids.length > 1) {
          const weighed = await acts.weigh(id, event);
          const against = weighed?.objections.find((objection) => objection.refuses);
          if (weighed === null)
            left.push({ id, rule: null, text: `there is no ${step.kind.workflow.record} ${id}` });
          else if (isRefused(weighed))
            left.push({ id, rule: against?.rule || null, text: against?.text ?? 'refused' });
          if (weighed === null || isRefused(weighed)) continue;
        }
        const decision = await acts.act(id, event);
        await step.also?.(writer, id, by, decision.next);
        taken.push({ id, decision });
      }
      await acts.finish();
      return { taken, left, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
  const remarks = taken.flatMap(({ id, decision }) =>
    decision.objections.map(({ rule, code, text }) => ({ id, rule, code, text })),
  );
  for (const { id, rule, text } of remarks) context.warn(`${id}: ${text} (${rule}, ${policy.cite(rule)})`);
  for (const { id, rule, text } of left)
    context.warn(`${id}: ${text}${rule === null ? '' : ` (${rule}, ${policy.cite(rule)})`}`);
  const items = [
    ...taken.map(({ id, decision }) => ({
      id,
      kept: true,
      state: decision.next.state,
      ...step.shows(decision.next),
      remarks: remarks
        .filter((remark) => remark.id === id)
        .map(({ rule, code, text }) => ({ rule, code, text })),
      rule: null,
      text: null,
    })),
    ...left.map(({ id, rule, text }) => ({ id, kept: false, state: null, remarks: [], rule, text })),
  ];
  return {
    document: stepDocument(context, step, taken, left, newest),
    data: { items, total: items.length, kept: taken.length, refused: left.length },
    items,
    newestImport: newest,
    exitCode: left.some(({ rule }) => rule !== null) ? 4 : left.length > 0 ? 2 : 0,
  };
}

/** The acting member: one of the roles, or anyone whom the store knows. Refuses with the guard's rule otherwise. */
export async function actorOf(
  writer: Writer,
  context: Context,
  roles: readonly string[] | null,
  guard: Guard,
): Promise<string> {
  if (roles !== null) return (await requireRole(writer, context, roles, guard)).memberId;
  const actor = await resolveActor(writer, context);
  if (actor !== null) return actor.memberId;
  throw refusal(
    guard.rule,
    guard.cite,
    `To ${guard.what}, rollcall must know who acts.`,
    'Name the member with --actor or ROLLCALL_ACTOR.',
  );
}

function eventOf<S extends CaseState>(step: Step<S>, at: Instant, by: string): CaseEvent {
  return {
    name: step.name,
    at,
    unit: step.unit ?? null,
    by,
    reason: step.reason ?? null,
    detail: step.detail ?? {},
  };
}

function stepDocument<S extends CaseState>(
  context: Context,
  step: Step<S>,
  taken: readonly Taken<S>[],
  left: readonly Left[],
  newest: Instant | null,
): Document {
  const [only] = step.ids.length === 1 ? taken : [];
  const what =
    only === undefined ? `${taken.length} of ${step.ids.length} ${step.done}` : `${only.id} is ${step.done}`;
  return {
    title: context.dryRun ? `${what} (dry run, nothing written)` : what,
    asOf: context.now,
    newestImport: newest,
    blocks: [
      {
        kind: 'table',
        id: 'taken',
        columns: [{ key: 'id', title: 'Record' }, { key: 'state', title: 'State' }, ...step.columns],
        rows: taken.map(({ id, decision: { next } }) => ({ id, state: next.state, ...step.cells(next) })),
        empty: 'No record took the step.',
      },
      ...(left.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              id: 'left',
              title: 'Refused',
              columns: [
                { key: 'id', title: 'Record' },
                { key: 'rule', title: 'Rule' },
                { key: 'text', title: 'Why' },
              ],
              rows: left.map((each) => ({ ...each })),
            },
          ]),
    ],
    notes: step.notes,
  };
}
