import type { Writer } from '../store/store.ts';

/** Rows of a file that wait until all of it was read, the last of each key: in the store, so that memory stays constant. */
export interface Staging<Row> {
  /** Answers true when an earlier row of that key was put aside. */
  put(key: string, row: Row): boolean;
  /** Hands every row on, in the order of the file. */
  each(take: (key: string, row: Row) => void): void;
}

const PAGE = 1000;

/** Opens a temporary table of the transaction's connection; rows are kept as JSON. */
export function openStaging<Row>(writer: Writer): Staging<Row> {
  writer.exec(`create temp table if not exists staged (place integer primary key, key text not null unique, row text);
    delete from staged`);
  const insert = writer.prepare(
    'insert into staged (place, key, row) values (?, ?, ?) on conflict (key) do nothing',
  );
  const replace = writer.prepare('update staged set place = ?, row = ? where key = ?');
  const page = writer.prepare('select place, key, row from staged where place > ? order by place limit ?');
  let place = 0;
  return {
    put(key, row) {
      place++;
      const text = JSON.stringify(row);
      if (insert.run(place, key, text).changes === 1) return false;
      replace.run(place, text, key);
      return true;
    },
    each(take) {
      for (let last = 0; ; ) {
        const rows = page.all(last, PAGE);
        for (const [at, key, row] of rows) {
          last = Number(at);
          take(String(key), JSON.parse(String(row)));
        }
        if (rows.length === 0) return;
      }
    },
  };
}
