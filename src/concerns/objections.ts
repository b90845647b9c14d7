import { sameUnit } from '../casework/units.ts';
import type { CaseEvent, CaseFacts, Objection } from '../core/workflow.ts';
import { type ConcernState, INVESTIGATION_COMPLETE, isDistrictUnit, openTask } from './state.ts';

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

/** CC-12, CC-13: concerns of beat meetings, calls and mail are entered by sworn community policing staff. */
export function entryObjections(
  _state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const person = event.by === null ? null : facts.person(event.by, event.at);
  if (person?.sworn !== false) return [];
  return refused('CC-12', 'NOT_SWORN', `entered by ${event.by}, who is not sworn`);
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
    `a building concern went to unit ${event.unit} and not to unit ${building.unit}`,
  );
}

/** CC-16, and a remark when the unit has the concern already. */
export function assignObjections(
  state: ConcernState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const list = [...unitObjections(state, event, facts)];
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
export function notAcceptedObjections(state: ConcernState, event: CaseEvent): readonly Objection[] {
  // A date column of a concern's own row has no place for evidence: cannot tell.
  if (event.reason !== 'CRIMINAL_IMMEDIATE' || event.detail.column !== undefined) return [];
  if (state.state === 'not-accepted') return [];
  const missing = CRIMINAL_EVIDENCE.filter(([field]) => (event.detail[field] ?? '').trim() === '');
  if (missing.length === 0) return [];
  const text = `not accepted as a crime that needs action at once, without ${missing.map(([, what]) => what).join(', ')}`;
  return refused('CC-19', 'EVIDENCE_MISSING', text);
}

/** CC-06: no chain, no cycle, and a primary that is in the store. */
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
  return [];
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

/** CC-33: a decision answers a dispute. */
export function decisionObjections(state: ConcernState): readonly Objection[] {
  if (state.disputedAt !== null) return [];
  return refused('CC-33', 'NO_DISPUTE', 'decided while nobody disputed it');
}
