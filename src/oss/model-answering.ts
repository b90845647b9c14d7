import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Flag, labelOf } from './model-explain.ts';
import { textOf } from './model-options.ts';
import type { Answer } from './model-records.ts';

type Word = Answer['answer'];

/** What a supervisor answers, and a note or null. */
export interface Answering {
  readonly answers: readonly Answer[];
  readonly note: string | null;
}

/**
 * The answers given as options; with none of them on a terminal each flag is asked about, then whatever factor is
 * chosen, and off it a usage error names the options.
 */
export async function answering(
  context: Context,
  input: Input,
  flags: readonly Flag[],
  id: string,
): Promise<Answering> {
  if (flags.length === 0) throw usageError(`No data model flagged ${id}: there is nothing to answer.`);
  const texts = (name: string): readonly string[] => [input.options[name] ?? []].flat().map(String);
  const given = [
    ...texts('flag').flatMap((text) => flagAnswers(text, flags)),
    ...texts('factor').flatMap((text) => factorAnswers(text, flags)),
  ];
  const note = textOf(input, 'note');
  if (given.length > 0) return { answers: given, note };
  if (!context.interactive) {
    const factor = flags.flatMap(factorsOf)[0];
    const or = factor === undefined ? '' : `, or --factor ${factor}=disagree`;
    throw usageError('Nothing is answered.', `Add --flag agree${or}.`);
  }
  const answers = await askedAnswers(context, flags);
  if (answers.length === 0) throw usageError('Nothing is answered.');
  return { answers, note: note ?? ((await context.prompt.text('A note (may be empty)')).trim() || null) };
}

const WORDS = [
  { value: 'agree', label: 'agree' },
  { value: 'disagree', label: 'disagree' },
] as const;
const SKIP = { value: 'skip', label: 'no answer' } as const;
const DONE = { value: 'done', label: 'no further factor' } as const;

async function askedAnswers(context: Context, flags: readonly Flag[]): Promise<readonly Answer[]> {
  const { prompt } = context;
  const answers: Answer[] = [];
  for (const flag of flags) {
    const { model } = flag;
    const how = flag.place === null ? 'as the import tells' : `place ${flag.place} of ${flag.scored}`;
    const answer = await prompt.select(`${model} flags the member, ${how}.`, [...WORDS, SKIP]);
    if (answer !== 'skip') answers.push({ model, factor: null, answer });
  }
  let open = [...new Set(flags.flatMap(factorsOf))];
  while (open.length > 0) {
    const choices = open.map((value) => ({ value, label: `${labelOf(value)} (${value})` }));
    const factor = await prompt.select('Answer on a factor?', [DONE, ...choices]);
    if (factor === 'done') break;
    const answer: Word = await prompt.select(`${labelOf(factor)}: a reason?`, WORDS);
    answers.push(...namedBy(factor, flags).map(({ model }) => ({ model, factor, answer })));
    open = open.filter((other) => other !== factor);
  }
  return answers;
}

/** The factors of a flag that had a part in its score, by the names that --factor takes. */
function factorsOf({ terms }: Flag): readonly string[] {
  return terms
    .filter(({ input, points }) => input !== 'average member' && points !== 0)
    .map(({ input }) => input);
}

function namedBy(factor: string, flags: readonly Flag[]): readonly Flag[] {
  return flags.filter((flag) => factorsOf(flag).includes(factor));
}

function flagAnswers(text: string, flags: readonly Flag[]): readonly Answer[] {
  const [first = '', second] = text.split('=');
  const answer = wordOf(second ?? first, '--flag');
  const meant = second === undefined ? flags : flags.filter(({ model }) => model === first);
  if (meant.length === 0)
    throw usageError(
      `--flag: ${first} did not flag it.`,
      `It is ${flags.map(({ model }) => model).join(', ')}.`,
    );
  return meant.map(({ model }) => ({ model, factor: null, answer }));
}

function factorAnswers(text: string, flags: readonly Flag[]): readonly Answer[] {
  const [factor = '', word = ''] = text.split('=');
  const answer = wordOf(word, '--factor');
  const meant = namedBy(factor, flags);
  if (meant.length === 0) {
    const factors = [...new Set(flags.flatMap(factorsOf))];
    throw usageError(
      `--factor: ${factor} is no factor of its flags.`,
      factors.length > 0
        ? `They are ${factors.join(', ')}.`
        : 'They came with an import, without factors: answer with --flag.',
    );
  }
  return meant.map(({ model }) => ({ model, factor, answer }));
}

function wordOf(text: string, flag: string): Word {
  if (text === 'agree' || text === 'disagree') return text;
  throw usageError(`${flag}: "${text}" is neither agree nor disagree.`, `Write it as ${flag} …=agree.`);
}
