import type { Instant } from '../core/instant.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import { type ListedPolice, policePasts, stateAfter } from './police-list.ts';

/** A period of a police request's clock. */
export interface PoliceSpan {
  readonly openedAt: number;
  readonly dueAt: number;
  readonly stoppedAt: number;
  readonly period: number;
}

/** A police request on its work order as it stood at an instant, with what the mirror of 311 knows of the same number. */
export interface PoliceRow {
  readonly srNumber: string;
  /** Its id in the mirror of 311; null where the export does not hold it. */
  readonly requestId: number | null;
  readonly createdAt: number | null;
  readonly assignedAt: number | null;
  readonly closedAt: number | null;
  readonly isClosed: boolean;
  readonly address: string | null;
  readonly district: number | null;
  readonly beat: number | null;
  readonly duplicate: boolean;
  readonly state: ListedPolice['state'];
  /** The unit of the member who has it, as it was at the assignment; null without a known member. */
  readonly unit: string | null;
  readonly assigned: boolean;
  /** More time was asked for, and neither given nor made needless. */
  readonly extensionAsked: boolean;
  readonly extendedAt: readonly Instant[];
  readonly returnedAt: readonly Instant[];
  /** Periods of its clock that had opened by then, in order. */
  readonly spans: readonly PoliceSpan[];
}

const CLOCK_RULES = ['CSR-38', 'CSR-47'];

/** Every police request as it stood at `until`, whatever the place; by number. */
export async function policeRows(reader: Reader, until: Instant): Promise<readonly PoliceRow[]> {
  const rows = await reader.db
    .selectFrom('srswo as s')
    .leftJoin('csr_request as r', 'r.sr_number', 's.sr_number')
    .select(['s.sr_number', 's.created_at', 's.assigned_at', 's.closed_at', 's.state', 's.address'])
    .select(['s.district', 's.beat', 'r.id', 'r.duplicate'])
    .select(['r.district as mirror_district', 'r.beat as mirror_beat'])
    .select(['r.closed_at as mirror_closed_at', 'r.is_open as mirror_is_open'])
    .orderBy('s.sr_number')
    .execute();
  if (rows.length === 0) return [];
  const spans = await spansOf(reader, until);
  const pasts = await policePasts(reader, until);
  const directory = await loadDirectory(reader);
  return rows.map((row) => {
    const past = pasts.get(row.sr_number) ?? [];
    const times = (name: string): readonly Instant[] =>
      past.filter((event) => event.name === name).map((event) => event.at);
    const state = stateAfter(past);
    const assigned = past.findLast(({ name, assignedTo }) => name === 'assigned' && assignedTo !== null);
    const member = assigned?.assignedTo ?? null;
    const mirrored = row.id !== null;
    const extendedAt = times('extended');
    const askedAt = times('extension-requested').at(-1);
    return {
      srNumber: row.sr_number,
      requestId: row.id,
      createdAt: row.created_at,
      assignedAt: row.assigned_at,
      closedAt: row.closed_at ?? (row.mirror_is_open === 0 ? row.mirror_closed_at : null),
      isClosed: row.state === 'closed',
      address: row.address,
      district: mirrored ? row.mirror_district : numberOf(row.district),
      beat: mirrored ? row.mirror_beat : numberOf(row.beat),
      duplicate: row.duplicate === 1,
      state,
      unit: member === null ? null : (directory.person(member, assigned?.at ?? until)?.unit ?? null),
      assigned: past.some(({ name }) => name === 'assigned'),
      extensionAsked:
        askedAt !== undefined &&
        (state === 'assigned' || state === 'returned') &&
        askedAt >= (extendedAt.at(-1) ?? askedAt),
      extendedAt,
      returnedAt: times('returned'),
      spans: spans.get(row.sr_number) ?? [],
    };
  });
}

async function spansOf(reader: Reader, until: Instant): Promise<ReadonlyMap<string, readonly PoliceSpan[]>> {
  const rows = await reader.db
    .selectFrom('clock')
    .select(['record_id', 'opened_at', 'due_at', 'stopped_at', 'period'])
    .where('system', '=', 'csr')
    .where('rule', 'in', CLOCK_RULES)
    .where('opened_at', '<=', until)
    .orderBy('record_id')
    .orderBy('opened_at')
    .orderBy('period')
    .orderBy('id')
    .execute();
  const spans = new Map<string, PoliceSpan[]>();
  for (const { record_id, opened_at, due_at, stopped_at, period } of rows) {
    const span = { openedAt: opened_at, dueAt: due_at, stoppedAt: stopped_at, period };
    const known = spans.get(record_id);
    if (known) known.push(span);
    else spans.set(record_id, [span]);
  }
  return spans;
}

function numberOf(digits: string | null): number | null {
  return digits === null || digits === '' ? null : Number(digits);
}
