import type { Instant } from '../core/instant.ts';
import type { Person } from '../core/workflow.ts';
import type { Reader } from '../store/store.ts';

/** What members were before later imports changed them. */
export interface MemberPast {
  /**
   * The member as on record at `at`, from what the member is today. Before the store knew the member, today's values
   * hold: they are the better knowledge of that time.
   */
  at(today: Person, at: Instant): Person;
  /** The same, but before the store knew the member as it first came to know them. */
  earliest(today: Person, at: Instant): Person;
}

type Before = Partial<Pick<Person, 'rankLevel' | 'sworn' | 'unit' | 'district' | 'supervisorId' | 'area'>>;

interface Change {
  /** The import that made the change: what was before held up to it. */
  readonly until: Instant;
  readonly before: Before;
  /** A role taken away. */
  readonly role: string | null;
}

// Every import remembers what it changed, so that it can be undone; those undone never happened.
const CHANGES = `select u.table_name, u.row_key, u.before, b.imported_at
  from batch b join undo u on u.batch_id = b.id
  where b.undone_at is null and u.before is not null and u.table_name in ('member', 'member_role')
  order by b.imported_at desc, u.id desc`;

const FIRST_KNOWN = `select m.member_id, b.imported_at from member m join batch b on b.id = m.batch_id
  where m.member_id in (select value from json_each(?))`;

/** Reads what imports have changed of members, newest first. */
export async function loadPast(reader: Reader): Promise<MemberPast> {
  const changes = new Map<string, Change[]>();
  for (const [table, key, before, importedAt] of await reader.rows({ sql: CHANGES, parameters: [] })) {
    const row: Readonly<Record<string, unknown>> = JSON.parse(String(before));
    const isRole = table === 'member_role';
    const id = String(isRole ? row.member_id : key);
    const change: Change = {
      until: Number(importedAt) as Instant,
      before: isRole ? {} : beforeOf(row),
      role: isRole ? String(row.role) : null,
    };
    changes.set(id, [...(changes.get(id) ?? []), change]);
  }
  const ids = JSON.stringify([...changes.keys()]);
  const firstKnown = new Map(
    (await reader.rows({ sql: FIRST_KNOWN, parameters: [ids] })).map(([id, at]) => [String(id), Number(at)]),
  );
  const before = (today: Person, at: Instant): Person => {
    const later = changes.get(today.memberId)?.filter(({ until }) => at < until) ?? [];
    if (later.length === 0) return today;
    const lost = later.flatMap(({ role }) => role ?? []);
    return {
      ...today,
      ...Object.assign({}, ...later.map((change) => change.before)),
      roles: lost.length === 0 ? today.roles : new Set([...today.roles, ...lost]),
    };
  };
  return {
    at: (today, at) =>
      at < (firstKnown.get(today.memberId) ?? Number.POSITIVE_INFINITY) ? today : before(today, at),
    earliest: before,
  };
}

// What was unknown before says nothing of then: it is left as it is known now.
function beforeOf(row: Readonly<Record<string, unknown>>): Before {
  const text = (key: string) => (typeof row[key] === 'string' ? row[key] : undefined);
  const found = {
    rankLevel: typeof row.rank_level === 'number' ? row.rank_level : undefined,
    sworn: typeof row.sworn === 'number' ? row.sworn === 1 : undefined,
    unit: text('unit'),
    district: text('district'),
    supervisorId: text('supervisor_id'),
    area: text('area'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
