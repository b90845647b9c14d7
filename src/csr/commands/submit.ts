import { makePoliceCommand } from '../police-steps.ts';

/** `rollcall csr submit <number>`: the investigating member's written explanation; it stops the clock. */
export const csrSubmit = makePoliceCommand({
  name: 'csr submit',
  summary: "hand in the investigating member's explanation of an SRSWO",
  details:
    'Stops the clock of CSR-38 or CSR-47. If the sergeant returns it, the submission counts as not having stopped it ' +
    '(A-CSR-6). Anyone known to the store may enter what the member wrote.',
  roles: null,
  by: ['CSR-38', 'submit an SRSWO'],
  asks: [
    {
      flags: '--action <text>',
      summary: 'what was done, as written on the SRSWO',
      question: 'What was done?',
    },
  ],
  examples: [
    { line: 'rollcall csr submit SR20-01 --action "Spoke with caller; cleared" --actor M0050', says: 'done' },
  ],
  carries: [
    { rule: 'CSR-38', as: 'check' },
    { rule: 'CSR-49', as: 'evidence' },
  ],
  step: ({ answers }) => ({ name: 'submitted', detail: { action_taken: answers.action } }),
  says: 'submitted',
});
