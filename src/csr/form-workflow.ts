import { type HazardNotices, hazardRemarks, missingPlace, noticeRemarkStands } from '../core/hazard.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts, CaseState, Objection, Transition, Workflow } from '../core/workflow.ts';
import { actsIn, OFFICE, withinDistrict } from './own-district.ts';

/** What stands on a form: what its author fills in and may mend later. */
export interface FormFields extends HazardNotices {
  readonly type: string;
  /** Null only on a hazard, which is kept before its place is known. */
  readonly address: string | null;
  readonly department: string | null;
  readonly beat: string | null;
  readonly district: string | null;
  readonly description: string | null;
  readonly vehicle: string | null;
}

/** The fields by name, in the order of the form. */
export const FORM_FIELDS = [
  'type',
  'address',
  'department',
  'beat',
  'district',
  'description',
  'vehicle',
  'oemc',
  'supervisor',
] as const satisfies readonly (keyof FormFields)[];

/** A form CPD-21.208: a member asks another City agency for one service. */
export interface FormState extends CaseState, FormFields {
  readonly formId: string;
  /** Who filled it in; null where that is not told. */
  readonly author: string | null;
  readonly hazard: boolean;
  /** When it was last filled in or mended: what was remarked on before is mended by it. */
  readonly filledAt: Instant | null;
  /** Why it was returned the last time. */
  readonly returnReason: string | null;
  readonly srNumber: string | null;
  readonly submittedAt: Instant | null;
  readonly enteredAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly reportedOcpAt: Instant | null;
  readonly returns: number;
}

/** A form before it was filled in. */
export function newForm(base: FormFields & Pick<FormState, 'formId'>): FormState {
  return {
    ...base,
    state: 'new',
    spans: [],
    author: null,
    hazard: false,
    filledAt: null,
    returnReason: null,
    srNumber: null,
    submittedAt: null,
    enteredAt: null,
    completedAt: null,
    reportedOcpAt: null,
    returns: 0,
  };
}

/** What the marks of a form say, by rule (form-filling.ts). AUTHOR_UNKNOWN only on a hazard, which is kept all the same. */
const MARKS: Readonly<Record<string, readonly [rule: string, text: string]>> = {
  VEHICLE_UNKNOWN: ['CSR-13', 'an abandoned vehicle without plate or number (A-CSR-10)'],
  SEVERAL_NEEDS: ['CSR-13', 'more than one need on one form'],
  SEVERAL_VEHICLES: ['CSR-13', 'more than one vehicle on one form (A-CSR-10)'],
  FACILITY: ['CSR-08', 'speaks of a Department facility, which the form is not for'],
  OTHER_UNIT: ['CSR-09', 'asks another police unit for help, which the form is not for'],
  BEAT_ELSEWHERE: ['CSR-24', 'names a district in which its beat does not lie: it is kept by its beat'],
  POLICE_MATTER: ['CSR-31', 'is a police matter, which members do not enter in 311'],
  AUTHOR_UNKNOWN: ['CSR-07', 'was filled in by someone who is no known member'],
};

/** Remarks on what stands on a form: mended with it. */
const FILLING_CODES: ReadonlySet<string> = new Set([
  ...Object.keys(MARKS).filter((code) => code !== 'AUTHOR_UNKNOWN'),
  'HAZARD',
  'HAZARD_WITHOUT_NOTICE',
  'HAZARD_WITHOUT_PLACE',
  'SAME_NEED',
]);

/** Whether a remark on a form still holds of what stands on it now. Pure. */
export function formRemarkStands(state: FormState, { at }: CaseEvent, remark: Objection): boolean {
  if (!FILLING_CODES.has(remark.code)) return true;
  return at === state.filledAt && noticeRemarkStands(state, remark);
}

const AT_OFFICE = ['submitted'];
const OPEN = ['entered'];
const WITH_AUTHOR = ['drafted', 'returned'];
const FILLED = ['drafted', 'returned', 'submitted', 'entered', 'completed'];
const OFFICE_ROLES = ['cp-sergeant', 'cp-officer'];

