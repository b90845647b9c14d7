import { expect, it } from 'vitest';
import { type Ask, answersOf, choicesOf, optionOf } from '../../src/casework/act-asking.ts';
import type { Choice, Context, Input } from '../../src/core/command.ts';
import { contextFor, input } from '../desk/store-fixture.ts';

const ASKS: readonly Ask[] = [
  { flags: '--means <word>', summary: 'how', question: 'How?', choices: choicesOf(['phone', 'letter']) },
  {
    flags: '--why-not <text>',
    summary: 'why not in person',
    question: 'Why?',
    needed: (answers) => answers.means === 'phone',
  },
  { flags: '--paper <reference>', summary: 'a paper', question: 'Which paper?', repeatable: true },
  { flags: '--remark <text>', summary: 'a remark' },
  { flags: '--loud', summary: 'told aloud' },
];

/** Answers on a terminal whose person says these things in turn, and what was asked. */
async function onTerminal(said: readonly string[], options: Input['options'] = {}, asks = ASKS) {
  const asked: string[] = [];
  const next = async (message: string): Promise<string> => {
    asked.push(message);
    return said[asked.length - 1] ?? '';
  };
  const prompt: Context['prompt'] = {
    text: next,
    select: async <T extends string>(message: string, choices: readonly Choice<T>[]) => {
      const word = await next(message);
      const found = choices.find(({ value }) => value === word);
      if (found === undefined) throw new Error(`${word} was not offered`);
      return found.value;
    },
    confirm: () => Promise.reject(new Error('not asked')),
    secret: () => Promise.reject(new Error('not asked')),
  };
  const context = contextFor('no store', { interactive: true, prompt });
  return { asked, ...(await answersOf('test act', asks, context, input({}, options))) };
}

it('takes what is given without asking: trimmed, a flag as yes, a repeatable option as a list', async () => {
  const options = { means: ' letter ', paper: ['a', ' ', 'b '], remark: '  ', loud: true };
  expect(await onTerminal([], options)).toEqual({
    asked: [],
    answers: { means: 'letter', loud: 'yes' },
    lists: { paper: ['a', 'b'] },
  });
});

it('asks in order for what is missing, and only for what the answers call for', async () => {
  expect(await onTerminal(['phone', ' on furlough ', 'TFS-1'])).toEqual({
    asked: ['How?', 'Why?', 'Which paper?'],
    answers: { means: 'phone', whyNot: 'on furlough' },
    lists: { paper: ['TFS-1'] },
  });
  expect((await onTerminal(['letter', 'TFS-1'])).asked).toEqual(['How?', 'Which paper?']);
});

it('offers words that are not closed, and takes others in words', async () => {
  const offered: readonly Ask[] = [
    { flags: '--to <member>', summary: 'whom', question: 'To whom?', choices: async () => OFFERED },
  ];
  expect((await onTerminal(['M1'], {}, offered)).answers).toEqual({ to: 'M1' });
  const other = await onTerminal(['other', 'M9'], {}, offered);
  expect([other.asked, other.answers]).toEqual([['To whom?', 'In words'], { to: 'M9' }]);
  expect(offered.map(optionOf)).toEqual([{ flags: '--to <member>', summary: 'whom' }]);
});

it('off a terminal names the first option that is missing', async () => {
  const answers = (options: Input['options']) =>
    answersOf('test act', ASKS, contextFor('no store'), input({}, options));
  await expect(answers({})).rejects.toMatchObject({
    kind: 'usage',
    message: 'test act: --means <word> is missing: how.',
    remedy: 'Add --means <word>.',
  });
  await expect(answers({ means: 'phone' })).rejects.toThrow('--why-not');
});

const OFFERED = choicesOf(['M1', 'other']);
