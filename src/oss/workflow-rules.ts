import { bareUnit } from '../core/place.ts';
import type { CaseEvent, CaseFacts, Objection, Person } from '../core/workflow.ts';
import { discrepancyOf, listIn, triad, type WorkItemState } from './workflow-state.ts';

/** Who reviews for a unit: watch operations lieutenant, commanding officer, designated unit supervisor. */
export const COMMAND_ROLES = [
  'watch-operations-lieutenant',
  'commanding-officer',
  'unit-supervisor',
] as const;

/** Who may be a member's immediate supervisor in the system: every supervisor takes part (OSS-11). */
export const SUPERVISOR_ROLES = ['supervisor', ...COMMAND_ROLES] as const;

type Found = readonly Objection[];

/** One objection; a remark when it does not refuse. */
export function objection(rule: string, code: string, text: string, refuses = true): Found {
  return [{ rule, code, text, refuses }];
}

/** OSS-02, OSS-03, OSS-08: for whom and by what a Work Item is generated. */
export function scopeObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const member = facts.person(state.memberId, event.at);
  const found: Objection[] = [];
  if (member?.sworn === false) {
    const text = `${state.memberId} is a civilian; the system is for sworn members`;
    found.push(...objection('OSS-08', 'CIVILIAN_MEMBER', text));
  }
  if (state.models.length === 0)
    found.push(...objection('OSS-03', 'NO_MODEL', 'generated without naming a model'));
  const scopes = facts.policy.scope as
    | readonly { readonly district: string; readonly fromInstant: number }[]
    | undefined;
  if (
    member?.district &&
    scopes &&
    !scopes.some((s) => s.district === member.district && event.at >= s.fromInstant)
  ) {
    const text = `outside the pilot: district ${member.district}`;
    found.push(...objection('OSS-02', 'OUT_OF_PILOT', text, false));
  }
  return found;
}

/** OSS-16, OSS-17: valid or invalid, and invalid with a reason. */
export function determinationObjections(_state: WorkItemState, event: CaseEvent): Found {
  const word = event.detail.detail;
  if (word !== 'valid' && word !== 'invalid') {
    return objection('OSS-16', 'DETERMINATION_UNCLEAR', 'determined without saying valid or invalid');
  }
  if (word === 'invalid' && (event.reason ?? '').trim() === '') {
    return objection('OSS-17', 'REASON_MISSING', 'found invalid without a reason');
  }
  return [];
}

/** The Area that a member serves: as the members file says, else that of the district; null when unknown. */
export function areaOf(person: Person | null, areas: unknown): string | null {
  if (person === null) return null;
  if (person.area) return person.area;
  const book = areas as Readonly<Record<string, string>> | undefined;
  return (person.district ? book?.[person.district] : null) ?? null;
}

/** OSS-18: forwarded to a representative, and to one of the member's own Area. */
export function forwardObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const repId = event.detail.area_rep_id;
  const rep = repId === undefined ? null : facts.person(repId, event.at);
  if (rep === null || repId === undefined) return [];
  if (!rep.roles.has('oss-area-rep'))
    return objection('OSS-18', 'NOT_AREA_REP', `${repId} was no Area Representative then`);
  return otherArea('OSS-18', rep, state, event, facts, `forwarded to ${repId}`);
}

/** OSS-19: a representative acts on the Work Items of the own Area, or of that of whom they stand in for. */
export function areaObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const rep = event.by === null ? null : facts.person(event.by, event.at);
  if (rep === null || !rep.roles.has('oss-area-rep')) return [];
  const lenders = (rep.lent ?? []).filter((loan) => loan.role === 'oss-area-rep');
  const persons = [rep, ...lenders.map((loan) => facts.person(loan.from, event.at))];
  const faults = persons.map((person) =>
    person === null ? [] : otherArea('OSS-19', person, state, event, facts, `"${event.name}" by ${event.by}`),
  );
  return faults.some((fault) => fault.length === 0) ? [] : (faults[0] ?? []);
}

