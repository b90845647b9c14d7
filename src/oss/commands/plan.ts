import type { Asked } from '../../casework/act-command.ts';
import type { Step } from '../../casework/act-verb.ts';
import type { Context } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { nearest } from '../../core/text.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { makeOssCommand } from '../act-spec.ts';
import { disciplines } from '../discipline.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';
import { listIn, type WorkItemState } from '../workflow-state.ts';

/** `rollcall oss plan <id>`: supports chosen with the member, and the questions of the Action Plan. */
export const ossPlan = makeOssCommand({
  name: 'oss plan',
  summary: 'choose supports and answer the questions of the Action Plan',
  details:
    'Supports come from the list of rollcall oss supports, or are given as other:words. Nothing disciplinary belongs ' +
    'on a plan (OSS-06). It may be worked on until it is submitted, and again when it was returned. rollcall oss show ' +
    'prints it, for those who may see plans.',
  roles: SUPERVISOR_ROLES,
  by: ['OSS-43', 'draw up an Action Plan'],
  area: 'oss.plan',
  asks: [
    { flags: '--add <support>', summary: 'a support to add; as often as needed', repeatable: true },
    { flags: '--remove <support>', summary: 'a support to take out; as often as needed', repeatable: true },
    {
      flags: '--answer <code=text>',
      summary: 'an answer to a question; as often as needed',
      repeatable: true,
    },
    { flags: '--with-member', summary: 'the supports were picked together with the member (OSS-04)' },
  ],
  step: (asked) =>
    asked.context.interactive && ['add', 'remove', 'answer'].every((key) => !(key in asked.lists))
      ? askPlan(asked)
      : givenPlan(asked),
  says: (_, after) =>
    `has a plan of ${after.supports.length} ${after.supports.length === 1 ? 'support' : 'supports'}`,
  notes: ({ before }, after) => [
    ...(after.supports.length === 0 ? ['A plan without a support cannot be submitted (OSS-43).'] : []),
    ...(after.changed ? [MEET_FIRST] : []),
    ...(before.state === 'plan-approved' && after.state === 'plan-submitted'
      ? ['Its approval was given without a support on record: it is to be given anew (OSS-23, OSS-31).']
      : []),
  ],
  examples: [
    {
      line: 'rollcall oss plan WI-0034 --add peer-support --answer "goal=better rest" --with-member',
      says: 'one support and one answer',
    },
  ],
  carries: [
    { rule: 'OSS-04', as: 'evidence' },
    { rule: 'OSS-06', as: 'block' },
    { rule: 'OSS-43', as: 'evidence' },
    { rule: 'OSS-44', as: 'evidence' },
  ],
});

const MEET_FIRST =
  'Supports changed since the plan was returned: if the change is dramatic, rollcall oss meet comes before rollcall oss submit (OSS-48).';

function givenPlan({ answers, lists, before, context }: Asked<WorkItemState>): readonly Step[] {
  const add = supportsIn(lists.add).map((support) => supportOf(support, context));
  const remove = supportsIn(lists.remove);
  const odd = remove.find((support) => !before.supports.some((item) => item.support === support));
  if (odd !== undefined) throw usageError(`--remove ${odd}: it is not on the plan.`);
  const said = (lists.answer ?? []).map((line) => answerOf(line, context));
  if (add.length + remove.length + said.length === 0)
    throw usageError('oss plan: there is nothing to do.', 'Add --add, --remove or --answer.');
  return planSteps(add, remove, said, answers.withMember === 'yes');
}

// Supports and answers are a step each: both may be entered for one instant, in one call or in two.
function planSteps(
  add: readonly string[],
  remove: readonly string[],
  said: readonly (readonly [code: string, text: string])[],
  withMember: boolean,
): readonly Step[] {
  const chosen: Step = {
    name: 'planned',
    detail: {
      add: add.join(';'),
      remove: remove.join(';'),
      with_member: withMember ? 'yes' : add.length > 0 ? 'no' : null,
    },
  };
  const answered: Step = {
    name: 'plan-answered',
    detail: Object.fromEntries(said.map(([code, text]) => [`answer_${code}`, text])),
  };
  return [
    ...(add.length + remove.length > 0 || withMember ? [chosen] : []),
    ...(said.length > 0 ? [answered] : []),
  ];
}

function supportsIn(texts: readonly string[] = []): readonly string[] {
  return texts.flatMap((text) => listIn(text));
}

// A disciplinary word goes on to the rule, which refuses it by name and cite.
function supportOf(text: string, context: Context): string {
  const { supports, ...words } = loadPolicy(context.env).oss().plan;
  const codes = supports.map(({ code }) => code);
  if (codes.includes(text) || disciplines(text, words)) return text;
  if (text.startsWith('other:') && text.length > 'other:'.length) return text;
  const near = nearest(text, codes);
  throw usageError(
    `--add ${text}: there is no such support.`,
    near === null ? 'rollcall oss supports lists them; or write other:words.' : `Did you mean ${near}?`,
  );
}

function answerOf(line: string, context: Context): readonly [string, string] {
  const codes = loadPolicy(context.env)
    .oss()
    .plan.questions.map(({ code }) => code);
  const [code = '', ...rest] = line.split('=');
  if (!codes.includes(code.trim()) || rest.join('=').trim() === '')
    throw usageError(
      `--answer ${line}: no answer to a question.`,
      `Write code=text with one of ${codes.join(', ')}.`,
    );
  return [code.trim(), rest.join('=').trim()];
}

async function askPlan({ before, context }: Asked<WorkItemState>): Promise<readonly Step[]> {
  const { supports, questions } = loadPolicy(context.env).oss().plan;
  const on = new Set(before.supports.map((item) => item.support));
  const add: string[] = [];
  for (;;) {
    const left = supports.filter(({ code }) => !on.has(code) && !add.includes(code));
    const picked = await context.prompt.select('Add a support', [
      { value: 'done', label: add.length + on.size === 0 ? 'none yet' : 'that is all' },
      ...left.map(({ code, label }) => ({ value: code, label })),
      { value: 'other', label: 'another one, in words' },
    ]);
    if (picked === 'done') break;
    add.push(
      picked === 'other'
        ? `other:${await context.prompt.text('Which support?', { required: true })}`
        : picked,
    );
  }
  const said: [string, string][] = [];
  for (const { code, text } of questions) {
    if (before.answers[code]?.trim()) continue;
    const answer = (await context.prompt.text(`${text} (blank: later)`)).trim();
    if (answer !== '') said.push([code, answer]);
  }
  if (add.length + said.length === 0) throw usageError('Nothing was added to the plan.');
  const together =
    add.length > 0 && (await context.prompt.confirm('Picked together with the member? (OSS-04)'));
  return planSteps(add, [], said, together);
}
