import type { Owner } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent, CaseFacts, CaseState, Objection, Workflow } from '../core/workflow.ts';

export interface WorkItemState extends CaseState {
  readonly workItemId: string;
  readonly memberId: string;
  readonly generatedAt: Instant;
  readonly models: readonly string[];
  readonly determination: 'valid' | 'invalid' | null;
  readonly reason: string | null;
  readonly determinedAt: Instant | null;
  readonly areaRepId: string | null;
  readonly commandId: string | null;
  readonly supervisorId: string | null;
  /** Plans submitted so far; the clock of each is apart (OSS-31). */
  readonly plans: number;
  readonly consulted: boolean;
  readonly met: boolean;
  readonly notified: boolean;
  readonly commandApproved: boolean;
  readonly areaRepApproved: boolean;
}

export type WorkItemBase = Pick<WorkItemState, 'workItemId' | 'memberId' | 'generatedAt' | 'models'>;

const NO_OWNER: Owner = { role: null, unit: null, member: null };

/** A Work Item before anything happened to it; `generated` starts its first clock. */
export function newWorkItem(base: WorkItemBase): WorkItemState {
  return {
    ...base,
    state: 'new',
    spans: [],
    determination: null,
    reason: null,
    determinedAt: null,
    areaRepId: null,
    commandId: null,
    supervisorId: null,
    plans: 0,
    consulted: false,
    met: false,
    notified: false,
    commandApproved: false,
    areaRepApproved: false,
  };
}

const WITH_COMMAND = [
  'with-command',
  'assigned',
  'met',
  'plan-submitted',
  'returned',
  'plan-approved',
  'plan-active',
];
const OPEN = ['generated', 'valid', 'with-area-rep', ...WITH_COMMAND];
const ANY = [...OPEN, 'invalid', 'completed'];

const ANALYST = { roles: ['oss-analyst'], rule: 'OSS-14' };
const AREA_REP = { roles: ['oss-area-rep'], rule: 'OSS-19' };
const COMMAND = {
  roles: ['watch-operations-lieutenant', 'commanding-officer', 'unit-supervisor'],
  rule: 'OSS-21',
};
const SUPERVISOR = { roles: ['supervisor'], rule: 'OSS-11' };

function commandOf(state: WorkItemState): Owner {
  return { role: 'watch-operations-lieutenant', unit: null, member: state.commandId };
}

function objection(rule: string, code: string, text: string, refuses = true): readonly Objection[] {
  return [{ rule, code, text, refuses }];
}

function scopeObjections(state: WorkItemState, event: CaseEvent, facts: CaseFacts): readonly Objection[] {
  const member = facts.person(state.memberId, event.at);
  const found: Objection[] = [];
  if (member?.sworn === false) {
    found.push(
      ...objection(
        'OSS-08',
        'CIVILIAN_MEMBER',
        `${state.memberId} is a civilian; the system is for sworn members`,
      ),
    );
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
    found.push(
      ...objection('OSS-02', 'OUT_OF_PILOT', `outside the pilot: district ${member.district}`, false),
    );
  }
  return found;
}

function determinationOf(event: CaseEvent): 'valid' | 'invalid' {
  return event.detail.detail === 'invalid' ? 'invalid' : 'valid';
}

function determinationObjections(_state: WorkItemState, event: CaseEvent): readonly Objection[] {
  const word = event.detail.detail;
  if (word !== 'valid' && word !== 'invalid') {
    return objection('OSS-16', 'DETERMINATION_UNCLEAR', 'determined without saying valid or invalid');
  }
  if (word === 'invalid' && (event.reason ?? '').trim() === '') {
    return objection('OSS-17', 'REASON_MISSING', 'found invalid without a reason');
  }
  return [];
}

