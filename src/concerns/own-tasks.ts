import { unitForms } from '../casework/units.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows, SqlValue } from '../store/open.ts';
import type { Moment } from './waiting.ts';

/** A running task of a unit or a supervisor, with what has been done about it. */
export interface OwnTask {
  readonly id: string;
  readonly unit: string | null;
  readonly member: string | null;
  /** Taken from its unit: it waits for the executive officer. */
  readonly untaken: boolean;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
  readonly submitted: boolean;
  readonly disputedAt: Instant | null;
}

const FAR = 253_370_764_800;

/** The running investigations of a unit or a supervisor. */
export async function ownTasks(
  rows: Rows,
  owner: { readonly unit: string } | { readonly member: string },
  { now, since }: Moment,
): Promise<readonly OwnTask[]> {
  const condition =
    'unit' in owner
      ? `owner_unit in (${unitForms(owner.unit)
          .map(() => '?')
          .join(', ')})`
      : 'owner_member = ?';
  const values = 'unit' in owner ? unitForms(owner.unit) : [owner.member];
  const last = (name: string, from: string) =>
    `(select max(e.at) from event e where e.chain = 'concerns' and e.record_id = k.record_id and e.name = '${name}'
      and e.at <= ? and e.at >= ${from})`;
  const columns = `k.record_id, k.owner_unit, k.owner_member, k.started_at, k.due_at, k.district, k.beat, k.category,
    ${last('submitted', `max(k.started_at, coalesce(${last('disapproved', 'k.started_at')}, 0))`)},
    ${last('disputed', 'k.started_at')}, ${last('decided', 'k.started_at')}, k.owner_role`;
  const where = `k.system = 'concerns' and k.rule = 'CC-22' and k.opened_at <= ?`;
  // A clock that has stopped since is found only where something has happened since.
  const stoppedSince =
    since.size === 0
      ? ''
      : ` union all select ${columns} from clock k
          where k.stopped_at > ? and k.stopped_at < ${FAR} and k.${condition} and ${where}`;
  const times = [now, now, now, now];
  const found = await rows.rows({
    sql: `select ${columns} from clock k indexed by ${'unit' in owner ? 'clock_running_unit' : 'clock_running_member'}
      where k.stopped_at = ${FAR} and k.${condition} and ${where}${stoppedSince}`,
    parameters: [...times, ...values, now, ...(since.size === 0 ? [] : [...times, now, ...values, now])],
  });
  return found.map(
    ([id, unit, member, openedAt, dueAt, district, beat, category, submitted, disputed, decided, role]) => ({
      id: String(id),
      unit: text(unit),
      member: text(member),
      untaken: role === 'executive-officer',
      openedAt: Number(openedAt) as Instant,
      dueAt: Number(dueAt) as Instant,
      district: text(district),
      beat: text(beat),
      category: text(category),
      submitted: typeof submitted === 'number',
      disputedAt:
        typeof disputed === 'number' && !(typeof decided === 'number' && decided >= disputed)
          ? (disputed as Instant)
          : null,
    }),
  );
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
