import { peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Document, Table } from '../report/document.ts';
import type { Held, Sight } from './act-sight.ts';
import { OSS_BANNER } from './triage.ts';
import { triad, type WorkItemState } from './workflow-state.ts';
import { nextStep, type Task } from './worklist.ts';

/** What waits, as JSON; `dueAt` is null where the directive sets no deadline. */
export function taskItem(task: Task, now: Instant): Readonly<Record<string, unknown>> {
  const { item, verb, what, rule, since, dueAt } = task;
  return {
    id: item.workItemId,
    memberId: item.memberId,
    state: item.state,
    verb,
    what,
    rule,
    since: isoInstant(since),
    ageHours: Math.round((now - since) / 360) / 10,
    dueAt: isoOrNull(dueAt),
    overdue: dueAt === null ? null : dueAt < now,
  };
}

/** What waits for the acting member, for people. */
export function queueDocument(
  tasks: readonly Task[],
  actorId: string,
  now: Instant,
  newestImport: Instant | null,
): Document {
  return {
    title: `Waiting for ${actorId}`,
    subtitle: `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}, oldest first`,
    banner: OSS_BANNER,
    asOf: now,
    newestImport,
    blocks: [
      {
        kind: 'table',
        id: 'queue',
        columns: [
          { key: 'id', title: 'Work Item' },
          { key: 'member', title: 'Member' },
          { key: 'what', title: 'What' },
          { key: 'rule', title: 'Rule', priority: 2 },
          { key: 'age', title: 'Waiting', align: 'right' },
          { key: 'due', title: 'Due' },
        ],
        rows: tasks.map(({ item, what, rule, since, dueAt }) => ({
          id: item.workItemId,
          member: item.memberId,
          what,
          rule,
          age: { kind: 'duration', seconds: now - since },
          due: dueAt === null ? 'no deadline' : { kind: 'instant', at: dueAt },
        })),
        empty: 'Nothing waits.',
      },
    ],
    notes: ['48-hour clocks: OSS-16, OSS-29, OSS-31. Every other step shows its age only.'],
  };
}

/** One Work Item of the status list, as JSON. */
export function statusItem(
  item: WorkItemState,
  sight: Sight,
  now: Instant,
): Readonly<Record<string, unknown>> {
  const since = item.since ?? item.generatedAt;
  const { reviewed, conversed, connected } = triad(item);
  return {
    id: item.workItemId,
    memberId: item.memberId,
    state: item.state,
    since: isoInstant(since),
    ageHours: Math.round((now - since) / 360) / 10,
    reviewed,
    conversed,
    connected: sight.sees('oss.plan', item) ? connected : null,
    supervisorId: item.supervisorId,
    plans: item.plans,
    openDiscrepancies: sight.sees('oss.discrepancy', item)
      ? item.discrepancies.filter((each) => each.state !== 'replied').length
      : null,
    next: nextStep(item, sight),
  };
}

/** Work Items with the evidence triad of OSS-05, for people. */
export function statusTable(items: readonly WorkItemState[], sight: Sight, now: Instant): Table {
  return {
    kind: 'table',
    id: 'status',
    columns: [
      { key: 'id', title: 'Work Item' },
      { key: 'member', title: 'Member' },
      { key: 'state', title: 'State' },
      { key: 'age', title: 'For', align: 'right' },
      { key: 'r', title: 'R' },
      { key: 'c', title: 'C' },
      { key: 's', title: 'S' },
      { key: 'supervisor', title: 'Supervisor', priority: 2 },
      { key: 'next', title: 'Next', priority: 1 },
    ],
    rows: items.map((item) => {
      const { reviewed, conversed, connected } = triad(item);
      return {
        id: item.workItemId,
        member: item.memberId,
        state: item.state,
        age: { kind: 'duration', seconds: now - (item.since ?? item.generatedAt) },
        r: mark(reviewed),
        c: mark(conversed),
        s: sight.sees('oss.plan', item) ? mark(connected) : null,
        supervisor: item.supervisorId,
        next: nextStep(item, sight),
      };
    }),
    empty: 'No Work Item is in your hands.',
  };
}

function mark(there: boolean): string {
  return there ? 'yes' : '-';
}

/** What was found of a member before, in words: `WI-0031 of this member was found invalid on 3 Nov 2020 09:00: duplicate`. */
export function invalidBefore({ workItemId, determinedAt, reason }: WorkItemState): string {
  const when = determinedAt === null ? '' : ` on ${peopleInstant(determinedAt)}`;
  return `${workItemId} of this member was found invalid${when}: ${reason ?? 'no reason is on record'}.`;
}

/**
 * Everything of one Work Item that the actor may see, as a page; the plan only where plans may be seen (A-OSS-8).
 * `earlier`: what was found invalid of the member before; none for who may not know of it.
 */
