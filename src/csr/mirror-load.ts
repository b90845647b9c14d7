import { WRITE_CACHE } from '../store/open.ts';
import type { Writer } from '../store/store.ts';
import { seenFilter } from './mirror-memo.ts';
import { packedRows } from './mirror-pack.ts';
import { AT, type RequestRow } from './mirror-row.ts';
import type { Tally } from './mirror-tally.ts';
import { ownText } from './mirror-words.ts';

/** Where rows go: into an empty table, or merged with what is there. */
export interface Destination {
  put(row: RequestRow, odd: number, notes: number): void;
  finish(): Promise<void>;
}

const ROWS_A_STATEMENT = 40;
/** 12 MB of pages are enough here: a table that only grows at its end, and sorted indexes, read no page twice. */
const LOAD_CACHE = 'cache_size = -12288';
/** Above this the suspects are no longer looked up one by one: the whole table is. */
const MOST_SUSPECTS = 20_000;

/**
 * Fills an empty csr_request: no index is kept up while rows go in, all are built at the end, in the same transaction.
 * A number met twice is found without remembering all of them (a filter suspects, the table decides); the last wins.
 */
export function loadEmpty(writer: Writer, batchId: number, tally: Tally): Destination {
  const indexes = writer
    .prepare(
      "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'csr_request' and sql is not null",
    )
    .all();
  for (const [name] of indexes) writer.exec(`drop index ${String(name)}`);
  writer.exec(`pragma ${LOAD_CACHE}`);
  const rows = packedRows(writer, batchId, ROWS_A_STATEMENT);
  const seen = seenFilter();
  const suspects = new Set<string>();
  let suspectAll = false;

  // Rows whose number stands again further down in the file.
  function superseded(): readonly (readonly [id: number, srNumber: string])[] {
    if (suspects.size === 0 && !suspectAll) return [];
    const where = suspectAll ? '' : 'where sr_number in (select value from json_each(?))';
    const found = writer
      .prepare(
        `select id, sr_number from (
           select id, sr_number, row_number() over (partition by sr_number order by id desc) as place
           from csr_request ${where}
         ) where place > 1`,
      )
      .all(...(suspectAll ? [] : [JSON.stringify([...suspects])]));
    return found.map(([id, srNumber]) => [Number(id), String(srNumber)] as const);
  }

  return {
    put(row, odd, notes) {
      const srNumber = row[AT.srNumber] as string;
      if (seen.add(srNumber) && !suspectAll) {
        if (suspects.size < MOST_SUSPECTS) suspects.add(ownText(srNumber));
        else suspectAll = true;
      }
      rows.add(row);
      tally.fates.inserted += 1;
      tally.taken(srNumber, odd, notes);
    },
    async finish() {
      rows.flush();
      const remove = writer.prepare('delete from csr_request where id = ?');
      for (const [id, srNumber] of superseded()) {
        remove.run(id);
        tally.fates.inserted -= 1;
        tally.fates.unchanged += 1;
        tally.met();
        tally.superseded(srNumber);
      }
      for (const [, sql] of indexes) writer.exec(String(sql));
      writer.exec(`pragma ${WRITE_CACHE}`);
    },
  };
}
