import { makeOssCommand, membersHolding, requireMember } from '../act-spec.ts';

/** `rollcall oss forward <id> --to <member>`: a valid Work Item to the Area Representative of the member's Area. */
export const ossForward = makeOssCommand({
  name: 'oss forward',
  summary: 'pass a valid Work Item to the Area Representative',
  details:
    'The representative serves the Area of the affected member (OSS-18). The other one of that Area gets it too and may ' +
    'act on it: both receive every valid one of their Area (OSS-19). The directive sets no deadline for it.',
  roles: ['oss-analyst'],
  by: ['OSS-18', 'forward a Work Item'],
  asks: [
    {
      flags: '--to <member>',
      summary: 'the Area Representative',
      question: 'To which Area Representative?',
      choices: membersHolding(['oss-area-rep']),
    },
  ],
  async step(asked) {
    await requireMember(asked, asked.answers.to);
    return { name: 'forwarded', detail: { area_rep_id: asked.answers.to } };
  },
  says: ({ answers }) => `is forwarded to ${answers.to}`,
  examples: [{ line: 'rollcall oss forward WI-0034 --to M0003 --actor M0001', says: 'to M0003' }],
  carries: [{ rule: 'OSS-18', as: 'block' }],
});
