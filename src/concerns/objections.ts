import { sameUnit } from '../casework/units.ts';
import { hazardRemarks, noticeRemarkStands } from '../core/hazard.ts';
import type { CaseEvent, CaseFacts, Objection } from '../core/workflow.ts';
import { COMMAND, ENTERS } from './roles.ts';
import { type ConcernState, INVESTIGATION_COMPLETE, isDistrictUnit, noticesOf, openTask } from './state.ts';
import { memberObjections, supervisorObjections } from './task-objections.ts';

/** CC-19: the three things that stand beside a crime that needs action at once, by their names in an event. */
const CRIMINAL_EVIDENCE: readonly (readonly [field: string, what: string])[] = [
  ['report_number', 'the case report number'],
  ['investigator', 'the sworn member of the preliminary investigation'],
  ['notified', 'who was notified'],
];

function refused(rule: string, code: string, text: string): readonly Objection[] {
  return [{ rule, code, text, refuses: true }];
}

function isBuilding(state: ConcernState, facts: CaseFacts): { readonly unit: string } | null {
  const building = facts.policy.building as
    | { readonly unit: string; readonly words: readonly string[] }
    | undefined;
  if (building === undefined || state.category === null) return null;
  const category = state.category.toLowerCase();
  return building.words.some((word) => category.includes(word)) ? building : null;
}

/** Nothing happens to a concern before it was submitted; an export that says so is taken and remarked on. */
export function beforeSubmission({ submittedAt }: ConcernState, event: CaseEvent): readonly Objection[] {
  if (event.at >= submittedAt) return [];
  const text = `"${event.name}" is dated before the submission`;
  return [{ rule: '', code: 'BEFORE_SUBMISSION', text, refuses: false }];
}

/**
 * CC-12, CC-13: what is told at beat meetings, by phone and mail is entered by sworn community policing staff of the
 * district. A hazard is kept whoever enters it (CSR-03): the same is then remarked on.
 */
export function entryObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const { by, at, detail } = event;
  const person = by === null ? null : facts.person(by, at);
  const hazard = detail.hazard === 'yes';
  const list: Objection[] = [];
  const against = (code: string, text: string) => {
    list.push({ rule: 'CC-12', code, text, refuses: !hazard });
  };
  if (person !== null && !ENTERS.some((role) => person.roles.has(role)))
    against('WRONG_ROLE', `entered by ${by}, who was not ${ENTERS.join(' or ')} then`);
  if (person?.sworn === false) against('NOT_SWORN', `entered by ${by}, who is not sworn`);
  const district = person?.district ?? null;
  if (district !== null && state.district !== null && district !== state.district)
    against(
      'OTHER_DISTRICT',
      `entered by ${by} of District ${district}, for a beat of District ${state.district}`,
    );
  if (state.origin === 'beat-meeting' && detail.meeting === undefined) {
    const text = 'told at a beat meeting, and which one is not said';
    list.push({ rule: 'CC-12', code: 'MEETING_MISSING', text, refuses: false });
  }
  if (hazard)
    list.push(...hazardRemarks(noticesOf(state, event), 'concern', detail.place_missing?.split(',') ?? []));
  return list;
}

/** CSR-03: notices of a hazard are kept on any concern, and remarked on where it does not read like one. */
export function noticeObjections(_: ConcernState, { detail }: CaseEvent): readonly Objection[] {
  if (detail.hazard !== 'no') return [];
  const text = 'notices of a hazard, on a concern that does not look like one';
  return [{ rule: 'CSR-03', code: 'NOT_LIKE_A_HAZARD', text, refuses: false }];
}

/** Whether a remark on a step still holds of what the concern has become: a notice may be recorded later (CSR-03). */
export function concernRemarkStands(state: ConcernState, _event: CaseEvent, remark: Objection): boolean {
  return noticeRemarkStands(state, remark);
}

/** CC-16: a building concern goes to the unit of the policy file. */
export function unitObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const building = isBuilding(state, facts);
  if (building === null || event.unit === null || sameUnit(event.unit, building.unit)) return [];
  return refused(
    'CC-16',
    'BUILDING_UNIT',
    `a building concern goes to unit ${building.unit} alone, not to unit ${event.unit}`,
  );
}

/** CC-16, and a remark when the unit has the concern already. */
export function assignObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const list = [
    ...unitObjections(state, event, facts),
    ...supervisorObjections(state, event, facts),
    ...memberObjections(event, facts),
  ];
  const open = event.unit === null ? undefined : openTask(state, event.unit);
  if (open) {
    list.push({
      rule: 'CC-22',
      code: 'ASSIGNED_TWICE',
      text: `unit ${open.unit} has it already; its 7 days go on`,
      refuses: false,
    });
  }
  return list;
}

