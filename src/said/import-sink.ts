import type { ImportSession, RowFate } from '../import/profile.ts';
import type { SqlValue } from '../store/open.ts';

/** Which table a file fills: its key, its number and the columns a row gives; and a table beside it, by that number. */
export interface Target {
  readonly table: string;
  readonly rowid: string;
  readonly key: string;
  readonly columns: readonly string[];
  readonly beside?: { readonly table: string; readonly columns: readonly string[] };
}

/** Where a row stands, and whether the store now differs by it from what it was before the file. */
export interface Put {
  readonly rowid: number;
  readonly isNew: boolean;
  readonly changed: boolean;
  readonly duplicate: boolean;
}

/** Upserts rows by key; a key twice in one file is judged once, by its last row against what was there before. */
export interface Upsert {
  /** Values of `columns`, then of `beside`. A null says nothing and leaves what is there; `fresh` fills a new row. */
  put(key: string, values: readonly SqlValue[], fresh: readonly SqlValue[]): Put;
  /** A line that a later line of the file replaces counts as unchanged. */
  counts(): Readonly<Record<RowFate, number>>;
}

/** Opens the upsert of one file: one statement for a new row, two for an unchanged one, three for a changed one. */
export function openUpsert(session: ImportSession, target: Target): Upsert {
  const { batchId } = session;
  const { insert, find, write } = statements(session, target);
  const met = openPlaces();
  const updated = openPlaces();
  const originals = new Map<number, readonly SqlValue[]>();
  const fates: Record<RowFate, number> = { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 };

  function meetAgain(key: string, values: readonly SqlValue[]): Put {
    const { rowid, batch, stored } = find(key);
    if (batch === batchId) {
      const last = stored.map((value, i) => values[i] ?? value);
      const changed = differ(last, stored);
      if (changed) write(key, rowid, last, stored, false);
      fates.unchanged++;
      return { rowid, isNew: false, changed, duplicate: true };
    }
    const duplicate = met.has(rowid);
    met.add(rowid);
    const original = originals.get(rowid) ?? stored;
    const last = original.map((value, i) => values[i] ?? value);
    if (differ(last, stored)) {
      write(key, rowid, last, stored, !originals.has(rowid));
      if (!originals.has(rowid)) originals.set(rowid, stored);
    }
    const changed = differ(last, original);
    if (changed && !updated.has(rowid)) {
      updated.add(rowid);
      fates.updated++;
    } else fates.unchanged++;
    if (!changed && updated.has(rowid)) {
      // The last line brings back what an earlier line had changed.
      updated.remove(rowid);
      fates.updated--;
      fates.unchanged++;
    }
    return { rowid, isNew: false, changed, duplicate };
  }

  return {
    put(key, values, fresh) {
      const rowid = insert(key, values, fresh);
      if (rowid === null) return meetAgain(key, values);
      fates.inserted++;
      return { rowid, isNew: true, changed: true, duplicate: false };
    },
    counts: () => fates,
  };
}

function statements(session: ImportSession, { table, rowid, key, columns, beside }: Target) {
  const { writer, batchId } = session;
  const marks = (names: readonly string[]) => names.map(() => '?').join(', ');
  const insertRow = writer.prepare(
    `insert into ${table} (${key}, ${columns.join(', ')}, batch_id) values (?, ${marks(columns)}, ?)
     on conflict (${key}) do nothing`,
  );
  const updateRow = writer.prepare(
    `update ${table} set ${columns.map((column) => `${column} = ?`).join(', ')} where ${rowid} = ?`,
  );
  const besideColumns = beside?.columns ?? [];
  const putBeside = beside
    ? writer.prepare(
        `insert or replace into ${beside.table} (${rowid}, ${besideColumns.join(', ')}) values (?, ${marks(besideColumns)})`,
      )
    : null;
  const findRow = writer.prepare(
    `select a.${rowid}, a.batch_id, ${[...columns.map((name) => `a.${name}`), ...besideColumns.map((name) => `b.${name}`)].join(', ')}
     from ${table} as a ${beside ? `left join ${beside.table} as b on b.${rowid} = a.${rowid}` : ''}
     where a.${key} = ?`,
  );
  const width = columns.length;
  const first = new Array<SqlValue>(width);

  return {
    /** The number of the new row, or null when the key is there. */
    insert(id: string, values: readonly SqlValue[], fresh: readonly SqlValue[]): number | null {
      for (let i = 0; i < width; i++) first[i] = values[i] ?? fresh[i] ?? null;
      const tried = insertRow.run(id, ...first, batchId);
      if (tried.changes === 0) return null;
      const aside = values.slice(width);
      if (aside.some((value) => value !== null)) putBeside?.run(tried.lastInsertRowid, ...aside);
      return tried.lastInsertRowid;
    },
    find(id: string) {
      const row = findRow.get(id) ?? [];
      return { rowid: Number(row[0]), batch: row[1], stored: row.slice(2) };
    },
    /** Writes what differs; with `keep`, what was there is remembered first, so that the batch can be undone. */
    write(id: string, at: number, next: readonly SqlValue[], was: readonly SqlValue[], keep: boolean): void {
      const aside = was.slice(width);
      if (keep) session.remember(table, id, { [key]: id, ...named(columns, was) });
      if (keep && beside) {
        const none = aside.every((value) => value === null);
        session.remember(
          beside.table,
          String(at),
          none ? null : { [rowid]: at, ...named(besideColumns, aside) },
        );
      }
      if (differ(next.slice(0, width), was.slice(0, width))) updateRow.run(...next.slice(0, width), at);
      if (differ(next.slice(width), aside)) putBeside?.run(at, ...next.slice(width));
    },
  };
}

function named(columns: readonly string[], values: readonly SqlValue[]): Readonly<Record<string, SqlValue>> {
  return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null]));
}

function differ(a: readonly SqlValue[], b: readonly SqlValue[]): boolean {
  return a.some((value, i) => value !== b[i]);
}

/** A set of row numbers, one bit each. */
function openPlaces(): { has(at: number): boolean; add(at: number): void; remove(at: number): void } {
  let bits = new Uint8Array(1024);
  return {
    has: (at) => ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0,
    add(at) {
      const place = at >> 3;
      if (place >= bits.length) {
        const wider = new Uint8Array(Math.max(place + 1, bits.length * 2));
        wider.set(bits);
        bits = wider;
      }
      bits[place] = (bits[place] ?? 0) | (1 << (at & 7));
    },
    remove(at) {
      bits[at >> 3] = (bits[at >> 3] ?? 0) & ~(1 << (at & 7));
    },
  };
}
