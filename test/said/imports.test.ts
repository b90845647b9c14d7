import { describe, expect, test } from 'vitest';
import { saidIncidentsProfile, saidSubjectsProfile } from '../../src/said/imports.ts';
import { read, write } from '../../src/store/store.ts';
import { freshStore, importText } from './fixture.ts';

const SUBJECTS = `subject_id,birth_date,district,juvenile,sex,race
S1,2000-06-15,005,no,F,B
S2,6/1/1990,5,,,
S3,,,yes,,`;
const INCIDENTS = `incident_id,subject_id,occurred_on,involvement,offense,disposition
I1,S1,2020-01-05,arrestee,uuw;narcotics,convicted
I2,S1,1/6/2020,Victim,shooting,
I3,S2,20190303,arrestee,Aggravated Battery; other,pending`;

async function rows(path: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  return read(path, (reader) => reader.rows({ sql, parameters: [] }));
}

const ALL_SUBJECTS = `select subject_id, birth_day, district, juvenile, sex, race from said_subject
  left join said_fairness using (subject_key) order by subject_id`;
const ALL_INCIDENTS = `select incident_id, subject_id, date(occurred_day * 86400, 'unixepoch'), involvement, offenses,
  disposition from said_incident join said_subject using (subject_key) order by incident_id`;

async function filled(): Promise<string> {
  const path = freshStore();
  await importText(path, saidSubjectsProfile, SUBJECTS);
  await importText(path, saidIncidentsProfile, INCIDENTS);
  return path;
}

describe('subjects', () => {
  test('are kept with sex and race in a table of their own', async () => {
    const path = await filled();
    expect(await rows(path, ALL_SUBJECTS)).toEqual([
      ['S1', 11_123, 5, 0, 'F', 'B'],
      ['S2', 7456, 5, 0, null, null],
      ['S3', null, null, 1, null, null],
    ]);
    expect(
      await rows(path, "select name from pragma_table_info('said_subject') where name in ('sex', 'race')"),
    ).toEqual([]);
  });

  test('imported again change nothing; a changed one is updated and its blanks leave what is there', async () => {
    const path = await filled();
    const again = await importText(path, saidSubjectsProfile, SUBJECTS);
    expect(again.counts).toEqual({ inserted: 0, updated: 0, unchanged: 3, keptLocal: 0 });
    expect(again.remembered).toEqual([]);
    const changed = await importText(
      path,
      saidSubjectsProfile,
      'subject_id,birth_date,district,sex\nS1,,007,\nS2,,,M',
    );
    expect(changed.counts).toEqual({ inserted: 0, updated: 2, unchanged: 0, keptLocal: 0 });
    expect(changed.remembered).toEqual([
      {
        table: 'said_subject',
        key: 'S1',
        before: { subject_id: 'S1', birth_day: 11_123, district: 5, juvenile: 0 },
      },
      { table: 'said_fairness', key: '1', before: { subject_key: 1, sex: 'F', race: 'B' } },
      {
        table: 'said_subject',
        key: 'S2',
        before: { subject_id: 'S2', birth_day: 7456, district: 5, juvenile: 0 },
      },
      { table: 'said_fairness', key: '2', before: null },
    ]);
    expect(await rows(path, ALL_SUBJECTS)).toEqual([
      ['S1', 11_123, 7, 0, 'F', 'B'],
      ['S2', 7456, 5, 0, 'M', null],
      ['S3', null, null, 1, null, null],
    ]);
  });

  test('with what is no date, no district or no yes or no are rejected by column', async () => {
    const { rejections, counts } = await importText(
      freshStore(),
      saidSubjectsProfile,
      'subject_id,birth_date,district,juvenile\nA,2001-02-30,,\nB,,five,\nC,,,perhaps\n,,,\nD,,,1',
    );
    expect(rejections).toEqual([
      { column: 'birth_date', reason: '"2001-02-30" is no date or time' },
      { column: 'district', reason: expect.stringContaining('"five" is no district') },
      { column: 'juvenile', reason: '"perhaps" is neither yes nor no' },
      { column: 'subject_id', reason: 'is empty and must not be' },
    ]);
    expect(counts.inserted).toBe(1);
  });

  test('with a birth date to come, or later than an incident of theirs, are taken with a finding', async () => {
    const path = await filled();
    const { findings } = await importText(
      path,
      saidSubjectsProfile,
      'subject_id,birth_date\nS4,2021-03-01\nS1,2020-01-06',
    );
    expect(findings.map(({ record, code }) => [record, code])).toEqual([
      ['S4', 'FUTURE_BIRTH_DATE'],
      ['S1', 'INCIDENT_BEFORE_BIRTH'],
    ]);
  });
});

