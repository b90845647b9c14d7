import { tourDuties } from '../casework/tour-duties.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import { lastAccess, officeAccess, type TodayMember, type Tour } from './today-member.ts';

/** A look that a role owes on this tour, and when it was last given. */
export interface Owed {
  readonly rule: string;
  readonly cite: string;
  readonly name: string;
  readonly role: string;
  readonly system: string;
  /** Null: still owed. */
  readonly doneAt: Instant | null;
  readonly command: string;
}

// The list that counts as the look.
const LISTS: Readonly<Record<string, string>> = {
  concerns: 'rollcall concerns worklist',
  csr: 'rollcall csr open',
};

/** The looks of the tours that run (CC-14, CC-20, CC-26, CC-29, CSR-36), given and still owed. */
export async function owedAccesses(
  rows: Rows,
  member: TodayMember,
  tours: readonly Tour[],
  now: Instant,
): Promise<readonly Owed[]> {
  const owed: Owed[] = [];
  for (const tour of tours) {
    const roles = tour.role === null ? member.roles : new Set([tour.role]);
    for (const { role, duty } of tourDuties(roles)) {
      if (owed.some((each) => each.rule === duty.rule && each.role === role)) continue;
      const look = { memberId: member.memberId, role, system: duty.system };
      owed.push({
        rule: duty.rule,
        cite: duty.cite,
        name: duty.name,
        role,
        system: duty.system,
        doneAt:
          duty.owedBy === 'office' && member.district !== null
            ? await officeAccess(
                rows,
                { ...look, district: member.district, held: member.roles.has(role) },
                duty.rule,
                tour.start,
                now,
              )
            : await lastAccess(rows, look, tour.start, now),
        command: LISTS[duty.system] ?? 'rollcall overdue',
      });
    }
  }
  return owed;
}