/** A form with the fields that an event gives. */
function filledBy(state: FormState, { at, detail }: CaseEvent): FormState {
  const given = FORM_FIELDS.flatMap((field) =>
    detail[field] === undefined ? [] : [[field, detail[field]] as const],
  );
  return { ...state, ...Object.fromEntries(given), hazard: detail.hazard === 'yes', filledAt: at };
}

/** What the rules remark on a form as it was filled in or mended; none of it keeps the form out. */
function fillingObjections(state: FormState, event: CaseEvent): readonly Objection[] {
  const { detail } = event;
  const found: Objection[] = [];
  const remark = (rule: string, code: string, text: string): void => {
    found.push({ rule, code, text, refuses: false });
  };
  const filled = filledBy(state, event);
  // The office that sees to a form is known by its district: that of a beat, or the one named without it.
  const place = missingPlace({
    address: filled.address,
    beat: filled.beat ?? filled.district,
    strangeBeat: detail.strange_beat,
  });
  if (filled.hazard) found.push(...hazardRemarks(filled, 'form', place));
  for (const code of marksOf(detail)) {
    const [rule, text] = MARKS[code] ?? [];
    if (rule !== undefined && text !== undefined) remark(rule, code, text);
  }
  if (detail.same_need !== undefined)
    remark('CSR-13', 'SAME_NEED', `the same need at the same address is open on ${detail.same_need}`);
  return [...found, ...untrained(event, 'filled in')];
}

/** CSR-14, CSR-24: a form is mended and handed in by whoever filled it in; the office of its district may do it for them. */
function authorObjections(
  { author, district }: FormState,
  { name, by, at }: CaseEvent,
  facts: CaseFacts,
  rule: string,
): readonly Objection[] {
  if (by === null || author === null || by === author) return [];
  const person = facts.person(by, at);
  if (person === null || actsIn(person, OFFICE, district, at, facts)) return [];
  const text = `"${name}" by ${by}: the form is that of ${author}, who filled it in`;
  return [{ rule, code: 'NOT_THE_AUTHOR', text, refuses: true }];
}

// A store of an earlier version names the missing vehicle apart.
function marksOf({ marks = '', vehicle_missing: missing }: CaseEvent['detail']): readonly string[] {
  return [
    ...marks.split(',').filter((code) => code !== ''),
    ...(missing === 'yes' ? ['VEHICLE_UNKNOWN'] : []),
  ];
}

function untrained({ detail }: CaseEvent, done: string): readonly Objection[] {
  if (detail.untrained !== 'yes') return [];
  const text = `${done} before the recorded day of 311 training`;
  return [{ rule: 'CSR-11', code: 'UNTRAINED', text, refuses: false }];
}

const STEPS: readonly Transition<FormState>[] = [
  {
    name: 'drafted',
    rule: 'CSR-12',
    from: ['new'],
    objects: fillingObjections,
    to: (state, event) => ({ ...filledBy(state, event), state: 'drafted', author: event.by }),
  },
  {
    name: 'form-amended',
    rule: 'CSR-24',
    from: WITH_AUTHOR,
    objects: (state, event, facts) => [
      ...authorObjections(state, event, facts, 'CSR-24'),
      ...fillingObjections(state, event),
    ],
    to: filledBy,
  },
  {
    name: 'hazard-told',
    rule: 'CSR-03',
    from: FILLED,
    to: (state, event) => ({
      ...state,
      oemc: event.detail.oemc ?? state.oemc,
      supervisor: event.detail.supervisor ?? state.supervisor,
    }),
  },
  {
    name: 'form-submitted',
    rule: 'CSR-14',
    from: WITH_AUTHOR,
    objects: (state, event, facts) => authorObjections(state, event, facts, 'CSR-14'),
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
    to: (state, event) => ({
      ...state,
      state: 'returned',
      returns: state.returns + 1,
      returnReason: event.reason,
    }),
  },
  {
    name: 'entered',
    rule: 'CSR-20',
    from: AT_OFFICE,
    who: { roles: OFFICE_ROLES, rule: 'CSR-20' },
    objects: (_, event) => untrained(event, 'entered in 311 by a member'),
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
