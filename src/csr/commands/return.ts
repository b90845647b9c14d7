import { SERGEANT } from '../police-rules.ts';
import { makePoliceCommand } from '../police-steps.ts';

/** `rollcall csr return <number> --reason …`: an insufficient SRSWO goes back; the due day stands. */
export const csrReturn = makePoliceCommand({
  name: 'csr return',
  summary: 'return an insufficient SRSWO to its member with an explanation',
  details:
    'The clock goes on as if nothing had been submitted: the due day stands (A-CSR-5, A-CSR-6). The explanation is ' +
    'what the member reinvestigates by (CSR-49).',
  roles: SERGEANT,
  by: ['CSR-44', 'return an SRSWO'],
  asks: [{ flags: '--reason <text>', summary: 'what is missing', question: 'What is missing?' }],
  examples: [
    { line: 'rollcall csr return SR20-01 --reason "Caller not reached"', says: 'back to the member' },
  ],
  carries: [
    { rule: 'CSR-44', as: 'check' },
    { rule: 'CSR-49', as: 'evidence' },
  ],
  step: 'returned',
  says: 'returned',
});
