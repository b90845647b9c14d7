import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { importingActor } from '../../src/people/imports-actor.ts';
import { write } from '../../src/store/store.ts';
import { counts, place } from '../import/harness.ts';

const MEMBERS = `member_id,name,rank,unit,district,sworn,supervisor_id,roles,os_user,trained_on
M1,Ada,Sergeant,5,5,yes,M2,supervisor; CP Sergeant,ada,2020-01-05
M2,Ben,Captain,,005,1,,commanding-officer,ben,1/5/2020
M3,Cy,Detective,,,,M2,,,
`;

describe('members', () => {
  test('are read with ranks, districts, days and roles in their one form', async () => {
    const here = place();
    const result = await here.one('members.csv', MEMBERS);
    expect(counts(result)).toBe('+3 ~0 =0 kept 0 rejected 0');
    expect(result.findings).toBe(0);
    expect(
      await here.rows(
        'select member_id, rank, rank_level, unit, district, sworn, supervisor_id, trained_on from member',
      ),
    ).toEqual([
      ['M1', 'Sergeant', 2, '5', '005', 1, 'M2', '2020-01-05'],
      ['M2', 'Captain', 4, null, '005', 1, null, '2020-01-05'],
      ['M3', 'Detective', 1, null, null, null, 'M2', null],
    ]);
    expect(await here.rows('select member_id, role from member_role order by 1, 2')).toEqual([
      ['M1', 'cp-sergeant'],
      ['M1', 'supervisor'],
      ['M2', 'commanding-officer'],
    ]);
    expect(counts(await here.one('members.csv', MEMBERS))).toBe('+0 ~0 =3 kept 0 rejected 0');
  });

  test('reject the row for an unknown role, an unknown rank and the role that OSS-10 forbids', async () => {
    const here = place();
    const text =
      'member_id,rank,roles\nM1,Sergeant,OSS Supervisor\nM2,Sergeant,cp-sargent\nM3,Admiral,\nM4,,\n';
    const result = await here.one('members.csv', text);
    expect(result.rejects).toEqual([
      {
        line: 2,
        column: 'roles',
        reason: 'nobody may be given the role "OSS Supervisor" (OSS-10, D20-04 III.B)',
      },
      { line: 3, column: 'roles', reason: '"cp-sargent" is no role; is cp-sergeant meant?' },
      { line: 4, column: 'rank', reason: '"Admiral" is no rank; write one such as Sergeant, or Civilian' },
      { line: 5, column: 'rank', reason: 'is empty and must not be' },
    ]);
    expect(await here.rows('select count(*) from member')).toEqual([[0]]);
  });

  test('have their roles replaced where the file has that column, and only there', async () => {
    const here = place();
    await here.one('members.csv', MEMBERS);
    expect(counts(await here.one('m.csv', 'member_id,rank\nM1,Sergeant\n'))).toBe(
      '+0 ~0 =1 kept 0 rejected 0',
    );
    const roles = await here.one('m.csv', 'member_id,rank,roles\nM1,Sergeant,isd-admin\nM2,Captain,\n');
    expect(counts(roles)).toBe('+0 ~2 =0 kept 0 rejected 0');
    const held = 'select member_id, role from member_role order by 1, 2';
    expect(await here.rows(held)).toEqual([['M1', 'isd-admin']]);
    await here.undo(roles.batch);
    expect(await here.rows(held)).toHaveLength(3);
  });

  test('go with their roles when their batch is undone, and come back as they were', async () => {
    const here = place();
    await here.one('members.csv', MEMBERS);
    const before = await here.rows('select * from member order by 1');
    await here.one(
      'm.csv',
      'member_id,rank,name,roles\nM1,Lieutenant,Ada B,evaluator\nM9,Civilian,New,oss-analyst\n',
    );
    await here.undo(2);
    expect(await here.rows('select * from member order by 1')).toEqual(before);
    expect(await here.rows('select count(*) from member_role')).toEqual([[3]]);
    await here.undo(1);
    expect(await here.rows('select count(*) from member')).toEqual([[0]]);
    expect(await here.rows('select count(*) from member_role')).toEqual([[0]]);
  });

  test('that are unknown make one finding each, until they are imported', async () => {
    const here = place();
    await here.one(
      'roster.csv',
      'member_id,tour_start,tour_end,role\nM1,2020-01-01T08:00,2020-01-01T16:00,supervisor\nM1,2020-01-02T08:00,2020-01-02T16:00,\n',
    );
    await here.one('accesses.csv', 'member_id,role,at,system\nM7,supervisor,2020-01-01T09:00,Concerns\n');
    const found = "select record_id, code, text from finding where code = 'UNKNOWN_MEMBER' order by 1";
    expect(await here.rows(found)).toEqual([
      ['M1', 'UNKNOWN_MEMBER', 'is named in duty-roster and is no known member'],
      ['M7', 'UNKNOWN_MEMBER', 'is named in accesses and is no known member'],
    ]);
    await here.one('members.csv', MEMBERS);
    expect(await here.rows(found)).toHaveLength(1);
    await here.undo(3);
    expect(await here.rows(found)).toHaveLength(2);
  });

  test('that share a login name, or an unknown unit or supervisor, are findings', async () => {
    const here = place();
    await here.one(
      'members.csv',
      'member_id,rank,unit,supervisor_id,os_user\nM1,Sergeant,99999,X1,ada\nM2,Sergeant,5,,ada\n',
    );
    expect(await here.rows('select record_id, code from finding order by 1, 2')).toEqual([
      ['M1', 'UNKNOWN_UNIT'],
      ['X1', 'UNKNOWN_MEMBER'],
      ['ada', 'LOGIN_TWICE'],
    ]);
  });
});

