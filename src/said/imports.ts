import { dateOfDay, localDay, startOfDay } from '../core/calendar.ts';
import { dataError } from '../core/errors.ts';
import type { ImportSession, Profile, RowFate } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import type { Writer } from '../store/store.ts';
import { openCells } from './import-cells.ts';
import { openUpsert } from './import-sink.ts';
import { ARRESTEE, DISPOSITIONS, INVOLVEMENTS, UNKNOWN_DISPOSITION } from './incident.ts';
import { wholeYears } from './scorer.ts';

/** Below this age an arrest is taken for a slip of the export; it is kept, with a finding. */
const YOUNGEST_ARREST = 10;

/** Subjects. Sex and race go into a table of their own, which the scorer does not read (SAID-11). */
export const saidSubjectsProfile: Profile = {
  name: 'said-subjects',
  system: 'said',
  summary: 'subjects of the dashboard, one a row',
  columns: [
    { name: 'subject_id', required: true, summary: 'the subject' },
    { name: 'birth_date', summary: 'without it there is no age and no tier' },
    { name: 'district', summary: 'for lists only, never scored' },
    { name: 'juvenile', summary: 'yes or no' },
    { name: 'sex', summary: 'for the fairness audit only' },
    { name: 'race', summary: 'for the fairness audit only' },
  ],
  signature: ['subject_id', 'birth_date'],
  order: 10,
  open: async (session, index) => openSubjects(session, index),
  undo: undoSubjects,
};

/** Incidents of subjects: one incident is one arrest whatever its offenses. */
export const saidIncidentsProfile: Profile = {
  name: 'said-incidents',
  system: 'said',
  summary: 'incidents in which a subject was the victim or was arrested',
  columns: [
    { name: 'incident_id', required: true, summary: 'the incident of this subject' },
    { name: 'subject_id', required: true, summary: 'an imported subject' },
    { name: 'occurred_on', required: true, summary: 'day of the incident or arrest' },
    { name: 'involvement', required: true, summary: INVOLVEMENTS.join(', ') },
    { name: 'offense', required: true, summary: 'one or more of the offense words, ; between' },
    { name: 'disposition', summary: DISPOSITIONS.join(', ') },
  ],
  order: 20,
  open: async (session, index) => openIncidents(session, index),
  undo: undoIncidents,
};

function openSubjects(session: ImportSession, index: (column: string) => number) {
  const { writer } = session;
  const cells = openCells();
  const today = localDay(session.recordedAt);
  const upsert = openUpsert(session, {
    table: 'said_subject',
    rowid: 'subject_key',
    key: 'subject_id',
    columns: ['birth_day', 'district', 'juvenile'],
    beside: { table: 'said_fairness', columns: ['sex', 'race'] },
  });
  const earliest = writer.prepare('select min(occurred_day) from said_incident where subject_key = ?');
  const note = notesOf(session);

  function take(row: Row): RowFate {
    const id = row.required('subject_id');
    const birthDay = cells.day(row, 'birth_date');
    const district = cells.district(row, 'district');
    const values = [birthDay, district, cells.flag(row, 'juvenile'), row.text('sex'), row.text('race')];
    const put = upsert.put(id, values, NEW_SUBJECT);
    if (put.duplicate) note(id, 'DUPLICATE_KEY', null, 'stands twice in one file; the last row was taken');
    if (put.changed && birthDay !== null) {
      if (birthDay > today) note(id, 'FUTURE_BIRTH_DATE', birthDay, 'has a birth date in the future');
      const first = put.isNew ? null : earliest.get(put.rowid)?.[0];
      if (typeof first === 'number' && first < birthDay) {
        note(id, 'INCIDENT_BEFORE_BIRTH', first, `was born after an incident of ${dateOfDay(first)}`);
      }
    }
    return 'unchanged';
  }
  return { ...rowSink(session, index, take, async () => {}), counts: upsert.counts };
}

const NEW_SUBJECT = [null, null, 0];

