import { peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Cell, Table } from '../report/document.ts';
import type { ListedConcern } from './list.ts';

/** A concern as JSON; texts and members only where the looker may see them. */
export function concernItem(concern: ListedConcern, detailed: boolean): Readonly<Record<string, unknown>> {
  return {
    id: concern.id,
    state: concern.state,
    origin: concern.origin,
    category: concern.category,
    district: concern.district,
    beat: concern.beat,
    submittedAt: isoInstant(concern.submittedAt),
    dueAt: isoOrNull(concern.dueAt),
    tasks: concern.tasks.map(({ rule, unit, member, dueAt, period }) => ({
      rule,
      unit,
      member: detailed ? member : null,
      dueAt: isoInstant(dueAt),
      period,
    })),
    extensions: concern.extensions,
    reassignments: concern.reassignments,
    primaryControlNumber: concern.primary,
    address: detailed ? concern.address : null,
    description: detailed ? concern.description : null,
  };
}

/** Concerns for people. */
export function concernTable(list: readonly ListedConcern[], now: Instant, empty: string): Table {
  return {
    kind: 'table',
    id: 'concerns',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'state', title: 'State' },
      { key: 'origin', title: 'Origin', priority: 4 },
      { key: 'category', title: 'Category', priority: 2 },
      { key: 'beat', title: 'Beat', priority: 3 },
      { key: 'submitted', title: 'Submitted', priority: 5 },
      { key: 'units', title: 'Unit' },
      { key: 'due', title: 'Due' },
      { key: 'extensions', title: 'Ext', align: 'right', priority: 6 },
      { key: 'reassignments', title: 'Reas', align: 'right', priority: 7 },
    ],
    rows: list.map((concern) => ({
      id: concern.id,
      state: concern.state,
      origin: concern.origin,
      category: concern.category,
      beat: concern.beat,
      submitted: { kind: 'instant', at: concern.submittedAt },
      units: concern.tasks.flatMap(({ unit }) => unit ?? []).join(', ') || null,
      due: dueCell(concern.dueAt, now),
      extensions: concern.extensions,
      reassignments: concern.reassignments,
    })),
    empty,
  };
}

/** A due instant, marked when it is past. */
export function dueCell(dueAt: Instant | null, now: Instant): Cell {
  if (dueAt !== null && dueAt < now)
    return { kind: 'tone', tone: 'bad', text: `${peopleInstant(dueAt)}, overdue` };
  return { kind: 'instant', at: dueAt };
}
