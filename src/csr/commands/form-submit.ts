import { makeFormCommand } from '../form-steps.ts';

/** `rollcall csr form submit <form…>`: hands forms to the district's community policing office. */
export const csrFormSubmit = makeFormCommand({
  name: 'csr form submit',
  summary: 'hand forms to the community policing office',
  details: 'Also one that was returned, once it is mended with csr form amend.',
  many: true,
  roles: null,
  by: ['CSR-14', 'submit a form'],
  examples: [{ line: 'rollcall csr form submit F21-00001 --actor M0034', says: 'to the office' }],
  carries: [{ rule: 'CSR-14', as: 'evidence' }],
  step: 'form-submitted',
  says: 'submitted',
});