function openIncidents(session: ImportSession, index: (column: string) => number) {
  const { writer } = session;
  const cells = openCells();
  const today = localDay(session.recordedAt);
  // Into an empty table without the index that the scorer reads, which is built at the end in one go.
  const later =
    writer.prepare('select 1 from said_incident limit 1').get() === undefined ? dropIndexes(writer) : [];
  const upsert = openUpsert(session, {
    table: 'said_incident',
    rowid: 'id',
    key: 'incident_id',
    columns: ['subject_key', 'occurred_day', 'involvement', 'offenses', 'disposition'],
  });
  const findSubject = writer.prepare('select subject_key, birth_day from said_subject where subject_id = ?');
  const note = notesOf(session);
  let subjectId = '';
  let subject: ReturnType<typeof findSubject.get>;

  function take(row: Row): RowFate {
    const id = row.required('incident_id');
    const wantedSubject = row.required('subject_id');
    if (wantedSubject !== subjectId) {
      subject = findSubject.get(wantedSubject);
      subjectId = wantedSubject;
    }
    if (subject === undefined) {
      row.reject('subject_id', `"${wantedSubject}" is no known subject: import said-subjects first`);
    }
    const day = cells.day(row, 'occurred_on') ?? row.reject('occurred_on', 'is empty and must not be');
    const involved =
      row.word('involvement', INVOLVEMENTS) ?? row.reject('involvement', 'is empty and must not be');
    const disposition = row.word('disposition', DISPOSITIONS);
    const involvement = INVOLVEMENTS.indexOf(involved);
    const values = [
      Number(subject?.[0]),
      day,
      involvement,
      cells.offenses(row, 'offense'),
      disposition === null ? null : DISPOSITIONS.indexOf(disposition),
    ];
    const put = upsert.put(id, values, NEW_INCIDENT);
    if (put.duplicate) note(id, 'DUPLICATE_KEY', null, 'stands twice in one file; the last row was taken');
    if (put.changed) remark(id, day, involvement, subject?.[1]);
    return 'unchanged';
  }

  function remark(id: string, day: number, involvement: number, birthDay: unknown): void {
    if (day > today) note(id, 'FUTURE_INCIDENT', day, `lies in the future: ${dateOfDay(day)}`);
    if (typeof birthDay !== 'number') return;
    if (day < birthDay) {
      note(id, 'INCIDENT_BEFORE_BIRTH', day, `happened before its subject was born`);
    } else if (involvement === ARRESTEE && wholeYears(birthDay, day) < YOUNGEST_ARREST) {
      note(id, 'AGE_AT_ARREST', day, `its subject was ${wholeYears(birthDay, day)} when arrested`);
    }
  }

  const finish = async () => {
    for (const sql of later) writer.exec(sql);
  };
  return { ...rowSink(session, index, take, finish), counts: upsert.counts };
}

const NEW_INCIDENT = [null, null, null, null, UNKNOWN_DISPOSITION];

/** Drops the indexes of said_incident; answers the statements that make them again. */
function dropIndexes(writer: Writer): readonly string[] {
  const indexes = writer
    .prepare(
      "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'said_incident' and sql is not null",
    )
    .all();
  for (const [name] of indexes) writer.exec(`drop index ${String(name)}`);
  return indexes.map(([, sql]) => String(sql));
}

function notesOf(session: ImportSession) {
  return (record: string, code: string, day: number | null, text: string): void => {
    const at = day === null ? null : startOfDay(dateOfDay(day));
    session.finding({ system: 'said', record, rule: null, code, at, text });
  };
}

// `batch_id` is the batch that brought a row; rows that a batch changed are in `undo`, which the import engine restores.
async function undoSubjects(writer: Writer, batchId: number): Promise<void> {
  const used = writer
    .prepare(
      `select min(i.batch_id) from said_subject as s join said_incident as i on i.subject_key = s.subject_key
       where s.batch_id = ?`,
    )
    .get(batchId)?.[0];
  if (typeof used === 'number') {
    throw dataError(
      `Batch ${batchId} cannot be undone: batch ${used} has incidents of its subjects.`,
      `Undo batch ${used} first.`,
    );
  }
  refuseWhenChanged(writer, batchId, 'said_subject', 'subject_id');
  writer
    .prepare(
      'delete from said_fairness where subject_key in (select subject_key from said_subject where batch_id = ?)',
    )
    .run(batchId);
  writer.prepare('delete from said_subject where batch_id = ?').run(batchId);
}

async function undoIncidents(writer: Writer, batchId: number): Promise<void> {
  refuseWhenChanged(writer, batchId, 'said_incident', 'incident_id');
  writer.prepare('delete from said_incident where batch_id = ?').run(batchId);
}

function refuseWhenChanged(writer: Writer, batchId: number, table: string, key: string): void {
  const later = writer
    .prepare(
      `select min(u.batch_id) from undo as u join ${table} as r on r.${key} = u.row_key
       join batch as b on b.id = u.batch_id
       where u.table_name = ? and u.batch_id > ? and r.batch_id = ? and b.undone_at is null`,
    )
    .get(table, batchId, batchId)?.[0];
  if (typeof later === 'number') {
    throw dataError(
      `Batch ${batchId} cannot be undone: batch ${later} has changed some of its rows since.`,
      `Undo batch ${later} first.`,
    );
  }
}