describe('incidents', () => {
  test('are kept with the words of their columns as places and bits', async () => {
    expect(await rows(await filled(), ALL_INCIDENTS)).toEqual([
      ['I1', 'S1', '2020-01-05', 1, 16 + 64, 0],
      ['I2', 'S1', '2020-01-06', 0, 1, 3],
      ['I3', 'S2', '2019-03-03', 1, 4 + 256, 2],
    ]);
  });

  test('of an unknown subject, or with an unknown word or an impossible date, are rejected by column', async () => {
    const path = await filled();
    const { rejections, counts } = await importText(
      path,
      saidIncidentsProfile,
      `incident_id,subject_id,occurred_on,involvement,offense,disposition
I4,S9,2020-01-05,arrestee,uuw,
I5,S1,2020-13-05,arrestee,uuw,
I6,S1,2020-01-05,witness,uuw,
I7,S1,2020-01-05,arrestee,uuw;arson,
I8,S1,2020-01-05,arrestee,;,
I9,S1,2020-01-05,arrestee,uuw,dropped
,S1,2020-01-05,arrestee,uuw,
I10,S1,,arrestee,uuw,
I11,S1,2020-01-05,,uuw,`,
    );
    expect(counts).toEqual({ inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 });
    expect(rejections.map(({ column, reason }) => [column, reason.slice(0, 34)])).toEqual([
      ['subject_id', '"S9" is no known subject: import s'],
      ['occurred_on', '"2020-13-05" is no date or time'],
      ['involvement', '"witness" is not one of victim, ar'],
      ['offense', '"arson" is not one of shooting, ho'],
      ['offense', 'is empty and must not be'],
      ['disposition', '"dropped" is not one of convicted,'],
      ['incident_id', 'is empty and must not be'],
      ['occurred_on', 'is empty and must not be'],
      ['involvement', 'is empty and must not be'],
    ]);
  });

  test('before birth, at a child’s age or in the future are taken with a finding, and said once', async () => {
    const path = await filled();
    const odd = `incident_id,subject_id,occurred_on,involvement,offense
I4,S1,1999-01-01,victim,other
I5,S1,2009-06-14,arrestee,other
I6,S1,2021-02-01,arrestee,other
I7,S1,2010-06-15,arrestee,other`;
    const { findings } = await importText(path, saidIncidentsProfile, odd);
    expect(findings.map(({ record, code, text }) => [record, code, text])).toEqual([
      ['I4', 'INCIDENT_BEFORE_BIRTH', 'happened before its subject was born'],
      ['I5', 'AGE_AT_ARREST', 'its subject was 8 when arrested'],
      ['I6', 'FUTURE_INCIDENT', 'lies in the future: 2021-02-01'],
    ]);
    expect((await importText(path, saidIncidentsProfile, odd)).findings).toEqual([]);
  });

  test('twice in a file: the last wins, with a finding, and the same file again changes nothing', async () => {
    const path = await filled();
    const twice = `incident_id,subject_id,occurred_on,involvement,offense,disposition
I1,S1,2020-01-05,arrestee,other,pending
I8,S1,2020-03-05,arrestee,uuw,pending
I1,S1,2020-01-05,arrestee,violent,convicted
I8,S1,2020-03-05,arrestee,violent,pending`;
    const once = await importText(path, saidIncidentsProfile, twice);
    expect(once.counts).toEqual({ inserted: 1, updated: 1, unchanged: 2, keptLocal: 0 });
    expect(once.findings.map(({ record, code }) => [record, code])).toEqual([
      ['I1', 'DUPLICATE_KEY'],
      ['I8', 'DUPLICATE_KEY'],
    ]);
    const stored = await rows(path, ALL_INCIDENTS);
    expect(stored.map((row) => row[4])).toEqual([32, 1, 260, 32]);
    const again = await importText(path, saidIncidentsProfile, twice);
    expect(again.counts).toEqual({ inserted: 0, updated: 0, unchanged: 4, keptLocal: 0 });
    expect(await rows(path, ALL_INCIDENTS)).toEqual(stored);
  });

  test('keep the index that the scorer reads, also after a first import', async () => {
    const path = await filled();
    const names =
      "select name from sqlite_schema where type = 'index' and tbl_name = 'said_incident' and sql is not null";
    expect(await rows(path, names)).toEqual([['said_incident_subject']]);
  });

  test('of a batch that is taken back are gone, and its subjects only after them', async () => {
    const path = freshStore();
    const subjects = await importText(path, saidSubjectsProfile, SUBJECTS);
    const incidents = await importText(path, saidIncidentsProfile, INCIDENTS);
    const undo = (profile: typeof saidSubjectsProfile, batch: number) =>
      write(path, async (writer) => profile.undo?.(writer, batch));
    await expect(undo(saidSubjectsProfile, subjects.batchId)).rejects.toThrow(
      /Batch 1 cannot be undone: batch 2/,
    );
    await undo(saidIncidentsProfile, incidents.batchId);
    await undo(saidSubjectsProfile, subjects.batchId);
    expect(await rows(path, 'select count(*) from said_incident')).toEqual([[0]]);
    expect(
      await rows(path, 'select count(*) from said_subject union all select count(*) from said_fairness'),
    ).toEqual([[0], [0]]);
  });

  test('that a later batch has changed cannot be taken back before it', async () => {
    const path = await filled();
    const changed = INCIDENTS.replace('convicted', 'pending');
    expect((await importText(path, saidIncidentsProfile, changed)).counts.updated).toBe(1);
    await expect(write(path, async (writer) => saidIncidentsProfile.undo?.(writer, 2))).rejects.toThrow(
      /batch 3 has changed some of its rows/,
    );
  });
});
