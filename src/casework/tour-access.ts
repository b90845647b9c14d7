import type { Context } from '../core/command.ts';
import { isoInstant } from '../core/instant.ts';
import { write } from '../store/store.ts';
import { logAccess } from './log.ts';
import { tourDuties } from './tour-duties.ts';

/** Who opened which list, and whether it holds what is new to look at. */
export interface Opened {
  readonly system: string;
  readonly command: string;
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
  readonly holdsNew: boolean;
}

/**
 * Counts a list that a role has opened as its look of the tour (CC-14, CC-20, CC-26, CC-29, CSR-36), at the system
 * clock's time, where it holds what is new by then: one as of an earlier time shows nothing that is new. Looks given
 * elsewhere come by the accesses profile.
 */
export async function recordTourAccess(context: Context, opened: Opened): Promise<void> {
  const { system, command, memberId, roles, holdsNew } = opened;
  if (context.dryRun) return;
  const owed = tourDuties(roles).filter(({ duty }) => duty.system === system);
  const told = context.asOfGiven ? ` as of ${isoInstant(context.now)}` : '';
  await logAccess(context, { system, command, subject: `list${told}`, actorId: memberId });
  const past = context.asOfGiven && context.now < context.clock();
  if (owed.length === 0 || past || !holdsNew) return;
  await write(context.storePath, async (writer) => {
    const insert = writer.prepare(
      'insert or ignore into tour_access (member_id, role, at, system) values (?, ?, ?, ?)',
    );
    for (const { role } of owed) insert.run(memberId, role, context.clock(), system);
  });
}
