import type { Viewer, Waiting } from '../casework/waiting.ts';
import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import { type OwnTask, ownTasks } from './own-tasks.ts';
import { COMMAND } from './roles.ts';
import { type ConcernState, INVESTIGATION_COMPLETE, isDistrictUnit } from './state.ts';
import { type Scope, scopeCondition } from './visibility.ts';

/** What is read from the store at a moment; `since` holds concerns that have changed since. */
export interface Moment {
  readonly now: Instant;
  readonly since: ReadonlyMap<string, ConcernState>;
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly origin: string;
  readonly submittedAt: Instant;
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
  readonly reassignments: number;
}

/** The condition of the index concern_waiting, as migrations/sqlite/0004_concerns.sql has it. */
const WAITING =
  "state in ('submitted', 'accessed', 'accepted', 'unassigned', 'returned', 'Investigation Complete')";
const DECIDING = ['submitted', 'accessed', 'accepted', 'unassigned'];

/**
 * What waits for a member by the roles held, by plain SQL on indexes: a sergeant's new concerns (CC-14), a
 * supervisor's and a unit's running tasks (CC-21, CC-25, CC-28), an executive officer's approvals, disputes and
 * concerns without an owner (CC-30, CC-33, CC-34). First due first, then the longest waiting.
 */
export async function waitingFor(
  rows: Rows,
  viewer: Viewer,
  scope: Scope,
  moment: Moment,
): Promise<readonly Waiting[]> {
  const holds = (roles: readonly string[]) => roles.some((role) => viewer.roles.has(role));
  const found: Waiting[] = [];
  if (holds(['cp-sergeant'])) found.push(...(await undecided(rows, scope, moment)));
  if (holds([...COMMAND, 'unit-supervisor', 'supervisor']))
    found.push(...(await tasks(rows, viewer, moment)));
  // CC-36: the district commander's in the absence that a delegation records; it lends the role.
  if (holds(['executive-officer'])) found.push(...(await executive(rows, viewer, scope, moment)));
  return found.toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.since - b.since || (a.id < b.id ? -1 : 1),
  );
}

/** The query behind what waits in some states; exported for a test of its plan. */
export function statesQuery(
  states: readonly string[],
  scope: Scope,
  { now, since }: Moment,
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const seen = scopeCondition({ ...scope, units: [], member: null });
  const list = states.map((state) => `'${state}'`).join(', ');
  const columns = `c.control_number, c.state, c.origin, c.submitted_at, c.district, c.beat, c.category, c.reassignments`;
  // The index holds few of many; SQLite takes it only where its own condition stands to the letter.
  const sql = `select ${columns} from concern c indexed by concern_waiting
    where c.${WAITING} and c.state in (${list}) and c.submitted_at <= ? and ${seen.sql}`;
  const parameters = [now, ...seen.parameters];
  if (since.size === 0) return { sql, parameters };
  // What has left those states since.
  return {
    sql: `${sql} union select ${columns} from concern c
      where c.control_number in (select value from json_each(?)) and c.submitted_at <= ? and ${seen.sql}`,
    parameters: [...parameters, JSON.stringify([...since.keys()]), now, ...seen.parameters],
  };
}

async function inStates(
  rows: Rows,
  states: readonly string[],
  scope: Scope,
  moment: Moment,
): Promise<readonly Row[]> {
  // A member of no district sees none of them, and SQLite has no index for an empty list.
  if (!scope.all && scope.districts.length === 0) return [];
  const list = (await rows.rows(statesQuery(states, scope, moment))).map((row) => {
    const id = String(row[0]);
    const then = moment.since.get(id);
    return {
      id,
      state: then?.state ?? String(row[1]),
      origin: String(row[2]),
      submittedAt: Number(row[3]) as Instant,
      district: text(row[4]),
      beat: text(row[5]),
      category: text(row[6]),
      reassignments: then?.reassignments ?? Number(row[7]),
    };
  });
  return list.filter(({ state }) => states.includes(state));
}

async function undecided(rows: Rows, scope: Scope, moment: Moment): Promise<readonly Waiting[]> {
  const list = await inStates(rows, DECIDING, scope, moment);
  const accept = await acceptClocks(rows, list, moment.now);
  return list.map((row) => {
    const { id, state } = row;
    const common = {
      system: 'concerns',
      id,
      since: row.submittedAt,
      unit: null,
      beat: row.beat,
      category: row.category,
    };
    switch (state) {
      case 'submitted':
        return {
          ...common,
          rule: 'CC-14',
          what: 'look at it',
          dueAt: null,
          command: `rollcall concerns access ${id}`,
        };
      case 'accessed': {
        const dueAt = accept.get(id) ?? null;
        return {
          ...common,
          rule: 'CC-15',
          what: 'accept it or not',
          dueAt,
          command: `rollcall concerns accept ${id}`,
        };
      }
      case 'accepted':
        return {
          ...common,
          rule: 'CC-17',
          what: 'assign it to a unit',
          dueAt: null,
          command: `rollcall concerns assign ${id} --unit <unit>`,
        };
      default:
        return {
          ...common,
          rule: 'CC-34',
          what: `find a unit for it (${plural(row.reassignments, 'move')})`,
          dueAt: null,
          command: `rollcall concerns reassign ${id} --unit <unit>`,
        };
    }
  });
}

