import { peopleInstant } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Cell, Table } from '../report/document.ts';
import type { ListedConcern } from './list.ts';

/** A concern as JSON; not `detailed`, as cron prints it: ids, dates, rules, units and districts, the rest null. */
export function concernItem(concern: ListedConcern, detailed: boolean): Readonly<Record<string, unknown>> {
  const told = <T>(value: T) => (detailed ? value : null);
  return {
    id: concern.id,
    state: told(concern.state),
    origin: told(concern.origin),
    category: told(concern.category),
    district: concern.district,
    beat: told(concern.beat),
    submittedAt: isoInstant(concern.submittedAt),
    dueAt: isoOrNull(concern.dueAt),
    tasks: concern.tasks.map(({ rule, unit, member, dueAt, period }) => ({
      rule,
      unit,
      member: told(member),
      dueAt: isoInstant(dueAt),
      period: told(period),
    })),
    extensions: told(concern.extensions),
    reassignments: told(concern.reassignments),
    primaryControlNumber: concern.primary,
    address: told(concern.address),
    description: told(concern.description),
  };
}

/** Concerns for people; `bare` as cron prints them. */
export function concernTable(
  list: readonly ListedConcern[],
  now: Instant,
  { empty, bare = false }: { readonly empty: string; readonly bare?: boolean },
): Table {
  const columns = [
    { key: 'id', title: 'Concern' },
    { key: 'state', title: 'State', whole: true },
    { key: 'category', title: 'Category', priority: 2 },
    { key: 'beat', title: 'Beat', priority: 3 },
    { key: 'district', title: 'District', priority: 9 },
    { key: 'units', title: 'Unit' },
    { key: 'due', title: 'Due' },
    { key: 'submitted', title: 'Submitted', priority: 5 },
    { key: 'origin', title: 'Origin', priority: 4 },
    { key: 'extensions', title: 'Ext', align: 'right' as const, priority: 6 },
    { key: 'reassignments', title: 'Reas', align: 'right' as const, priority: 7 },
  ];
  return {
    kind: 'table',
    id: 'concerns',
    columns: bare ? columns.filter(({ key }) => BARE.includes(key)) : columns,
    rows: list.map((concern) => ({
      id: concern.id,
      state: concern.state,
      origin: concern.origin,
      category: concern.category,
      district: concern.district,
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

// Ids, dates, units and districts.
const BARE = ['id', 'district', 'submitted', 'units', 'due'];

/** A due instant, marked when it is past. */
export function dueCell(dueAt: Instant | null, now: Instant): Cell {
  return dueAt !== null && dueAt < now
    ? { kind: 'tone', tone: 'bad', text: peopleInstant(dueAt) }
    : { kind: 'instant', at: dueAt };
}
