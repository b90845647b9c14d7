import type { OssPolicy } from '../core/policy-topics.ts';
import type { Person } from '../core/workflow.ts';
import { isForwarded } from './act-sight.ts';
import type { WorkItemState } from './workflow-state.ts';

/** One who holds a role of the unit. */
export interface Staff {
  readonly role: string;
  readonly memberId: string;
  readonly sworn: boolean | null;
  readonly area: string | null;
}

export interface StaffingRow {
  readonly what: string;
  readonly should: number;
  readonly is: number;
  readonly differs: boolean;
}

/** The unit beside OSS-09: a civilian analyst, sworn representatives, two an Area, a sergeant. */
export function staffingRows(staff: readonly Staff[], policy: OssPolicy['staffing']): readonly StaffingRow[] {
  const holders = (role: string) => staff.filter((each) => each.role === role);
  const row = (what: string, should: number, is: number): StaffingRow => ({
    what,
    should,
    is,
    differs: should !== is,
  });
  const analysts = holders('oss-analyst');
  const reps = holders('oss-area-rep');
  const areas = policy.areaRepresentatives / policy.representativesPerArea;
  const named = [...new Set(reps.map((rep) => rep.area).filter((area) => area !== null))].sort();
  const expected = Array.from({ length: areas }, (_, at) => String(at + 1));
  return [
    row('analysts', policy.analysts, analysts.length),
    row('analysts who are sworn', 0, analysts.filter((each) => each.sworn === true).length),
    row('Area Representatives', policy.areaRepresentatives, reps.length),
    row('Area Representatives who are not sworn', 0, reps.filter((each) => each.sworn === false).length),
    ...[...new Set([...expected, ...named])].map((area) =>
      row(
        `representatives of Area ${area}`,
        expected.includes(area) ? policy.representativesPerArea : 0,
        reps.filter((rep) => rep.area === area).length,
      ),
    ),
    row('sergeants (OSSU supervisors)', policy.sergeants, holders('ossu-supervisor').length),
  ];
}

/** A supervisor with most of the Work Items that a district has of members under other supervisors. */
export interface Concentration {
  readonly supervisorId: string;
  readonly district: string;
  readonly items: number;
  /** Assigned Work Items of the district. */
  readonly of: number;
  readonly share: number;
}

/** OSS-10: who is an "OSS Supervisor" in fact, by the policy's threshold; worst first. */
export function concentrations(
  items: readonly WorkItemState[],
  person: (memberId: string) => Person | null,
  policy: OssPolicy['concentration'],
): readonly Concentration[] {
  const assigned = items.filter((item) => isForwarded(item) && item.supervisorId !== null);
  const byDistrict = Map.groupBy(assigned, (item) => person(item.memberId)?.district ?? '');
  const found = [...byDistrict].flatMap(([district, here]) => {
    // Whose direct supervisor is unknown is held against nobody.
    const others = here.filter((item) => {
      const direct = person(item.memberId)?.supervisorId ?? null;
      return direct !== null && direct !== item.supervisorId;
    });
    return [...Map.groupBy(others, (item) => item.supervisorId ?? '')].map(([supervisorId, heap]) => ({
      supervisorId,
      district,
      items: heap.length,
      of: here.length,
      share: heap.length / here.length,
    }));
  });
  return found
    .filter(({ items: heap, share }) => heap >= policy.atLeast && share > policy.share)
    .sort((a, b) => b.share - a.share || (a.supervisorId < b.supervisorId ? -1 : 1));
}
