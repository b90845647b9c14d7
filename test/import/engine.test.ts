import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isRefused } from '../../src/import/engine.ts';
import type { ImportSession, Profile } from '../../src/import/profile.ts';
import { rowSink } from '../../src/import/row-reader.ts';
import { counts, place } from './harness.ts';

const HEADER = 'activity_id,member_id,occurred_at,kind';
const GOOD = `${HEADER}\nA1,M1,2020-01-02T03:04:05,training\nA2,M1,2020-01-03,absence\n`;

describe('importFiles', () => {
  test('makes the store, takes the rows and writes one batch', async () => {
    const here = place();
    const result = await here.one('activity.csv', GOOD);
    expect(result).toMatchObject({ batch: 1, profile: 'member-activity', rows: 2, inserted: 2, rejected: 0 });
    expect(result.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await here.rows('select profile, file, rows, inserted, sha256 from batch')).toEqual([
      ['member-activity', 'activity.csv', 2, 2, result.sha256],
    ]);
  });

  test('changes nothing when the same file comes again, findings included', async () => {
    const here = place();
    await here.one('activity.csv', GOOD);
    const before = await here.rows('select * from member_activity order by 1');
    const again = await here.one('activity.csv', GOOD);
    expect(counts(again)).toBe('+0 ~0 =2 kept 0 rejected 0');
    expect(again.findings).toBe(0);
    expect(await here.rows('select * from member_activity order by 1')).toEqual(before);
    expect(await here.rows('select count(*) from finding')).toEqual([[1]]);
    expect(await here.rows('select count(*) from undo where batch_id = 2')).toEqual([[0]]);
  });

  test('lets the last of two rows with one key win, with a finding, and still changes nothing the second time', async () => {
    const here = place();
    const twice = `${HEADER}\nA1,M1,2020-01-02,training\nA2,M1,2020-01-02,absence\nA1,M1,2020-01-02,other\n`;
    expect(counts(await here.one('a.csv', twice))).toBe('+2 ~0 =1 kept 0 rejected 0');
    expect(await here.rows("select kind from member_activity where activity_id = 'A1'")).toEqual([['other']]);
    expect(await here.rows("select record_id from finding where code = 'DUPLICATE_KEY'")).toEqual([['A1']]);
    expect(counts(await here.one('a.csv', twice))).toBe('+0 ~0 =3 kept 0 rejected 0');
    expect(await here.rows('select count(*) from undo where batch_id = 2')).toEqual([[0]]);
  });

  test('takes columns in any order, letter case and spelling, and lists those it passes over', async () => {
    const here = place();
    const text = 'KIND;Extra; Occurred At ;Activity-ID;MEMBER_ID\ntraining;x;1/2/2020 3:04 PM;A1;M1\n';
    const result = await here.one('a.csv', text);
    expect(result.ignoredColumns).toEqual(['Extra']);
    expect(counts(result)).toBe('+1 ~0 =0 kept 0 rejected 0');
  });

  test('takes a file with only a header as an empty one', async () => {
    const result = await place().one('a.csv', HEADER);
    expect(result).toMatchObject({ rows: 0, inserted: 0, rejected: 0, batch: 1 });
  });

  test('keeps the good rows and says of each bad one its line, column and reason', async () => {
    const here = place();
    const text = [
      HEADER,
      'A1,M1,2020-02-30,training',
      'A2,M1,2020-01-02,dancing',
      'A3,,2020-01-02,training',
      'A4,M1,2020-01-02',
      'A5,M1,2020-01-02,training,surplus',
      'A6,M1,2020-01-02,"train"ing',
      'A7,M1,2020-01-02,training',
      '',
    ].join('\n');
    const result = await here.one('a.csv', text, { rejects: here.path('bad.csv') });
    expect(counts(result)).toBe('+1 ~0 =0 kept 0 rejected 6');
    expect(result.rows).toBe(7);
    expect(result.rejects).toEqual([
      { line: 2, column: 'occurred_at', reason: '"2020-02-30" is no date or time' },
      {
        line: 3,
        column: 'kind',
        reason:
          '"dancing" is not one of complaint, use-of-force, training, commendation, absence, exposure, other',
      },
      { line: 4, column: 'member_id', reason: 'is empty and must not be' },
      { line: 5, column: null, reason: '3 fields where the header has 4' },
      { line: 6, column: null, reason: '5 fields where the header has 4' },
    ]);
    expect(
      readFileSync(here.path('bad.csv'), 'utf8')
        .split('\n')
        .map((line) => line.replace(/[0-9a-f]{8}\)/, 'MARK)')),
    ).toEqual([
      `${HEADER},reject_line,reject_column,reject_reason,reject_extra`,
      'A1,M1,2020-02-30,training,2,occurred_at,"""2020-02-30"" is no date or time",',
      'A2,M1,2020-01-02,dancing,3,kind,"""dancing"" is not one of complaint, use-of-force, training, commendation, absence, exposure, other",',
      'A3,,2020-01-02,training,4,member_id,is empty and must not be,',
      'A4,M1,2020-01-02,,5,,3 fields where the header has 4 (unmended MARK),',
      'A5,M1,2020-01-02,training,6,,5 fields where the header has 4 (unmended MARK),surplus',
      ',,,,7,kind,broken quote: text follows a closing quote; a quote inside a field is written twice (unmended MARK),"A6,M1,2020-01-02,""train""ing"',
      '',
    ]);
  });

  test('rejects the rows of a rejects file again until they are mended', async () => {
    const here = place();
    const text = `${HEADER}\nA1,M1,2020-02-30,training\nA4,M1,2020-01-02,training,surplus\nA6,M1,2020-01-02,"train"ing\n`;
    await here.one('a.csv', text, { rejects: here.path('bad.csv') });
    const bad = readFileSync(here.path('bad.csv'), 'utf8');
    const unmended = await here.one('bad.csv', bad, { rejects: here.path('worse.csv') });
    expect(counts(unmended)).toBe('+0 ~0 =0 kept 0 rejected 3');
    expect(unmended.ignoredColumns).toEqual([]);
    expect(readFileSync(here.path('worse.csv'), 'utf8').split('\n')[0]).toBe(bad.split('\n')[0]);

    const mended = bad
      .replace('2020-02-30', '2020-02-28')
      .replace('A4,M1,2020-01-02,training,', 'A4,M1,2020-01-02,absence,')
      .replace('\n,,,,', '\nA6,M1,2020-01-02,training,');
    expect(counts(await here.one('mended.csv', mended))).toBe('+3 ~0 =0 kept 0 rejected 0');
  });

  test('takes nothing of a file with one bad row when it is strict, and no store is made for it', async () => {
    const here = place();
    const text = `${GOOD}A3,M1,yesterday,training\n`;
    expect(await here.refusal('a.csv', text, { strict: true, rejects: here.path('bad.csv') })).toBe(
      'a.csv: 1 row is not acceptable, so with --strict nothing of the file was taken. First: line 4, occurred_at: "yesterday" is no date or time.\n' +
        `All of them are in ${here.path('bad.csv')}.`,
    );
    expect(existsSync(here.store)).toBe(false);
    expect(readFileSync(here.path('bad.csv'), 'utf8')).toContain('yesterday');
  });

  test('writes nothing on a dry run, and answers what it would have', async () => {
    const here = place();
    const members = here.file('members.csv', 'member_id,rank\nM1,Sergeant\n');
    const activity = here.file('activity.csv', GOOD);
    const bad = here.path('bad.csv');
    const tried = await here.all([activity, members], { dryRun: true, rejects: bad });
    expect(tried.map((one) => !isRefused(one) && [one.profile, one.inserted, one.findings])).toEqual([
      ['members', 1, 0],
      ['member-activity', 2, 0],
    ]);
    expect(existsSync(here.store)).toBe(false);
    expect(existsSync(bad)).toBe(false);
    await here.one('members.csv', 'member_id,rank\nM1,Sergeant\n');
    await here.all([activity], { dryRun: true });
    expect(await here.rows('select count(*) from batch')).toEqual([[1]]);
    expect(await here.rows('select count(*) from member_activity')).toEqual([[0]]);
  });

  test('imports several files parents first, each for itself: a refused one stops no other', async () => {
    const here = place();
    const outcomes = await here.all([
      here.file('activity.csv', GOOD),
      here.file('empty.csv', ''),
      here.path('none.csv'),
      here.file('members.csv', 'member_id,rank\nM1,Sergeant\n'),
    ]);
    expect(outcomes.map((one) => (isRefused(one) ? one.error.message : one.profile))).toEqual([
      'members',
      'member-activity',
      'empty.csv: this file is empty.',
      'none.csv: there is no such file.',
    ]);
    expect(await here.rows('select count(*) from finding')).toEqual([[0]]);
  });

  test('writes one rejects file a source, and a short list, whatever the number of bad rows', async () => {
    const here = place();
    const bad = Array.from({ length: 20_000 }, (_, i) => `A${i},M1,never,training`).join('\n');
    const result = await here.one('a.csv', `${HEADER}\n${bad}\n`, { rejects: here.path('bad.csv') });
    expect(result.rejected).toBe(20_000);
    expect(result.rejects).toHaveLength(5);
    expect(readFileSync(here.path('bad.csv'), 'utf8').split('\n')).toHaveLength(20_002);
  });
});