// Unknown Areas are held against nobody.
function otherArea(
  rule: string,
  rep: Person,
  state: WorkItemState,
  event: CaseEvent,
  facts: CaseFacts,
  what: string,
): Found {
  const own = areaOf(rep, facts.policy.areas);
  const theirs = areaOf(facts.person(state.memberId, event.at), facts.policy.areas);
  if (own === null || theirs === null || own === theirs) return [];
  return objection(rule, 'OTHER_AREA', `${what}, who serves Area ${own}; the member is of Area ${theirs}`);
}

/** OSS-21: assigned to someone who may review for the unit, and never to the affected member (A-OSS-5). */
export function commandObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const commandId = event.detail.command_id;
  if (commandId === undefined) return [];
  if (commandId === state.memberId)
    return objection('OSS-21', 'OWN_WORK_ITEM', `${commandId} is the affected member`);
  const command = facts.person(commandId, event.at);
  const member = facts.person(state.memberId, event.at);
  if (command === null) return [];
  if (!COMMAND_ROLES.some((role) => command.roles.has(role)))
    return objection('OSS-21', 'NOT_COMMAND', `${commandId} was not ${COMMAND_ROLES.join(' or ')} then`);
  if (member === null) return [];
  if (command.rankLevel <= member.rankLevel) {
    const text = `${commandId} does not outrank ${state.memberId} and could not approve the plan (A-OSS-5)`;
    return objection('OSS-31', 'REVIEWER_NOT_HIGHER', text);
  }
  if (command.unit !== null && member.unit !== null && bareUnit(command.unit) !== bareUnit(member.unit)) {
    const text = `${commandId} is of unit ${command.unit}, the member of unit ${member.unit}`;
    return objection('OSS-21', 'OTHER_UNIT', text, false);
  }
  return [];
}

/** OSS-28, OSS-11: the assigned supervisor outranks the member and is the direct one, or a reason says why not. */
export function supervisorObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const supervisorId = event.detail.supervisor_id ?? null;
  if (supervisorId === null) return [];
  const supervisor = facts.person(supervisorId, event.at);
  const member = facts.person(state.memberId, event.at);
  if (supervisor === null || member === null) return [];
  if (supervisor.rankLevel <= member.rankLevel) {
    const text = `supervisor ${supervisorId} does not outrank ${state.memberId}`;
    return objection('OSS-28', 'RANK_NOT_HIGHER', text);
  }
  if (member.supervisorId !== null && member.supervisorId !== supervisorId && event.reason === null) {
    const text = `${supervisorId} is not the direct supervisor and no reason is given`;
    return objection('OSS-11', 'NOT_DIRECT_SUPERVISOR', text, false);
  }
  return [];
}

/** OSS-27: only the supervisor to whom it is assigned, or a designee while the delegation runs. */
function assignedObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  if (event.by === null || state.supervisorId === null || event.by === state.supervisorId) return [];
  const person = facts.person(event.by, event.at);
  if (person === null) return [];
  const roles: readonly string[] = SUPERVISOR_ROLES;
  if (person.lent?.some((loan) => loan.from === state.supervisorId && roles.includes(loan.role))) return [];
  const text = `"${event.name}" by ${event.by}; it is assigned to ${state.supervisorId}`;
  return objection('OSS-27', 'NOT_ASSIGNED', text);
}

/** A-OSS-5: nobody decides on their own Work Item. */
export function notOneself(state: WorkItemState, event: CaseEvent): Found {
  if (event.by === null || event.by !== state.memberId) return [];
  return objection('OSS-31', 'OWN_WORK_ITEM', `${event.by} is the affected member and cannot decide on it`);
}

/** OSS-31, A-OSS-5: a reviewer outranks the member, did not draw up the plan, and approves once. */
export function approvalObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const own = notOneself(state, event);
  if (own.length > 0) return own;
  if (event.name !== 'command-approved') return areaObjections(state, event, facts);
  if (event.by !== null && event.by === state.supervisorId)
    return objection('OSS-31', 'OWN_PLAN', `${event.by} drew up the plan and cannot approve it`);
  const reviewer = event.by === null ? null : facts.person(event.by, event.at);
  const member = facts.person(state.memberId, event.at);
  if (reviewer !== null && member !== null && reviewer.rankLevel <= member.rankLevel) {
    return objection('OSS-31', 'REVIEWER_NOT_HIGHER', `${event.by} does not outrank ${state.memberId}`);
  }
  return [];
}

