import type { ArgumentDef, Command, Context, Input, Outcome } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { CaseState, Objection } from '../core/workflow.ts';
import type { Actor } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { type Reader, read, write } from '../store/store.ts';
import { openActs, recordBefore } from './act.ts';
import { type Answered, answersOf, type Word, wordOf } from './act-asking.ts';
import { ACTED_FIELDS, type Acted, actedOutcome, type Running, type Shown } from './act-outcome.ts';
import { actorOf, eventOf, type Step, type Verb, verbOf } from './act-verb.ts';
import type { CaseKind } from './kind.ts';
import { logAccess } from './log.ts';
import { newestImport } from './newest-import.ts';

/** One act on one record, at the time of asking: who, what was answered, and the record before it. */
export interface Asked<S extends CaseState> extends Answered {
  readonly context: Context;
  /** Looks something up for a step. */
  look<T>(use: (reader: Reader) => Promise<T>): Promise<T>;
  readonly actor: Actor;
  readonly id: string;
  readonly before: S;
}

/** One step on one record as a command: what it asks, who may do it, and the events it writes. */
export interface ActSpec<S extends CaseState> extends Verb {
  readonly kind: CaseKind<S>;
  /** What names the record; `id` unless given. */
  readonly argument?: Pick<ArgumentDef, 'name' | 'summary'>;
  /** A further word after it; among the answers by its name. */
  readonly word?: Word;
  /**
   * The step: its name, with --reason as its reason, or what the answers and the record before it make of it: one event
   * or several. Throws usage errors and refusals.
   */
  readonly step: string | ((asked: Asked<S>) => Steps | Promise<Steps>);
  /** Throws when this record is not for this actor; `before` is null where there is no such record. */
  readonly reach?: (
    reader: Reader,
    context: Context,
    actor: Actor,
    id: string,
    before: S | null,
  ) => Promise<unknown>;
  /** Whether the actor may be told how the record stands after it; absent: whoever may do the step may. */
  readonly tells?: (reader: Reader, context: Context, actor: Actor, id: string) => Promise<boolean>;
  /** What was done, after the id in the title: `is forwarded to M0003`. */
  readonly says: string | ((asked: Asked<S>, after: S) => string);
  /** True when even trying is a look that the access log must hold: a dry run leaves no event. */
  readonly confidential?: boolean;
  readonly banner?: readonly string[];
  readonly notes?: (asked: Asked<S>, after: S) => readonly string[];
  /** How the record is shown after it; its state and due instants unless given. */
  readonly shows?: (after: S, clocks: readonly Running[]) => Shown;
}

type Steps = Step | readonly Step[];

/** The command of one step: asks for what is missing, lets the workflow decide, writes events, state and clocks. */
export function makeActCommand<S extends CaseState>(spec: ActSpec<S>): Command<Document> {
  const argument = argumentOf(spec);
  return {
    ...verbOf(spec),
    arguments: [
      { ...argument, required: true },
      ...(spec.word ? [{ name: spec.word.name, summary: spec.word.summary }] : []),
    ],
    fields: { id: argument.summary, ...ACTED_FIELDS },
    run: (context, input) => run(spec, context, input),
  };
}

async function run<S extends CaseState>(
  spec: ActSpec<S>,
  context: Context,
  input: Input,
): Promise<Outcome<Document>> {
  const id = String(input.args[argumentOf(spec).name]).trim();
  const look = <T>(use: (reader: Reader) => Promise<T>) => read(context.storePath, use);
  // Looked at first and asked outside of any transaction: nobody else waits while a person thinks.
  const { actor, before } = await look((reader) => judge(spec, context, reader, id));
  const word = spec.word ? { [spec.word.name]: await wordOf(spec.name, spec.word, context, input) } : {};
  const { answers, lists } = await answersOf(spec.name, spec.asks ?? [], context, input, word);
  const asked: Asked<S> = { context, look, actor, id, answers, lists, before };
  const acted = await perform(spec, asked, await stepsOf(spec, asked));
  if (context.dryRun && spec.confidential === true) {
    const { system } = spec.kind;
    await logAccess(context, { system, command: spec.name, subject: id, actorId: actor.memberId });
  }
  const { says, banner, shows, tells } = spec;
  return actedOutcome(context, acted, {
    says: typeof says === 'string' ? says : says(asked, acted.after),
    banner,
    shows,
    told: tells === undefined || (await look((reader) => tells(reader, context, actor, id))),
    notes: spec.notes?.(asked, acted.after) ?? [],
  });
}

function argumentOf<S extends CaseState>({ argument, kind }: ActSpec<S>) {
  return argument ?? { name: 'id', summary: `${kind.workflow.record} id` };
}

// Judged before anything is asked, and again inside the transaction that writes.
async function judge<S extends CaseState>(
  spec: ActSpec<S>,
  context: Context,
  reader: Reader,
  id: string,
): Promise<{ readonly actor: Actor; readonly before: S }> {
  const actor = await actorOf(reader, context, spec);
  const before = await recordBefore(reader, spec.kind, id, context.now);
  await spec.reach?.(reader, context, actor, id, before);
  if (before === null) throw usageError(`There is no ${spec.kind.workflow.record} ${id}.`);
  return { actor, before };
}

async function stepsOf<S extends CaseState>(spec: ActSpec<S>, asked: Asked<S>): Promise<readonly Step[]> {
  if (typeof spec.step === 'string') return [{ name: spec.step, reason: asked.answers.reason }];
  return [await spec.step(asked)].flat();
}

function perform<S extends CaseState>(
  spec: ActSpec<S>,
  { context, actor, id, before }: Asked<S>,
  steps: readonly Step[],
): Promise<Acted<S>> {
  return write(
    context.storePath,
    async (writer) => {
      const now = await judge(spec, context, writer, id);
      if (JSON.stringify(now.before) !== JSON.stringify(before))
        throw usageError(`${id} was changed meanwhile; nothing is written.`, 'Look at it and act again.');
      const acts = await openActs(writer, spec.kind, context.clock());
      const events = steps.map((step) => eventOf(step, actor.memberId, context.now));
      const objections: Objection[] = [];
      let after = before;
      for (const event of events) {
        const decision = await acts.act(id, event);
        objections.push(...decision.objections);
        after = decision.next;
      }
      for (const step of steps) await step.beside?.(writer);
      await acts.finish();
      return { id, events, after, objections, newest: await newestImport(writer, spec.kind.system) };
    },
    { dryRun: context.dryRun },
  );
}
