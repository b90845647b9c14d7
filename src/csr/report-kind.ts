import type { ReportKind } from '../casework/report-kind.ts';
import { parsePeriod } from '../core/period.ts';

/**
 * The City Service Request Status Report: the sergeant of a district submits it, its commander approves or returns it. That of
 * all districts goes from the Deputy Chief to the Chief, Bureau of Patrol (CSR-51).
 */
export const STATUS_REPORT: ReportKind = {
  system: 'csr',
  command: 'csr report',
  guards: (district) =>
    district === null
      ? {
          submit: { rule: 'CSR-51', roles: ['ocp-deputy-chief'] },
          decide: { rule: 'CSR-51', roles: ['bop-chief'] },
        }
      : {
          submit: { rule: 'CSR-22', roles: ['cp-sergeant'] },
          decide: { rule: 'CSR-29', roles: ['district-commander'] },
        },
  evidence: (period, district) => {
    if (district !== null) return 'CSR-22';
    return parsePeriod(period).kind === 'month' ? 'CSR-51' : null;
  },
  firstRecord: (district) =>
    district === null
      ? { sql: 'select min(created_at) from srswo', parameters: [] }
      : {
          sql: `select min(first) from (
            select min(created_at) as first from csr_request where district = ?
            union all select min(created_at) from srswo where district = ?
            union all select min(created_at) from csr_form where district = ?)`,
          parameters: [Number(district), district, district],
        },
  lateness:
    'The directive sets no day for a report: the days after its period are told, never a lateness (A-CSR-9).',
};
