import type { Instant } from '../core/instant.ts';
import type { Writer } from '../store/store.ts';
import type { ImportSession } from './profile.ts';

/** Who imports what, for a session. */
export interface SessionHead {
  readonly writer: Writer;
  readonly batchId: number;
  readonly recordedAt: Instant;
  readonly actor: string | null;
  readonly file: string;
  sha256(): string;
}

/** A session and what has been said to it. */
export interface OpenSession {
  readonly session: ImportSession;
  readonly notes: ReadonlyMap<string, number>;
  /** Findings in the store that this import noted, replayed ones included. */
  findings(): number;
}

/** Opens the session of one file. A finding that stands in the store already is not written twice. */
export function openSession(head: SessionHead): OpenSession {
  const { writer, batchId } = head;
  const notes = new Map<string, number>();
  const before = Number(writer.prepare('select coalesce(max(id), 0) from finding').get()?.[0] ?? 0);
  const addFinding = writer.prepare(
    `insert into finding (system, record_id, rule, code, at, text, batch_id)
     select ?, ?, ?, ?, ?, ?, ?
     where not exists (
       select 1 from finding
       where system = ? and record_id = ? and rule is ? and code = ? and at is ? and text = ?)`,
  );
  const addUndo = writer.prepare(
    'insert into undo (batch_id, table_name, row_key, before) values (?, ?, ?, ?)',
  );
  const session: ImportSession = {
    writer,
    batchId,
    recordedAt: head.recordedAt,
    actor: head.actor,
    file: head.file,
    get sha256() {
      return head.sha256();
    },
    finding(finding) {
      const { system, record, rule, code, at, text } = finding;
      const told = [system, record, rule, code, at, text] as const;
      addFinding.run(...told, batchId, ...told);
    },
    note(text) {
      notes.set(text, (notes.get(text) ?? 0) + 1);
    },
    remember(table, key, row) {
      addUndo.run(batchId, table, key, row === null ? null : JSON.stringify(row));
    },
  };
  const countFindings = writer.prepare('select count(*) from finding where id > ? and ended_at is null');
  return { session, notes, findings: () => Number(countFindings.get(before)?.[0] ?? 0) };
}
