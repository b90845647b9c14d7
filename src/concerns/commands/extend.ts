import { makeConcernsCommand } from '../act-spec.ts';
import { EXTENDERS } from '../roles.ts';
import { ownTaskOf } from '../task.ts';

/** `rollcall concerns extend`: 7 more days from the due day (CC-07, CC-08, CC-09, CC-23). */
export const concernsExtend = makeConcernsCommand({
  name: 'concerns extend',
  summary: 'add 7 days to an investigation, with a justification',
  details:
    'Once within the first 7 days (CC-07), after that only when the running period has reached its due day (CC-08), ' +
    'always with a justification (CC-09). The 7 days are added to the due day, not to today: one granted more than 7 ' +
    'days late leaves the concern overdue (A-CC-2, A-CC-3).',
  says: 'is extended',
  roles: EXTENDERS,
  by: ['CC-23', 'extend an investigation'],
  asks: [
    {
      flags: '--justification <text>',
      summary: 'why it takes longer',
      question: 'Why does it take longer? (CC-09)',
    },
    { flags: '--unit <unit>', summary: 'whose task; else your own unit' },
  ],
  examples: [
    {
      line: 'rollcall concerns extend CC-2020-000001 --justification "court date set"',
      says: '7 days from the due day',
    },
  ],
  carries: [
    { rule: 'CC-07', as: 'check' },
    { rule: 'CC-08', as: 'check' },
    { rule: 'CC-09', as: 'check' },
    { rule: 'CC-23', as: 'check' },
  ],
  step(acting) {
    const { unit } = ownTaskOf(acting, 'CC-23');
    return { name: 'extended', unit, detail: { justification: acting.answers.justification } };
  },
  notes: (_, { extensions }) => [`Extensions so far: ${extensions}.`],
});
