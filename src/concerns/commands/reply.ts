import { answer, eventOf, makeAct } from '../act-command.ts';
import { COMMAND, EXECUTIVE, SERGEANT } from '../roles.ts';

/** `rollcall concerns reply`: records what the resident was told (CSR-17). */
export const concernsReply = makeAct({
  verb: 'reply',
  summary: 'record what the resident was told',
  details: 'Who still waits for a reply is listed by rollcall concerns list --awaiting-reply (CSR-17).',
  done: 'is answered',
  roles: [...SERGEANT, 'cp-officer', 'supervisor', 'unit-supervisor', ...COMMAND, ...EXECUTIVE],
  rule: 'CSR-17',
  what: 'reply to a resident',
  asks: [
    {
      flags: '--text <text>',
      key: 'text',
      summary: 'what the resident was told',
      ask: 'What was the resident told?',
    },
    { flags: '--by-means <means>', key: 'byMeans', summary: 'phone, e-mail, letter, in person' },
  ],
  examples: [
    { line: 'rollcall concerns reply CC-2020-000001 --text "unit 5 has it" --by-means phone', says: 'told' },
  ],
  carries: [{ rule: 'CSR-17', as: 'check' }],
  events: (acting) => [
    eventOf(acting, 'replied', {
      reason: answer(acting.answers, 'text'),
      detail: { means: answer(acting.answers, 'byMeans') },
    }),
  ],
});
