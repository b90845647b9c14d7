import type { Instant } from '../core/instant.ts';
import type { CaseState } from '../core/workflow.ts';
import type { ImportSession, RowFate } from '../import/profile.ts';
import type { CaseKind } from './kind.ts';
import { canonical, isAhead, openChain, sha256 } from './log.ts';
import { openTouched, replayTouched } from './replay.ts';

/** Something an export says happened to a record. */
export interface ImportedEvent {
  readonly name: string;
  readonly at: Instant;
  readonly unit?: string | null;
  readonly by?: string | null;
  /** Facts told with it; empty ones are left out. */
  readonly detail?: Readonly<Record<string, string | null | undefined>>;
}

/** What became of an imported event: new, told before, or withheld because a newer local event stands. */
export type EventFate = 'new' | 'known' | 'keptLocal';

/** The import of one file of records or of their events. */
export interface CaseImport {
  exists(recordId: string): boolean;
  /** An event of an events file: known by record, name, instant and unit. */
  event(recordId: string, event: ImportedEvent): EventFate;
  /**
   * A dated column of a record's row. A changed one replaces what an earlier import told (both stay in the log); a
   * newer local event of that name is kept.
   */
  fact(recordId: string, isNew: boolean, column: string, event: ImportedEvent): EventFate;
  touch(recordId: string): void;
  /** Replays what was touched; answers the number of findings on it. */
  finish(): Promise<number>;
}

/** Steps that stand once on a record: an older imported one would overwrite the answer given here. */
const ONCE: ReadonlySet<string> = new Set(['determined', 'accepted', 'not-accepted', 'closed']);

interface Standing {
  readonly seq: number;
  readonly at: number;
  readonly unit: string;
  readonly origin: string;
  readonly content: string;
}

