import { choicesOf } from '../../casework/act-asking.ts';
import { makeConcernsCommand } from '../act-spec.ts';
import { COMMAND, EXECUTIVE, SERGEANT } from '../roles.ts';
import { REPLY_MEANS } from '../state.ts';

/** `rollcall concerns reply`: records what the resident was told (CSR-17). */
export const concernsReply = makeConcernsCommand({
  name: 'concerns reply',
  summary: 'record what the resident was told',
  details: 'Who still waits for a reply is listed by rollcall concerns list --awaiting-reply (CSR-17).',
  says: 'is answered',
  roles: [...SERGEANT, 'cp-officer', 'supervisor', 'unit-supervisor', ...COMMAND, ...EXECUTIVE],
  by: ['CSR-17', 'reply to a resident'],
  asks: [
    {
      flags: '--text <text>',
      summary: 'what the resident was told',
      question: 'What was the resident told?',
    },
    { flags: '--by-means <means>', summary: 'how', choices: choicesOf(REPLY_MEANS) },
  ],
  examples: [
    { line: 'rollcall concerns reply CC-2020-000001 --text "unit 5 has it" --by-means phone', says: 'told' },
  ],
  carries: [{ rule: 'CSR-17', as: 'check' }],
  step: ({ answers }) => ({ name: 'replied', reason: answers.text, detail: { means: answers.byMeans } }),
});
