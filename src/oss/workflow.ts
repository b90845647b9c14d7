import type { Owner } from '../core/clock.ts';
import type { CaseEvent, Transition, Workflow } from '../core/workflow.ts';
import {
  approvalObjections,
  areaObjections,
  bareJudged,
  COMMAND_ROLES,
  commandObjections,
  completionObjections,
  conferredObjections,
  determinationObjections,
  discrepancyObjections,
  documentObjections,
  forwardObjections,
  isBare,
  isCommand,
  meetingObjections,
  noticeObjections,
  notOneself,
  objection,
  openingObjections,
  planObjections,
  progressObjections,
  receiptObjections,
  receiverObjections,
  responseObjections,
  returnObjections,
  SUPERVISOR_ROLES,
  scopeObjections,
  submissionObjections,
  supervisorObjections,
} from './workflow-rules.ts';
import {
  listIn,
  NOT_BEGUN,
  planned,
  progressed,
  UNSAID,
  type WorkItemState,
  withDiscrepancy,
} from './workflow-state.ts';

const SUBMITTED = ['plan-submitted', 'plan-approved'];
const UNDER_WORK = ['assigned', 'met', ...SUBMITTED, 'returned', 'plan-active'];
const WITH_COMMAND = ['with-command', ...UNDER_WORK];
const ANY = ['generated', 'valid', 'with-area-rep', ...WITH_COMMAND, 'invalid', 'completed'];

/** Every place of a Work Item in the workflow. */
export const WORK_ITEM_STATES = [
  'generated',
  'valid',
  'invalid',
  'with-area-rep',
  'with-command',
  ...UNDER_WORK,
  'completed',
];

const ANALYST = { roles: ['oss-analyst'], rule: 'OSS-14' };
const AREA_REP = { roles: ['oss-area-rep'], rule: 'OSS-19' };
const COMMAND = { roles: COMMAND_ROLES, rule: 'OSS-21' };
const SUPERVISOR = { roles: SUPERVISOR_ROLES, rule: 'OSS-11' };
const OSSU = { roles: ['oss-analyst', 'oss-area-rep', 'ossu-supervisor'], rule: 'OSS-52' };

function commandOf(state: WorkItemState): Owner {
  return { role: 'watch-operations-lieutenant', unit: null, member: state.commandId };
}

function determinationOf(word: string | undefined): 'valid' | 'invalid' {
  return word === 'invalid' ? 'invalid' : 'valid';
}

function approved(state: WorkItemState, event: CaseEvent): WorkItemState {
  const both = state.commandApproved && state.areaRepApproved;
  return {
    ...state,
    bareJudged: state.bareJudged || isBare(state, event),
    state: both ? 'plan-active' : 'plan-approved',
  };
}

// What was submitted is the plan, where the submission says what is on it.
function asSubmitted(state: WorkItemState, event: CaseEvent): WorkItemState {
  const { supports } = event.detail;
  const listed = supports === UNSAID || supports === 'none' ? [] : listIn(supports);
  if (listed.length === 0) return state;
  const gone = state.supports.flatMap(({ support }) => (listed.includes(support) ? [] : [support]));
  return planned(state, { ...event, detail: { add: listed.join(';'), remove: gone.join(';') } });
}

// OSS-31: an approval of a plan without any support on record is asked for anew once one is entered by hand.
function supported(state: WorkItemState, event: CaseEvent): WorkItemState {
  const next = planned(state, event);
  const anew =
    state.state === 'plan-approved' &&
    event.enteredAt !== undefined &&
    state.supports.length === 0 &&
    next.supports.length > 0;
  return anew ? { ...next, state: 'plan-submitted', commandApproved: false, areaRepApproved: false } : next;
}

// A plan under review or under way goes on; before that the other supervisor begins anew with the member.
function reassigned(state: WorkItemState, event: CaseEvent): WorkItemState {
  const supervisorId = event.detail.supervisor_id ?? state.supervisorId;
  if (SUBMITTED.includes(state.state)) return { ...state, supervisorId, handedOver: true };
  if (state.state === 'plan-active') return { ...state, supervisorId };
  return { ...state, ...NOT_BEGUN, state: 'assigned', supervisorId };
}