/** A-OSS-2: where only an opening is on record, it stands for the receipt, and that is said. */
export function receiptObjections(state: WorkItemState, event: CaseEvent): Found {
  if (event.detail.receipt !== 'inferred' || state.spans.some((span) => span.rule === 'OSS-29')) return [];
  const text = 'receipt inferred: no assignment to command is on record, its opening stands for it (A-OSS-2)';
  return objection('OSS-29', 'RECEIPT_INFERRED', text, false);
}

/** OSS-12, OSS-29: nothing reaches the member about an invalid item; by phone or otherwise only with a reason. */
export function noticeObjections(state: WorkItemState, event: CaseEvent): Found {
  if (state.determination === 'invalid') {
    return objection('OSS-12', 'INVALID_NOTIFIED', 'the member was notified of an item found invalid');
  }
  const method = event.detail.detail ?? 'in-person';
  if (method === 'in-person' || event.reason !== null) return [];
  return objection('OSS-29', 'NOT_IN_PERSON', 'not notified in person and no reason is recorded', false);
}

/** The six points of a meeting, each with the rule that asks for it and what was left out. */
export const CHECKLIST = [
  { letter: 'a', rule: 'OSS-35', text: 'in private, without interruptions' },
  { letter: 'b', rule: 'OSS-36', text: 'while the member was on duty' },
  { letter: 'c', rule: 'OSS-37', text: 'with resource materials at hand' },
  { letter: 'd', rule: 'OSS-38', text: 'what was reviewed and first thoughts explained' },
  { letter: 'e', rule: 'OSS-39', text: 'confidentiality acknowledged' },
  { letter: 'f', rule: 'OSS-40', text: 'the member asked what contributed; a plan begun together' },
] as const;

/** OSS-33: the supervisor confers with the Area Representative before the meeting; judged where its checklist is known. */
export function conferredObjections(state: WorkItemState, event: CaseEvent): Found {
  if (event.detail.checklist === undefined || state.consulted) return [];
  const text = 'the meeting was held without having conferred with the Area Representative';
  return objection('OSS-33', 'NOT_CONFERRED', text, false);
}

/** OSS-35 to OSS-40 for a meeting whose checklist is known: a remark for each point left out. */
export function meetingObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const kept = event.detail.checklist;
  const missing = kept === undefined ? [] : CHECKLIST.filter(({ letter }) => !kept.includes(letter));
  const offDuty = event.detail.on_duty === 'no' && kept?.includes('b');
  return [
    ...assignedObjections(state, event, facts),
    ...(offDuty
      ? objection(
          'OSS-36',
          'MEETING_OFF_DUTY',
          'point b of the meeting: the roster has the member off duty',
          false,
        )
      : []),
    ...missing.flatMap(({ letter, rule, text }) =>
      objection(
        rule,
        `MEETING_${letter.toUpperCase()}_MISSING`,
        `point ${letter} of the meeting: not ${text}`,
        false,
      ),
    ),
  ];
}

// What is on a plan is not for everyone who reads findings: no text below names a support (A-OSS-8).

/** OSS-06: a plan holds supports, nothing that disciplines. */
export function planObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const words = Array.isArray(facts.policy.disciplinary) ? facts.policy.disciplinary.map(String) : [];
  const texts = Object.entries(event.detail).flatMap(([key, text]) =>
    key === 'add' ? listIn(text) : key.startsWith('answer_') ? [text] : [],
  );
  const bad = texts.find((text) => words.some((word) => wordsOf(text).includes(wordsOf(word))));
  const late = !['assigned', 'met', 'returned'].includes(state.state) && state.supports.length > 0;
  return [
    ...assignedObjections(state, event, facts),
    ...(bad === undefined
      ? []
      : objection('OSS-06', 'DISCIPLINARY', 'words that discipline: a plan holds none')),
    ...(late
      ? objection('OSS-43', 'PLAN_SUBMITTED', 'the plan is submitted; it changes once it is returned')
      : []),
  ];
}

