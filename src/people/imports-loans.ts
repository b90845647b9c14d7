import type { Instant } from '../core/instant.ts';
import type { ImportSession } from '../import/profile.ts';
import { settleFindings } from './imports-unknown.ts';

const CODE = 'LENT_UNHELD';

/** Loans of a role that the lender does not hold: nothing is lent by them. */
const UNHELD = `select d.from_member, d.role, d.to_member, d.starts from delegation d
  where not exists (select 1 from member_role r where r.member_id = d.from_member and r.role = d.role)`;

/** One finding a delegation of a role that its lender does not hold; takes back those of roles that are held by now. */
export function judgeLoans(session: ImportSession): void {
  settleFindings(
    session,
    `code = '${CODE}' and not exists (select 1 from (${UNHELD}) u
      where u.from_member = finding.record_id and u.starts = finding.at and ${textOf('u')} = finding.text)`,
  );
  const loans = session.writer
    .prepare(`select from_member, starts, ${textOf('u')} from (${UNHELD}) u order by 1, 2, 3`)
    .all();
  for (const [record, at, text] of loans)
    session.finding({
      system: 'desk',
      record: String(record),
      rule: null,
      code: CODE,
      at: Number(at) as Instant,
      text: String(text),
    });
}

function textOf(loan: string): string {
  return `'lends ' || ${loan}.to_member || ' the role ' || ${loan}.role || ', which it does not hold: nothing is lent'`;
}
