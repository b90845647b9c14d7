import { type Owner, running } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseState, Transition, Workflow } from '../core/workflow.ts';
import { withinDistrict } from './own-district.ts';
import {
  assignmentObjections,
  CLOCKS,
  closingObjections,
  EXTENDERS,
  earlyObjections,
  extensionObjections,
  requestObjections,
  SERGEANT,
  supportObjections,
  writerObjections,
} from './police-rules.ts';

/** A police request from 311, worked on a Service Request Single Work Order (SRSWO). */
export interface PoliceRequestState extends CaseState {
  readonly srNumber: string;
  readonly district: string | null;
  /** When 311 took it. */
  readonly createdAt: Instant | null;
  readonly assignedTo: string | null;
  readonly assignedAt: Instant | null;
  readonly submittedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly actionTaken: string | null;
  readonly disposition: string | null;
  /** More time was asked for, and nobody has answered; null otherwise. */
  readonly moreTimeAskedAt: Instant | null;
  readonly extensions: number;
  readonly returns: number;
  /** Assignments after the first, unless to the same member. */
  readonly reassignments: number;
  /** Help that was asked of other units, in order (CSR-33). */
  readonly support: readonly Support[];
}

/** An Intra-Departmental Support Service Request (form CPD-21.224) that is linked to a police request. */
export interface Support {
  readonly at: Instant;
  readonly unit: string;
  readonly form: string | null;
}

export type PoliceRequestBase = Pick<PoliceRequestState, 'srNumber' | 'district' | 'createdAt'>;

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
    moreTimeAskedAt: null,
    extensions: 0,
    returns: 0,
    reassignments: 0,
    support: [],
  };
}

const UNASSIGNED = ['new', 'opened', 'printed'];
const WORKING = ['assigned', 'returned'];
const ANY = [...UNASSIGNED, ...WORKING, 'submitted', 'closed'];
/** CSR-35: each district sees to the police requests within its boundaries. */
const BOUNDARIES = 'CSR-35';

function ownerOf(state: PoliceRequestState, event: CaseEvent): Owner {
  return { role: 'investigating-member', unit: state.district, member: event.detail.assigned_to ?? null };
}

function isHandedOn({ assignedAt, assignedTo }: PoliceRequestState, { detail }: CaseEvent): boolean {
  return assignedAt !== null && (assignedTo === null || detail.assigned_to !== assignedTo);
}

const STEPS: readonly Transition<PoliceRequestState>[] = [
  {
    name: 'opened',
    rule: 'CSR-36',
    from: ['new'],
    to: (state) => ({ ...state, state: 'opened' }),
  },
  {
    name: 'printed',
    rule: 'CSR-42',
    // The paper may follow the assignment: where the request stands is then told by who has it.
    from: ANY,
    to: (state) => (UNASSIGNED.includes(state.state) ? { ...state, state: 'printed' } : state),
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
      reassignments: state.reassignments + (isHandedOn(state, event) ? 1 : 0),
    }),
    clocks: (state, event) =>
      running(state.spans, CLOCKS).length === 0
        ? [{ do: 'start', rule: 'CSR-38', key: '', owner: ownerOf(state, event) }]
        : [{ do: 'hand-over', rules: CLOCKS, owner: ownerOf(state, event) }],
  },
  {
    name: 'submitted',
    rule: 'CSR-38',
    from: WORKING,
    objects: (state, event, facts) => writerObjections(state, event, facts, 'CSR-38'),
    to: (state, event) => ({
      ...state,
      state: 'submitted',
      submittedAt: event.at,
      moreTimeAskedAt: null,
      actionTaken: event.detail.action_taken ?? event.reason ?? state.actionTaken,
    }),
    clocks: () => [{ do: 'stop', rules: CLOCKS }],
  },
  {
    name: 'returned',
    rule: 'CSR-44',
    from: ['submitted'],
    who: { roles: SERGEANT, rule: 'CSR-44' },
    needs: [{ field: 'reason', rule: 'CSR-44', what: 'an explanation' }],
    to: (state) => ({ ...state, state: 'returned', submittedAt: null, returns: state.returns + 1 }),
    // A-CSR-5, A-CSR-6: the due day stands and the submission is taken as not having stopped the clock
    clocks: () => [{ do: 'resume', rules: CLOCKS }],
  },
  {
    name: 'extension-requested',
    rule: 'CSR-48',
    from: WORKING,
    objects: requestObjections,
    // One that no approval answered waits until the member submits.
    to: (state, event) => ({ ...state, moreTimeAskedAt: event.at }),
  },
  {
    name: 'idssr',
    rule: 'CSR-33',
    from: ANY,
    needs: [{ field: 'unit', rule: 'CSR-33', what: 'the unit that is asked for help' }],
    objects: supportObjections,
    to: (state, { at, unit, detail }) =>
      unit === null
        ? state
        : { ...state, support: [...state.support, { at, unit, form: detail.idssr ?? null }] },
  },
  {
    name: 'extended',
    rule: 'CSR-47',
    from: WORKING,
    needs: [{ field: 'reason', rule: 'CSR-46', what: 'the reason entered in 311' }],
    withheldWhenRefused: true,
    objects: extensionObjections,
    to: (state) => ({ ...state, extensions: state.extensions + 1, moreTimeAskedAt: null }),
    clocks: () => [{ do: 'extend', rules: CLOCKS }],
  },
  { name: 'replied', rule: 'CSR-17', from: ANY, to: (state) => state },
  {
    name: 'closed',
    rule: 'CSR-44',
    from: ['submitted'],
    who: { roles: [...SERGEANT, 'cp-officer'], rule: 'CSR-44' },
    objects: closingObjections,
    to: (state, event) => ({
      ...state,
      state: 'closed',
      closedAt: event.at,
      disposition: event.detail.disposition ?? state.disposition,
    }),
    clocks: () => [{ do: 'stop', rules: CLOCKS }],
  },
];

// What the investigating member writes is judged by who investigates, wherever that member belongs by now.
const MEMBERS_OWN = ['submitted', 'extension-requested'];

/** Police-related service requests, S02-03-03 V. */
export const policeRequestWorkflow: Workflow<PoliceRequestState> = {
  system: 'csr',
  record: 'police service request',
  clockRules: CLOCKS,
  transitions: STEPS.map(inTime).map((step) =>
    MEMBERS_OWN.includes(step.name)
      ? step
      : step.name === 'extended'
        ? withinDistrict(step, step.rule, EXTENDERS)
        : withinDistrict(step, BOUNDARIES),
  ),
};

function inTime(step: Transition<PoliceRequestState>): Transition<PoliceRequestState> {
  return {
    ...step,
    objects: (state, event, facts) => [
      ...earlyObjections(state, event, step.rule),
      ...(step.objects?.(state, event, facts) ?? []),
    ],
  };
}
