import type { Instant } from '../core/instant.ts';
import type { ImportSession } from '../import/profile.ts';
import { settleFindings } from './imports-unknown.ts';

const CODE = 'LOOKED_UNHELD';

/** Members whom the store knows, and the roles in which they looked without holding them or having been lent them. */
const UNHELD = `select a.member_id, a.role, min(a.at) as at, count(*) as looks, a.batch_id from tour_access a
  join member m on m.member_id = a.member_id
  where not exists (select 1 from member_role r where r.member_id = a.member_id and r.role = a.role)
    and not exists (select 1 from delegation d
      join member_role r on r.member_id = d.from_member and r.role = d.role
      where d.to_member = a.member_id and d.role = a.role and a.at between d.starts and d.ends)
  group by a.batch_id, a.member_id, a.role`;

const TEXT = `'looked in the role ' || u.role || ', which it does not hold: it counts for no office ('
  || u.looks || case u.looks when 1 then ' time' else ' times' end || ')'`;

/** One finding a member and role of the looks that this batch brings. A role that is given up later is none. */
export function judgeLooks(session: ImportSession): void {
  const found = session.writer
    .prepare(`select u.member_id, u.at, ${TEXT} from (${UNHELD}) u where u.batch_id = ? order by 1, 2, 3`)
    .all(session.batchId);
  for (const [record, at, text] of found)
    session.finding({
      system: 'desk',
      record: String(record),
      rule: null,
      code: CODE,
      at: Number(at) as Instant,
      text: String(text),
    });
}

/** Takes back those of roles that are on record by now. */
export function settleLooks(session: ImportSession): void {
  settleFindings(
    session,
    `code = '${CODE}' and not exists (select 1 from (${UNHELD}) u
      where u.member_id = finding.record_id and u.at = finding.at and ${TEXT} = finding.text)`,
  );
}
