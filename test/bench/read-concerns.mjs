// Reads every concern of a store, with the columns that likeness is judged by, and does nothing with them.
import Database from 'better-sqlite3';

const db = new Database(process.argv[2], { readonly: true });
const rows = db
  .prepare(
    'select control_number, submitted_at, category, description, address, latitude, longitude from concern',
  )
  .raw()
  .all();
process.stdout.write(`${rows.length}\n`);
