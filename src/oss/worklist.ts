import type { Instant } from '../core/instant.ts';
import { isForwarded, type Sight } from './act-sight.ts';
import { COMMAND_ROLES, SUPERVISOR_ROLES } from './workflow-rules.ts';
import { isTold, type WorkItemState } from './workflow-state.ts';

/** Something that waits for a member: what is next, since when, and until when where a 48-hour clock runs. */
export interface Task {
  readonly item: WorkItemState;
  /** The verb of `rollcall oss` that does it. */
  readonly verb: string;
  readonly what: string;
  readonly rule: string;
  readonly since: Instant;
  /** Null where the directive sets no deadline: only the age counts. */
  readonly dueAt: Instant | null;
}

interface Waiting {
  readonly roles: readonly string[];
  readonly verb: string;
  readonly what: string;
  readonly rule: string;
  readonly clock?: string;
  readonly since?: (item: WorkItemState) => Instant | null;
  /** `bare`: the plan under review has no support on record, and who asks may know it. */
  readonly when: (item: WorkItemState, bare: boolean) => boolean;
}

const REP = ['oss-area-rep'];
const submitted = ({ state }: WorkItemState) => state === 'plan-submitted' || state === 'plan-approved';
/** OSS-43: neither side approves a plan that has no support on record. */
const isBare = (item: WorkItemState) => submitted(item) && item.supports.length === 0;

/** What waits for which role, in the order of D20-04 IV. */
const WAITING: readonly Waiting[] = [
  {
    roles: ['oss-analyst'],
    verb: 'determine',
    what: 'valid or invalid?',
    rule: 'OSS-16',
    clock: 'OSS-16',
    when: ({ state }) => state === 'generated',
  },
  {
    roles: ['oss-analyst'],
    verb: 'forward',
    what: 'forward to the Area Representative',
    rule: 'OSS-18',
    when: ({ state }) => state === 'valid',
  },
  {
    roles: REP,
    verb: 'assign',
    what: 'review, then assign to command',
    rule: 'OSS-21',
    when: ({ state }) => state === 'with-area-rep',
  },
  {
    roles: COMMAND_ROLES,
    verb: 'notify',
    what: 'notify the member',
    rule: 'OSS-29',
    clock: 'OSS-29',
    since: (item) => item.first['assigned-command'] ?? item.first.received ?? item.since,
    when: (item) =>
      !item.notified && isForwarded(item) && !['with-area-rep', 'completed'].includes(item.state),
  },
  {
    roles: COMMAND_ROLES,
    verb: 'assign',
    what: 'assign to the immediate supervisor',
    rule: 'OSS-27',
    when: ({ state }) => state === 'with-command',
  },
  {
    roles: SUPERVISOR_ROLES,
    verb: 'meet',
    what: 'review, confer, meet the member',
    rule: 'OSS-34',
    when: ({ state }) => state === 'assigned',
  },
  {
    roles: SUPERVISOR_ROLES,
    verb: 'plan',
    what: 'plan with the member, then submit',
    rule: 'OSS-45',
    when: ({ state }) => state === 'met',
  },
  {
    roles: SUPERVISOR_ROLES,
    verb: 'plan',
    what: 'correct the plan, then submit it again',
    rule: 'OSS-47',
    when: ({ state }) => state === 'returned',
  },
  {
    roles: COMMAND_ROLES,
    verb: 'approve',
    what: 'approve the plan or return it',
    rule: 'OSS-31',
    clock: 'OSS-31',
    when: (item, bare) => submitted(item) && !bare && !item.commandApproved && !item.modificationsAsked,
  },
  {
    roles: COMMAND_ROLES,
    verb: 'return',
    what: 'return the plan, unless its supervisor records a support',
    rule: 'OSS-43',
    clock: 'OSS-31',
    when: (item, bare) => bare && !item.commandApproved && !item.modificationsAsked,
  },
  {
    roles: SUPERVISOR_ROLES,
    verb: 'plan',
    what: 'record the supports of the submitted plan',
    rule: 'OSS-43',
    when: (_, bare) => bare,
  },
  {
    roles: COMMAND_ROLES,
    verb: 'return',
    what: 'return the plan: the representative wants it modified',
    rule: 'OSS-23',
    clock: 'OSS-31',
    when: (item) => submitted(item) && item.modificationsAsked,
  },
  {
    roles: REP,
    verb: 'approve',
    what: 'approve the plan or return it',
    rule: 'OSS-23',
    when: (item, bare) => submitted(item) && !bare && !item.areaRepApproved && !item.modificationsAsked,
  },
  {
    roles: REP,
    verb: 'return',
    what: 'ask command for a support on the plan',
    rule: 'OSS-43',
    when: (item, bare) => bare && !item.areaRepApproved && !item.modificationsAsked,
  },
  {
    roles: SUPERVISOR_ROLES,
    verb: 'progress',
    what: 'follow up until the plan is completed',
    rule: 'OSS-49',
    when: ({ state }) => state === 'plan-active',
  },
  {
    roles: ['ossu-supervisor'],
    verb: 'discrepancy',
    what: 'deal with a discrepancy',
    rule: 'OSS-52',
    since: (item) => openDiscrepancy(item)?.openedAt ?? null,
    when: (item) => isTold(item) && openDiscrepancy(item) !== null,
  },
];

function openDiscrepancy(item: WorkItemState) {
  return item.discrepancies.find((each) => each.state !== 'replied') ?? null;
}

/** What waits for the acting member, oldest first; only Work Items in the member's own hands, role by role. */
export function tasksFor(items: readonly WorkItemState[], sight: Sight): readonly Task[] {
  const tasks = items.flatMap((item) =>
    WAITING.filter(
      ({ roles, when }) =>
        when(item, isBare(item)) &&
        // Command that supervises nobody here does not do the supervisor's steps.
        (roles !== SUPERVISOR_ROLES || sight.supervises(item)) &&
        roles.some((role) => sight.actor.roles.has(role) && sight.seesAs(role, 'oss.queue', item)),
    ).map(({ verb, what, rule, clock, since }) => ({
      item,
      verb,
      what,
      rule,
      since: since?.(item) ?? item.since ?? item.generatedAt,
      dueAt: clock === undefined ? null : runningDue(item, clock),
    })),
  );
  return tasks.sort(
    (a, b) => a.since - b.since || (a.item.workItemId < b.item.workItemId ? -1 : a.item === b.item ? 0 : 1),
  );
}

/** When the running clock of a rule is due on an item; null when none runs. */
function runningDue(item: WorkItemState, rule: string): Instant | null {
  return item.spans.findLast((span) => span.rule === rule && span.endedBy === 'running')?.dueAt ?? null;
}

/** What is next on the way of a Work Item; null when nothing is. Of the plan it says only what may be seen (A-OSS-8). */
export function nextStep(item: WorkItemState, sight: Sight): string | null {
  const bare = isBare(item) && sight.sees('oss.plan', item);
  return WAITING.find(({ verb, when }) => verb !== 'discrepancy' && when(item, bare))?.what ?? null;
}
