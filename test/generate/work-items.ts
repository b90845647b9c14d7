import { castMember, WHO } from './cast.ts';
import { type Civil, DAY, HOUR, hour, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { at, type Rng } from './random.ts';

/** How far a valid item has come; each stage includes those before it. */
export const STAGES = [
  'generated',
  'determined',
  'forwarded',
  'received',
  'notified',
  'assigned',
  'met',
  'plan',
  'command-approved',
  'approved',
  'completed',
] as const;
export type Stage = (typeof STAGES)[number];

/** What is out of the ordinary with an item. */
export type Turn =
  | 'invalid'
  | 'late-determination'
  | 'late-notification'
  | 'by-phone'
  | 'by-phone-no-reason'
  | 'discomfort'
  | 'returned-by-command'
  | 'returned-waiting'
  | 'returned-by-area-rep'
  | 'late-plan-review'
  | 'reopened'
  | 'discrepancy'
  | 'response';

export interface WorkItemPlan {
  readonly id: string;
  readonly member: string;
  /** When the application generated the item. */
  readonly generated: Civil;
  readonly stage: Stage;
  readonly turns?: readonly Turn[];
  /** Moves the item by whole days so that its last step falls on this day. */
  readonly lastDay?: Civil;
}

export interface WorkItemStory {
  readonly row: Row;
  readonly events: readonly Row[];
}

/** The four models of the sample data; the names are ours. */
const MODELS = ['on-duty-risk', 'off-duty-risk', 'complaint-pattern', 'force-pattern'] as const;

const SUMMARIES = [
  'Three complaints in six months',
  'Two force reports and an absence in one month',
  'Change of pattern after a transfer',
  'Exposure to two critical incidents',
  'Complaint count above the peers of the watch',
];
const INVALID_REASONS = [
  'data error: an incident counted twice',
  'wrong member: star numbers mixed up',
  'duplicate of an earlier Work Item',
  'member on long leave',
  'already addressed by an earlier Action Plan',
];

interface Step {
  readonly column: string | null;
  readonly event: string;
  readonly at: Civil;
  readonly by: string;
  readonly reason?: string;
  readonly detail?: string;
}

function working(at: Civil): Civil {
  const of = hour(at);
  if (of >= 7 && of < 20) return at;
  return of < 7 ? at + (8 - of) * HOUR : at + (32 - of) * HOUR;
}

/** Who commands a member's item: the watch lieutenant, or the commander where that would not outrank the member. */
function commandOf(member: string): { supervisor: string; command: string } {
  const supervisor = castMember(member).supervisor;
  const above = castMember(supervisor).supervisor;
  return { supervisor, command: castMember(supervisor).rank === 'Sergeant' ? above : WHO.commander };
}

function stepsOf(rng: Rng, plan: WorkItemPlan): Step[] {
  const turns = new Set(plan.turns ?? []);
  const steps: Step[] = [];
  let clock = plan.generated;
  const after = (low: number, high: number): Civil => {
    clock = working(clock + rng.int(low, high) * HOUR + rng.int(3, 57) * MINUTE);
    return clock;
  };
  const add = (
    event: string,
    column: string | null,
    at: Civil,
    by: string,
    more: Partial<Step> = {},
  ): void => {
    steps.push({ event, column, at, by, ...more });
  };
  const { supervisor, command } = commandOf(plan.member);
  const rep = rng.pick(WHO.areaReps);
  const reached = STAGES.indexOf(plan.stage);
  const goes = (stage: Stage): boolean => reached >= STAGES.indexOf(stage);
  if (!goes('determined')) return steps;

  // OSS-16: 48 hours from generation.
  const determined = turns.has('late-determination') ? after(56, 90) : after(3, 28);
  add('reviewed', null, determined - 12 * MINUTE, WHO.analyst);
  const invalid = turns.has('invalid') || turns.has('reopened');
  add('determined', 'determined_at', determined, WHO.analyst, {
    detail: invalid ? 'invalid' : 'valid',
    reason: invalid ? rng.pick(INVALID_REASONS) : undefined,
  });
  if (turns.has('invalid')) return steps;
  // A reopened item tells all its later steps as events: its columns hold the first determination.
  const column = (name: string): string | null => (turns.has('reopened') ? null : name);
  if (turns.has('reopened')) {
    add('reopened', null, after(20, 40), WHO.analyst, { reason: 'The incident was counted once after all' });
    add('determined', null, after(1, 3), WHO.analyst, { detail: 'valid' });
  }
  if (!goes('forwarded')) return steps;
  add('forwarded', column('forwarded_at'), after(1, 12), WHO.analyst, { detail: rep });
  if (!goes('received')) return steps;
  if (turns.has('reopened')) add('assigned-command', null, after(2, 20), rep, { detail: command });
  const received = after(1, 20);
  add('received', column('command_received_at'), received, command);
  if (!goes('notified')) return steps;

  // OSS-29: 48 hours from receipt; in person where possible.
  const notified = turns.has('late-notification') ? after(58, 80) : after(4, 24);
  const phone = turns.has('by-phone') || turns.has('by-phone-no-reason');
  add('notified', column('notified_at'), notified, command, {
    detail: phone ? 'phone' : 'in-person',
    reason: turns.has('by-phone') ? 'Member on furlough' : undefined,
  });
  if (!goes('assigned')) return steps;
  add('assigned', column('assigned_at'), after(1, 20), command, { detail: supervisor });
  let holder = supervisor;
  if (turns.has('discomfort')) {
    holder = WHO.sergeants.find((id) => id !== supervisor) ?? supervisor;
    add('reassigned', null, after(4, 12), command, {
      reason: 'Member uncomfortable with the supervisor',
      detail: holder,
    });
  }
  if (!goes('met')) return steps;
  add('consulted', null, after(4, 30), holder, { detail: 'supports; approach' });
  add('met', column('met_at'), after(20, 90), holder);
  if (turns.has('discrepancy')) {
    add('discrepancy', null, after(20, 40), plan.member, { reason: 'One report belongs to another member' });
  }
  if (!goes('plan')) return steps;

  add('plan-submitted', column('plan_submitted_at'), after(10, 60), holder);
  const returned = turns.has('returned-by-command') || turns.has('returned-by-area-rep');
  const later = (name: string): string | null => (returned ? null : column(name));
  if (turns.has('returned-by-command') || turns.has('returned-waiting')) {
    add('returned', null, after(4, 30), command, {
      reason: 'Name a support for each point',
      detail: 'command',
    });
    if (turns.has('returned-waiting')) return steps;
    add('plan-submitted', null, after(20, 60), holder);
  }
  if (!goes('command-approved')) return steps;
  // OSS-31: 48 hours from each submission.
  const approved = turns.has('late-plan-review') ? after(60, 90) : after(4, 28);
  add('command-approved', later('command_approved_at'), approved, command);
  if (turns.has('returned-by-area-rep')) {
    add('returned', null, after(10, 40), rep, {
      reason: 'Peer support was declined; offer another',
      detail: 'area-rep',
    });
    add('plan-submitted', null, after(20, 60), holder);
    add('command-approved', null, after(4, 28), command);
  }
  if (!goes('approved')) return steps;
  add('area-rep-approved', later('area_rep_approved_at'), after(10, 60), rep);
  if (turns.has('response')) add('response', null, after(30, 90), plan.member, { detail: 'attached' });
  if (!goes('completed')) return steps;
  add('completed', later('completed_at'), after(20 * 24, 45 * 24), holder);
  return steps;
}

/** One Work Item with the events that its columns cannot tell; every step by a member whose role it is. */
export function workItemStory(rng: Rng, plan: WorkItemPlan): WorkItemStory {
  const steps = stepsOf(rng, plan);
  const last = Math.max(plan.generated, ...steps.map((step) => step.at));
  const moved =
    plan.lastDay === undefined ? 0 : Math.floor(plan.lastDay / DAY) * DAY - Math.floor(last / DAY) * DAY;
  const when = (at: Civil): string => isoDateTime(settled(at + moved));
  const values: Record<string, string> = {
    work_item_id: plan.id,
    member_id: plan.member,
    generated_at: when(plan.generated),
    models: rng
      .shuffled(MODELS)
      .slice(0, rng.pick([1, 1, 2, 2, 3]))
      .toSorted()
      .join(';'),
    summary: rng.pick(SUMMARIES),
  };
  const events: Row[] = [];
  for (const step of steps) {
    if (step.column === null) events.push(eventRow(plan.id, step, when(step.at)));
    else fill(values, step, step.column, when(step.at));
  }
  return { row: rowOf('oss-work-items', values), events };
}

function eventRow(id: string, step: Step, when: string): Row {
  const { event, by, reason, detail } = step;
  return rowOf('oss-events', { work_item_id: id, event, at: when, by, reason, detail });
}

function fill(values: Record<string, string>, step: Step, column: string, when: string): void {
  values[column] = when;
  if (step.event === 'determined') {
    values.determined_by = step.by;
    values.determination = step.detail ?? '';
    values.determination_reason = step.reason ?? '';
  } else if (step.event === 'forwarded') values.area_rep_id = step.detail ?? '';
  else if (step.event === 'received') values.command_id = step.by;
  else if (step.event === 'assigned') values.supervisor_id = step.detail ?? '';
  else if (step.event === 'notified') {
    values.notified_in_person = step.detail === 'in-person' ? 'true' : 'false';
    values.not_in_person_reason = step.reason ?? '';
  }
}

/** A drawn stage and turns for benchmark files: most items are finished. */
export function drawnWorkItem(rng: Rng, index: number, generated: Civil): WorkItemPlan {
  const open = rng.chance(0.1);
  const stage = open ? at(STAGES, rng.int(0, 9)) : 'completed';
  const turns: Turn[] = [];
  if (rng.chance(0.15)) turns.push('invalid');
  if (rng.chance(0.06)) turns.push('late-determination');
  if (rng.chance(0.1)) turns.push('late-notification');
  if (rng.chance(0.1)) turns.push('returned-by-command');
  const member = rng.pick(WHO.officers);
  return { id: `WI${String(index + 1).padStart(6, '0')}`, member, generated, stage, turns };
}