function supervisorObjections(
  state: WorkItemState,
  event: CaseEvent,
  facts: CaseFacts,
): readonly Objection[] {
  const supervisorId = event.detail.supervisor_id ?? null;
  if (supervisorId === null) return [];
  const supervisor = facts.person(supervisorId, event.at);
  const member = facts.person(state.memberId, event.at);
  if (supervisor === null || member === null) return [];
  if (supervisor.rankLevel <= member.rankLevel) {
    return objection(
      'OSS-28',
      'RANK_NOT_HIGHER',
      `supervisor ${supervisorId} does not outrank ${state.memberId}`,
    );
  }
  if (member.supervisorId !== null && member.supervisorId !== supervisorId && event.reason === null) {
    return objection(
      'OSS-11',
      'NOT_DIRECT_SUPERVISOR',
      `${supervisorId} is not the direct supervisor and no reason is given`,
      false,
    );
  }
  return [];
}

function notOneself(state: WorkItemState, event: CaseEvent): readonly Objection[] {
  if (event.by === null || event.by !== state.memberId) return [];
  return objection('OSS-31', 'OWN_WORK_ITEM', `${event.by} is the affected member and cannot decide on it`);
}

function approved(state: WorkItemState): WorkItemState {
  const both = state.commandApproved && state.areaRepApproved;
  return { ...state, state: both ? 'plan-active' : 'plan-approved' };
}

