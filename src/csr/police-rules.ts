import { sameUnit } from '../casework/units.ts';
import { localDate, startOfDay } from '../core/calendar.ts';
import { dueByRule, running } from '../core/clock.ts';
import { peopleInstant } from '../core/duration.ts';
import type { CaseEvent, CaseFacts, Objection, Person } from '../core/workflow.ts';
import { actsIn, OFFICE } from './own-district.ts';
import type { PoliceRequestState } from './workflow.ts';

/** The clocks of a police request: the member's 7 days, and an extension's 15. */
export const CLOCKS = ['CSR-38', 'CSR-47'];
export const SERGEANT = ['cp-sergeant'] as const;
export const EXTENDERS = [...SERGEANT, 'district-commander'] as const;

function refused(rule: string, code: string, text: string): Objection {
  return { rule, code, text, refuses: true };
}

function remarked(rule: string, code: string, text: string): Objection {
  return { rule, code, text, refuses: false };
}

/** Nothing happens to a request before 311 took it. */
export function earlyObjections(
  { createdAt }: PoliceRequestState,
  { name, at }: CaseEvent,
  rule: string,
): readonly Objection[] {
  // A day without a time of day begins at midnight: on the day of creation it is before nothing.
  if (createdAt === null || at >= createdAt || at === startOfDay(localDate(createdAt))) return [];
  const text = `"${name}" ${peopleInstant(at)}, before the request was created ${peopleInstant(createdAt)}`;
  return [refused(rule, 'BEFORE_CREATED', text)];
}

/** CSR-32: the request stays with the unit of the district where it arose; an assignment again goes on with its days. */
export function assignmentObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const found: Objection[] = [];
  const member = event.detail.assigned_to;
  const other = member === undefined ? null : otherUnit(state.district, facts.person(member, event.at));
  if (other !== null) {
    const text = `assigned to ${member}, who belongs to ${other}: a police request of district ${state.district} is not forwarded to another unit`;
    found.push(refused('CSR-32', 'OTHER_UNIT', text));
  }
  if (running(state.spans, CLOCKS).length > 0)
    found.push(
      remarked('CSR-38', 'ASSIGNED_TWICE', 'assigned again; the 7 days of the first assignment go on'),
    );
  return found;
}

// A district's unit bears its number. Which unit or district a member belongs to may be unknown: cannot tell.
function otherUnit(district: string | null, member: Person | null): string | null {
  if (district === null || member === null) return null;
  if (member.district !== null && member.district !== district) return `district ${member.district}`;
  return member.unit !== null && !sameUnit(member.unit, district) ? `unit ${member.unit}` : null;
}

/**
 * CSR-38, CSR-48: what stands in the lower half of an SRSWO is the investigating member's own word. The office of the
 * district may enter it for the member, whom it names as `written_by`. Who investigates may be unknown: cannot tell.
 */
export function writerObjections(
  { district, assignedTo }: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
  rule: string,
): readonly Objection[] {
  const { by, at, name } = event;
  if (by === null || assignedTo === null) return [];
  const writer = event.detail.written_by ?? by;
  if (writer !== assignedTo) {
    const text = `"${name}" in the words of ${writer}: the one who investigates is ${assignedTo}`;
    return [refused(rule, 'NOT_THE_MEMBER', text)];
  }
  if (by === assignedTo) return [];
  const person = facts.person(by, at);
  if (person === null || actsIn(person, OFFICE, district, at, facts)) return [];
  const text = `"${name}" for ${assignedTo} by ${by}, who was not of the district's office then`;
  return [refused(rule, 'NOT_THE_MEMBER', text)];
}

/** CSR-33: the unit that is asked for help is another one than the district's own. */
export function supportObjections(state: PoliceRequestState, { unit }: CaseEvent): readonly Objection[] {
  if (unit === null || state.district === null || !sameUnit(unit, state.district)) return [];
  const text = `help was asked of unit ${unit}, which is the district's own`;
  return [refused('CSR-33', 'OWN_UNIT', text)];
}

/** CSR-48: the member asks for more time, before the days are over. */
export function requestObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const late = running(state.spans, CLOCKS).some((span) => event.at > span.dueAt);
  return [
    ...writerObjections(state, event, facts, 'CSR-48'),
    ...(late ? [remarked('CSR-48', 'LATE_REQUEST', 'more time was requested after the due day')] : []),
  ];
}

/** CSR-45, CSR-47: who may approve more time, and what the approval does to the due day. */
export function extensionObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const spans = running(state.spans, CLOCKS);
  if (spans.length === 0)
    return [refused('CSR-47', 'NOTHING_TO_EXTEND', 'extended while the 7 days were not running')];
  const found: Objection[] = [];
  const person = event.by === null ? null : facts.person(event.by, event.at);
  if (person !== null) {
    const first = state.extensions === 0;
    // CSR-47: a further extension takes the district commander, who may grant the first one as well
    const roles = first ? EXTENDERS : ['district-commander'];
    if (!roles.some((role) => person.roles.has(role))) {
      const text = `${first ? 'extension' : 'further extension'} approved by ${event.by}, who was not ${roles.join(' or ')} then`;
      found.push(refused(first ? 'CSR-45' : 'CSR-47', 'WRONG_ROLE', text));
    } else if (event.by === state.assignedTo) {
      const text = `${event.by}, who investigates, granted the time as well`;
      found.push(remarked('CSR-45', 'OWN_EXTENSION', text));
    }
  }
  if (spans.some((span) => event.at > span.dueAt))
    found.push(remarked('CSR-47', 'LATE_EXTENSION', 'extension approved after the due day; the lapse stays'));
  // A-CSR-2: the approval counts, so an extension approved early gives fewer days than 7 + 15
  const newDue = dueByRule(facts.book, 'CSR-47', event.at);
  const longer = spans.find((span) => newDue < span.dueAt);
  if (longer !== undefined) {
    const text = `the extension ends ${peopleInstant(newDue)}, before the ${peopleInstant(longer.dueAt)} that stood`;
    found.push(remarked('CSR-47', 'SHORTER_EXTENSION', text));
  }
  return found;
}

/** CSR-34, CSR-44: closed with a disposition, on a sergeant's review; one of the sergeant's own work is remarked on. */
export function closingObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const found: Objection[] = [];
  if ((event.detail.disposition ?? event.reason ?? state.actionTaken ?? '').trim() === '')
    found.push(refused('CSR-34', 'NO_DISPOSITION', 'closed without a disposition or an action taken'));
  const reviewer = event.detail.reviewed_by ?? event.by;
  const person = reviewer === null ? null : facts.person(reviewer, event.at);
  if (person === null) return found;
  if (actsIn(person, SERGEANT, state.district, event.at, facts)) {
    if (reviewer === state.assignedTo)
      found.push(
        remarked('CSR-44', 'OWN_REVIEW', `closed on the review of ${reviewer}, who investigated it`),
      );
    return found;
  }
  if (event.detail.reviewed_by !== undefined) {
    const text = `closed on the review of ${reviewer}, who was no cp-sergeant of the district then`;
    found.push(refused('CSR-44', 'NO_REVIEW', text));
  } else if (reviewer === state.assignedTo) {
    const text = `closed by ${reviewer}, who investigated it, without a sergeant's review`;
    found.push(refused('CSR-44', 'NO_REVIEW', text));
  }
  return found;
}