// Lower case between single blanks, so that one text holds another only by whole words.
function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^a-z]+/)
    .join(' ')} `.replaceAll(/ +/g, ' ');
}

/** What a log of steps says of the supports of a submitted plan when its row names none. */
export const UNSAID = 'unsaid';

/** OSS-34, OSS-43, OSS-44, OSS-48: after a meeting, with a support, with every answer, met again where it must be. */
export function submissionObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const found: Objection[] = [...assignedObjections(state, event, facts)];
  if (!state.met)
    found.push(...objection('OSS-34', 'NOT_MET', 'a plan was submitted before any meeting with the member'));
  const none =
    event.detail.supports === 'none' ||
    (event.detail.supports === UNSAID && state.supports.length === 0 && state.plans === 0);
  if (none) found.push(...objection('OSS-43', 'NO_SUPPORT', 'a plan was submitted without a support'));
  if (event.detail.unanswered) {
    const text = `a plan was submitted without an answer to ${event.detail.unanswered}`;
    found.push(...objection('OSS-44', 'UNANSWERED', text));
  }
  if (state.meetAgain) {
    const text = 'corrections changed the plan dramatically and the member was not met again';
    found.push(...objection('OSS-48', 'NOT_MET_AGAIN', text));
  }
  return found;
}

/** OSS-49, A-OSS-10: progress is on a support of the plan, and a declined one has a reason. */
export function progressObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const { support, status } = event.detail;
  const rep = event.by === null ? null : facts.person(event.by, event.at);
  // OSS-24: the representative helps the supports along, the supervisor follows up
  const found: Objection[] = rep?.roles.has('oss-area-rep')
    ? [...areaObjections(state, event, facts)]
    : [...assignedObjections(state, event, facts)];
  if (support !== undefined && !state.supports.some((item) => item.support === support))
    found.push(...objection('OSS-49', 'NOT_ON_PLAN', 'progress on a support that is not on the plan'));
  if (status === 'declined' && (event.reason ?? '').trim() === '')
    found.push(...objection('OSS-49', 'REASON_MISSING', 'a support was declined without a reason'));
  return found;
}

/** What of the evidence triad is not on record: reviewed, conversed, connected. */
export function missingOf(state: WorkItemState): readonly string[] {
  return Object.entries(triad(state)).flatMap(([name, there]) => (there ? [] : [name]));
}

/** OSS-05, OSS-49, A-OSS-10: completed after review, conversation and support, with nothing left open. */
export function completionObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): Found {
  const found: Objection[] = [...assignedObjections(state, event, facts)];
  const open = state.supports.filter(({ status }) => status === 'chosen' || status === 'started');
  if (open.length > 0)
    found.push(...objection('OSS-49', 'SUPPORTS_OPEN', 'completed with supports still open'));
  // Refused when done by hand, a finding in a log of steps; a record's row of dates has no place for it: cannot tell.
  if (event.detail.triad)
    found.push(...objection('OSS-05', 'TRIAD_INCOMPLETE', `completed without: ${event.detail.triad}`));
  else if (event.detail.column === undefined && missingOf(state).length > 0) {
    const text = `completed without a record of: ${missingOf(state).join(', ')}`;
    found.push(...objection('OSS-05', 'TRIAD_INCOMPLETE', text, false));
  }
  return found;
}

/** OSS-52 to OSS-54: a decision needs a contact, a reply a decision; one without documents is not reviewed. */
export function discrepancyObjections(state: WorkItemState, event: CaseEvent): Found {
  const known = discrepancyOf(state, event);
  if (known === null)
    return objection('OSS-51', 'NO_DISCREPANCY', 'there is no such discrepancy to deal with');
  const which = `discrepancy ${known.number}`;
  if (event.name === 'discrepancy-replied') {
    return known.state === 'open'
      ? objection('OSS-53', 'NOT_DECIDED', `${which} was replied to before it was decided`)
      : [];
  }
  if (known.state === 'not-reviewed')
    return objection('OSS-54', 'UNSUBSTANTIATED', `${which} was filed without documents and is not reviewed`);
  if (known.state !== 'open') return objection('OSS-52', 'DECIDED_ALREADY', `${which} is ${known.state}`);
  if (event.name === 'discrepancy-decided' && known.contacts === 0)
    return objection('OSS-52', 'NOBODY_CONTACTED', `${which} was decided before any party was contacted`);
  return [];
}
