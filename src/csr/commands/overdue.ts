import { makeOverdueCommand } from '../../casework/overdue-command.ts';

/** `rollcall csr overdue`: police requests on their SRSWO clocks. */
export const csrOverdue = makeOverdueCommand({
  name: 'csr overdue',
  system: 'csr',
  summary: 'service request clocks past due and still running',
  title: 'Police service requests overdue',
  details:
    'A police request has 7 calendar days from its assignment to the investigating member (CSR-38) and, extended, 15 ' +
    'days from the approval (CSR-47). Requests that other City agencies work on have no directive deadline.',
  carries: [
    { rule: 'CSR-38', as: 'check' },
    { rule: 'CSR-47', as: 'check' },
  ],
});
