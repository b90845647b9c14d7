import { makeFormCommand } from '../form-steps.ts';

/** `rollcall csr form return <form> --reason …`: back to its author. */
export const csrFormReturn = makeFormCommand({
  name: 'csr form return',
  summary: 'return an incomplete or inappropriate form to its author',
  roles: ['cp-sergeant'],
  by: ['CSR-24', 'return a form'],
  asks: [
    {
      flags: '--reason <text>',
      summary: 'what is incomplete or out of place',
      question: 'What is incomplete or out of place?',
    },
  ],
  examples: [
    { line: 'rollcall csr form return F21-00001 --reason "no address" --actor M0019', says: 'back' },
  ],
  carries: [{ rule: 'CSR-24', as: 'check' }],
  step: 'form-returned',
  says: 'returned',
  notes: () => ['Its author mends it with rollcall csr form amend and submits it again (CSR-14).'],
});
