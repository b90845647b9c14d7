import type { Viewer, Waiting } from '../casework/waiting.ts';
import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';
import { ownTasks } from './own-tasks.ts';
import type { Scope } from './visibility.ts';
import { closing, endedWork, waitsFor } from './waiting-office.ts';
import { inStates, type Moment, type StandingConcern } from './waiting-states.ts';
import { ofTask } from './waiting-units.ts';

/** The executive officer's: approvals (CC-30), disputes (CC-33), concerns without an owner (CC-34), and closing (CP-37). */
export async function executiveWaiting(
  rows: Rows,
  viewer: Viewer,
  scope: Scope,
  moment: Moment,
): Promise<readonly Waiting[]> {
  const { moreThan } = loadPolicy().concerns().reassignment;
  const ended = await endedWork(rows, scope, moment);
  const lost = (await inStates(rows, ['unassigned'], scope, moment)).filter(
    (row) => row.reassignments > moreThan,
  );
  const running = viewer.unit === null ? [] : await ownTasks(rows, { unit: viewer.unit }, moment);
  const undecided = await disputesOn(rows, ended.list, moment.now);
  return [
    ...ended.list
      .filter(({ id }) => ended.toApprove.has(id))
      .map((row) => waitsFor(row, 'CC-30', 'approve it or return it', `rollcall concerns approve ${row.id}`)),
    // Of a sergeant who acts for the executive officer each stands once.
    ...(viewer.roles.has('cp-sergeant') ? [] : closing(ended)),
    ...lost.map((row) => {
      const what = `find an owner for it (${plural(row.reassignments, 'move')})`;
      return waitsFor(row, 'CC-34', what, `rollcall concerns reassign ${row.id} --unit <unit>`);
    }),
    ...running.flatMap((task) => {
      if (task.disputedAt === null) return [];
      const command = `rollcall concerns decide ${task.id} --reason <text>`;
      return [ofTask(task, 'CC-33', 'decide whose it is', command, task.disputedAt)];
    }),
    // The work may be done while the dispute is not decided.
    ...ended.list.flatMap((row) => {
      const since = undecided.get(row.id);
      if (since === undefined) return [];
      const command = `rollcall concerns decide ${row.id} --reason <text>`;
      return [{ ...waitsFor(row, 'CC-33', 'decide whose it was', command), since }];
    }),
  ];
}

async function disputesOn(
  rows: Rows,
  list: readonly StandingConcern[],
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
