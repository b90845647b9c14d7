import type { Choice, Command, Context, Input, OptionDef, Outcome } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import { FAR_FUTURE, type Instant, isoInstant } from '../core/instant.ts';
import type { CaseEvent, CaseState, Decision } from '../core/workflow.ts';
import { type Actor, type Guard, requireRole } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, read, type Writer, write } from '../store/store.ts';
import { openActs, recordBefore } from './act.ts';
import type { CaseKind } from './kind.ts';
import { logAccess } from './log.ts';
import { newestImport } from './newest-import.ts';

/** What was given for the options of an act, by camelCase name; blank texts are left out. */
export type Answers = Readonly<Record<string, string>>;

/** An option of an act: off a terminal it is given or missed by its name, on one it is asked for. */
export interface Ask {
  readonly flags: string;
  readonly summary: string;
  /** Said on a terminal when the option is missing; absent: never asked. */
  readonly question?: string;
  /** Closed words; what a function answers is only offered, and other words are taken too. */
  readonly choices?: readonly Choice[] | ((context: Context) => Promise<readonly Choice[]>);
  /** Given as often as needed; the texts come as one with line breaks between. */
  readonly repeatable?: boolean;
  /** Needed always, or only with certain other answers. */
  readonly needed?: boolean | ((answers: Answers) => boolean);
}

/** One act on one record, at the time of asking: who, what was answered, and the record before it. */
export interface Asked<S extends CaseState> {
  readonly context: Context;
  /** Looks something up for a step. */
  look<T>(use: (reader: Reader) => Promise<T>): Promise<T>;
  readonly actor: Actor;
  readonly id: string;
  readonly answers: Answers;
  readonly before: S;
}

/** The step that an act asks for; time and member are added. */
export type Step = Pick<CaseEvent, 'name'> & {
  readonly reason?: string | null;
  readonly unit?: string | null;
  readonly detail?: Readonly<Record<string, string | null | undefined>>;
  /** Writes what stands beside the event, in the same transaction, after the rules have let it pass. */
  readonly beside?: (writer: Writer) => Promise<void>;
};

export interface ActSpec<S extends CaseState> {
  /** As typed: `oss forward`. */
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly kind: CaseKind<S>;
  /** Who may try; the workflow judges each role again. */
  readonly roles: readonly string[];
  readonly guard: Guard;
  /** A second word after the id, one of a few: `open`, `decide`; among the answers by its name. */
  readonly word?: {
    readonly name: string;
    readonly summary: string;
    readonly choices: readonly Choice[];
  };
  readonly asks?: readonly Ask[];
  /** The step: its name, or what the answers and the record before it make of it. Throws usage errors and refusals. */
  readonly step: string | ((asked: Asked<S>) => Step | Promise<Step>);
  /** Throws when this record is not for this actor; `before` is null where there is no such record. */
  readonly reach?: (
    reader: Reader,
    context: Context,
    actor: Actor,
    id: string,
    before: S | null,
  ) => Promise<unknown>;
  /** What was done, for the title: `is forwarded to M0003`. */
  readonly says: (asked: Asked<S>, after: S) => string;
  /** True when even trying is a look that the access log must hold: a dry run leaves no event. */
  readonly confidential?: boolean;
  readonly banner?: readonly string[];
  readonly notes?: (asked: Asked<S>, after: S) => readonly string[];
  readonly examples: Command<Document>['examples'];
  readonly carries?: Command<Document>['carries'];
}

/** The command of one transition: asks for what is missing, lets the workflow decide, writes event, state and clocks. */
export function makeActCommand<S extends CaseState>(spec: ActSpec<S>): Command<Document> {
  return {
    name: spec.name,
    summary: spec.summary,
    details: spec.details,
    arguments: [
      { name: 'id', summary: `${spec.kind.workflow.record} id`, required: true },
      ...(spec.word ? [{ name: spec.word.name, summary: spec.word.summary }] : []),
    ],
    options: (spec.asks ?? []).map(optionOf),
    examples: spec.examples,
    fields: {
      id: `${spec.kind.workflow.record} id`,
      step: 'what was recorded',
      state: 'place in the workflow after it',
      at: 'instant of the act',
      by: 'acting member',
      'clocks[]': 'rule and dueAt of each clock that runs after it',
      'remarks[]': 'rule, code and text of what a rule remarks on without refusing it',
      dryRun: 'true when nothing was written',
    },
    carries: spec.carries,
    writes: true,
    run: (context, input) => run(spec, context, input),
  };
}

async function run<S extends CaseState>(
  spec: ActSpec<S>,
  context: Context,
  input: Input,
): Promise<Outcome<Document>> {
  const id = String(input.args.id).trim();
  const look = <T>(use: (reader: Reader) => Promise<T>) => read(context.storePath, use);
  // Looked at first and asked outside of any transaction: nobody else waits while a person thinks.
  const { actor, before } = await look(async (reader) => {
    const acting = await requireRole(reader, context, spec.roles, spec.guard);
    const stood = await recordBefore(reader, spec.kind, id, context.now);
    await spec.reach?.(reader, context, acting, id, stood);
    return { actor: acting, before: stood };
  });
  if (before === null) throw usageError(`There is no ${spec.kind.workflow.record} ${id}.`);
  const answers = await answersOf(spec, context, input);
  const asked: Asked<S> = { context, look, actor, id, answers, before };
  const step = await stepOf(spec, asked);
  const event = eventOf(step, actor, context.now);
  const done = await write(
    context.storePath,
    async (writer) => {
      const now = await recordBefore(writer, spec.kind, id, context.now);
      if (JSON.stringify(now) !== JSON.stringify(before))
        throw usageError(`${id} was changed meanwhile; nothing is written.`, 'Look at it and act again.');
      const acts = await openActs(writer, spec.kind, context.clock());
      const decision = await acts.act(id, event);
      await step.beside?.(writer);
      await acts.finish();
      return { decision, newest: await newestImport(writer, spec.kind.system) };
    },
    { dryRun: context.dryRun },
  );
  if (context.dryRun && spec.confidential === true) {
    const { system } = spec.kind;
    await logAccess(context, { system, command: spec.name, subject: id, actorId: actor.memberId });
  }
  return outcomeOf(spec, asked, event, done.decision, done.newest);
}

