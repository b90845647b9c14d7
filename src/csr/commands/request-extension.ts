import { makePoliceCommand } from '../police-steps.ts';
import { inTheirWords, WRITTEN_BY } from '../written-by.ts';

/** `rollcall csr request-extension <number> --reason …`: the member asks for more time; nothing moves yet. */
export const csrRequestExtension = makePoliceCommand({
  name: 'csr request-extension',
  summary: 'record that a member asks for more time on an SRSWO',
  details:
    'The due day does not move until the request is approved with csr extend. One asked late is flagged. The ' +
    'investigating member asks; the office may enter it from the copy of the SRSWO, with --written-by.',
  roles: null,
  by: ['CSR-48', 'ask for more time'],
  asks: [
    {
      flags: '--reason <text>',
      summary: 'as written on the copy of the SRSWO',
      question: 'Why is more time needed?',
    },
    WRITTEN_BY,
  ],
  examples: [
    { line: 'rollcall csr request-extension SR20-01 --reason "witness away" --actor M0050', says: 'asked' },
  ],
  carries: [{ rule: 'CSR-48', as: 'check' }],
  step: (asked) =>
    inTheirWords(asked, 'CSR-48', { name: 'extension-requested', reason: asked.answers.reason }),
  says: 'waiting for more time',
});
