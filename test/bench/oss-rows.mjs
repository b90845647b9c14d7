// The yardstick of `oss generate` and `oss validate`: reads the rows that they read, one at a time, and does nothing
// with them.
import Database from 'better-sqlite3';

const db = new Database(process.argv[2], { readonly: true });
let rows = 0;
for (const query of [
  'select member_id, appointed_on, resigned_on, sworn from member',
  `select member_id, occurred_at, filed_at, closed_at, kind, category, finding, on_duty, case_id
   from member_activity`,
  'select member_id, unit, starts_on, ends_on from unit_spell',
]) {
  for (const row of db.prepare(query).raw().iterate()) rows += row.length > 0 ? 1 : 0;
}
console.log(rows);