/** Opens the import of records of a kind: events go to its chain, and every touched record is replayed at the end. */
export function openCaseImport<S extends CaseState>(session: ImportSession, kind: CaseKind<S>): CaseImport {
  const { writer, batchId, recordedAt } = session;
  const { table } = kind;
  const chain = openChain(writer, kind.system, recordedAt);
  const touched = openTouched(writer);
  const exists = writer.prepare(`select 1 from ${table.name} where ${table.key} = ?`);
  const standing = writer.prepare(
    `select seq, at, unit, origin, content from event e
     where chain = ? and record_id = ? and name = ?
       and not exists (select 1 from event r where r.replaces = e.seq
         and not exists (select 1 from event rr where rr.replaces = r.seq))
       and (batch_id is null or batch_id not in (select id from batch where undone_at is not null))`,
  );

  const append = (recordId: string, event: ImportedEvent, content: Record<string, string>): EventFate => {
    const { name, at } = event;
    const seq = chain.append({
      recordId,
      name,
      at,
      unit: event.unit ?? null,
      actorId: event.by ?? null,
      origin: 'import',
      batchId,
      content,
    });
    if (seq === null) return 'known';
    if (isAhead(at, recordedAt)) {
      const text = `"${name}" is told of before it has happened`;
      session.finding({ system: kind.system, record: recordId, rule: null, code: 'STILL_TO_COME', at, text });
    }
    touched.add(recordId);
    return 'new';
  };

  const standingOf = (recordId: string, name: string): readonly Standing[] =>
    standing.all(kind.system, recordId, name).map(([seq, at, unit, origin, content]) => ({
      seq: Number(seq),
      at: Number(at),
      unit: String(unit),
      origin: String(origin),
      content: String(content),
    }));

  return {
    exists: (recordId) => exists.get(recordId) !== undefined,
    event: (recordId, event) => {
      const content = contentOf(event.detail ?? {});
      if (ONCE.has(event.name) && keepsLocal(standingOf(recordId, event.name), event)) return 'keptLocal';
      const fate = append(recordId, event, content);
      if (fate === 'known' && toldOtherwise(recordId, event, content)) {
        const { name, at } = event;
        const text = `"${name}" of that instant stands twice in one file; the first row was taken`;
        session.finding({
          system: kind.system,
          record: recordId,
          rule: null,
          code: 'SAME_INSTANT',
          at,
          text,
        });
      }
      return fate;
    },
    fact(recordId, isNew, column, event) {
      const content = { ...contentOf(event.detail ?? {}), column };
      if (isNew) return append(recordId, event, content);
      const known = standingOf(recordId, event.name);
      if (keepsLocal(known, event)) return 'keptLocal';
      const told = canonical(content);
      const unit = event.unit ?? '';
      const same = known.find((old) => old.at === event.at && (old.unit === unit || unit === ''));
      if (same && (same.content === told || columnOf(same.content) !== column)) return 'known';
      for (const old of known) {
        if (columnOf(old.content) !== column || old.origin !== 'import') continue;
        chain.append({
          recordId,
          name: 'corrected',
          at: event.at,
          unit,
          origin: 'import',
          batchId,
          replaces: old.seq,
          content: { column },
        });
        touched.add(recordId);
        if (old.at === event.at && old.unit === unit) {
          // The same identity with other facts: told anew under the correction's number.
          chain.append({
            recordId,
            name: event.name,
            at: event.at,
            unit,
            actorId: event.by ?? null,
            origin: 'import',
            batchId,
            replaces: old.seq,
            content,
          });
          return 'new';
        }
      }
      if (append(recordId, event, content) === 'new') return 'new';
      return reinstate(recordId, event);
    },
    touch: (recordId) => touched.add(recordId),
    finish: () => replayTouched(writer, kind),
  };

  // An event is known by record, name, instant and unit: what a further row of the file says beyond that is lost.
  function toldOtherwise(recordId: string, { name, at, unit }: ImportedEvent, content: object): boolean {
    const told = writer
      .prepare(
        `select content_digest from event
         where chain = ? and record_id = ? and name = ? and at = ? and unit = ? and batch_id = ?`,
      )
      .get(kind.system, recordId, name, at, unit ?? '', batchId);
    return told !== undefined && told[0] !== sha256(canonical(content));
  }

  // A column that goes back to what it said before: the correction that replaced it is replaced itself.
  function reinstate(recordId: string, event: ImportedEvent): EventFate {
    const correction = writer
      .prepare(
        `select c.seq from event e join event c on c.replaces = e.seq and c.name = 'corrected'
         where e.chain = ? and e.record_id = ? and e.name = ? and e.at = ? and e.unit = ?
           and not exists (select 1 from event r where r.replaces = c.seq)
         order by c.seq desc limit 1`,
      )
      .get(kind.system, recordId, event.name, event.at, event.unit ?? '');
    if (correction === undefined) return 'known';
    chain.append({
      recordId,
      name: 'corrected',
      at: event.at,
      unit: event.unit ?? null,
      origin: 'import',
      batchId,
      replaces: Number(correction[0]),
    });
    touched.add(recordId);
    return 'new';
  }
}

function keepsLocal(known: readonly Standing[], event: ImportedEvent): boolean {
  return known.some(
    (old) =>
      old.origin === 'local' &&
      old.at > event.at &&
      (!event.unit || old.unit === '' || old.unit === event.unit),
  );
}

function contentOf(detail: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const content: Record<string, string> = {};
  for (const [key, value] of Object.entries(detail)) if (value != null && value !== '') content[key] = value;
  return content;
}

function columnOf(content: string): string | null {
  const parsed: unknown = JSON.parse(content);
  if (typeof parsed !== 'object' || parsed === null || !('column' in parsed)) return null;
  return typeof parsed.column === 'string' ? parsed.column : null;
}

/** A row's fate from whether it is new, whether its own columns changed, and what became of its events. */
export function rowFate(isNew: boolean, changed: boolean, events: readonly EventFate[]): RowFate {
  if (isNew) return 'inserted';
  if (changed || events.includes('new')) return 'updated';
  return events.includes('keptLocal') ? 'keptLocal' : 'unchanged';
}
