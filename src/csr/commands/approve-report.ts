import { approveReport } from '../../casework/approve-report.ts';
import { STATUS_REPORT } from '../report-kind.ts';

/** `rollcall csr approve-report 2020-Q4:005`: the commander approves what was submitted, or returns it. */
export const csrApproveReport = approveReport(STATUS_REPORT, {
  name: 'csr approve-report',
  details:
    "A district's is the district commander's (CSR-29), that of all districts (2020-12:all) the Chief's, Bureau of " +
    'Patrol (CSR-51), or who has that role by delegation. Approved is what was submitted, to the byte: its hash is printed and stays with the decision. A returned one is submitted anew as a further version.',
  examples: [
    { line: 'rollcall csr approve-report 2020-Q4:005 --actor M0013', says: 'approved' },
    {
      line: 'rollcall csr approve-report 2020-Q4:005 --return --reason "beat 0531?" --actor M0013',
      says: 'back',
    },
  ],
  carries: [
    { rule: 'CSR-26', as: 'evidence' },
    { rule: 'CSR-29', as: 'check' },
  ],
});
