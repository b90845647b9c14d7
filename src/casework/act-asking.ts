import type { Choice, Context, Input, OptionDef } from '../core/command.ts';
import { usageError } from '../core/errors.ts';

/** The texts given for options, by camelCase name: a flag is `yes`, blank ones are left out. */
export type Answers = Readonly<Record<string, string>>;

/** What was given or said: single texts, and the texts of each repeatable option that has any. */
export interface Answered {
  readonly answers: Answers;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** An option of a step: off a terminal it is given or missed by its name, on one it is asked for. */
export interface Ask {
  readonly flags: string;
  readonly summary: string;
  /** Said on a terminal when the option is missing; absent for what may be left out. */
  readonly question?: string;
  /** Whether a question needs its answer, by what was answered before; absent: always. */
  readonly needed?: (answers: Answers, lists: Answered['lists']) => boolean;
  /** Asked on a terminal and may be left empty there; off one it is not missed. By what was answered before, if told so. */
  readonly optional?: boolean | ((answers: Answers, lists: Answered['lists']) => boolean);
  /** What is wrong with an answer, null for nothing: asked again on a terminal, else a usage error. */
  readonly check?: (text: string) => string | null;
  /** Closed words; what a function answers is only offered, and other words are taken too. */
  readonly choices?: readonly Choice[] | ((context: Context) => Promise<readonly Choice[]>);
  /** Given as often as needed: a list. */
  readonly repeatable?: boolean;
}

/** A second word after the id, one of a few: `open`, `decide`. */
export interface Word {
  readonly name: string;
  readonly summary: string;
  readonly choices: readonly Choice[];
}

/** Words to choose from that need no label of their own. */
export function choicesOf(words: readonly string[]): readonly Choice[] {
  return words.map((value) => ({ value, label: value }));
}

/** The option of the command line that an ask is. */
export function optionOf({ flags, summary, choices, repeatable }: Ask): OptionDef {
  const closed = choices instanceof Function ? undefined : choices?.map(({ value }) => value);
  return { flags, summary, ...(closed ? { choices: closed } : {}), ...(repeatable ? { repeatable } : {}) };
}

/**
 * Every option given, and on a terminal every needed one that is missing asked for; off it a usage error that names the
 * option. `command` is as typed: `oss forward`; what is `known` already is among the answers.
 */
export async function answersOf(
  command: string,
  asks: readonly Ask[],
  context: Context,
  input: Input,
  known: Answers = {},
): Promise<Answered> {
  const answers: Record<string, string> = { ...known };
  const lists: Record<string, readonly string[]> = {};
  for (const ask of asks) {
    const given = textsOf(input, nameOf(ask));
    for (const text of given) {
      const wrong = ask.check?.(text) ?? null;
      if (wrong !== null) throw usageError(`${ask.flags}: ${wrong}`);
    }
    if (ask.repeatable && given.length > 0) lists[nameOf(ask)] = given;
    if (!ask.repeatable && given[0] !== undefined) answers[nameOf(ask)] = given[0];
  }
  for (const ask of asks) {
    const name = nameOf(ask);
    const { flags, summary, question } = ask;
    if (question === undefined || answers[name] !== undefined || lists[name] !== undefined) continue;
    if (ask.needed?.(answers, lists) === false) continue;
    const optional = ask.optional instanceof Function ? ask.optional(answers, lists) : ask.optional === true;
    if (!context.interactive && optional) continue;
    if (!context.interactive)
      throw usageError(`${command}: ${flags} is missing: ${summary}.`, `Add ${flags}.`);
    const said = await askedWell(ask, question, context, optional);
    if (said === '') continue;
    if (ask.repeatable) lists[name] = [said];
    else answers[name] = said;
  }
  return { answers, lists };
}

/** The word after the id, chosen on a terminal when it is missing; off it a usage error that names the words. */
export async function wordOf(
  command: string,
  { name, summary, choices }: Word,
  context: Context,
  input: Input,
): Promise<string> {
  const given = input.args[name];
  const words = choices.map(({ value }) => value);
  if (typeof given === 'string' && words.includes(given)) return given;
  if (given !== undefined || !context.interactive) {
    throw usageError(
      `${command}: ${given === undefined ? `the ${name} is missing` : `"${given}" is none`}.`,
      `After the id comes one of ${words.join(', ')}.`,
    );
  }
  return context.prompt.select(summary, choices);
}

/** `--to <member>` is `to`, `--not-possible <why>` is `notPossible`. */
function nameOf({ flags }: Ask): string {
  const long = /--([a-z][\w-]*)/.exec(flags)?.[1] ?? flags;
  return long.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The text of an option; null when it was not given or is blank. */
export function optionText(input: Pick<Input, 'options'>, name: string): string | null {
  const given = input.options[name];
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : null;
}

function textsOf({ options }: Input, name: string): readonly string[] {
  const given = options[name];
  const texts = given === true ? ['yes'] : [given || []].flat();
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

// Asked again until nothing is wrong with it: what was typed before is not lost by one slip.
async function askedWell(ask: Ask, question: string, context: Context, optional: boolean): Promise<string> {
  for (;;) {
    const said = await asked(ask, question, context, optional);
    const wrong = said === '' ? null : (ask.check?.(said) ?? null);
    if (wrong === null) return said;
    context.say(wrong);
  }
}

async function asked(ask: Ask, question: string, context: Context, optional: boolean): Promise<string> {
  const open = ask.choices instanceof Function;
  const choices = ask.choices instanceof Function ? await ask.choices(context) : (ask.choices ?? []);
  if (choices.length > 0) {
    const picked = await context.prompt.select(question, choices);
    if (picked !== 'other' || !open) return picked;
  }
  const words = choices.length > 0 ? 'In words' : question;
  return (await context.prompt.text(words, { required: !optional })).trim();
}
