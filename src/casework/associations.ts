import type { Instant } from '../core/instant.ts';
import type { OtherRecord } from '../core/workflow.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { CaseKind } from './kind.ts';

/** How records of a kind are tied to one another: the steps that tie and part, and whom a tie is to. */
export interface Links {
  readonly tie: string;
  readonly part: string;
  /** The member of an event's content that names the other record. */
  readonly to: string;
  /** Steps after which nothing can be tied to a record any more. */
  readonly ends: readonly string[];
}

/** Records that exist, each with its beginning where it has one. */
export type KnownRecords = ReadonlyMap<string, Instant | null>;

/** Who was tied to whom, when. Made from all such events of a chain at once, so that no order of arrival matters. */
export interface Associations {
  /** What the rules may know of another record at `at`; null when the store has none. */
  other(recordId: string, at: Instant): OtherRecord | null;
}

interface Tie {
  readonly from: number;
  until: number;
  readonly record: string;
  readonly to: string;
}

/** Standing tie and part events of a chain, oldest first; the partial index event_tie holds nothing else. */
const TIES = `select record_id, at, name, content from event e
  where chain = ? and name in ('associated', 'separated')
    and not exists (select 1 from event r where r.replaces = e.seq
      and not exists (select 1 from event rr where rr.replaces = r.seq))
    and (batch_id is null or batch_id not in (select id from batch where undone_at is not null))
  order by at, seq`;

/**
 * Goes through every tie in order of time. One counts when the other record exists, is not tied itself, and nothing is
 * tied to this one then, and the other has not ended: no chains, no cycles (CC-06). `further` are records to be known of besides those in ties.
 */
export async function loadAssociations(
  reader: Reader,
  chain: string,
  links: Links,
  further: readonly string[],
  known: (ids: readonly string[]) => Promise<KnownRecords>,
): Promise<Associations> {
  const rows = await reader.rows({ sql: TIES, parameters: [chain] });
  const named = rows.map((row) => ({
    record: String(row[0]),
    at: Number(row[1]),
    ties: row[2] === links.tie,
    to: targetOf(row[3], links),
  }));
  const ids = named.flatMap(({ record, to }) => (to === null ? [record] : [record, to]));
  const exist = await known([...new Set([...ids, ...further])]);
  const targets = [...named.flatMap(({ to }) => to ?? []), ...further];
  const ends = await endsOf(reader, chain, links, targets);
  const hasEnded = (id: string, at: number) => (ends.get(id) ?? Number.POSITIVE_INFINITY) < at;
  const byRecord = new Map<string, Tie[]>();
  const byTarget = new Map<string, Tie[]>();
  const holds = (ties: readonly Tie[] | undefined, at: number) =>
    ties?.find((tie) => tie.from <= at && at < tie.until);
  for (const { record, at, ties, to } of named) {
    const own = holds(byRecord.get(record), at);
    if (own) {
      if (!ties) own.until = at;
      continue;
    }
    if (!ties || to === null || to === record || !exist.has(to)) continue;
    if (holds(byRecord.get(to), at) || holds(byTarget.get(record), at) || hasEnded(to, at)) continue;
    const tie: Tie = { from: at, until: Number.POSITIVE_INFINITY, record, to };
    byRecord.set(record, [...(byRecord.get(record) ?? []), tie]);
    byTarget.set(to, [...(byTarget.get(to) ?? []), tie]);
  }
  return {
    other(recordId, at) {
      const began = exist.get(recordId);
      if (began === undefined) return null;
      const primary = holds(byRecord.get(recordId), at)?.to ?? null;
      const hasAssociates = holds(byTarget.get(recordId), at) !== undefined;
      return { primary, hasAssociates, began, ended: hasEnded(recordId, at) };
    },
  };
}

/** When each of these records ended, of those that did. */
async function endsOf(
  reader: Reader,
  chain: string,
  { ends }: Links,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.rows({
    sql: `select record_id, min(at) from event e
      where chain = ? and record_id in (select value from json_each(?))
        and name in (select value from json_each(?))
        and not exists (select 1 from event r where r.replaces = e.seq
          and not exists (select 1 from event rr where rr.replaces = r.seq))
        and (batch_id is null or batch_id not in (select id from batch where undone_at is not null))
      group by record_id`,
    parameters: [chain, JSON.stringify([...new Set(ids)]), JSON.stringify(ends)],
  });
  return new Map(rows.map(([id, at]) => [String(id), Number(at)]));
}

function targetOf(content: unknown, links: Links): string | null {
  if (typeof content !== 'string') return null;
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(content);
  const target = parsed[links.to];
  return typeof target === 'string' && target !== '' ? target : null;
}

/**
 * Adds to the touched records all that are tied to them, through any number of ties: a tie that is told of one decides
 * what holds of the others. Answers whether any touched record has a tie at all.
 */
export function touchTied(writer: Writer, kind: Pick<CaseKind<never>, 'system'>, links: Links): boolean {
  const tie = `select e.record_id, json_extract(e.content, '$.' || ?) as target from event e
    where e.chain = ? and e.name in ('associated', 'separated')`;
  const any = writer
    .prepare(`select 1 from (${tie}) where record_id in (select record_id from touched) limit 1`)
    .get(links.to, kind.system);
  if (any === undefined) return false;
  const add = writer.prepare(
    `insert or ignore into touched (record_id)
     select target from (${tie}) where target is not null and record_id in (select record_id from touched)
     union select record_id from (${tie}) where target in (select record_id from touched)`,
  );
  while (add.run(links.to, kind.system, links.to, kind.system).changes > 0);
  return true;
}

/** These records and all that were ever tied to them, through any number of ties. */
export async function tiedTo(
  reader: Reader,
  chain: string,
  links: Links,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await reader.rows({
    sql: `with recursive tie(one, other) as materialized (
        select record_id, json_extract(content, '$.' || ?) from event
        where chain = ? and name in ('associated', 'separated')),
      side(one, other) as (select one, other from tie union all select other, one from tie),
      together(id) as (select value from json_each(?)
        union select s.other from side s join together g on s.one = g.id where s.other is not null)
      select id from together`,
    parameters: [links.to, chain, JSON.stringify(ids)],
  });
  return rows.map(([id]) => String(id));
}
