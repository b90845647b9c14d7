import type { Viewer, Waiting } from '../casework/waiting.ts';
import type { Rows } from '../store/open.ts';
import { COMMAND } from './roles.ts';
import type { Scope } from './visibility.ts';
import { executiveWaiting } from './waiting-executive.ts';
import { officeWaiting } from './waiting-office.ts';
import type { Moment } from './waiting-states.ts';
import { unitsWaiting } from './waiting-units.ts';

/** What waits for a member by the roles held, by plain SQL on indexes. First due first, then the longest waiting. */
export async function waitingFor(
  rows: Rows,
  viewer: Viewer,
  scope: Scope,
  moment: Moment,
): Promise<readonly Waiting[]> {
  const holds = (roles: readonly string[]) => roles.some((role) => viewer.roles.has(role));
  const found: Waiting[] = [];
  if (holds(['cp-sergeant'])) found.push(...(await officeWaiting(rows, scope, moment)));
  if (holds([...COMMAND, 'unit-supervisor', 'supervisor']))
    found.push(...(await unitsWaiting(rows, viewer, moment)));
  // CC-36: the district commander's in the absence that a delegation records; it lends the role.
  if (holds(['executive-officer'])) found.push(...(await executiveWaiting(rows, viewer, scope, moment)));
  return found.toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.since - b.since || (a.id < b.id ? -1 : 1),
  );
}
