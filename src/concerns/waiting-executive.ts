import { standingEvent } from '../casework/standing-events.ts';
import type { Viewer, Waiting } from '../casework/waiting.ts';
import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';
import { COMPLETED, WORKING } from './state.ts';
import { type Scope, scopeCondition } from './visibility.ts';
import { closing, endedWork, waitsFor } from './waiting-office.ts';
import { inStates, type Moment, runningDue, type StandingConcern, textOrNull } from './waiting-states.ts';

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
  const disputed = await inDispute(rows, scope, moment);
  const ids = [...lost, ...disputed].map(({ id }) => id);
  const due = await runningDue(rows, ids, 'CC-22', moment.now);
  return [
    ...ended.list
      .filter(({ id }) => ended.toApprove.has(id))
      .map((row) => waitsFor(row, 'CC-30', 'approve it or return it', `rollcall concerns approve ${row.id}`)),
    // Of a sergeant who acts for the executive officer each stands once.
    ...(viewer.roles.has('cp-sergeant') ? [] : closing(ended)),
    ...lost.map((row) => {
      const what = `find an owner for it (${plural(row.reassignments, 'move')})`;
      const command = `rollcall concerns reassign ${row.id} --unit <unit>`;
      return waitsFor(row, 'CC-34', what, command, due.get(row.id) ?? null);
    }),
    ...disputed.map((row) => {
      // The work may be done while the dispute is not decided.
      const what = COMPLETED.includes(row.state) ? 'decide whose it was' : 'decide whose it is';
      const command = `rollcall concerns decide ${row.id} --reason <text>`;
      return waitsFor(row, 'CC-33', what, command, due.get(row.id) ?? null);
    }),
  ];
}

const DISPUTABLE: readonly string[] = [...WORKING, ...COMPLETED];

/** The concerns of a scope that lieutenants dispute and nobody has decided, since the first of them did. */
async function inDispute(
  rows: Rows,
  scope: Scope,
  { now, since }: Moment,
): Promise<readonly StandingConcern[]> {
  if (!scope.all && scope.districts.length === 0) return [];
  const seen = scopeCondition({ ...scope, units: [], member: null });
  // The cross keeps the planner on the district's concerns: events are many more.
  const found = await rows.rows({
    sql: `select c.control_number, c.state, c.origin, c.district, c.beat, c.category, c.reassignments, min(d.at)
      from concern c cross join event d on d.chain = 'concerns' and d.record_id = c.control_number
      where (c.state in (select value from json_each(?)) or c.control_number in (select value from json_each(?)))
        and ${seen.sql} and d.name = 'disputed' and d.at <= ?
        and ${standingEvent('d')}
        and not exists (select 1 from event x where x.chain = d.chain and x.record_id = d.record_id
          and x.name = 'decided' and x.at <= ? and (x.at > d.at or (x.at = d.at and x.seq > d.seq)))
      group by c.control_number`,
    parameters: [JSON.stringify(DISPUTABLE), JSON.stringify([...since.keys()]), ...seen.parameters, now, now],
  });
  return found
    .map(([id, state, origin, district, beat, category, reassignments, at]) => ({
      id: String(id),
      state: since.get(String(id))?.state ?? String(state),
      origin: String(origin),
      since: Number(at) as Instant,
      district: textOrNull(district),
      beat: textOrNull(beat),
      category: textOrNull(category),
      reassignments: since.get(String(id))?.reassignments ?? Number(reassignments),
    }))
    .filter(({ state }) => DISPUTABLE.includes(state));
}
