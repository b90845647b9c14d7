import { openActs } from '../casework/act.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Command, Context, Input, OptionDef, Outcome } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { CaseEvent } from '../core/workflow.ts';
import { type Actor, requireRole } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, read, type Writer, write } from '../store/store.ts';
import { concernById, concernKind } from './records.ts';
import type { ConcernState } from './state.ts';
import { concernStateAt } from './state-at.ts';
import { requireVisible, scopeOf } from './visibility.ts';

/** An answer that a step takes: an option, or a question on a terminal. */
export interface Asked {
  readonly flags: string;
  readonly summary: string;
  /** The option's name as it is parsed. */
  readonly key: string;
  /** The question; absent for what may be left out. */
  readonly ask?: string;
  readonly choices?: readonly string[];
  /** Asked for only when the answers so far call for it. */
  readonly when?: (answers: Answers) => boolean;
  readonly repeatable?: boolean;
}

/** Answers by option name; a repeatable one holds a list. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a step is judged on. */
export interface Acting {
  readonly context: Context;
  readonly actor: Actor;
  readonly id: string;
  /** The concern as it stood at the time of the act. */
  readonly state: ConcernState;
  readonly answers: Answers;
}

/** One step on one concern as a command: what it asks, who may do it, and the events it writes. */
export interface ActSpec {
  readonly verb: string;
  readonly summary: string;
  readonly details: string;
  /** After the control number: `is accepted`. */
  readonly done: string;
  readonly roles: readonly string[];
  readonly rule: string;
  /** As an infinitive: `accept a concern`. */
  readonly what: string;
  readonly asks: readonly Asked[];
  readonly examples: NonNullable<Command<Document>['examples']>;
  readonly carries: Command<Document>['carries'];
  /** The events of the step; may refuse. */
  events(acting: Acting, reader: Reader): Promise<readonly CaseEvent[]> | readonly CaseEvent[];
  /** Lines for people after it is done. */
  notes?(acting: Acting, after: ConcernState): readonly string[];
}

/** Makes the command `concerns <verb> <control>` of a step. Refusals of rule and role end with exit code 4. */
export function makeAct(spec: ActSpec): Command<Document> {
  return {
    name: `concerns ${spec.verb}`,
    summary: spec.summary,
    details: spec.details,
    arguments: [{ name: 'control', summary: 'control number', required: true }],
    options: spec.asks.map(optionOf),
    examples: spec.examples,
    fields: {
      id: 'control number',
      state: 'its state after the step',
      at: 'instant of the step (--as-of)',
      'events[]': 'names of the events written; with --dry-run of those that would be',
      'clocks[]': 'rule, unit and dueAt of each clock that runs after it',
      'remarks[]': 'rule and text of what the rules remark on without refusing',
    },
    carries: spec.carries,
    writes: true,
    run: (context, input) => runAct(spec, context, input),
  };
}

/** One event of a step by its actor at its time. */
export function eventOf(
  { context, actor }: Pick<Acting, 'context' | 'actor'>,
  name: string,
  more: {
    readonly unit?: string | null;
    readonly reason?: string;
    readonly detail?: Readonly<Record<string, string | undefined>>;
  } = {},
): CaseEvent {
  const detail: Record<string, string> = {};
  for (const [key, value] of Object.entries(more.detail ?? {})) if (value) detail[key] = value;
  return {
    name,
    at: context.now,
    unit: more.unit ?? null,
    by: actor.memberId,
    reason: more.reason ?? null,
    detail,
  };
}

/** The one text answered for an option, or undefined. */
export function answer(answers: Answers, key: string): string | undefined {
  const value = answers[key];
  return typeof value === 'string' ? value : undefined;
}

/** A refusal by rule id, with its cite. */
export function refuse(rule: string, text: string, remedy?: string): Error {
  return refusal(rule, loadPolicy().cite(rule), text, remedy);
}

function optionOf({ flags, summary, choices, repeatable }: Asked): OptionDef {
  return { flags, summary, ...(choices ? { choices } : {}), ...(repeatable ? { repeatable } : {}) };
}

async function runAct(spec: ActSpec, context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.control).trim();
  const before = await read(context.storePath, (reader) => judge(spec, context, reader, id));
  const answers = await ask(spec, context, input);
  const result = await write(
    context.storePath,
    async (writer) => {
      const { actor, state } = await judge(spec, context, writer, id);
      return perform(spec, { context, actor, id, state, answers }, writer);
    },
    { dryRun: context.dryRun },
  );
  const acting: Acting = { context, actor: before.actor, id, state: before.state, answers };
  return outcomeOf(spec, acting, result);
}