describe('delegations, tours, accesses and evidence', () => {
  test('are taken, and a bare end date includes its day', async () => {
    const here = place();
    await here.one('members.csv', MEMBERS);
    const text =
      'role,from_member,to_member,starts,ends\nexecutive-officer,M2,M1,2020-10-05,2020-10-16\nsupervisor,M1,M2,2020-10-05,2020-10-04\n';
    const result = await here.one('delegations.csv', text);
    expect(result.rejects).toEqual([{ line: 3, column: 'ends', reason: 'lies before starts' }]);
    expect(
      await here.rows("select datetime(starts, 'unixepoch'), datetime(ends, 'unixepoch') from delegation"),
    ).toEqual([['2020-10-05 05:00:00', '2020-10-17 04:59:59']]);
  });

  test('of a role that the lender does not hold are findings, until the members file gives it', async () => {
    const here = place();
    await here.one('members.csv', 'member_id,rank,roles\nM1,Sergeant,supervisor\nM2,Sergeant,\n');
    await here.one(
      'delegations.csv',
      'role,from_member,to_member,starts,ends\nsupervisor,M1,M2,2020-10-05,2020-10-16\nsupervisor,M2,M1,2020-10-05,2020-10-16\n',
    );
    const found = "select record_id, text from finding where code = 'LENT_UNHELD'";
    expect(await here.rows(found)).toEqual([
      ['M2', 'lends M1 the role supervisor, which it does not hold: nothing is lent'],
    ]);
    await here.one('members.csv', 'member_id,rank,roles\nM1,Sergeant,supervisor\nM2,Sergeant,supervisor\n');
    expect(await here.rows(found)).toEqual([]);
    await here.one('members.csv', 'member_id,rank,roles\nM1,Sergeant,\nM2,Sergeant,supervisor\n');
    expect(await here.rows(found)).toEqual([
      ['M1', 'lends M2 the role supervisor, which it does not hold: nothing is lent'],
    ]);
  });

  test('in a role that the member does not hold are findings, until it is given or lent', async () => {
    const here = place();
    await here.one(
      'members.csv',
      'member_id,rank,roles\nM1,Sergeant,cp-sergeant\nM2,Officer,\nM3,Officer,\n',
    );
    const looks = ['M1', 'M2', 'M3', 'M9'].map((id) => `${id},cp-sergeant,2020-11-05T13:30,csr\n`).join('');
    await here.one('accesses.csv', `member_id,role,at,system\n${looks}M3,cp-sergeant,2020-11-06T13:30,csr\n`);
    const found = "select record_id, text from finding where code = 'LOOKED_UNHELD' order by 1";
    const told = 'looked in the role cp-sergeant, which it does not hold: it counts for no office';
    expect(await here.rows(found)).toEqual([
      ['M2', `${told} (1 time)`],
      ['M3', `${told} (2 times)`],
    ]);
    await here.one(
      'delegations.csv',
      'role,from_member,to_member,starts,ends\ncp-sergeant,M1,M2,2020-11-05,2020-11-05\n',
    );
    expect(await here.rows(found)).toEqual([['M3', `${told} (2 times)`]]);
    await here.one('members.csv', 'member_id,rank,roles\nM3,Officer,cp-sergeant\n');
    expect(await here.rows(found)).toEqual([]);
    await here.one('members.csv', 'member_id,rank,roles\nM3,Officer,\n');
    expect(await here.rows(found)).toEqual([]);
    // A member who was not known as the look came is judged when known.
    const known = await here.one('members.csv', 'member_id,rank,roles\nM9,Officer,\n');
    expect(await here.rows(found)).toEqual([['M9', `${told} (1 time)`]]);
    await here.undo(known.batch);
    expect(await here.rows(found)).toEqual([]);
  });

  test('stay unheld each for itself: a loan mends the looks in its time alone, and is undone with them', async () => {
    const here = place();
    await here.one('members.csv', 'member_id,rank,roles\nM1,Sergeant,cp-sergeant\nM2,Officer,\n');
    const looks = ['05', '06'].map((day) => `M2,cp-sergeant,2020-11-${day}T13:30,csr\n`).join('');
    await here.one('accesses.csv', `member_id,role,at,system\n${looks}`);
    const loan = await here.one(
      'delegations.csv',
      'role,from_member,to_member,starts,ends\ncp-sergeant,M1,M2,2020-11-05,2020-11-05\n',
    );
    const unheld = 'select unheld from tour_access order by at';
    const findings = "select count(*) from finding where code = 'LOOKED_UNHELD'";
    expect(await here.rows(unheld)).toEqual([[0], [1]]);
    expect(await here.rows(findings)).toEqual([[1]]);
    await here.undo(loan.batch);
    expect(await here.rows(unheld)).toEqual([[1], [1]]);
    await here.undo(2);
    expect(await here.rows(findings)).toEqual([[0]]);
  });

  test('reject tours that end before they start and roles that do not exist', async () => {
    const text =
      'member_id,tour_start,tour_end,role\nM1,2020-01-01T16:00,2020-01-01T08:00,\nM1,2020-01-01T08:00,2020-01-01T16:00,boss\n';
    const result = await place().one('roster.csv', text);
    expect(result.rejects.map((row) => `${row.line} ${row.column}`)).toEqual(['2 tour_end', '3 role']);
  });

  test('count an access or a piece of evidence once', async () => {
    const here = place();
    const text =
      'member_id,role,at,system\nM1,supervisor,2020-01-01T09:00,concerns\nM1,supervisor,2020-01-01T09:00,concerns\n';
    expect(counts(await here.one('accesses.csv', text))).toBe('+1 ~0 =1 kept 0 rejected 0');
    const evidence =
      'rule,on,by,district,note\nCP-34,2020-11-02,,5,audit\ncp-34,2020-11-02,,005,audit\nCP-3444,2020-11-02,,,x\n';
    const result = await here.one('evidence.csv', evidence);
    expect(counts(result)).toBe('+1 ~0 =1 kept 0 rejected 1');
    expect(result.rejects[0]?.reason).toBe('"CP-3444" is no rule; is CP-34 meant?');
    expect(await here.rows('select rule, on_day, district, note from evidence')).toEqual([
      ['CP-34', '2020-11-02', '005', 'audit'],
    ]);
    await here.undo(2);
    expect(await here.rows('select count(*) from evidence')).toEqual([[0]]);
    expect(await here.rows('select count(*) from tour_access')).toEqual([[1]]);
  });
});

