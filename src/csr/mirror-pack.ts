import type { SqlValue } from '../store/open.ts';
import type { Writer } from '../store/store.ts';
import { AT, COLUMNS, type RequestRow } from './mirror-row.ts';

// Handing a value over to SQLite costs more than storing it. So the small whole numbers of a row travel as two, the
// two days as one bit beside their instants, and SQL takes them apart again. Every number stays below 2 ** 53.
const UNKNOWN_WORD = 4095;
const UNKNOWN_PLACE = 1023;
const UNKNOWN_BEAT = 16_383;
const DAY = 86_400;

/** Values handed over for one row. */
const WIDTH = 11;

const TAKEN_APART = `
  number,
  (words >> 38) & 4095,
  nullif((words >> 26) & 4095, 4095),
  (words >> 14) & 4095,
  nullif((words >> 2) & 4095, 4095),
  words & 1,
  created >> 1,
  (created >> 1) / 86400 - (created & 1),
  updated,
  closed >> 1,
  (closed >> 1) / 86400 - (closed & 1),
  address,
  zip,
  nullif((places >> 34) & 1023, 1023),
  nullif((places >> 24) & 1023, 1023),
  nullif((places >> 14) & 1023, 1023),
  nullif(places & 16383, 16383),
  latitude,
  longitude,
  (words >> 1) & 1,
  parent`;

function packedInsert(rows: number, batchId: number): string {
  const holders = `(${Array.from({ length: WIDTH }, () => '?').join(', ')})`;
  return `
    with given (number, words, places, created, updated, closed, address, zip, latitude, longitude, parent) as (
      values ${Array.from({ length: rows }, () => holders).join(', ')}
    )
    insert into csr_request (${COLUMNS.join(', ')}, batch_id)
    select ${TAKEN_APART}, ${batchId} from given`;
}

// The bit that turns a UTC day into the Chicago day; -1 where that is not how they differ.
function dayBit(instant: number, day: number): number {
  const bit = Math.floor(instant / DAY) - day;
  return instant >= 0 && (bit === 0 || bit === 1) ? bit : -1;
}

/** Inserts rows of csr_request in the order given, many a statement; `flush` at the end. */
export function packedRows(
  writer: Writer,
  batchId: number,
  rowsPerStatement: number,
): { add(row: RequestRow): void; flush(): void } {
  const many = writer.prepare(packedInsert(rowsPerStatement, batchId));
  const one = writer.prepare(packedInsert(1, batchId));
  const plain = writer.prepare(
    `insert into csr_request (${COLUMNS.join(', ')}, batch_id) values (${COLUMNS.map(() => '?').join(', ')}, ${batchId})`,
  );
  const waiting: SqlValue[] = new Array(WIDTH * rowsPerStatement).fill(null);
  let used = 0;

  // False when a number of the row is too large to travel with others.
  function pack(row: RequestRow, at: number): boolean {
    const type = row[AT.type] as number;
    const department = (row[AT.department] ?? UNKNOWN_WORD) as number;
    const status = row[AT.status] as number;
    const origin = (row[AT.origin] ?? UNKNOWN_WORD) as number;
    const created = row[AT.createdAt] as number;
    const createdBit = dayBit(created, row[AT.createdDay] as number);
    const closed = row[AT.closedAt] as number | null;
    const closedBit = closed === null ? 0 : dayBit(closed, row[AT.closedDay] as number);
    if (type >= UNKNOWN_WORD || status >= UNKNOWN_WORD || createdBit < 0 || closedBit < 0) return false;
    if (row[AT.department] !== null && department >= UNKNOWN_WORD) return false;
    if (row[AT.origin] !== null && origin >= UNKNOWN_WORD) return false;
    waiting[at] = row[AT.srNumber] as string;
    waiting[at + 1] =
      type * 2 ** 38 +
      department * 2 ** 26 +
      status * 2 ** 14 +
      origin * 4 +
      (row[AT.duplicate] as number) * 2 +
      (row[AT.isOpen] as number);
    waiting[at + 2] =
      ((row[AT.ward] ?? UNKNOWN_PLACE) as number) * 2 ** 34 +
      ((row[AT.communityArea] ?? UNKNOWN_PLACE) as number) * 2 ** 24 +
      ((row[AT.district] ?? UNKNOWN_PLACE) as number) * 2 ** 14 +
      ((row[AT.beat] ?? UNKNOWN_BEAT) as number);
    waiting[at + 3] = created * 2 + createdBit;
    waiting[at + 4] = row[AT.updatedAt] as number | null;
    waiting[at + 5] = closed === null ? null : closed * 2 + closedBit;
    waiting[at + 6] = row[AT.address] as string | null;
    waiting[at + 7] = row[AT.zip] as string | null;
    waiting[at + 8] = row[AT.latitude] as number | null;
    waiting[at + 9] = row[AT.longitude] as number | null;
    waiting[at + 10] = row[AT.parent] as string | null;
    return true;
  }

  function flush(): void {
    for (let at = 0; at < used; at += WIDTH) one.run(...waiting.slice(at, at + WIDTH));
    used = 0;
  }

  return {
    add(row) {
      if (pack(row, used)) {
        used += WIDTH;
        if (used === waiting.length) {
          many.run(...waiting);
          used = 0;
        }
        return;
      }
      flush();
      plain.run(...row.slice(0, COLUMNS.length));
    },
    flush,
  };
}
