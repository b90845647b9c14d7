import { dueByRule, type Owner, running } from '../core/clock.ts';
import { peopleInstant } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts, CaseState, Objection, Workflow } from '../core/workflow.ts';

/** A police request from 311, worked on a Service Request Single Work Order (SRSWO). */
export interface PoliceRequestState extends CaseState {
  readonly srNumber: string;
  readonly district: string | null;
  readonly assignedTo: string | null;
  readonly assignedAt: Instant | null;
  readonly submittedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly actionTaken: string | null;
  readonly disposition: string | null;
  readonly extensions: number;
  readonly returns: number;
}

export type PoliceRequestBase = Pick<PoliceRequestState, 'srNumber' | 'district'>;

/** A police request before the district opened it. */
export function newPoliceRequest(base: PoliceRequestBase): PoliceRequestState {
  return {
    ...base,
    state: 'new',
    spans: [],
    assignedTo: null,
    assignedAt: null,
    submittedAt: null,
    closedAt: null,
    actionTaken: null,
    disposition: null,
    extensions: 0,
    returns: 0,
  };
}

const RULES = ['CSR-38', 'CSR-47'];
const UNASSIGNED = ['new', 'opened', 'printed'];
const WORKING = ['assigned', 'returned'];
const ANY = [...UNASSIGNED, ...WORKING, 'submitted', 'closed'];
const SERGEANT_ROLES = ['cp-sergeant'];

function ownerOf(state: PoliceRequestState, event: CaseEvent): Owner {
  return { role: 'cp-officer', unit: state.district, member: event.detail.assigned_to ?? null };
}

function assignmentObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const found: Objection[] = [];
  const member = event.detail.assigned_to;
  const district = member === undefined ? null : (facts.person(member, event.at)?.district ?? null);
  // CSR-32: another unit may help, which an IDSSR asks for; the request stays with the district where it arose
  if (state.district !== null && district !== null && district !== state.district) {
    const text = `assigned to ${member}, who belongs to district ${district}: a police request of district ${state.district} is not forwarded to another unit`;
    found.push({ rule: 'CSR-32', code: 'OTHER_UNIT', text, refuses: true });
  }
  if (running(state.spans, RULES).length > 0) {
    const text = 'assigned again; the 7 days of the first assignment go on';
    found.push({ rule: 'CSR-38', code: 'ASSIGNED_TWICE', text, refuses: false });
  }
  return found;
}

function extensionObjections(
  state: PoliceRequestState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const spans = running(state.spans, RULES);
  if (spans.length === 0) {
    const text = 'extended while the 7 days were not running';
    return [{ rule: 'CSR-47', code: 'NOTHING_TO_EXTEND', text, refuses: true }];
  }
  const found: Objection[] = [];
  const person = event.by === null ? null : facts.person(event.by, event.at);
  if (person !== null) {
    const first = state.extensions === 0;
    // CSR-47: a further extension takes the district commander, who may grant the first one as well
    const roles = first ? [...SERGEANT_ROLES, 'district-commander'] : ['district-commander'];
    if (!roles.some((role) => person.roles.has(role))) {
      const rule = first ? 'CSR-45' : 'CSR-47';
      const text = `${first ? 'extension' : 'further extension'} approved by ${event.by}, who was not ${roles.join(' or ')} then`;
      found.push({ rule, code: 'WRONG_ROLE', text, refuses: true });
    }
  }
  if (spans.some((span) => event.at > span.dueAt)) {
    const text = 'extension approved after the due day; the lapse stays';
    found.push({ rule: 'CSR-47', code: 'LATE_EXTENSION', text, refuses: false });
  }
  // A-CSR-2: the approval counts, so an extension approved early gives fewer days than 7 + 15
  const newDue = dueByRule(facts.book, 'CSR-47', event.at);
  const longer = spans.find((span) => newDue < span.dueAt);
  if (longer !== undefined) {
    const text = `the extension ends ${peopleInstant(newDue)}, before the ${peopleInstant(longer.dueAt)} that stood`;
    found.push({ rule: 'CSR-47', code: 'SHORTER_EXTENSION', text, refuses: false });
  }
  return found;
}

