import { openActs } from '../../casework/act.ts';
import { titleOf } from '../../casework/act-outcome.ts';
import { eventOf, refuseBy } from '../../casework/act-verb.ts';
import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { write } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { requireReach } from '../act-spec.ts';
import { countedAnswers } from '../model-answers.ts';
import { labelOf, type StoredFlag } from '../model-explain.ts';
import { textOf } from '../model-options.ts';
import { ANSWERED, type Answer, flagsOf } from '../model-records.ts';
import { workItemKind } from '../records.ts';
import { OSS_BANNER } from '../triage.ts';
import { workItemAsOf } from '../worklist-items.ts';

/** `rollcall oss answer <id>`: what the assigned supervisor thinks of each flag and factor. */
export const ossAnswer: Command<Document> = {
  name: 'oss answer',
  summary: "record whether you agree with a Work Item's flags and factors",
  details:
    'For the supervisor to whom the item is assigned. --flag answers a whole model, --factor one factor of it or of ' +
    'every model that names it. Answers change no score; they are for those who keep the models. A later answer ' +
    'stands beside the earlier one. Without an id: how often supervisors agreed, by model and factor, for those who ' +
    'keep the models; figures of fewer than five answers are left out.',
  arguments: [{ name: 'id', summary: 'Work Item id; without it answers are counted' }],
  options: [
    {
      flags: '--flag <answer>',
      summary: 'agree, disagree, or model=agree; may be repeated',
      repeatable: true,
    },
    {
      flags: '--factor <answer>',
      summary: 'factor=agree or factor=disagree; may be repeated',
      repeatable: true,
    },
    { flags: '--note <text>', summary: 'in words' },
  ],
  examples: [
    {
      line: 'rollcall oss answer WI-20201231-M0005 --flag agree --factor unit-complaints=disagree --actor M0003',
      says: 'agree with the flag, not with one of its factors',
    },
    { line: 'rollcall oss answer --actor OSSU02', says: 'how often supervisors agreed, by model and factor' },
  ],
  fields: {
    id: 'Work Item id',
    'items[].model': 'data model',
    'items[].factor': 'factor, or null for the flag itself',
    'items[].answer': 'agree or disagree',
    'items[].agree': 'without an id: answers that agree',
    'items[].disagree': 'without an id: answers that disagree',
    leftOut: 'without an id: figures of fewer than five answers',
    note: 'as given, or null',
    total: 'answers recorded',
  },
  carries: [{ rule: 'OSS-32', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  if (input.args.id === undefined) return countedAnswers(context);
  const id = String(input.args.id).trim();
  const note = textOf(input, 'note');
  const { actor, answers, newest } = await write(
    context.storePath,
    async (writer) => {
      const sight = await requireSight(writer, context, 'oss.detail', ['OSS-32', 'answer on a flag']);
      const by = sight.actor.memberId;
      const before = await workItemAsOf(writer, sight.directory, id, context.now);
      if (!sight.supervises(requireReach(sight, context, { id, before })))
        throw refuseBy(context, 'OSS-32', `${id} is not assigned to ${by}: its supervisor answers.`);
      const given = answersIn(input, await flagsOf(writer, id, context.now), id);
      const acts = await openActs(writer, workItemKind, context.clock());
      const detail = { answers: JSON.stringify(given) };
      await acts.act(id, eventOf({ name: ANSWERED, reason: note, detail }, by, context.now));
      await acts.finish();
      return { actor: sight.actor, answers: given, newest: await newestImport(writer, 'oss-models') };
    },
    { dryRun: context.dryRun },
  );
  await logAccess(context, { system: 'oss', command: 'oss answer', subject: id, actorId: actor.memberId });
  const items = answers.map((one) => ({ ...one }));
  return {
    document: {
      title: titleOf(context, `Answers on ${id}`),
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'answers',
          columns: [
            { key: 'model', title: 'Model' },
            { key: 'factor', title: 'Factor' },
            { key: 'answer', title: 'Answer' },
          ],
          rows: answers.map(({ model, factor, answer }) => ({
            model,
            factor: factor === null ? 'the flag' : labelOf(factor),
            answer,
          })),
        },
      ],
      notes: note === null ? [] : [`Note: ${note}`],
    },
    data: { id, items, total: items.length, note },
    items,
    newestImport: newest,
  };
}

function answersIn(input: Input, flags: readonly StoredFlag[], id: string): readonly Answer[] {
  if (flags.length === 0) throw usageError(`No data model flagged ${id}: there is nothing to answer.`);
  const texts = (name: string): readonly string[] => [input.options[name] ?? []].flat().map(String);
  const answers = [
    ...texts('flag').flatMap((text) => flagAnswers(text, flags)),
    ...texts('factor').flatMap((text) => factorAnswers(text, flags)),
  ];
  if (answers.length === 0)
    throw usageError('Nothing is answered.', 'Add --flag agree, or --factor complaints-1y=disagree.');
  return answers;
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
  const meant = flags.filter(({ terms }) =>
    terms.some(({ input, points }) => input === factor && points !== 0),
  );
  if (meant.length === 0)
    throw usageError(
      `--factor: ${factor} is no factor of its flags.`,
      'See them with: rollcall oss explain --json',
    );
  return meant.map(({ model }) => ({ model, factor, answer }));
}

function wordOf(text: string, flag: string): 'agree' | 'disagree' {
  if (text === 'agree' || text === 'disagree') return text;
  throw usageError(`${flag}: "${text}" is neither agree nor disagree.`, `Write it as ${flag} …=agree.`);
}