// Judged before anything is asked, and again inside the transaction that writes.
async function judge(
  spec: ActSpec,
  context: Context,
  reader: Reader,
  id: string,
): Promise<{ readonly actor: Actor; readonly state: ConcernState }> {
  const cite = loadPolicy(context.env).cite(spec.rule);
  const actor = await requireRole(reader, context, spec.roles, { rule: spec.rule, cite, what: spec.what });
  const row = await concernById(reader, id);
  if (row === undefined) {
    throw usageError(`There is no Community Concern ${id}.`, 'rollcall concerns list shows their numbers.');
  }
  if (row.submitted_at > context.now) {
    throw usageError(
      `${id} was submitted ${isoInstant(row.submitted_at as Instant)}, after the time of the step.`,
    );
  }
  await requireVisible(reader, await scopeOf(reader, actor, context.now), actor, id);
  return { actor, state: await concernStateAt(reader, id, context.now) };
}

interface Performed {
  readonly events: readonly CaseEvent[];
  readonly remarks: readonly { readonly rule: string; readonly text: string }[];
  readonly after: ConcernState;
  readonly newest: Instant | null;
}

async function perform(spec: ActSpec, acting: Acting, writer: Writer): Promise<Performed> {
  const { id, context } = acting;
  const events = await spec.events(acting, writer);
  const acts = await openActs(writer, concernKind, context.clock());
  const remarks: { rule: string; text: string }[] = [];
  let after = acting.state;
  for (const event of events) {
    const decision = await acts.act(id, event);
    after = decision.next;
    for (const { rule, text, refuses } of decision.objections) if (!refuses) remarks.push({ rule, text });
  }
  await acts.finish();
  return { events, remarks, after, newest: await newestImport(writer, 'concerns') };
}

async function ask(spec: ActSpec, context: Context, input: Input): Promise<Answers> {
  const answers: Record<string, string | readonly string[]> = {};
  for (const asked of spec.asks) {
    const given = input.options[asked.key];
    if (Array.isArray(given) && given.length > 0) {
      answers[asked.key] = given.map((one) => String(one).trim());
      continue;
    }
    if (typeof given === 'string' && given.trim() !== '') {
      answers[asked.key] = given.trim();
      continue;
    }
    if (asked.ask === undefined || asked.when?.(answers) === false) continue;
    if (!context.interactive) {
      const name = asked.flags.split(' ')[0];
      throw usageError(`concerns ${spec.verb} needs ${name}: ${asked.summary}.`, `Add ${asked.flags}.`);
    }
    const said =
      asked.choices === undefined
        ? await context.prompt.text(asked.ask, { required: true })
        : await context.prompt.select(
            asked.ask,
            asked.choices.map((value) => ({ value, label: value })),
          );
    answers[asked.key] = asked.repeatable ? said.split(/[\s,;]+/).filter((one) => one !== '') : said.trim();
  }
  return answers;
}

function outcomeOf(spec: ActSpec, acting: Acting, result: Performed): Outcome<Document> {
  const { context, id } = acting;
  const { after, events, remarks } = result;
  const clocks = after.spans
    .filter((span) => span.endedBy === 'running')
    .map(({ rule, owner, dueAt }) => ({ rule, unit: owner.unit, dueAt }));
  const done = context.dryRun ? `${spec.done} (dry run, nothing written)` : spec.done;
  return {
    document: {
      title: `${id} ${done}`,
      subtitle: `State: ${after.state}`,
      asOf: context.now,
      newestImport: result.newest,
      blocks: [
        {
          kind: 'table',
          id: 'clocks',
          columns: [
            { key: 'rule', title: 'Rule' },
            { key: 'unit', title: 'Unit' },
            { key: 'due', title: 'Due' },
          ],
          rows: clocks.map(({ rule, unit, dueAt }) => ({ rule, unit, due: { kind: 'instant', at: dueAt } })),
          empty: 'No clock runs on it now.',
        },
      ],
      notes: [
        ...remarks.map(({ rule, text }) => `Remark (${rule}): ${text}.`),
        ...(spec.notes?.(acting, after) ?? []),
      ],
    },
    data: {
      id,
      state: after.state,
      at: isoInstant(context.now),
      events: events.map(({ name }) => name),
      clocks: clocks.map(({ dueAt, ...clock }) => ({ ...clock, dueAt: isoInstant(dueAt) })),
      remarks,
    },
    newestImport: result.newest,
  };
}
