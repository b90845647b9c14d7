import type { ReportKind } from '../casework/report-kind.ts';

/** The City Service Request Status Report: the sergeant submits it, the district commander approves or returns it. */
export const STATUS_REPORT: ReportKind = {
  system: 'csr',
  command: 'csr report',
  guards: () => ({
    submit: { rule: 'CSR-22', roles: ['cp-sergeant'] },
    decide: { rule: 'CSR-29', roles: ['district-commander'] },
  }),
  evidence: () => 'CSR-22',
  lateness:
    'The directive sets no day for a report: the days after its period are told, never a lateness (A-CSR-9).',
};