/** Officer Support System Work Items, D20-04 IV. */
export const workItemWorkflow: Workflow<WorkItemState> = {
  system: 'oss',
  record: 'Work Item',
  clockRules: ['OSS-16', 'OSS-29', 'OSS-31'],
  transitions: [
    {
      name: 'generated',
      rule: 'OSS-14',
      from: ['new'],
      objects: scopeObjections,
      to: (state) => ({ ...state, state: 'generated' }),
      clocks: () => [{ do: 'start', rule: 'OSS-16', key: '', owner: { ...NO_OWNER, role: 'oss-analyst' } }],
    },
    { name: 'reviewed', rule: 'OSS-15', from: ANY, to: (state) => state },
    {
      name: 'determined',
      rule: 'OSS-16',
      from: ['generated'],
      who: ANALYST,
      objects: (state, event) => [...determinationObjections(state, event), ...notOneself(state, event)],
      to: (state, event) => ({
        ...state,
        state: determinationOf(event),
        determination: determinationOf(event),
        reason: event.reason,
        determinedAt: event.at,
      }),
      clocks: () => [{ do: 'stop', rules: ['OSS-16'] }],
    },
    {
      name: 'reopened',
      rule: 'OSS-16',
      from: ['valid', 'invalid'],
      who: { roles: ['oss-analyst', 'ossu-supervisor'], rule: 'OSS-16' },
      needs: [{ field: 'reason', rule: 'OSS-13', what: 'a reason' }],
      to: (state) => ({
        ...state,
        state: 'generated',
        determination: null,
        reason: null,
        determinedAt: null,
      }),
      // 48 hours run from generation: reopening does not start them anew
      clocks: () => [{ do: 'resume', rules: ['OSS-16'] }],
    },
    {
      name: 'forwarded',
      rule: 'OSS-18',
      from: ['valid'],
      who: ANALYST,
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
      name: 'received',
      rule: 'OSS-26',
      from: ['with-area-rep', 'with-command'],
      who: COMMAND,
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
      objects: (state, event) => {
        // OSS-12: nothing reaches the member about an invalid item
        if (state.determination === 'invalid') {
          return objection('OSS-12', 'INVALID_NOTIFIED', 'the member was notified of an item found invalid');
        }
        const method = event.detail.detail ?? 'in-person';
        if (method === 'in-person' || event.reason !== null) return [];
        return objection(
          'OSS-29',
          'NOT_IN_PERSON',
          'not notified in person and no reason is recorded',
          false,
        );
      },
      to: (state) => ({ ...state, notified: true }),
      clocks: () => [{ do: 'stop', rules: ['OSS-29'] }],
    },
    {
      name: 'assigned',
      rule: 'OSS-27',
      from: ['with-command'],
      who: { ...COMMAND, rule: 'OSS-27' },
      objects: supervisorObjections,
      to: (state, event) => ({
        ...state,
        state: 'assigned',
        supervisorId: event.detail.supervisor_id ?? state.supervisorId,
      }),
    },
    {
      name: 'reassigned',
      rule: 'OSS-30',
      from: ['assigned', 'met', 'returned'],
      who: { ...COMMAND, rule: 'OSS-30' },
      needs: [{ field: 'reason', rule: 'OSS-30', what: 'a reason (discomfort, rank, absence)' }],
      objects: supervisorObjections,
      to: (state, event) => ({
        ...state,
        state: 'assigned',
        supervisorId: event.detail.supervisor_id ?? state.supervisorId,
      }),
    },
    {
      name: 'consulted',
      rule: 'OSS-33',
      from: WITH_COMMAND,
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
      to: (state) => ({ ...state, state: state.state === 'returned' ? 'returned' : 'met', met: true }),
    },
    {
      name: 'plan-submitted',
      rule: 'OSS-45',
      from: ['assigned', 'met', 'returned'],
      who: { ...SUPERVISOR, rule: 'OSS-45' },
      objects: (state) =>
        state.met
          ? []
          : objection('OSS-34', 'NOT_MET', 'a plan was submitted before any meeting with the member'),
      to: (state) => ({
        ...state,
        state: 'plan-submitted',
        plans: state.plans + 1,
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
      from: ['plan-submitted', 'plan-approved'],
      who: { roles: [...COMMAND.roles, 'oss-area-rep', 'ossu-supervisor'], rule: 'OSS-47' },
      needs: [{ field: 'reason', rule: 'OSS-47', what: 'the corrections' }],
      objects: notOneself,
      to: (state) => ({ ...state, state: 'returned', commandApproved: false, areaRepApproved: false }),
      clocks: () => [{ do: 'stop', rules: ['OSS-31'] }],
    },
    {
      name: 'command-approved',
      rule: 'OSS-31',
      from: ['plan-submitted', 'plan-approved'],
      who: { ...COMMAND, rule: 'OSS-31' },
      objects: notOneself,
      to: (state) => approved({ ...state, commandApproved: true }),
      clocks: () => [{ do: 'stop', rules: ['OSS-31'] }],
    },
    {
      name: 'area-rep-approved',
      rule: 'OSS-23',
      from: ['plan-submitted', 'plan-approved'],
      who: { ...AREA_REP, rule: 'OSS-23' },
      objects: notOneself,
      to: (state) => approved({ ...state, areaRepApproved: true }),
    },
    { name: 'progressed', rule: 'OSS-49', from: ['plan-active'], to: (state) => state },
    {
      name: 'completed',
      rule: 'OSS-49',
      from: ['plan-active'],
      who: { ...SUPERVISOR, rule: 'OSS-49' },
      to: (state) => ({ ...state, state: 'completed' }),
      clocks: () => [{ do: 'stop', rules: ['OSS-16', 'OSS-29', 'OSS-31'] }],
    },
    { name: 'discrepancy', rule: 'OSS-51', from: ANY, to: (state) => state },
    { name: 'response', rule: 'OSS-55', from: ANY, to: (state) => state },
    // what the supervisor thinks of the flags, for those who keep the models
    {
      name: 'answered',
      rule: 'OSS-32',
      from: WITH_COMMAND,
      who: { ...SUPERVISOR, rule: 'OSS-32' },
      to: (state) => state,
    },
  ],
};

/** Words that other exports use for the same steps. */
export const WORK_ITEM_SYNONYMS: Readonly<Record<string, string>> = {
  review: 'reviewed',
  determine: 'determined',
  'determined-valid': 'determined',
  'determined-invalid': 'determined',
  reopen: 'reopened',
  forward: 'forwarded',
  'assign-command': 'assigned-command',
  receive: 'received',
  notify: 'notified',
  assign: 'assigned',
  reassign: 'reassigned',
  consult: 'consulted',
  meet: 'met',
  meeting: 'met',
  submit: 'plan-submitted',
  submitted: 'plan-submitted',
  return: 'returned',
  'approve-command': 'command-approved',
  'approve-area-rep': 'area-rep-approved',
  progress: 'progressed',
  complete: 'completed',
  attach: 'response',
};
