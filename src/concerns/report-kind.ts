import type { ReportKind } from '../casework/report-kind.ts';
import { parsePeriod } from '../core/period.ts';

/**
 * The status of Community Concerns. Of all districts the Deputy Chief sends it to the Chief, Bureau of Patrol (CC-38). For a
 * district the directive asks for none: the executive officer, who answers for the investigations (CC-32), or the
 * sergeant submits it, and the district commander approves or returns it.
 */
export const CONCERNS_REPORT: ReportKind = {
  system: 'concerns',
  command: 'concerns report',
  guards: (district) =>
    district === null
      ? {
          submit: { rule: 'CC-38', roles: ['ocp-deputy-chief'] },
          decide: { rule: 'CC-38', roles: ['bop-chief'] },
        }
      : {
          submit: { rule: 'CC-32', roles: ['executive-officer', 'cp-sergeant'] },
          decide: { rule: 'CC-32', roles: ['district-commander'] },
        },
  evidence: (period, district) =>
    district === null && parsePeriod(period).kind === 'month' ? 'CC-38' : null,
  firstRecord: (district) =>
    district === null
      ? { sql: 'select min(submitted_at) from concern', parameters: [] }
      : { sql: 'select min(submitted_at) from concern where district = ?', parameters: [district] },
  lateness:
    'CC-38 asks for the status of each month and sets no day for it: the days after the period are told, never a lateness.',
};
