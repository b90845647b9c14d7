import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { labelOf, type StoredFlag } from './model-explain.ts';
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
  flags: readonly StoredFlag[],
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
  if (!context.interactive)
    throw usageError('Nothing is answered.', 'Add --flag agree, or --factor complaints-1y=disagree.');
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

async function askedAnswers(context: Context, flags: readonly StoredFlag[]): Promise<readonly Answer[]> {
  const { prompt } = context;
  const answers: Answer[] = [];
  for (const { model, place, scored } of flags) {
    const answer = await prompt.select(`${model} flags the member, place ${place} of ${scored}.`, [
      ...WORDS,
      SKIP,
    ]);
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
function factorsOf({ terms }: StoredFlag): readonly string[] {
  return terms
    .filter(({ input, points }) => input !== 'average member' && points !== 0)
    .map(({ input }) => input);
}

function namedBy(factor: string, flags: readonly StoredFlag[]): readonly StoredFlag[] {
  return flags.filter((flag) => factorsOf(flag).includes(factor));
}

function flagAnswers(text: string, flags: readonly StoredFlag[]): readonly Answer[] {
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

function factorAnswers(text: string, flags: readonly StoredFlag[]): readonly Answer[] {
  const [factor = '', word = ''] = text.split('=');
  const answer = wordOf(word, '--factor');
  const meant = namedBy(factor, flags);
  if (meant.length === 0)
    throw usageError(
      `--factor: ${factor} is no factor of its flags.`,
      `They are ${[...new Set(flags.flatMap(factorsOf))].join(', ')}.`,
    );
  return meant.map(({ model }) => ({ model, factor, answer }));
}

function wordOf(text: string, flag: string): Word {
  if (text === 'agree' || text === 'disagree') return text;
  throw usageError(`${flag}: "${text}" is neither agree nor disagree.`, `Write it as ${flag} …=agree.`);
}
