import { makeConcernsCommand } from '../act-spec.ts';
import { COMMAND } from '../roles.ts';
import { ownTaskOf } from '../task.ts';

/** `rollcall concerns submit`: the supervisor documents the action and sends it up (CC-28). */
export const concernsSubmit = makeConcernsCommand({
  name: 'concerns submit',
  summary: 'document the action taken and send it up for approval',
  details:
    'The supervisor writes down what was done; the lieutenant or commanding officer then completes it (CC-28, CC-25). ' +
    'Submitting does not stop the 7 days: completing does (A-CC-4).',
  says: 'is submitted',
  roles: ['supervisor', 'unit-supervisor', ...COMMAND],
  by: ['CC-28', 'submit the action taken'],
  asks: [
    { flags: '--action <text>', summary: 'what was done', question: 'What was done? (CC-28)' },
    { flags: '--unit <unit>', summary: 'whose task; else your own unit' },
  ],
  examples: [{ line: 'rollcall concerns submit CC-2020-000001 --action "owner spoken to"', says: 'sent up' }],
  carries: [{ rule: 'CC-28', as: 'check' }],
  step(acting) {
    const { unit } = ownTaskOf(acting, 'CC-28');
    return { name: 'submitted', unit, reason: acting.answers.action };
  },
});
