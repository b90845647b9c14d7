import type { Waiting } from '../casework/waiting.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Cell, Table } from '../report/document.ts';
import { dueCell } from './list-output.ts';

/** What waits, as JSON. */
export function waitingItem(
  waiting: Waiting,
  cite: (rule: string) => string,
): Readonly<Record<string, unknown>> {
  return {
    id: waiting.id,
    rule: waiting.rule,
    cite: cite(waiting.rule),
    what: waiting.what,
    since: isoInstant(waiting.since),
    dueAt: isoOrNull(waiting.dueAt),
    unit: waiting.unit,
    beat: waiting.beat,
    category: waiting.category,
    command: waiting.command,
  };
}

/** What waits, for people. */
export function waitingTable(
  list: readonly Waiting[],
  now: Instant,
  said: { readonly id: string; readonly title: string; readonly empty: string },
): Table {
  return {
    kind: 'table',
    id: said.id,
    title: said.title,
    columns: [
      { key: 'id', title: 'Record', whole: true },
      { key: 'what', title: 'To do', whole: true },
      { key: 'rule', title: 'Rule' },
      { key: 'beat', title: 'Beat', priority: 3 },
      { key: 'category', title: 'Category', priority: 4 },
      { key: 'waits', title: 'Waits', align: 'right', priority: 2 },
      { key: 'due', title: 'Due' },
      { key: 'command', title: 'Command', below: true },
    ],
    rows: list.map(
      (waiting): Readonly<Record<string, Cell>> => ({
        id: waiting.id,
        what: waiting.what,
        rule: waiting.rule,
        beat: waiting.beat,
        category: waiting.category,
        waits: { kind: 'duration', seconds: Math.max(0, now - waiting.since) },
        due: dueCell(waiting.dueAt, now),
        command: waiting.command,
      }),
    ),
    empty: said.empty,
  };
}