describe('a file is refused as a whole', () => {
  test.each([
    ['empty.csv', '', 'empty.csv: this file is empty.\nExport it again; the first line names the columns.'],
    [
      'twice.csv',
      'member_id,rank,Member ID\nM1,Sergeant,M1\n',
      'twice.csv: "member_id" and "Member ID" are the same column.\nRemove or rename one of them.',
    ],
    [
      'twice.csv',
      'member_id,rank,rank\nM1,Sergeant,Captain\n',
      'twice.csv: the column "rank" stands twice.\nRemove or rename one of them.',
    ],
    [
      'short.csv',
      'activity_id,member_id,ocurred_at,kind,category\nA1,M1,2020-01-01,other,x\n',
      'short.csv: the nearest profile is member-activity, but a required column is missing: occurred_at (is "ocurred_at" meant?).\n' +
        'See its columns with: rollcall import --template member-activity',
    ],
    [
      'strange.csv',
      'alpha,beta\n1,2\n',
      'strange.csv: no profile knows any of these columns: alpha, beta.\n' +
        'See the profiles with rollcall import --list, and name one with --as.',
    ],
    [
      'latin.csv',
      Buffer.from('member_id,rank,name\nM1,Sergeant,Zo\xeb\n', 'latin1'),
      'latin.csv, line 2: this is not UTF-8 text.\nIf an older system or a spreadsheet wrote it, say --encoding windows-1252.',
    ],
  ])('%s %#', async (name, content, message) => {
    const here = place();
    expect(await here.refusal(name, content)).toBe(message);
    expect(existsSync(here.store)).toBe(false);
  });

  test('for want of a required column of the profile that was named', async () => {
    expect(await place().refusal('a.csv', 'member_id,rank\nM1,Sergeant\n', { as: 'Member_Activity' })).toBe(
      'a.csv: required columns are missing for member-activity: activity_id, occurred_at, kind.\n' +
        'See its columns with: rollcall import --template member-activity',
    );
  });

  test('for a profile that does not exist, naming the nearest', async () => {
    await expect(place().one('a.csv', GOOD, { as: 'membres' })).rejects.toMatchObject({
      kind: 'usage',
      message: 'There is no profile "membres"; did you mean members?',
    });
  });

  test('and leaves the store as it was, when its text breaks off in the middle', async () => {
    const here = place();
    await here.one('members.csv', 'member_id,rank\nM0,Captain\n');
    const rows = Array.from({ length: 30_000 }, (_, i) => `M${i + 1},Sergeant,x`).join('\n');
    const bytes = Buffer.concat([
      Buffer.from(`member_id,rank,name\n${rows}\nM9,Sergeant,`),
      Buffer.of(0xff, 10),
    ]);
    expect(await here.refusal('late.csv', bytes)).toContain('late.csv, line 30002: this is not UTF-8 text.');
    expect(await here.rows('select count(*) from member')).toEqual([[1]]);
    expect(await here.rows('select count(*) from batch')).toEqual([[1]]);
  });
});