/** CC-19: a crime that needs action at once is turned down with its three evidences, none of them later. */
export function notAcceptedObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  if (event.reason !== 'CRIMINAL_IMMEDIATE' || state.state === 'not-accepted') return [];
  const missing = CRIMINAL_EVIDENCE.filter(([field]) => (event.detail[field] ?? '').trim() === '');
  if (missing.length === 0) return swornObjections(event, facts);
  const text = `not accepted as a crime that needs action at once, without ${missing.map(([, what]) => what).join(', ')}`;
  return refused('CC-19', 'EVIDENCE_MISSING', text);
}

// CC-19: the preliminary investigation is a sworn member's.
function swornObjections({ at, detail: { investigator = '' } }: CaseEvent, facts: CaseFacts) {
  if (facts.person(investigator, at)?.sworn !== false) return [];
  const text = `the preliminary investigation is given to ${investigator}, who is not sworn`;
  return refused('CC-19', 'NOT_SWORN', text);
}

/** CC-06: no chain, no cycle, and a primary that is in the store, still stands and was submitted first. */
export function associationObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const primary = event.detail.primary_control_number ?? null;
  const against = (code: string, text: string) => refused('CC-06', code, text);
  if (primary === null) return against('PRIMARY_MISSING', 'associated without naming a primary concern');
  if (primary === state.controlNumber) return against('PRIMARY_ITSELF', 'associated to itself');
  if (facts.other(state.controlNumber, event.at)?.hasAssociates)
    return against('PRIMARY_OF_OTHERS', 'associated, though other concerns are associated to it');
  const other = facts.other(primary, event.at);
  if (other === null)
    return against('PRIMARY_UNKNOWN', `associated to ${primary}, which is not in the store`);
  if (other.primary !== null)
    return against('PRIMARY_ASSOCIATED', `associated to ${primary}, which is associated itself`);
  if (other.ended)
    return against('PRIMARY_ENDED', `associated to ${primary}, which was closed or not accepted by then`);
  if (other.began === null || other.began <= state.submittedAt) return [];
  // By hand the command refuses it; an export's association stands and is remarked on.
  const text = `associated to ${primary}, though it was submitted before that`;
  return [{ rule: 'CC-06', code: 'NOT_THE_EARLIEST', text, refuses: false }];
}

/** CC-30: what other units investigated does not wait for the executive officer. */
export function approvalObjections(state: ConcernState): readonly Objection[] {
  if (state.tasks.length === 0 || state.tasks.some((task) => isDistrictUnit(task.unit))) return [];
  const units = state.tasks.map((task) => task.unit).join(', ');
  return refused('CC-30', 'NOT_DISTRICT', `unit ${units} is no district's: it does not wait for approval`);
}

/** CC-30: what district personnel investigated is approved before it is closed. */
export function closingObjections(state: ConcernState): readonly Objection[] {
  if (state.state !== INVESTIGATION_COMPLETE) return [];
  if (!state.tasks.some((task) => isDistrictUnit(task.unit))) return [];
  return refused('CC-30', 'NOT_APPROVED', 'closed before the executive officer had approved it');
}

/** CC-33: a decision answers a dispute, and names none but a lieutenant or commanding officer of where it is. */
export function decisionObjections(
  state: ConcernState,
  { at, detail: { responsible } }: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  if (state.disputedAt === null) return refused('CC-33', 'NO_DISPUTE', 'decided while nobody disputed it');
  const person = responsible === undefined ? null : facts.person(responsible, at);
  if (person === null) return [];
  if (!COMMAND.some((role) => person.roles.has(role))) {
    const text = `decided for ${responsible}, who is no lieutenant or commanding officer`;
    return refused('CC-33', 'NOT_COMMAND', text);
  }
  const { unit, district } = person;
  const here =
    (district !== null && district === state.district) ||
    (unit !== null && state.tasks.some((task) => sameUnit(task.unit, unit)));
  if (here || (unit === null && district === null)) return [];
  const text = `decided for ${responsible}, who serves neither in its district nor in a unit that has it`;
  return refused('CC-33', 'OTHER_UNIT', text);
}

/** CC-36: the commander does the executive officer's tasks in the absence that a delegation records. */
export function commanderObjections(
  _state: ConcernState,
  { by, at, name }: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const roles = (by === null ? null : facts.person(by, at))?.roles;
  if (!roles?.has('district-commander') || roles.has('executive-officer')) return [];
  const text = `"${name}" by the district commander, and no absence of the executive officer is on record`;
  return [{ rule: 'CC-36', code: 'NO_ABSENCE', text, refuses: false }];
}
