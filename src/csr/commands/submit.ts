import { makePoliceCommand } from '../police-steps.ts';
import { inTheirWords, WRITTEN_BY } from '../written-by.ts';

/** `rollcall csr submit <number>`: the investigating member's written explanation; it stops the clock. */
export const csrSubmit = makePoliceCommand({
  name: 'csr submit',
  summary: "hand in the investigating member's explanation of an SRSWO",
  details:
    'Stops the clock of CSR-38 or CSR-47. If the sergeant returns it, the submission counts as not having stopped it ' +
    '(A-CSR-6). It is the investigating member who answers; the office of the district may enter what the member wrote ' +
    'on paper and names the member with --written-by.',
  roles: null,
  by: ['CSR-38', 'submit an SRSWO'],
  asks: [
    {
      flags: '--action <text>',
      summary: 'what was done, as written on the SRSWO',
      question: 'What was done?',
    },
    WRITTEN_BY,
  ],
  examples: [
    { line: 'rollcall csr submit SR20-01 --action "Spoke with caller; cleared" --actor M0050', says: 'done' },
    {
      line: 'rollcall csr submit SR20-01 --action "Spoke with caller" --written-by M0050 --actor M0020',
      says: 'entered for the member',
    },
  ],
  carries: [
    { rule: 'CSR-38', as: 'check' },
    { rule: 'CSR-49', as: 'evidence' },
  ],
  step: (asked) =>
    inTheirWords(asked, 'CSR-38', { name: 'submitted', detail: { action_taken: asked.answers.action } }),
  says: 'submitted',
});
