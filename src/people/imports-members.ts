import type { ImportSession, Profile } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import { rowKey } from '../import/undo.ts';
import { openUpsert } from '../import/upsert.ts';
import type { SqlValue } from '../store/open.ts';
import { judgeLoans } from './imports-loans.ts';
import { judgeLooksOfNew, settleLooks } from './imports-looks.ts';
import { rolesIn } from './imports-roles.ts';
import { settleKnownMembers } from './imports-unknown.ts';
import { isKnownUnit } from './units.ts';

const COLUMNS = [
  'name',
  'rank',
  'rank_level',
  'unit',
  'district',
  'area',
  'watch',
  'sworn',
  'supervisor_id',
  'os_user',
  'trained_on',
  'csr_trained_on',
] as const;

/** Members with their roles. Where the file has the column `roles`, a row's roles replace those held. */
export const membersProfile: Profile = {
  name: 'members',
  system: 'desk',
  summary: 'members with rank, unit and roles',
  columns: [
    { name: 'member_id', required: true },
    { name: 'name' },
    { name: 'rank', required: true, summary: 'with its usual title, or Civilian' },
    { name: 'unit' },
    { name: 'district', summary: 'up to three digits' },
    { name: 'area' },
    { name: 'watch' },
    { name: 'sworn', summary: 'yes or no' },
    { name: 'supervisor_id' },
    { name: 'roles', summary: '; between' },
    { name: 'os_user', summary: 'login name' },
    { name: 'trained_on', summary: 'day of the last training' },
    { name: 'csr_trained_on', summary: 'day of the last training on service requests' },
  ],
  guarded: true,
  order: 0,
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'member',
      key: ['member_id'],
      columns: COLUMNS,
      system: 'desk',
    });
    const roles = openRoles(session);
    // Members whose roles alone have changed: their own columns count them as unchanged.
    const regraded = new Set<string>();
    const changed = new Set<string>();
    const take = (row: Row) => {
      const id = row.required('member_id');
      const rank = row.rank('rank') ?? row.reject('rank', 'is empty and must not be');
      const sworn = row.flag('sworn');
      const unit = row.text('unit');
      const values: SqlValue[] = [
        row.text('name'),
        rank.title,
        rank.level,
        unit,
        row.district('district'),
        row.text('area'),
        row.text('watch'),
        sworn === null ? null : Number(sworn),
        row.text('supervisor_id'),
        row.text('os_user'),
        row.day('trained_on'),
        row.day('csr_trained_on'),
      ];
      const held = row.has('roles') ? rolesIn(row, 'roles') : null;
      const put = rows.put([id], values);
      if (put.changed) changed.add(id);
      if (held !== null && roles.replace(id, held)) regraded.add(id);
      else if (held !== null) regraded.delete(id);
      if (unit !== null && !isKnownUnit(unit))
        note(session, id, 'UNKNOWN_UNIT', `its unit ${unit} is not in the list of units`);
      return 'unchanged' as const;
    };
    const finish = async () => {
      roles.finish();
      settleKnownMembers(session);
      judgeLoans(session);
      settleLooks(session);
      judgeLooksOfNew(session);
      noteSupervisors(session);
      noteLogins(session);
    };
    const counts = () => {
      const { inserted, updated, unchanged, keptLocal } = rows.counts();
      const alone = [...regraded].filter((id) => !changed.has(id)).length;
      return { inserted, updated: updated + alone, unchanged: unchanged - alone, keptLocal };
    };
    return { ...rowSink(session, index, take, finish), counts };
  },
};

interface Roles {
  /** Answers whether the roles now differ from those held before the file. */
  replace(memberId: string, roles: readonly string[]): boolean;
  /** Remembers what was changed, once the last row has had its say. */
  finish(): void;
}

function openRoles(session: ImportSession): Roles {
  const { writer } = session;
  const select = writer.prepare('select role from member_role where member_id = ? order by role');
  const add = writer.prepare('insert into member_role (member_id, role) values (?, ?)');
  const remove = writer.prepare('delete from member_role where member_id = ? and role = ?');
  const before = new Map<string, readonly string[]>();
  const held = (memberId: string) => select.all(memberId).map(([role]) => String(role));
  return {
    replace(memberId, roles) {
      const now = held(memberId);
      for (const role of now) if (!roles.includes(role)) remove.run(memberId, role);
      for (const role of roles) if (!now.includes(role)) add.run(memberId, role);
      const original = before.get(memberId) ?? now;
      before.set(memberId, original);
      return original.join() !== roles.join();
    },
    finish() {
      for (const [memberId, original] of before) {
        const now = held(memberId);
        const key = (role: string) => rowKey({ member_id: memberId, role });
        for (const role of now)
          if (!original.includes(role)) session.remember('member_role', key(role), null);
        for (const role of original) {
          if (!now.includes(role)) session.remember('member_role', key(role), { member_id: memberId, role });
        }
      }
    },
  };
}

function note(session: ImportSession, record: string, code: string, text: string): void {
  session.finding({ system: 'desk', record, rule: null, code, at: null, text });
}

function noteSupervisors(session: ImportSession): void {
  const unknown = session.writer
    .prepare(
      `select distinct supervisor_id from member m
       where supervisor_id is not null
         and not exists (select 1 from member s where s.member_id = m.supervisor_id)
       order by supervisor_id`,
    )
    .all();
  for (const [supervisor] of unknown) {
    note(session, String(supervisor), 'UNKNOWN_MEMBER', 'is named as a supervisor and is no known member');
  }
}

function noteLogins(session: ImportSession): void {
  const shared = session.writer
    .prepare(
      `select os_user, group_concat(member_id, ', ') from (select os_user, member_id from member order by member_id)
       where os_user is not null group by os_user having count(*) > 1`,
    )
    .all();
  for (const [login, members] of shared) {
    note(
      session,
      String(login),
      'LOGIN_TWICE',
      `is the login name of ${members}: name the acting one with --actor`,
    );
  }
}
