import type { Instant } from '../core/instant.ts';
import type { ImportSession } from '../import/profile.ts';
import { rowKey } from '../import/undo.ts';
import type { SqlValue } from '../store/open.ts';
import { settleFindings } from './imports-unknown.ts';

const CODE = 'LOOKED_UNHELD';

/** The role of a look `a` is held, or was lent then by who holds it. */
const HELD = `(exists (select 1 from member_role r where r.member_id = a.member_id and r.role = a.role)
  or exists (select 1 from delegation d
    join member_role r on r.member_id = d.from_member and r.role = d.role
    where d.to_member = a.member_id and d.role = a.role and a.at between d.starts and d.ends))`;

const ROLE_TEXT = "'looked in the role ' || a.role || ', which it does not hold: it counts for no office'";

/**
 * Judges the looks that this batch brings by the roles held now, once: one in a role that is given up later stays one of
 * its office. Those of members whom the store does not know wait for them.
 */
export function judgeLooks(session: ImportSession): void {
  mark(session, 'a.batch_id = ? and exists (select 1 from member m where m.member_id = a.member_id)');
}

/** Judges the looks that stood before the members of this batch were known. */
export function judgeLooksOfNew(session: ImportSession): void {
  mark(
    session,
    'a.batch_id is not null and a.member_id in (select member_id from member where batch_id = ?)',
  );
}

/** Marks what nobody holds among the looks of a condition on the batch; one finding a member and role. */
function mark(session: ImportSession, condition: string): void {
  const found = change(session, `a.unheld = 0 and not ${HELD} and ${condition}`, [session.batchId], 1);
  const told = new Map<string, { record: string; at: number; text: string; looks: number }>();
  for (const [member, role, at, , , text] of found) {
    const known = told.get(`${member} ${role}`);
    if (known !== undefined) known.looks += 1;
    else
      told.set(`${member} ${role}`, { record: String(member), at: Number(at), text: String(text), looks: 1 });
  }
  for (const { record, at, text, looks } of told.values())
    session.finding({
      system: 'desk',
      record,
      rule: null,
      code: CODE,
      at: at as Instant,
      text: `${text} (${looks} time${looks === 1 ? '' : 's'})`,
    });
}

/** Takes back what is said of looks in roles that are on record by now; a finding goes with the last of its looks. */
export function settleLooks(session: ImportSession): void {
  change(session, `a.unheld = 1 and ${HELD}`, [], 0);
  settleFindings(
    session,
    `code = '${CODE}' and not exists (select 1 from tour_access a where a.member_id = finding.record_id
      and a.unheld = 1 and instr(finding.text, ${ROLE_TEXT}) = 1)`,
  );
}

/** Says of looks whether their role was unheld; answers them, the oldest first. It can be undone with the batch. */
function change(session: ImportSession, condition: string, values: readonly SqlValue[], unheld: 0 | 1) {
  const { writer } = session;
  const looks = writer
    .prepare(
      `select a.member_id, a.role, a.at, a.system, a.batch_id, ${ROLE_TEXT} from tour_access a where ${condition}
       order by a.member_id, a.at, a.role`,
    )
    .all(...values);
  const update = writer.prepare(
    'update tour_access set unheld = ? where member_id = ? and role = ? and at = ? and system = ?',
  );
  for (const [member = null, role = null, at = null, system = null, batch] of looks) {
    if (batch !== session.batchId)
      session.remember('tour_access', rowKey({ member_id: member, role, at, system }), {
        unheld: 1 - unheld,
      });
    update.run(unheld, member, role, at, system);
  }
  return looks;
}
