import type { ImportSession } from '../import/profile.ts';
import type { SqlValue } from '../store/open.ts';
import type { Destination } from './mirror-load.ts';
import { AT, COLUMNS, type RequestRow } from './mirror-row.ts';
import type { Tally } from './mirror-tally.ts';

const NAMES = [...COLUMNS, 'batch_id'];
const BATCH = COLUMNS.length;

/** What a stored request was before a batch changed it, as csr_change keeps it: column names and values. */
function beforeImage(stored: readonly SqlValue[]): string {
  return JSON.stringify(Object.fromEntries(NAMES.map((name, i) => [name, stored[i] ?? null])));
}

/** The values of a before-image in the order of COLUMNS and batch_id. */
export function readBeforeImage(text: string): SqlValue[] {
  const image: Record<string, SqlValue> = JSON.parse(text);
  return NAMES.map((name) => image[name] ?? null);
}

/**
 * Merges rows into a csr_request that holds some. A row that differs from what is there replaces it and leaves one
 * change row; columns that the file does not have (`said` false) keep what is stored; a row whose last update is
 * older than the stored one's is left out.
 */
export function mergeInto(session: ImportSession, said: readonly boolean[], tally: Tally): Destination {
  const { writer, batchId, recordedAt } = session;
  const find = writer.prepare(`select ${NAMES.join(', ')}, id from csr_request where sr_number = ?`);
  const holders = NAMES.map(() => '?').join(', ');
  const insert = writer.prepare(`insert into csr_request (${NAMES.join(', ')}) values (${holders})`);
  const update = writer.prepare(
    `update csr_request set ${NAMES.map((name) => `${name} = ?`).join(', ')} where id = ?`,
  );
  const findChange = writer.prepare(
    'select id, before from csr_change where request_id = ? and batch_id = ?',
  );
  const addChange = writer.prepare(
    `insert into csr_change (request_id, batch_id, recorded_at, was_open, was_closed_at, reopened_at, before)
     values (?, ?, ?, ?, ?, ?, ?)`,
  );
  const editChange = writer.prepare('update csr_change set reopened_at = ? where id = ?');
  const dropChange = writer.prepare('delete from csr_change where id = ?');
  const met = idSet();

  function reopenedAt(before: readonly SqlValue[], after: RequestRow): SqlValue {
    if (before[AT.isOpen] !== 0 || after[AT.isOpen] !== 1) return null;
    const updated = after[AT.updatedAt];
    const closed = before[AT.closedAt];
    const later = typeof updated === 'number' && (typeof closed !== 'number' || updated > closed);
    return later ? updated : recordedAt;
  }

  // The row as it will stand: what the file does not say keeps its stored value.
  function merged(row: RequestRow, stored: readonly SqlValue[]): SqlValue[] {
    const next: SqlValue[] = new Array(BATCH + 1);
    for (let i = 0; i < BATCH; i++) next[i] = (said[i] ? row[i] : stored[i]) ?? null;
    // Status word and close date that the file does not have follow only when the request opens or closes.
    if (row[AT.isOpen] !== stored[AT.isOpen]) {
      for (const i of [AT.status, AT.closedAt, AT.closedDay]) next[i] = row[i] ?? null;
    }
    next[BATCH] = batchId;
    return next;
  }

  function differs(next: readonly SqlValue[], stored: readonly SqlValue[]): boolean {
    for (let i = 0; i < BATCH; i++) if (next[i] !== stored[i]) return true;
    return false;
  }

  function isOlder(row: RequestRow, stored: readonly SqlValue[]): boolean {
    const incoming = row[AT.updatedAt];
    const there = stored[AT.updatedAt];
    return typeof incoming === 'number' && typeof there === 'number' && incoming < there;
  }

  // A number that already stood further up in this file, which this row replaces: judged against what was there
  // before the file. Answers true when nothing came of the row further up, so that this one is as the first.
  function again(row: RequestRow, stored: readonly SqlValue[], id: number): boolean {
    tally.met();
    if (stored[BATCH] !== batchId) return true;
    const srNumber = row[AT.srNumber] as string;
    const change = findChange.get(id, batchId);
    tally.fates.unchanged += 1;
    if (change === undefined) {
      update.run(...merged(row, stored), id);
      tally.superseded(srNumber);
      return false;
    }
    const before = readBeforeImage(String(change[1]));
    const next = merged(row, before);
    if (isOlder(row, before) || !differs(next, before)) {
      update.run(...before, id);
      dropChange.run(Number(change[0]));
      tally.fates.updated -= 1;
      tally.fates.unchanged += 1;
    } else {
      update.run(...next, id);
      editChange.run(reopenedAt(before, next), Number(change[0]));
      tally.superseded(srNumber);
    }
    return false;
  }

  return {
    put(row, odd, notes) {
      const srNumber = row[AT.srNumber] as string;
      tally.taken(srNumber, 0, notes);
      const stored = find.get(srNumber);
      if (stored === undefined) {
        const values = row.slice(0, BATCH);
        met.add(insert.run(...values, batchId).lastInsertRowid);
        tally.fates.inserted += 1;
        tally.odd(srNumber, odd);
        return;
      }
      const id = Number(stored[BATCH + 1]);
      if (!met.add(id) && !again(row, stored, id)) return;
      const next = merged(row, stored);
      const older = isOlder(row, stored);
      if (older || !differs(next, stored)) {
        if (older) tally.older();
        else tally.same();
        tally.fates.unchanged += 1;
        return;
      }
      addChange.run(
        id,
        batchId,
        recordedAt,
        stored[AT.isOpen] ?? null,
        stored[AT.closedAt] ?? null,
        reopenedAt(stored, next),
        beforeImage(stored),
      );
      update.run(...next, id);
      tally.fates.updated += 1;
      tally.odd(srNumber, odd);
    },
    async finish() {},
  };
}

/** A set of row ids, one bit each. */
function idSet(): { add(id: number): boolean } {
  let bits = new Uint32Array(1024);
  return {
    add(id) {
      const word = Math.floor(id / 32);
      if (word >= bits.length) {
        const wider = new Uint32Array(Math.max(word + 1, bits.length * 2));
        wider.set(bits);
        bits = wider;
      }
      const before = bits[word] ?? 0;
      const mask = 1 << (id & 31);
      bits[word] = before | mask;
      return (before & mask) === 0;
    },
  };
}
