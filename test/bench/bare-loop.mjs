// The yardstick of `said score`: reads the columns that the scorer reads, a row at a time, and does nothing with them.
import Database from 'better-sqlite3';

const db = new Database(process.argv[2], { readonly: true });
let rows = 0;
for (const query of [
  'select subject_key, subject_id, birth_day, juvenile from said_subject order by subject_key',
  `select subject_key, occurred_day, involvement, offenses, disposition from said_incident
   order by subject_key, occurred_day`,
]) {
  for (const row of db.prepare(query).raw().iterate()) rows += row.length > 0 ? 1 : 0;
}
console.log(rows);
