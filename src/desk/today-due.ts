import { type HiddenClocks, shownCondition } from '../casework/overdue.ts';
import { unitForms } from '../casework/units.ts';
import { FAR_FUTURE, type Instant } from '../core/instant.ts';
import type { Query, Rows, SqlValue } from '../store/open.ts';
import type { TodayMember } from './today-member.ts';

/** A running clock that a member answers for. */
export interface DueForMe {
  readonly system: string;
  readonly id: string;
  readonly rule: string;
  readonly key: string;
  readonly period: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly unit: string | null;
  readonly beat: string | null;
  readonly category: string | null;
}

// Who answers for a clock besides the role it names.
const COMMANDS = ['watch-operations-lieutenant', 'tactical-lieutenant', 'commanding-officer'];
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'unit-supervisor': ['unit-supervisor', ...COMMANDS],
  // CSR-35, CSR-38, CSR-39: an SRSWO is its own member's; in time is for those who oversee it.
  'investigating-member': ['cp-sergeant', 'executive-officer'],
};

/** Owner roles of the clocks for which a member with these roles answers, besides those that are their own. */
export function ownerRoles(roles: ReadonlySet<string>): readonly string[] {
  const owners = new Set([...roles].filter((role) => ANSWERS[role] === undefined));
  for (const [owner, answering] of Object.entries(ANSWERS)) {
    if (answering.some((role) => roles.has(role))) owners.add(owner);
  }
  return [...owners].sort();
}

/** The clocks that run at `now`, are due by `until` and are the member's own, their unit's or their district's. */
export async function dueForMe(
  rows: Rows,
  member: TodayMember,
  now: Instant,
  until: Instant,
  hidden: HiddenClocks | null = null,
): Promise<readonly DueForMe[]> {
  const found = new Map<string, DueForMe>();
  for (const query of dueForMeQueries(member, now, until, hidden)) {
    for (const row of await rows.rows(query)) {
      const due = dueOf(row);
      found.set(`${due.system} ${due.id} ${due.rule} ${due.key} ${due.period}`, due);
    }
  }
  return [...found.values()].toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}

const COLUMNS = 'system, record_id, rule, clock_key, period, started_at, due_at, owner_unit, beat, category';

/** The queries behind dueForMe: by member, by unit, by role without a unit; and what has stopped since `now`. */
export function dueForMeQueries(
  member: TodayMember,
  now: Instant,
  until: Instant,
  hidden: HiddenClocks | null = null,
): readonly Query[] {
  const roles = JSON.stringify(ownerRoles(member.roles));
  const units = [member.unit, member.district].flatMap((unit) => (unit === null ? [] : unitForms(unit)));
  const inRoles = 'owner_role in (select value from json_each(?))';
  const ofUnits = {
    index: 'clock_running_unit',
    condition: `owner_unit in (${units.map(() => '?').join(', ')}) and owner_member is not ? and ${inRoles}`,
    values: [...units, member.memberId, roles],
  };
  const owners: { index: string; condition: string; values: SqlValue[] }[] = [
    { index: 'clock_running_member', condition: 'owner_member = ?', values: [member.memberId] },
    // Without a unit the list is empty, and SQLite has no index for an empty list.
    ...(units.length === 0 ? [] : [ofUnits]),
    {
      index: 'clock_running_unit',
      condition: `owner_unit is null and owner_member is null and ${inRoles}`,
      values: [roles],
    },
  ];
  const shown = hidden === null ? null : shownCondition(hidden);
  const but = shown === null ? '' : ` and ${shown.sql}`;
  const butValues = shown?.values ?? [];
  return owners.flatMap(({ index, condition, values }) => [
    {
      sql: `select ${COLUMNS} from clock indexed by ${index}
        where stopped_at = ${FAR_FUTURE} and ${condition} and due_at <= ? and opened_at <= ?${but}`,
      parameters: [...values, until, now, ...butValues],
    },
    {
      // The plus keeps the planner on clock_running.
      sql: `select ${COLUMNS} from clock where stopped_at > ? and stopped_at < ${FAR_FUTURE}
        and ${condition.replaceAll('owner_', '+owner_')} and due_at <= ? and opened_at <= ?${but}`,
      parameters: [now, ...values, until, now, ...butValues],
    },
  ]);
}

/**
 * The step that stops a clock on which no step waits for the member, and its command; or a look at it where another is to
 * stop it, as an SRSWO's answer is its own member's (CSR-38).
 */
export function stepFor(
  { system, id, rule }: DueForMe,
  roles: ReadonlySet<string>,
): { readonly what: string; readonly command: string } {
  const holds = (list: readonly string[]) => list.some((role) => roles.has(role));
  const stops = (command: string) => ({ what: 'stop its clock', command: `rollcall ${command}` });
  if (rule === 'CC-15' && holds(['cp-sergeant'])) return stops(`concerns accept ${id}`);
  if (rule === 'CC-22' && holds(COMMANDS)) return stops(`concerns complete ${id} --action <text>`);
  if (rule === 'CC-22' && holds(['unit-supervisor', 'supervisor']))
    return stops(`concerns submit ${id} --action <text>`);
  if (rule === 'OSS-16') return stops('oss triage');
  return { what: 'look into it', command: `rollcall ${system === 'said' ? 'why' : 'show'} ${id}` };
}

function dueOf(row: readonly SqlValue[]): DueForMe {
  const [system, id, rule, key, period, startedAt, dueAt, unit, beat, category] = row;
  const text = (value: SqlValue | undefined) => (typeof value === 'string' ? value : null);
  return {
    system: String(system),
    id: String(id),
    rule: String(rule),
    key: String(key),
    period: Number(period),
    startedAt: Number(startedAt) as Instant,
    dueAt: Number(dueAt) as Instant,
    unit: text(unit),
    beat: text(beat),
    category: text(category),
  };
}
