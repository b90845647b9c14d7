import { makeFormCommand } from '../form-steps.ts';

/** `rollcall csr form complete <form…>`: the service was done; the 180 days of keeping the form begin. */
export const csrFormComplete = makeFormCommand({
  name: 'csr form complete',
  summary: 'record that the requested service was done',
  details: 'At --as-of. From then the form is kept for at least 180 days (CSR-21).',
  many: true,
  roles: ['cp-sergeant', 'cp-officer'],
  by: ['CSR-21', 'record a completed service'],
  examples: [
    { line: 'rollcall csr form complete F21-00001 --as-of 2021-02-03 --actor M0020', says: 'done then' },
  ],
  carries: [{ rule: 'CSR-21', as: 'evidence' }],
  step: 'form-completed',
  says: 'completed',
});
