import type { Waiting } from '../casework/waiting.ts';
import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';
import { INVESTIGATION_COMPLETE, isDistrictUnit } from './state.ts';
import type { Scope } from './visibility.ts';
import { inStates, type Moment, runningDue, type StandingConcern } from './waiting-states.ts';

const DECIDING = ['submitted', 'accessed', 'accepted', 'unassigned'];

function idsOf(list: readonly StandingConcern[]): readonly string[] {
  return list.map(({ id }) => id);
}

function isUnassigned({ state }: StandingConcern): boolean {
  return state === 'unassigned';
}

/** A concern as it waits for a step that no clock runs on, unless `dueAt` says when. */
export function waitsFor(
  { id, since, beat, category }: StandingConcern,
  rule: string,
  what: string,
  command: string,
  dueAt: Instant | null = null,
): Waiting {
  return { system: 'concerns', id, rule, what, command, since, dueAt, unit: null, beat, category };
}

/** The sergeant's: concerns to look at, to decide, to assign (CC-14, CC-15, CC-17), without a unit (CC-34), to close. */
export async function officeWaiting(rows: Rows, scope: Scope, moment: Moment): Promise<readonly Waiting[]> {
  const list = await inStates(rows, DECIDING, scope, moment);
  const webportal = list.filter(({ state, origin }) => state === 'accessed' && origin === 'webportal');
  const accept = await runningDue(rows, idsOf(webportal), 'CC-15', moment.now);
  const work = await runningDue(rows, idsOf(list.filter(isUnassigned)), 'CC-22', moment.now);
  const { moreThan } = loadPolicy().concerns().reassignment;
  const deciding = list.map((row) => {
    const { id } = row;
    switch (row.state) {
      case 'submitted':
        return waitsFor(row, 'CC-14', 'look at it', `rollcall concerns access ${id}`);
      case 'accessed': {
        const command = `rollcall concerns accept ${id}`;
        return waitsFor(row, 'CC-15', 'accept it or not', command, accept.get(id) ?? null);
      }
      case 'accepted':
        return waitsFor(row, 'CC-17', 'assign it to a unit', `rollcall concerns assign ${id} --unit <unit>`);
      default: {
        const what = `find a unit for it (${plural(row.reassignments, 'move')})`;
        const rule = row.reassignments > moreThan ? 'CC-34' : 'CC-17';
        const command = `rollcall concerns reassign ${id} --unit <unit>`;
        return waitsFor(row, rule, what, command, work.get(id) ?? null);
      }
    }
  });
  return [...deciding, ...closing(await endedWork(rows, scope, moment))];
}

/** Concerns whose investigation is complete, and of them those that the executive officer approves first (CC-30). */
export interface EndedWork {
  readonly list: readonly StandingConcern[];
  readonly toApprove: ReadonlySet<string>;
}

/** The concerns of a scope whose work is done and which nobody has closed. */
export async function endedWork(rows: Rows, scope: Scope, moment: Moment): Promise<EndedWork> {
  const list = await inStates(rows, [INVESTIGATION_COMPLETE, 'approved'], scope, moment);
  const complete = list.filter(({ state }) => state === INVESTIGATION_COMPLETE);
  return { list, toApprove: await withDistrictTask(rows, complete, moment.now) };
}

// CC-30: other units' work does not wait for the executive officer.
async function withDistrictTask(
  rows: Rows,
  list: readonly StandingConcern[],
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

/** CP-37: what is approved, or needs no approval, is to be closed. */
export function closing({ list, toApprove }: EndedWork): readonly Waiting[] {
  return list
    .filter(({ id }) => !toApprove.has(id))
    .map((row) => waitsFor(row, 'CC-30', 'close it', `rollcall concerns close ${row.id}`));
}
