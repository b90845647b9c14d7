import { approveReport } from '../../casework/approve-report.ts';
import { CONCERNS_REPORT } from '../report-kind.ts';

/** `rollcall concerns approve-report 2020-11:005`: what was submitted is approved, or returned. */
export const concernsApproveReport = approveReport(CONCERNS_REPORT, {
  name: 'concerns approve-report',
  details:
    "A district's report is the district commander's to approve; that of all districts the Chief's, Bureau of Patrol " +
    '(CC-38). Approved is what was submitted, to the byte: its hash is printed and stays with the decision. A returned ' +
    'one is submitted anew as a further version.',
  examples: [
    { line: 'rollcall concerns approve-report 2020-11:005 --actor M0013', says: 'approved' },
    {
      line: 'rollcall concerns approve-report 2020-11:005 --return --reason "unit 241?" --actor M0013',
      says: 'back',
    },
  ],
  carries: [{ rule: 'CC-38', as: 'evidence' }],
});
