import type { ImportSession } from '../import/profile.ts';

/** Members that a file names and that the store does not know. */
export interface UnknownMembers {
  named(memberId: string): void;
  /** Writes one finding a member, with the file's profile. */
  finish(): Promise<void>;
}

/** Watches for unknown members in an import: their rows are kept, each such member is one finding. */
export function openUnknownMembers(session: ImportSession, profile: string): UnknownMembers {
  const exists = session.writer.prepare('select 1 from member where member_id = ?');
  const known = new Map<string, boolean>();
  return {
    named(memberId) {
      if (!known.has(memberId)) known.set(memberId, exists.get(memberId) !== undefined);
    },
    async finish() {
      for (const [memberId, there] of known) {
        if (there) continue;
        session.finding({
          system: 'desk',
          record: memberId,
          rule: null,
          code: 'UNKNOWN_MEMBER',
          at: null,
          text: `is named in ${profile} and is no known member`,
        });
      }
    },
  };
}

/** Takes back the findings of members that are known now; they can be undone with the batch. */
export function settleKnownMembers(session: ImportSession): void {
  settleFindings(session, "code = 'UNKNOWN_MEMBER' and record_id in (select member_id from member)");
}

const COLUMNS = ['id', 'system', 'record_id', 'rule', 'code', 'at', 'text', 'batch_id'] as const;

/** Takes back the findings on people that hold no longer, by a condition on them; they can be undone with the batch. */
export function settleFindings(session: ImportSession, condition: string): void {
  const { writer } = session;
  const settled = writer
    .prepare(`select ${COLUMNS.join(', ')} from finding where system = 'desk' and ${condition}`)
    .all();
  const remove = writer.prepare('delete from finding where id = ?');
  for (const row of settled) {
    session.remember(
      'finding',
      String(row[0]),
      Object.fromEntries(COLUMNS.map((name, i) => [name, row[i] ?? null])),
    );
    remove.run(row[0] ?? null);
  }
}