describe('undo', () => {
  test('takes inserted rows out and puts changed ones back, and refuses what a later batch stands on', async () => {
    const here = place();
    await here.one('one.csv', `${HEADER}\nA1,M1,2020-01-02,training\n`);
    const before = await here.rows('select * from member_activity order by 1');
    await here.one('two.csv', `${HEADER}\nA1,M1,2020-01-02,other\nA2,M1,2020-01-02,absence\n`);
    await expect(here.undo(1)).rejects.toMatchObject({
      message: 'Batch 1 cannot be undone: batch 2 has changed some of its rows since.',
      remedy: 'Undo batch 2 first.',
    });
    await here.undo(2);
    expect(await here.rows('select * from member_activity order by 1')).toEqual(before);
    await expect(here.undo(2)).rejects.toMatchObject({ message: 'Batch 2 is undone already.' });
    await here.undo(1);
    expect(await here.rows('select count(*) from member_activity')).toEqual([[0]]);
    expect(await here.rows('select count(*) from finding')).toEqual([[0]]);
    await expect(here.undo(9)).rejects.toMatchObject({ kind: 'usage', message: 'There is no batch 9.' });
  });
});

describe('a session', () => {
  const profile: Profile = {
    name: 'probe',
    system: 'desk',
    summary: 'a probe',
    columns: [
      { name: 'id', required: true, aliases: ['Number'] },
      { name: 'at' },
      { name: 'beat' },
      { name: 'district' },
    ],
    async open(session: ImportSession, index) {
      return rowSink(
        session,
        index,
        (row) => {
          row.required('id');
          row.instant('at', 'start');
          row.beat('beat');
          row.district('district');
          return 'inserted';
        },
        async () => {},
      );
    },
  };

  test('counts what is odd about the data by its kind', async () => {
    const text =
      'number,at,beat,district\n1,2020-11-01T01:30,511,5\n2,2020-03-08T02:30,0511,005\n3,2020-01-01,9999,\n4,,12,\n';
    const result = await place().one('p.csv', text, { profiles: [profile] });
    expect(result.notes).toEqual([
      { text: 'local times that happen twice (the clock goes back)', count: 1 },
      { text: 'three-digit beats, padded', count: 1 },
      { text: 'local times that do not exist (the clock goes forward), moved on by the gap', count: 1 },
      { text: 'beats that are not in the geography, kept', count: 1 },
    ]);
    expect(result.rejects).toEqual([
      { line: 5, column: 'beat', reason: '"12" is no beat: three or four digits' },
    ]);
  });

  test('says when a header fits more than one profile', async () => {
    const twin = { ...profile, name: 'twin' };
    expect(await place().refusal('p.csv', 'id,at\n1,2020-01-01\n', { profiles: [profile, twin] })).toBe(
      'p.csv: this header fits probe and twin.\nSay which with --as.',
    );
  });
});
