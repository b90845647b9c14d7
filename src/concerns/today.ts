import type { WaitingSource } from '../casework/waiting.ts';
import { reportsWaiting } from '../casework/waiting-reports.ts';
import { loadPolicy } from '../store/data-files.ts';
import { changedLater } from './later.ts';
import { CONCERNS_REPORT } from './report-kind.ts';
import { scopeOf } from './visibility.ts';
import { waitingFor } from './waiting.ts';

/** What of Community Concerns and their reports waits for a member this tour. */
export const concernsWaiting: WaitingSource = async (rows, viewer, context) => {
  const { now } = context;
  const reports = await reportsWaiting(rows, viewer, now, CONCERNS_REPORT);
  return [...reports, ...(await stepsWaiting(rows, viewer, context))];
};

const stepsWaiting: WaitingSource = async (rows, viewer, context) => {
  const { now } = context;
  const view = loadPolicy(context.env)
    .views()
    .find(({ area }) => area === 'concerns.detail');
  // Roles of other directives see no concern: nothing of theirs waits here.
  if (![...viewer.roles].some((role) => view?.roles[role] !== undefined)) return [];
  const scope = await scopeOf(rows, viewer, now);
  const later = await changedLater(rows, now);
  if (later.length === 0) return waitingFor(rows, viewer, scope, { now, since: new Map() });
  // Only a look at the past needs histories replayed, and with them typed queries.
  const [{ read }, { concernStatesAt }] = await Promise.all([
    import('../store/store.ts'),
    import('./state-at.ts'),
  ]);
  return read(context.storePath, async (reader) => {
    const since = await concernStatesAt(reader, later, now);
    return waitingFor(reader, viewer, scope, { now, since });
  });
};
