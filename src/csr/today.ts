import { recordsChangedLater } from '../casework/later.ts';
import type { Waiting, WaitingSource } from '../casework/waiting.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';
import { type Moment, policeWaiting } from './waiting.ts';
import { paperWaiting } from './waiting-papers.ts';

/** What of police requests, forms and their reports waits for a member this tour; first due first, then the oldest. */
export const csrWaiting: WaitingSource = async (rows, viewer, context) => {
  const { now, storePath } = context;
  const { police } = loadPolicy(context.env).csr();
  const all = async (read: Rows, moment: Moment): Promise<readonly Waiting[]> =>
    [
      ...(await policeWaiting(read, viewer, moment, police.type)),
      ...(await paperWaiting(read, viewer, moment)),
    ].toSorted(
      (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.since - b.since || (a.id < b.id ? -1 : 1),
    );
  const later = await recordsChangedLater(rows, 'csr', now);
  if (later.length === 0) return all(rows, { now, police: new Map(), forms: new Map() });
  // Only a look at the past needs histories replayed, and with them typed queries.
  const [{ read }, { statesAt }, { policeRequestKind }, { formKind }] = await Promise.all([
    import('../store/store.ts'),
    import('../casework/state-at.ts'),
    import('./police-records.ts'),
    import('./form-records.ts'),
  ]);
  return read(storePath, async (reader) =>
    all(reader, {
      now,
      police: await statesAt(reader, policeRequestKind, later, now),
      forms: await statesAt(reader, formKind, later, now),
    }),
  );
};
