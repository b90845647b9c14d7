import { openActs } from '../casework/act.ts';
import { type Answered, answersOf } from '../casework/act-asking.ts';
import { remarksOf, ruleLine, titleOf } from '../casework/act-outcome.ts';
import { actorOf, eventOf, type Step, type Verb, verbOf } from '../casework/act-verb.ts';
import type { CaseKind } from '../casework/kind.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import { type CaseEvent, type CaseState, type Decision, isRefused } from '../core/workflow.ts';
import type { Actor } from '../people/identity.ts';
import type { Cell, Column, Document } from '../report/document.ts';
import { type Reader, read, write } from '../store/store.ts';
import { idsOf } from './asking.ts';

/** Records of one kind as steps take and show them. */
export interface Stepped<S extends CaseState> {
  readonly kind: CaseKind<S>;
  /** How one is named on the command line. */
  readonly argument: { readonly name: string; readonly summary: string };
  readonly columns: readonly Column[];
  readonly cells: (state: S) => Readonly<Record<string, Cell>>;
  /** What to show of a record after a step, as JSON. */
  readonly shows: (state: S) => Readonly<Record<string, string | number | null>>;
  /** Names of what `shows` gives, with a short meaning each. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What was asked of a step on the records of `ids`. */
export interface AskedStep extends Answered {
  readonly context: Context;
  /** Looks something up for a step. */
  look<T>(use: (reader: Reader) => Promise<T>): Promise<T>;
  readonly actor: Actor;
  readonly ids: readonly string[];
}

/** One step on one record or, with `many`, on several as a command. */
export interface StepSpec<S extends CaseState> extends Verb {
  readonly many?: boolean;
  /** The step: its name, with --reason as its reason, or what the answers make of it. Throws usage errors and refusals. */
  readonly step: string | ((asked: AskedStep) => Step | Promise<Step>);
  /** The step as done, for the title: `assigned`. */
  readonly says: string | ((asked: AskedStep) => string);
  /** What to say of the records that took it. */
  readonly notes?: (taken: readonly { readonly id: string; readonly state: S }[]) => readonly string[];
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

interface Done<S extends CaseState> {
  readonly taken: readonly Taken<S>[];
  readonly left: readonly Left[];
  readonly newest: Instant | null;
}

/**
 * The command of a step on every named record, in one transaction. One record that a rule refuses is a refusal (exit
 * code 4); of several, those are listed and the others kept (contract.md, exit code 4). Remarks of the rules are warnings.
 */
export function makeStepCommand<S extends CaseState>(
  stepped: Stepped<S>,
  spec: StepSpec<S>,
): Command<Document> {
  const { argument, fields } = stepped;
  return {
    ...verbOf(spec),
    arguments: [{ ...argument, required: true, ...(spec.many ? { variadic: true } : {}) }],
    fields: {
      'items[].id': argument.summary,
      'items[].kept': 'false when a rule refused it',
      'items[].state': 'state after the step',
      ...Object.fromEntries(Object.entries(fields).map(([name, meaning]) => [`items[].${name}`, meaning])),
      'items[].remarks[]': 'rule, code and text of what the rules remark on',
      'items[].rule': 'rule that refused it',
      'items[].text': 'why',
      total: 'records named',
      kept: 'records that took the step',
      refused: 'records that did not',
    },
    run: (context, input) => run(stepped, spec, context, input),
  };
}

async function run<S extends CaseState>(
  stepped: Stepped<S>,
  spec: StepSpec<S>,
  context: Context,
  input: Input,
): Promise<Outcome<Document>> {
  const ids = idsOf(input, stepped.argument.name);
  const look = <T>(use: (reader: Reader) => Promise<T>) => read(context.storePath, use);
  const actor = await look((reader) => actorOf(reader, context, spec));
  const asked = {
    context,
    look,
    actor,
    ids,
    ...(await answersOf(spec.name, spec.asks ?? [], context, input)),
  };
  const { step, says } = spec;
  const taking = typeof step === 'string' ? { name: step, reason: asked.answers.reason } : await step(asked);
  const done = await write(
    context.storePath,
    async (writer) => {
      const { memberId } = await actorOf(writer, context, spec);
      const acts = await openActs(writer, stepped.kind, context.clock());
      const taken: Taken<S>[] = [];
      const left: Left[] = [];
      const event = eventOf(taking, memberId, context.now);
      for (const id of ids) {
        const against = ids.length === 1 ? null : await refusedOf(stepped, acts.weigh, id, event);
        if (against === null) taken.push({ id, decision: await acts.act(id, event) });
        else left.push(against);
      }
      await acts.finish();
      return { taken, left, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
  return outcomeOf(stepped, context, done, typeof says === 'string' ? says : says(asked), spec.notes);
}

/** Why a record is left as it is; null when it may take the step. */
async function refusedOf<S extends CaseState>(
  { kind }: Stepped<S>,
  weigh: (id: string, event: CaseEvent) => Promise<Decision<S> | null>,
  id: string,
  event: CaseEvent,
): Promise<Left | null> {
  const weighed = await weigh(id, event);
  if (weighed === null) return { id, rule: null, text: `there is no ${kind.workflow.record} ${id}` };
  if (!isRefused(weighed)) return null;
  const against = weighed.objections.find((objection) => objection.refuses);
  return { id, rule: against?.rule || null, text: against?.text ?? 'refused' };
}

function outcomeOf<S extends CaseState>(
  stepped: Stepped<S>,
  context: Context,
  { taken, left, newest }: Done<S>,
  done: string,
  notes: StepSpec<S>['notes'],
): Outcome<Document> {
  const remarks = taken.flatMap(({ id, decision }) =>
    remarksOf(decision.objections).map((remark) => ({ id, ...remark })),
  );
  for (const told of [...remarks, ...left]) context.warn(`${told.id}: ${ruleLine(context, told)}`);
  const items = [
    ...taken.map(({ id, decision: { next, objections } }) => ({
      id,
      kept: true,
      state: next.state,
      ...stepped.shows(next),
      remarks: remarksOf(objections),
      rule: null,
      text: null,
    })),
    ...left.map(({ id, rule, text }) => ({ id, kept: false, state: null, remarks: [], rule, text })),
  ];
  const [only] = items.length === 1 ? taken : [];
  const title = only === undefined ? `${taken.length} of ${items.length} ${done}` : `${only.id} is ${done}`;
  return {
    document: {
      title: titleOf(context, title),
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'taken',
          columns: [{ key: 'id', title: 'Record' }, { key: 'state', title: 'State' }, ...stepped.columns],
          rows: taken.map(({ id, decision: { next } }) => ({
            id,
            state: next.state,
            ...stepped.cells(next),
          })),
          empty: 'No record took the step.',
        },
        ...(left.length === 0 ? [] : [refusedTable(left)]),
      ],
      notes: notes?.(taken.map(({ id, decision: { next } }) => ({ id, state: next }))),
    },
    data: { items, total: items.length, kept: taken.length, refused: left.length },
    items,
    newestImport: newest,
    exitCode: left.some(({ rule }) => rule !== null) ? 4 : left.length > 0 ? 2 : 0,
  };
}

function refusedTable(left: readonly Left[]) {
  return {
    kind: 'table' as const,
    id: 'left',
    title: 'Refused',
    columns: [
      { key: 'id', title: 'Record' },
      { key: 'rule', title: 'Rule' },
      { key: 'text', title: 'Why' },
    ],
    rows: left.map((each) => ({ ...each })),
  };
}
