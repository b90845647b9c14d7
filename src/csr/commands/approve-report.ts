import { approveReport } from '../../casework/approve-report.ts';
import { STATUS_REPORT } from '../report-kind.ts';

/** `rollcall csr approve-report 2020-Q4:005`: the commander approves what was submitted, or returns it. */
export const csrApproveReport = approveReport(STATUS_REPORT, {
  name: 'csr approve-report',
  details:
    'Of the district commander, or who has that role by delegation (CSR-29). Approved is what was submitted, to the ' +
    'byte: its hash is printed and stays with the decision. A returned one is submitted anew as a further version.',
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