async function acceptClocks(
  rows: Rows,
  list: readonly Row[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const ids = list
    .filter(({ state, origin }) => state === 'accessed' && origin === 'webportal')
    .map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const found = await rows.rows({
    sql: `select k.record_id, k.due_at from json_each(?) j join clock k on k.system = 'concerns'
      and k.record_id = j.value where k.rule = 'CC-15' and k.opened_at <= ? and k.stopped_at > ?`,
    parameters: [JSON.stringify(ids), now, now],
  });
  return new Map(found.map(([id, due]) => [String(id), Number(due) as Instant]));
}

async function tasks(rows: Rows, viewer: Viewer, moment: Moment): Promise<readonly Waiting[]> {
  const { roles, unit, memberId } = viewer;
  const commands = COMMAND.some((role) => roles.has(role));
  const leads = commands || roles.has('unit-supervisor');
  const running = leads && unit !== null ? await ownTasks(rows, { unit }, moment) : [];
  const ofUnit = running.filter(({ untaken }) => !untaken);
  const mine = roles.has('supervisor') ? await ownTasks(rows, { member: memberId }, moment) : [];
  const seen = new Set(ofUnit.map(({ id }) => id));
  return [
    ...ofUnit.flatMap((task) => commandTask(task, commands) ?? []),
    ...mine.filter(({ id }) => !seen.has(id)).flatMap((task) => supervisorTask(task) ?? []),
  ];
}

function commandTask(task: OwnTask, commands: boolean): Waiting | null {
  const { id } = task;
  if (task.submitted) {
    if (!commands) return null;
    return ofTask(task, 'CC-25', 'complete it: its action is submitted', `rollcall concerns complete ${id}`);
  }
  if (task.member === null) {
    const command = `rollcall concerns assign ${id} --supervisor <member>`;
    return ofTask(task, 'CC-21', 'name a supervisor for it', command);
  }
  return null;
}

function supervisorTask(task: OwnTask): Waiting | null {
  if (task.submitted) return null;
  return ofTask(
    task,
    'CC-28',
    'have it done and submit the action',
    `rollcall concerns submit ${task.id} --action <text>`,
  );
}

function ofTask(task: OwnTask, rule: string, what: string, command: string): Waiting {
  const { id, dueAt, unit, beat, category, openedAt } = task;
  return { system: 'concerns', id, rule, what, command, since: openedAt, dueAt, unit, beat, category };
}

async function executive(
  rows: Rows,
  viewer: Viewer,
  scope: Scope,
  moment: Moment,
): Promise<readonly Waiting[]> {
  const { moreThan } = loadPolicy().concerns().reassignment;
  const complete = await inStates(rows, [INVESTIGATION_COMPLETE], scope, moment);
  const ours = await withDistrictTask(rows, complete, moment.now);
  const lost = (await inStates(rows, ['unassigned'], scope, moment)).filter(
    (row) => row.reassignments > moreThan,
  );
  const running = viewer.unit === null ? [] : await ownTasks(rows, { unit: viewer.unit }, moment);
  const undecided = await disputesOn(rows, complete, moment.now);
  const waits = (row: Row, rule: string, what: string, command: string): Waiting => {
    const { id, submittedAt, beat, category } = row;
    return {
      system: 'concerns',
      id,
      rule,
      what,
      command,
      since: submittedAt,
      dueAt: null,
      unit: null,
      beat,
      category,
    };
  };
  return [
    ...complete
      .filter(({ id }) => ours.has(id))
      .map((row) => waits(row, 'CC-30', 'approve it or return it', `rollcall concerns approve ${row.id}`)),
    ...lost.map((row) =>
      waits(
        row,
        'CC-34',
        `find an owner for it (${plural(row.reassignments, 'move')})`,
        `rollcall concerns reassign ${row.id} --unit <unit>`,
      ),
    ),
    ...running
      .filter(({ disputedAt }) => disputedAt !== null)
      .map((task) => ({
        ...ofTask(task, 'CC-33', 'decide whose it is', `rollcall concerns decide ${task.id} --reason <text>`),
        since: task.disputedAt ?? task.openedAt,
      })),
    // The work may be done while the dispute is not decided.
    ...complete.flatMap((row) => {
      const since = undecided.get(row.id);
      if (since === undefined) return [];
      const command = `rollcall concerns decide ${row.id} --reason <text>`;
      return [{ ...waits(row, 'CC-33', 'decide whose it was', command), since }];
    }),
  ];
}

async function disputesOn(
  rows: Rows,
  list: readonly Row[],
  now: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  if (list.length === 0) return new Map();
  const found = await rows.rows({
    sql: `select e.record_id, max(case e.name when 'disputed' then e.at end),
        max(case e.name when 'decided' then e.at end)
      from json_each(?) j join event e on e.chain = 'concerns' and e.record_id = j.value
      where e.name in ('disputed', 'decided') and e.at <= ? group by e.record_id`,
    parameters: [JSON.stringify(list.map(({ id }) => id)), now],
  });
  const open = found.filter(([, disputed, decided]) => Number(disputed) > Number(decided));
  return new Map(open.map(([id, disputed]) => [String(id), Number(disputed) as Instant]));
}

// CC-30: other units' work does not wait for the executive officer.
async function withDistrictTask(
  rows: Rows,
  list: readonly Row[],
  now: Instant,
): Promise<ReadonlySet<string>> {
  if (list.length === 0) return new Set();
  const found = await rows.rows({
    sql: `select k.record_id, k.owner_unit from json_each(?) j join clock k on k.system = 'concerns'
      and k.record_id = j.value where k.rule = 'CC-22' and k.opened_at <= ?`,
    parameters: [JSON.stringify(list.map(({ id }) => id)), now],
  });
  return new Set(found.filter(([, unit]) => isDistrictUnit(String(unit))).map(([id]) => String(id)));
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