function stepOf<S extends CaseState>(spec: ActSpec<S>, asked: Asked<S>): Step | Promise<Step> {
  if (typeof spec.step !== 'string') return spec.step(asked);
  return { name: spec.step, reason: asked.answers.reason ?? null };
}

function eventOf(step: Step, actor: Actor, at: Instant): CaseEvent {
  const detail: Record<string, string> = {};
  for (const [key, value] of Object.entries(step.detail ?? {})) if (value) detail[key] = value;
  const { name, unit = null, reason = null } = step;
  return { name, at, unit, by: actor.memberId, reason, detail };
}

function outcomeOf<S extends CaseState>(
  spec: ActSpec<S>,
  asked: Asked<S>,
  event: CaseEvent,
  decision: Decision<S>,
  newest: Instant | null,
): Outcome<Document> {
  const { context, id } = asked;
  const after = decision.next;
  const clocks = after.spans
    .filter((span) => span.stoppedAt === FAR_FUTURE)
    .map(({ rule, dueAt }) => ({ rule, dueAt }));
  const remarks = decision.objections.map(({ rule, code, text }) => ({ rule, code, text }));
  const { cite } = loadPolicy(context.env);
  return {
    document: {
      title: `${id} ${spec.says(asked, after)}${context.dryRun ? ' (dry run, nothing written)' : ''}`,
      banner: spec.banner,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'figures',
          id: 'after',
          figures: [
            { label: 'State', value: after.state },
            ...clocks.map(({ rule, dueAt }) => ({
              label: 'Due',
              value: { kind: 'instant' as const, at: dueAt },
              note: `${rule}, ${cite(rule)}`,
            })),
          ],
        },
      ],
      notes: [
        ...remarks.map(({ rule, text }) => `Remarked: ${text} (${rule}, ${cite(rule)}).`),
        ...(spec.notes?.(asked, after) ?? []),
      ],
    },
    data: {
      id,
      step: event.name,
      state: after.state,
      at: isoInstant(context.now),
      by: event.by,
      clocks: clocks.map(({ rule, dueAt }) => ({ rule, dueAt: isoInstant(dueAt) })),
      remarks,
      dryRun: context.dryRun,
    },
    newestImport: newest,
  };
}

function optionOf({ flags, summary, choices, repeatable }: Ask): OptionDef {
  const closed = choices instanceof Function ? undefined : choices?.map(({ value }) => value);
  return { flags, summary, ...(closed ? { choices: closed } : {}), ...(repeatable ? { repeatable } : {}) };
}

/** `--to <member>` is `to`, `--not-possible <why>` is `notPossible`. */
function nameOf({ flags }: Ask): string {
  const long = /--([a-z][\w-]*)/.exec(flags)?.[1] ?? flags;
  return long.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Every option given, and on a terminal every missing one asked for; throws a usage error that names the option. */
async function answersOf<S extends CaseState>(
  spec: ActSpec<S>,
  context: Context,
  input: Input,
): Promise<Answers> {
  const answers: Record<string, string> = {};
  if (spec.word) answers[spec.word.name] = await wordOf(spec.word, spec.name, context, input);
  for (const ask of spec.asks ?? []) {
    const given = input.options[nameOf(ask)];
    const text = given === true ? 'yes' : typeof given === 'object' ? given.join('\n') : given;
    if (typeof text === 'string' && text.trim() !== '') answers[nameOf(ask)] = text.trim();
  }
  for (const ask of spec.asks ?? []) {
    if (answers[nameOf(ask)] !== undefined || ask.question === undefined) continue;
    const needed = typeof ask.needed === 'function' ? ask.needed(answers) : (ask.needed ?? false);
    if (!needed) continue;
    if (!context.interactive) {
      throw usageError(`${spec.name}: ${ask.flags} is missing: ${ask.summary}.`, `Add ${ask.flags}.`);
    }
    answers[nameOf(ask)] = await question(ask, ask.question, context);
  }
  return answers;
}

async function wordOf<S extends CaseState>(
  word: NonNullable<ActSpec<S>['word']>,
  command: string,
  context: Context,
  input: Input,
): Promise<string> {
  const given = input.args[word.name];
  const words = word.choices.map(({ value }) => value);
  if (typeof given === 'string' && words.includes(given)) return given;
  if (given !== undefined || !context.interactive) {
    throw usageError(
      `${command}: ${given === undefined ? `the ${word.name} is missing` : `"${given}" is none`}.`,
      `After the id comes one of ${words.join(', ')}.`,
    );
  }
  return context.prompt.select(word.summary, word.choices);
}

async function question(ask: Ask, message: string, context: Context): Promise<string> {
  const open = ask.choices instanceof Function;
  const choices = ask.choices instanceof Function ? await ask.choices(context) : (ask.choices ?? []);
  if (choices.length > 0) {
    const picked = await context.prompt.select(message, choices);
    if (picked !== 'other' || !open) return picked;
  }
  return (await context.prompt.text(choices.length > 0 ? 'In words' : message, { required: true })).trim();
}

/** A refusal by a rule of the policy, which knows its cite (exit code 4). */
export function refuseBy(context: Context, rule: string, message: string, remedy?: string): Error {
  return refusal(rule, loadPolicy(context.env).cite(rule), message, remedy);
}
