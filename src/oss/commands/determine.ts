import { RollcallError } from '../../core/errors.ts';
import { makeOssCommand } from '../act-spec.ts';
import { askReason } from '../walk.ts';

/** `rollcall oss determine <id>`: one Work Item found valid or invalid; `oss triage` does many. */
export const ossDetermine = makeOssCommand({
  name: 'oss determine',
  summary: 'find one Work Item valid or invalid',
  details:
    'Within 48 hours of its generation (OSS-16). An invalid one is closed with a reason (OSS-17), and nothing that ' +
    'others see tells of it (OSS-12). A determination implies the review of OSS-15.',
  roles: ['oss-analyst'],
  by: ['OSS-16', 'determine validity'],
  asks: [
    {
      flags: '--determination <word>',
      summary: 'valid or invalid',
      question: 'Is it valid?',
      choices: [
        { value: 'valid', label: 'valid' },
        { value: 'invalid', label: 'invalid, with a reason' },
      ],
    },
    { flags: '--reason <text>', summary: 'why it is invalid: a code of the list, or words' },
  ],
  async step({ answers, context }) {
    const { determination, reason = null } = answers;
    // Off a terminal the rule itself refuses: no reason is more than a slip of the command line.
    const ask = determination === 'invalid' && reason === null && context.interactive;
    const given = ask ? await askReason(context) : reason;
    if (ask && given === null) throw new RollcallError('cancelled', 'Nothing was determined.');
    return { name: 'determined', reason: given, detail: { detail: determination } };
  },
  says: ({ answers }) => `is found ${answers.determination}`,
  notes: (_, after) => (after.determination === 'valid' ? ['Next: rollcall oss forward (OSS-18).'] : []),
  examples: [
    {
      line: 'rollcall oss determine WI-0034 --determination invalid --reason wrong-member',
      says: 'closed, with the reason',
    },
  ],
  carries: [
    { rule: 'OSS-16', as: 'check' },
    { rule: 'OSS-17', as: 'block' },
  ],
});
