import { makePoliceCommand } from '../police-steps.ts';

/** `rollcall csr close <number> --disposition …`: enters the disposition of a sufficient SRSWO. */
export const csrClose = makePoliceCommand({
  name: 'csr close',
  summary: 'enter the disposition of a sufficient SRSWO and close it',
  many: true,
  roles: ['cp-sergeant', 'cp-officer'],
  by: ['CSR-44', 'close police requests'],
  asks: [{ flags: '--disposition <text>', summary: 'as entered in 311', question: 'Which disposition?' }],
  examples: [{ line: 'rollcall csr close SR20-01 --disposition resolved --actor M0019', says: 'closed' }],
  carries: [
    { rule: 'CSR-34', as: 'check' },
    { rule: 'CSR-44', as: 'check' },
  ],
  step: ({ answers: { disposition } }) => ({ name: 'closed', detail: { disposition } }),
  says: 'closed',
});
