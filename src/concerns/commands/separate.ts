import { makeConcernsCommand } from '../act-spec.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns separate`: takes an association back (CC-06). */
export const concernsSeparate = makeConcernsCommand({
  name: 'concerns separate',
  summary: 'take a concern away from its primary',
  details: 'It stands again where it stood when it was associated, and its clocks go on (CC-06).',
  says: 'is separated',
  roles: SERGEANT,
  by: ['CC-06', 'separate a concern'],
  asks: [
    {
      flags: '--reason <text>',
      summary: 'why it is another matter',
      question: 'Why is it another matter?',
    },
  ],
  examples: [
    {
      line: 'rollcall concerns separate CC-2020-000002 --reason "another entrance"',
      says: 'on its own again',
    },
  ],
  carries: [{ rule: 'CC-06', as: 'check' }],
  step: 'separated',
  notes: (_, { spans }) =>
    spans.some(({ endedBy }) => endedBy === 'running')
      ? [
          'Its clock goes on with the due day that it had. While it was under its primary no lateness of its own counts (A-CC-7).',
        ]
      : [],
});