describe('who imports', () => {
  const guarded = peopleProfiles[0];
  const context = (actor: string | null): Context => {
    const unused: Partial<Context> = { actor, osUser: 'nobody', now: 1_600_000_000 as Context['now'] };
    return unused as Context;
  };
  const asks = async (store: string, actor: string | null, profile = guarded) => {
    if (!profile) throw new Error('no profile');
    return await write(store, (writer) => importingActor(writer, context(actor), profile));
  };

  test('is anyone for members until somebody is isd-admin, and then only such a member', async () => {
    const here = place();
    await here.one('members.csv', 'member_id,rank\nM1,Sergeant\nM2,Civilian\n');
    expect(await asks(here.store, 'M1')).toBe('M1');
    expect(await asks(here.store, null)).toBeNull();
    await here.one('members.csv', 'member_id,rank,roles\nM2,Civilian,isd-admin\n');
    expect(await asks(here.store, 'M2')).toBe('M2');
    await expect(asks(here.store, 'M1')).rejects.toMatchObject({
      kind: 'refused',
      message: 'M1 may not import members: it takes the role isd-admin. (OSS-58, D20-04 V.C)',
    });
    await expect(asks(here.store, null)).rejects.toMatchObject({ kind: 'refused' });
    const roster = peopleProfiles.find((profile) => profile.name === 'duty-roster');
    expect(await asks(here.store, null, roster)).toBeNull();
  });

  test('a refusal stops that file alone', async () => {
    const here = place();
    await here.one('members.csv', 'member_id,rank,roles\nM2,Civilian,isd-admin\n');
    const outcomes = await here.all(
      [
        here.file('more.csv', 'member_id,rank\nM3,Civilian\n'),
        here.file('roster.csv', 'member_id,tour_start,tour_end\nM2,2020-01-01T08:00,2020-01-01T16:00\n'),
      ],
      { actor: (writer, profile) => importingActor(writer, context(null), profile) },
    );
    expect(outcomes.map((one) => ('error' in one ? one.error.kind : one.profile))).toEqual([
      'duty-roster',
      'refused',
    ]);
    expect(await here.rows('select count(*) from member')).toEqual([[1]]);
  });
});
