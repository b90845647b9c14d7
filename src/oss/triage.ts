import { eventOf } from '../casework/act-verb.ts';
import { hoursLeft } from '../core/due.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { CaseEvent } from '../core/workflow.ts';
import type { Document, Table } from '../report/document.ts';
import type { QueuedItem } from './records.ts';

/** The line that every output of the system carries (OSS-06). */
export const OSS_BANNER = ['Non-disciplinary (D20-04 II.B).'];

/** A decision on validity as an event; the determination implies the review of OSS-15. */
export function determination(
  by: string,
  at: Instant,
  verdict: 'valid' | 'invalid',
  reason: string | null,
): CaseEvent {
  return eventOf({ name: 'determined', reason, detail: { detail: verdict } }, by, at);
}

/** One queue item as JSON; member and models are null where nobody is known who may see them. */
export function queueItem(
  item: QueuedItem,
  now: Instant,
  detailed: boolean,
): Readonly<Record<string, unknown>> {
  return {
    id: item.id,
    memberId: detailed ? item.memberId : null,
    generatedAt: isoInstant(item.generatedAt),
    dueAt: isoInstant(item.dueAt),
    hoursLeft: hoursLeft(now, item.dueAt),
    overdue: item.dueAt < now,
    models: detailed ? item.models : null,
    state: 'generated',
  };
}

/** The queue for people. */
export function queueDocument(
  items: readonly QueuedItem[],
  now: Instant,
  newestImport: Instant | null,
  detailed: boolean,
): Document {
  const late = items.filter((item) => item.dueAt < now).length;
  const table: Table = {
    kind: 'table',
    id: 'queue',
    columns: [
      { key: 'id', title: 'Work Item' },
      ...(detailed ? [{ key: 'member', title: 'Member' }] : []),
      { key: 'generated', title: 'Generated', priority: 2 },
      { key: 'due', title: 'Due' },
      { key: 'left', title: 'Time left', align: 'right' },
      ...(detailed ? [{ key: 'models', title: 'Models', priority: 1 }] : []),
    ],
    rows: items.map((item) => ({
      id: item.id,
      ...(detailed ? { member: item.memberId } : {}),
      generated: { kind: 'instant', at: item.generatedAt },
      due: { kind: 'instant', at: item.dueAt },
      left: timeLeft(item.dueAt, now),
      ...(detailed ? { models: item.models.join(', ') } : {}),
    })),
    empty: 'Every Work Item is determined.',
  };
  return {
    title: 'Work Items to determine',
    subtitle: `${items.length} undetermined, ${late} past 48 hours`,
    banner: OSS_BANNER,
    asOf: now,
    newestImport,
    blocks: [table],
    notes: detailed ? [] : ['Members and models are shown to an actor who may see them (--actor).'],
    footer: [{ label: 'Rule', text: 'OSS-16, D20-04 IV.A.2: validity within 48 hours of generation' }],
  };
}

function timeLeft(due: Instant, now: Instant): Table['rows'][number][string] {
  const hours = Math.abs(hoursLeft(now, due)).toFixed(1);
  if (due < now) return { kind: 'tone', tone: 'bad', text: `${hours} h overdue` };
  return { kind: 'tone', tone: due - now <= 12 * 3600 ? 'warn' : 'good', text: `${hours} h` };
}
