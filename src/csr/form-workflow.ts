import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseState, Objection, Transition, Workflow } from '../core/workflow.ts';
import { withinDistrict } from './own-district.ts';

/** A form CPD-21.208: a member asks another City agency for one service. */
export interface FormState extends CaseState {
  readonly formId: string;
  readonly type: string;
  readonly district: string | null;
  readonly srNumber: string | null;
  readonly submittedAt: Instant | null;
  readonly enteredAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly reportedOcpAt: Instant | null;
  readonly returns: number;
}

/** A form before it was filled in. */
export function newForm(base: Pick<FormState, 'formId' | 'type' | 'district'>): FormState {
  return {
    ...base,
    state: 'new',
    spans: [],
    srNumber: null,
    submittedAt: null,
    enteredAt: null,
    completedAt: null,
    reportedOcpAt: null,
    returns: 0,
  };
}

const AT_OFFICE = ['submitted'];
const OPEN = ['entered'];
const FILLED = ['drafted', 'returned', 'submitted', 'entered', 'completed'];
const OFFICE_ROLES = ['cp-sergeant', 'cp-officer'];

/** What the rules remark on a form as it was filled in; none of it keeps the form out. */
function fillingObjections(_: FormState, { detail }: CaseEvent): readonly Objection[] {
  const found: Objection[] = [];
  const remark = (rule: string, code: string, text: string): void => {
    found.push({ rule, code, text, refuses: false });
  };
  if (detail.hazard === 'yes') {
    const missing = [
      ...(detail.oemc === undefined ? ['OEMC'] : []),
      ...(detail.supervisor === undefined ? ['the supervisor'] : []),
    ];
    remark(
      'CSR-03',
      'HAZARD',
      'looks like an immediate hazard, which needs no form: tell OEMC and the supervisor',
    );
    if (missing.length > 0)
      remark('CSR-03', 'HAZARD_WITHOUT_NOTICE', `no notice to ${missing.join(' and ')} is recorded`);
  }
  if (detail.vehicle_missing === 'yes')
    remark('CSR-13', 'VEHICLE_UNKNOWN', 'an abandoned vehicle without plate or number (A-CSR-10)');
  if (detail.same_need !== undefined)
    remark('CSR-13', 'SAME_NEED', `the same need at the same address is open on ${detail.same_need}`);
  if (detail.untrained === 'yes')
    remark('CSR-11', 'UNTRAINED', 'filled in before the recorded day of 311 training');
  return found;
}

const STEPS: readonly Transition<FormState>[] = [
  {
    name: 'drafted',
    rule: 'CSR-12',
    from: ['new'],
    objects: fillingObjections,
    to: (state) => ({ ...state, state: 'drafted' }),
  },
  {
    name: 'form-submitted',
    rule: 'CSR-14',
    from: ['drafted', 'returned'],
    to: (state, event) => ({ ...state, state: 'submitted', submittedAt: event.at }),
  },
  {
    name: 'reviewed',
    rule: 'CSR-19',
    from: AT_OFFICE,
    who: { roles: ['cp-sergeant'], rule: 'CSR-19' },
    to: (state) => state,
  },
  {
    name: 'form-returned',
    rule: 'CSR-24',
    from: AT_OFFICE,
    who: { roles: ['cp-sergeant'], rule: 'CSR-24' },
    needs: [{ field: 'reason', rule: 'CSR-24', what: 'what is incomplete or out of place' }],
    to: (state) => ({ ...state, state: 'returned', returns: state.returns + 1 }),
  },
  {
    name: 'entered',
    rule: 'CSR-20',
    from: AT_OFFICE,
    who: { roles: OFFICE_ROLES, rule: 'CSR-20' },
    to: (state, event) => ({
      ...state,
      state: 'entered',
      srNumber: event.detail.sr_number ?? state.srNumber,
      enteredAt: event.at,
    }),
  },
  {
    name: 'form-completed',
    rule: 'CSR-21',
    from: OPEN,
    who: { roles: OFFICE_ROLES, rule: 'CSR-21' },
    to: (state, event) => ({ ...state, state: 'completed', completedAt: event.at }),
  },
  {
    name: 'reported-ocp',
    rule: 'CSR-25',
    from: OPEN,
    who: { roles: ['cp-sergeant'], rule: 'CSR-25' },
    to: (state, event) => ({ ...state, reportedOcpAt: state.reportedOcpAt ?? event.at }),
  },
  { name: 'replied', rule: 'CSR-17', from: FILLED, to: (state) => state },
];

/** CSR-14: a form is handed in at the office of its own district, which sees to it. */
const OF_OFFICE = 'CSR-14';

/** City service requests by form, S02-03-03 III.B and IV. */
export const formWorkflow: Workflow<FormState> = {
  system: 'csr',
  record: 'form CPD-21.208',
  clockRules: [],
  transitions: STEPS.map((step) => (step.who === undefined ? step : withinDistrict(step, OF_OFFICE))),
};