/** Police-related service requests, S02-03-03 V. */
export const policeRequestWorkflow: Workflow<PoliceRequestState> = {
  system: 'csr',
  record: 'police service request',
  clockRules: RULES,
  transitions: [
    {
      name: 'opened',
      rule: 'CSR-36',
      from: ['new'],
      to: (state) => ({ ...state, state: 'opened' }),
    },
    {
      name: 'printed',
      rule: 'CSR-42',
      from: ['new', 'opened', 'printed'],
      to: (state) => ({ ...state, state: 'printed' }),
    },
    {
      name: 'assigned',
      rule: 'CSR-37',
      from: [...UNASSIGNED, ...WORKING],
      who: { roles: ['cp-sergeant', 'executive-officer'], rule: 'CSR-37' },
      objects: assignmentObjections,
      to: (state, event) => ({
        ...state,
        state: 'assigned',
        assignedTo: event.detail.assigned_to ?? state.assignedTo,
        assignedAt: state.assignedAt ?? event.at,
      }),
      clocks: (state, event) =>
        running(state.spans, RULES).length === 0
          ? [{ do: 'start', rule: 'CSR-38', key: '', owner: ownerOf(state, event) }]
          : [{ do: 'hand-over', rules: RULES, owner: ownerOf(state, event) }],
    },
    {
      name: 'submitted',
      rule: 'CSR-38',
      from: WORKING,
      to: (state, event) => ({
        ...state,
        state: 'submitted',
        submittedAt: event.at,
        actionTaken: event.detail.action_taken ?? event.reason ?? state.actionTaken,
      }),
      clocks: () => [{ do: 'stop', rules: RULES }],
    },
    {
      name: 'returned',
      rule: 'CSR-44',
      from: ['submitted'],
      who: { roles: SERGEANT_ROLES, rule: 'CSR-44' },
      needs: [{ field: 'reason', rule: 'CSR-44', what: 'an explanation' }],
      to: (state) => ({ ...state, state: 'returned', submittedAt: null, returns: state.returns + 1 }),
      // A-CSR-5, A-CSR-6: the due day stands and the submission is taken as not having stopped the clock
      clocks: () => [{ do: 'resume', rules: RULES }],
    },
    {
      name: 'extension-requested',
      rule: 'CSR-48',
      from: WORKING,
      objects: (state, event) =>
        running(state.spans, RULES).some((span) => event.at > span.dueAt)
          ? [
              {
                rule: 'CSR-48',
                code: 'LATE_REQUEST',
                text: 'more time was requested after the due day',
                refuses: false,
              },
            ]
          : [],
      to: (state) => state,
    },
    {
      name: 'idssr',
      rule: 'CSR-33',
      from: ANY,
      needs: [{ field: 'unit', rule: 'CSR-33', what: 'the unit that is asked for help' }],
      to: (state) => state,
    },
    {
      name: 'extended',
      rule: 'CSR-47',
      from: WORKING,
      needs: [{ field: 'reason', rule: 'CSR-46', what: 'the reason entered in 311' }],
      withheldWhenRefused: true,
      objects: extensionObjections,
      to: (state) => ({ ...state, extensions: state.extensions + 1 }),
      clocks: () => [{ do: 'extend', rules: RULES }],
    },
    { name: 'replied', rule: 'CSR-17', from: ANY, to: (state) => state },
    {
      name: 'closed',
      rule: 'CSR-44',
      from: ['submitted'],
      who: { roles: [...SERGEANT_ROLES, 'cp-officer'], rule: 'CSR-44' },
      objects: (state, event) =>
        (event.detail.disposition ?? event.reason ?? state.actionTaken ?? '').trim() === ''
          ? [
              {
                rule: 'CSR-34',
                code: 'NO_DISPOSITION',
                text: 'closed without a disposition or an action taken',
                refuses: true,
              },
            ]
          : [],
      to: (state, event) => ({
        ...state,
        state: 'closed',
        closedAt: event.at,
        disposition: event.detail.disposition ?? state.disposition,
      }),
      clocks: () => [{ do: 'stop', rules: RULES }],
    },
  ],
};