export function itemDocument(
  item: WorkItemState,
  earlier: readonly WorkItemState[],
  sight: Sight,
  now: Instant,
  newestImport: Instant | null,
): Document {
  const { reviewed, conversed, connected } = triad(item);
  const steps = stepsOf(item, sight).sort(([, a], [, b]) => a - b);
  const plan = sight.sees('oss.plan', item);
  const evidence = [mark(reviewed), mark(conversed), plan ? mark(connected) : 'not shown'].join(', ');
  return {
    title: `Work Item ${item.workItemId}`,
    subtitle: `State: ${item.state}`,
    banner: OSS_BANNER,
    asOf: now,
    newestImport,
    blocks: [
      {
        kind: 'figures',
        id: 'facts',
        figures: [
          { label: 'Member', value: item.memberId },
          { label: 'Generated', value: { kind: 'instant', at: item.generatedAt } },
          { label: 'Models', value: item.models.join(', ') },
          { label: 'Determination', value: item.determination },
          ...(item.determination === 'invalid' ? [{ label: 'Reason', value: item.reason }] : []),
          { label: 'Area Representative', value: item.areaRepId },
          { label: 'Command', value: item.commandId },
          { label: 'Supervisor', value: item.supervisorId },
          {
            label: 'Reviewed, conversed, connected',
            value: evidence,
          },
          { label: 'Next', value: nextStep(item, sight) },
        ],
      },
      {
        kind: 'table',
        id: 'steps',
        title: 'First time of each step',
        columns: [
          { key: 'step', title: 'Step' },
          { key: 'at', title: 'When' },
        ],
        rows: steps.map(([step, at]) => ({ step, at: { kind: 'instant', at } })),
      },
      ...(plan ? planBlocks(item) : []),
      ...(item.discrepancies.length > 0 && sight.sees('oss.discrepancy', item)
        ? [discrepancies(item, now)]
        : []),
    ],
    notes: [
      ...earlier.map(invalidBefore),
      ...(plan ? [] : ['What is on the plan is not for this role (A-OSS-8).']),
    ],
  };
}

function stepsOf(item: WorkItemState, sight: Sight): (readonly [string, Instant])[] {
  const all = sight.sees('oss.discrepancy', item);
  return Object.entries(item.first).filter(([step]) => all || !step.startsWith('discrepancy'));
}

function planBlocks(
  item: WorkItemState,
): readonly (
  | Table
  | { kind: 'figures'; id: string; title: string; figures: { label: string; value: string }[] }
)[] {
  return [
    {
      kind: 'table',
      id: 'plan',
      title: `Action Plan, ${item.plans === 0 ? 'not submitted' : `submitted ${item.plans} times`}`,
      columns: [
        { key: 'support', title: 'Support' },
        { key: 'status', title: 'Status' },
      ],
      rows: item.supports.map(({ support, status }) => ({ support, status })),
      empty: 'No support is on record.',
    },
    ...(Object.keys(item.answers).length === 0
      ? []
      : [
          {
            kind: 'figures' as const,
            id: 'answers',
            title: 'Answers',
            figures: Object.entries(item.answers).map(([label, value]) => ({ label, value })),
          },
        ]),
  ];
}

function discrepancies(item: WorkItemState, now: Instant): Table {
  return {
    kind: 'table',
    id: 'discrepancies',
    title: 'Discrepancies',
    columns: [
      { key: 'number', title: 'No.', align: 'right' },
      { key: 'state', title: 'State' },
      { key: 'age', title: 'Age', align: 'right' },
      { key: 'contacts', title: 'Contacts', align: 'right' },
    ],
    rows: item.discrepancies.map(({ number, state, openedAt, contacts }) => ({
      number,
      state,
      age: { kind: 'duration', seconds: now - openedAt },
      contacts,
    })),
  };
}

/** One Work Item as JSON, without what is not for the actor. */
export function itemData(item: WorkItemState, sight: Sight, now: Instant): Readonly<Record<string, unknown>> {
  const held: Held = item;
  return {
    ...statusItem(item, sight, now),
    generatedAt: isoInstant(item.generatedAt),
    models: item.models,
    determination: item.determination,
    areaRepId: item.areaRepId,
    commandId: item.commandId,
    steps: Object.fromEntries(stepsOf(item, sight).map(([step, at]) => [step, isoInstant(at)])),
    plan: sight.sees('oss.plan', held) ? { supports: item.supports, answers: item.answers } : null,
    discrepancies: sight.sees('oss.discrepancy', held)
      ? item.discrepancies.map(({ openedAt, ...rest }) => ({ ...rest, openedAt: isoInstant(openedAt) }))
      : null,
  };
}