const STEPS: readonly Transition<WorkItemState>[] = [
  {
    name: 'generated',
    rule: 'OSS-14',
    from: ['new'],
    objects: scopeObjections,
    to: (state) => ({ ...state, state: 'generated' }),
    clocks: () => [
      { do: 'start', rule: 'OSS-16', key: '', owner: { role: 'oss-analyst', unit: null, member: null } },
    ],
  },
  {
    name: 'reviewed',
    rule: 'OSS-15',
    from: ANY,
    // OSS-05 asks for the review of supervisor or command; those of the unit at headquarters are apart.
    to: (state, event, facts) => {
      const roles = event.by === null ? null : (facts.person(event.by, event.at)?.roles ?? null);
      const counts = roles === null || SUPERVISOR_ROLES.some((role) => roles.has(role));
      return counts && WITH_COMMAND.includes(state.state) ? { ...state, reviewed: true } : state;
    },
  },
  {
    name: 'determined',
    rule: 'OSS-16',
    from: ['generated'],
    who: ANALYST,
    objects: (state, event) => [...determinationObjections(state, event), ...notOneself(state, event)],
    to: (state, event) => ({
      ...state,
      state: determinationOf(event.detail.detail),
      determination: determinationOf(event.detail.detail),
      reason: event.reason,
      determinedAt: event.at,
    }),
    // Nobody is notified of an invalid one, and no plan of it is reviewed (OSS-12): found invalid late, those clocks end too.
    clocks: (_, event) => [
      { do: 'stop', rules: ['OSS-16'] },
      ...(determinationOf(event.detail.detail) === 'invalid'
        ? [{ do: 'stop', rules: ['OSS-29', 'OSS-31'], why: 'withdrawn' } as const]
        : []),
    ],
  },
  {
    name: 'reopened',
    rule: 'OSS-16',
    from: ['valid', 'invalid'],
    who: { roles: ['oss-analyst', 'ossu-supervisor'], rule: 'OSS-16' },
    needs: [{ field: 'reason', rule: 'OSS-13', what: 'a reason' }],
    to: (state) => ({ ...state, state: 'generated', determination: null, reason: null, determinedAt: null }),
    // 48 hours run from generation: reopening does not start them anew
    clocks: () => [{ do: 'resume', rules: ['OSS-16'] }],
  },
  {
    name: 'forwarded',
    rule: 'OSS-18',
    from: ['valid'],
    who: ANALYST,
    objects: forwardObjections,
    to: (state, event) => ({
      ...state,
      state: 'with-area-rep',
      areaRepId: event.detail.area_rep_id ?? state.areaRepId,
    }),
  },
  {
    name: 'assigned-command',
    rule: 'OSS-21',
    from: ['with-area-rep'],
    who: AREA_REP,
    objects: (state, event, facts) => [
      ...areaObjections(state, event, facts),
      ...commandObjections(state, event, facts),
    ],
    to: (state, event) => ({
      ...state,
      state: 'with-command',
      commandId: event.detail.command_id ?? state.commandId,
    }),
    // A-OSS-2: receipt is when it reached command in the system
    clocks: (state, event) => [
      {
        do: 'start',
        rule: 'OSS-29',
        key: '',
        owner: { ...commandOf(state), member: event.detail.command_id ?? null },
      },
    ],
  },
  {
    // Whoever commands and draws up the plan too cannot approve it: the representative passes it to another.
    name: 'reassigned-command',
    rule: 'OSS-21',
    from: WITH_COMMAND,
    who: { ...AREA_REP, rule: 'OSS-21' },
    needs: [{ field: 'reason', rule: 'OSS-21', what: 'a reason' }],
    objects: (state, event, facts) => [
      ...areaObjections(state, event, facts),
      ...commandObjections(state, event, facts),
    ],
    to: (state, event) => ({ ...state, commandId: event.detail.command_id ?? state.commandId }),
    clocks: (state, event) => [
      {
        do: 'hand-over',
        rules: ['OSS-29', 'OSS-31'],
        owner: { ...commandOf(state), member: event.detail.command_id ?? state.commandId },
      },
    ],
  },
  {
    name: 'received',
    rule: 'OSS-26',
    from: ['with-area-rep', 'with-command'],
    who: COMMAND,
    objects: (state, event, facts) => [
      ...receiptObjections(state, event),
      ...receiverObjections(state, event, facts),
    ],
    to: (state, event) => ({
      ...state,
      state: 'with-command',
      commandId: event.detail.command_id ?? state.commandId ?? event.by,
    }),
    clocks: (state, event) => {
      if (state.spans.some((span) => span.rule === 'OSS-29')) return [];
      const member = event.detail.command_id ?? state.commandId ?? event.by;
      return [{ do: 'start', rule: 'OSS-29', key: '', owner: { ...commandOf(state), member } }];
    },
  },
  {
    name: 'notified',
    rule: 'OSS-29',
    from: WITH_COMMAND,
    who: { ...COMMAND, rule: 'OSS-29' },
    objects: noticeObjections,
    to: (state) => ({ ...state, notified: true }),
    clocks: () => [{ do: 'stop', rules: ['OSS-29'] }],
  },
  {
    name: 'assigned',
    rule: 'OSS-27',
    from: ['with-command'],
    who: { ...COMMAND, rule: 'OSS-27' },
    objects: (state, event, facts) => [
      ...supervisorObjections(state, event, facts),
      ...notOneself(state, event),
    ],
    to: (state, event) => ({
      ...state,
      state: 'assigned',
      supervisorId: event.detail.supervisor_id ?? state.supervisorId,
    }),
  },
  {
    name: 'reassigned',
    rule: 'OSS-30',
    from: UNDER_WORK,
    who: { ...COMMAND, rule: 'OSS-30' },
    needs: [{ field: 'reason', rule: 'OSS-30', what: 'a reason (discomfort, rank, absence)' }],
    objects: supervisorObjections,
    to: reassigned,
  },
  {
    // The member is uncomfortable with the supervisor, and no other can be found.
    name: 'not-reassigned',
    rule: 'OSS-30',
    from: UNDER_WORK,
    who: { ...COMMAND, rule: 'OSS-30' },
    needs: [{ field: 'reason', rule: 'OSS-30', what: 'why no other supervisor can be found' }],
    to: (state) => state,
  },
  {
    name: 'consulted',
    rule: 'OSS-33',
    from: [...WITH_COMMAND, 'completed'],
    objects: (state) =>
      state.met && !state.consulted
        ? objection(
            'OSS-33',
            'CONSULTED_AFTER_MEETING',
            'conferred with the area representative after the meeting',
            false,
          )
        : [],
    to: (state) => ({ ...state, consulted: true }),
  },
  {
    name: 'met',
    rule: 'OSS-34',
    from: ['assigned', 'met', 'returned'],
    who: { ...SUPERVISOR, rule: 'OSS-34' },
    objects: (state, event, facts) => [
      ...meetingObjections(state, event, facts),
      ...conferredObjections(state, event),
    ],
    to: (state, event) => ({
      ...state,
      state: state.state === 'returned' ? 'returned' : 'met',
      met: true,
      meetAgain: false,
      changed: false,
      metAgain: true,
      // To explain what was reviewed is to have reviewed it (OSS-38).
      reviewed: state.reviewed || (event.detail.checklist ?? '').includes('d'),
    }),
  },
  {
    // Later than that only where an import brought the plan without its supports: they are entered then.
    name: 'planned',
    rule: 'OSS-43',
    from: ['assigned', 'met', 'returned', ...SUBMITTED, 'plan-active'],
    who: { ...SUPERVISOR, rule: 'OSS-43' },
    objects: planObjections,
    to: supported,
  },
  {
    name: 'plan-answered',
    rule: 'OSS-44',
    from: ['assigned', 'met', 'returned', ...SUBMITTED, 'plan-active'],
    who: { ...SUPERVISOR, rule: 'OSS-44' },
    objects: planObjections,
    to: planned,
  },
  {
    name: 'plan-submitted',
    rule: 'OSS-45',
    from: ['assigned', 'met', 'returned'],
    who: { ...SUPERVISOR, rule: 'OSS-45' },
    objects: submissionObjections,
    to: (state, event) => ({
      ...asSubmitted(state, event),
      state: 'plan-submitted',
      plans: state.plans + 1,
      drawnUpBy: event.by ?? state.supervisorId,
      bareJudged: bareJudged(state, event),
      modificationsAsked: false,
      meetAgain: false,
      changed: false,
      commandApproved: false,
      areaRepApproved: false,
    }),
    // OSS-31: 48 hours from each submission
    clocks: (state) => [
      { do: 'start', rule: 'OSS-31', key: String(state.plans + 1), owner: commandOf(state) },
    ],
  },
  {
    name: 'returned',
    rule: 'OSS-31',
    from: SUBMITTED,
    who: { roles: [...COMMAND_ROLES, 'oss-area-rep', 'ossu-supervisor'], rule: 'OSS-47' },
    needs: [{ field: 'reason', rule: 'OSS-47', what: 'the corrections' }],
    objects: (state, event, facts) => [...notOneself(state, event), ...returnObjections(state, event, facts)],
    to: (state, event) => ({
      ...state,
      ...(state.handedOver ? NOT_BEGUN : {}),
      state: 'returned',
      modificationsAsked: false,
      returns: state.returns + 1,
      metAgain: false,
      meetAgain: state.meetAgain || event.detail.dramatic === 'yes',
      commandApproved: false,
      areaRepApproved: false,
    }),
    // The 48 hours are those of command: what another sends back neither keeps nor breaks them.
    clocks: (_, event, facts) => [
      { do: 'stop', rules: ['OSS-31'], why: isCommand(event, facts) ? 'stopped' : 'withdrawn' },
    ],
  },
  {
    // The representative notifies command, and command the supervisor (A-OSS-1).
    name: 'modifications-asked',
    rule: 'OSS-23',
    from: SUBMITTED,
    who: { ...AREA_REP, rule: 'OSS-23' },
    needs: [{ field: 'reason', rule: 'OSS-23', what: 'the modifications' }],
    objects: (state, event, facts) => [...notOneself(state, event), ...areaObjections(state, event, facts)],
    to: (state, event) => ({
      ...state,
      modificationsAsked: true,
      meetAgain: event.detail.dramatic === 'yes',
      areaRepApproved: false,
      state: 'plan-submitted',
    }),
  },
  {
    name: 'command-approved',
    rule: 'OSS-31',
    from: SUBMITTED,
    who: { ...COMMAND, rule: 'OSS-31' },
    objects: approvalObjections,
    to: (state, event) => approved({ ...state, commandApproved: true }, event),
    clocks: () => [{ do: 'stop', rules: ['OSS-31'] }],
  },
  {
    name: 'area-rep-approved',
    rule: 'OSS-23',
    from: SUBMITTED,
    who: { ...AREA_REP, rule: 'OSS-23' },
    objects: approvalObjections,
    to: (state, event) =>
      approved({ ...state, areaRepApproved: true, modificationsAsked: false, meetAgain: false }, event),
  },
  {
    name: 'progressed',
    rule: 'OSS-49',
    from: ['plan-active'],
    objects: progressObjections,
    to: progressed,
  },
  {
    name: 'completed',
    rule: 'OSS-49',
    from: ['plan-active'],
    who: { ...SUPERVISOR, rule: 'OSS-49' },
    objects: completionObjections,
    to: (state) => ({ ...state, state: 'completed' }),
    clocks: () => [{ do: 'stop', rules: ['OSS-16', 'OSS-29', 'OSS-31'] }],
  },
  {
    name: 'discrepancy',
    rule: 'OSS-51',
    from: ANY,
    objects: openingObjections,
    to: (state, event) => ({
      ...state,
      discrepancies: [
        ...state.discrepancies,
        {
          number: state.discrepancies.length + 1,
          state: event.detail.documents === 'none' ? 'not-reviewed' : 'open',
          openedAt: event.at,
          contacts: 0,
          revised: null,
        },
      ],
    }),
  },
  {
    name: 'discrepancy-documented',
    rule: 'OSS-51',
    from: ANY,
    objects: documentObjections,
    to: (state, event) => withDiscrepancy(state, event, () => ({ state: 'open' })),
  },
  {
    name: 'discrepancy-contacted',
    rule: 'OSS-52',
    from: ANY,
    who: OSSU,
    objects: discrepancyObjections,
    to: (state, event) => withDiscrepancy(state, event, ({ contacts }) => ({ contacts: contacts + 1 })),
  },
  {
    name: 'discrepancy-decided',
    rule: 'OSS-52',
    from: ANY,
    who: { ...OSSU, roles: ['ossu-supervisor'] },
    objects: discrepancyObjections,
    to: (state, event) =>
      withDiscrepancy(state, event, () => ({ state: 'decided', revised: event.detail.revised === 'yes' })),
  },
  {
    name: 'discrepancy-replied',
    rule: 'OSS-53',
    from: ANY,
    who: { ...OSSU, rule: 'OSS-53' },
    objects: discrepancyObjections,
    to: (state, event) => withDiscrepancy(state, event, () => ({ state: 'replied' })),
  },
  {
    name: 'response',
    rule: 'OSS-55',
    from: ANY,
    objects: responseObjections,
    to: (state) => ({ ...state, responses: state.responses + 1 }),
  },
  // what the supervisor thinks of the flags, for those who keep the models
  {
    name: 'answered',
    rule: 'OSS-32',
    from: WITH_COMMAND,
    who: { ...SUPERVISOR, rule: 'OSS-32' },
    to: (state) => state,
  },
];

/** Officer Support System Work Items, D20-04 IV. Every step notes when it was first taken, every new state since when. */
export const workItemWorkflow: Workflow<WorkItemState> = {
  system: 'oss',
  record: 'Work Item',
  clockRules: ['OSS-16', 'OSS-29', 'OSS-31'],
  transitions: STEPS.map((step) => ({
    ...step,
    to(state, event, facts) {
      const next = step.to(state, event, facts);
      return {
        ...next,
        since: next.state === state.state ? state.since : event.at,
        first: step.name in state.first ? state.first : { ...state.first, [step.name]: event.at },
      };
    },
  })),
};
