import type { Context } from '../core/command.ts';
import { isoInstant } from '../core/instant.ts';
import { write } from '../store/store.ts';
import { logAccess } from './log.ts';
import { tourDuties } from './tour-duties.ts';

/** Who opened which list. */
export interface Opened {
  readonly system: string;
  readonly command: string;
  readonly memberId: string;
  readonly roles: ReadonlySet<string>;
}

/**
 * Counts a list that a role has opened as its look of the tour (CC-14, CC-20, CC-26, CC-29), at the system clock's time:
 * an --as-of chooses what is read and makes up no look of another tour. Looks given elsewhere come by the accesses
 * profile.
 */
export async function recordTourAccess(context: Context, opened: Opened): Promise<void> {
  const { system, command, memberId, roles } = opened;
  if (context.dryRun) return;
  const owed = tourDuties(roles).filter(({ duty }) => duty.system === system);
  const told = context.asOfGiven ? ` as of ${isoInstant(context.now)}` : '';
  await logAccess(context, { system, command, subject: `list${told}`, actorId: memberId });
  if (owed.length === 0) return;
  await write(context.storePath, async (writer) => {
    const insert = writer.prepare(
      'insert or ignore into tour_access (member_id, role, at, system) values (?, ?, ?, ?)',
    );
    for (const { role } of owed) insert.run(memberId, role, context.clock(), system);
  });
}
